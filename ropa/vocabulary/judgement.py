"""How much a finding weighs."""

from ropa.i18n import _
from ropa.vocabulary.term import Term


class Severity(Term):
    """What a finding means for the record, the gravest first."""

    ERROR = "error", _("Error")
    WARNING = "warning", _("Warning")
    INFO = "info", _("Note")
