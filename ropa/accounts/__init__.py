"""Who may come in, and what they may do.

``policy`` holds the one table of grants; ``passwords``, ``tokens``, ``sessions`` and ``attempts``
are how people prove who they are; ``people`` is who they are; ``events`` is what is noted down.
Everything here takes a database session and the present moment, and commits nothing.
"""

from ropa.accounts.policy import GRANTS, allows

__all__ = ["GRANTS", "allows"]
