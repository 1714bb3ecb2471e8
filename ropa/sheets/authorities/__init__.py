"""The forms of authorities: their headings, in their languages, over the same register.

One module is one form: which sheets it has, which heading stands over which of our columns, and
what a reader must know about it. ``ropa/exports/catalogue.py`` lists them.
"""

from ropa.sheets.authorities.form import Form

__all__ = ["Form"]
