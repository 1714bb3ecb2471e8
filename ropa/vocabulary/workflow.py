"""The life of a record, of an answer and of a value."""

from ropa.i18n import _
from ropa.vocabulary.term import Term


class Workflow(Term):
    """Where a record stands between being written and being shown to outsiders."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    APPROVED = "approved", _("Approved")
    RETIRED = "retired", _("Retired")


class AnswerKind(Term):
    """An answer that is not a list: Art. 30 asks, and the answer is that there is nothing."""

    NONE = "none", _("None")
    NOT_APPLICABLE = "not_applicable", _("Does not apply")


class Origin(Term):
    """Where a value came from."""

    POLICY = "policy", _("Published policy")
    REFERENCE = "reference", _("Reference data")
    IMPORT = "import", _("Import")
    PRESET = "preset", _("Preset")
    PERSON = "person", _("Person")


class Door(Term):
    """The way by which a change came in."""

    BACK_OFFICE = "back_office", _("Back office")
    COMMAND = "command", _("Command line")
    IMPORT = "import", _("Import")
    SEED = "seed", _("Seed data")
    PUBLIC_FORM = "public_form", _("Public form")


class OfficerDecision(Term):
    """What the data protection officer says of a change somebody else made (LOPDGDD 31.1)."""

    ACCEPTED = "accepted", _("Accepted"), "LOPDGDD 31.1"
    SENT_BACK = "sent_back", _("Sent back")
