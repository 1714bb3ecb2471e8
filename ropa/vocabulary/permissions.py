"""What may be done, and the roles that are given it."""

from ropa.i18n import _
from ropa.vocabulary.term import Term


class Permission(Term):
    """One thing a person may do, written ``thing:action`` and kept in alphabetical order."""

    ACCOUNT_OWN = "account:own", _("Manage one's own account and sign-in sessions")
    ADDRESS_READ = "address:read", _("See to which addresses letters go")
    EXPORT_MAKE = "export:make", _("Make exports")
    HISTORY_READ = "history:read", _("Read the history")
    INBOX_ANSWER = "inbox:answer", _("Read and answer the changes of others")
    NOTICE_ISSUE = "notice:issue", _("Issue notices to customers")
    PEOPLE_MANAGE = "people:manage", _("Manage people and their roles")
    PUBLIC = "public", _("Anyone, signed in or not")
    RECORD_APPROVE = "record:approve", _("Approve records")
    RECORD_READ = "record:read", _("Read records")
    RECORD_RETIRE = "record:retire", _("Retire records")
    RECORD_WRITE = "record:write", _("Write records")
    REFERENCE_WRITE = "reference:write", _("Write catalogues and reference data")
    RULES_WRITE = "rules:write", _("Change the rules of the house")
    SUBSCRIBER_REMOVE = "subscriber:remove", _("Remove subscribers")


class UserRole(Term):
    """What a person is to the register."""

    VIEWER = "viewer", _("Viewer")
    OWNER = "owner", _("Owner of activities")
    EDITOR = "editor", _("Editor")
    DPO = "dpo", _("Data protection officer")
    ADMIN = "admin", _("Administrator")
    AUDITOR = "auditor", _("Auditor")


class LinkPurpose(Term):
    """What a one-time link is for."""

    FIRST_ADMINISTRATOR = "first_administrator", _("Becoming the first administrator")
    INVITATION = "invitation", _("Accepting an invitation")
    RESET = "reset", _("Choosing a new password")
