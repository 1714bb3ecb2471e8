"""The one table of who may do what.

Approving is for the data protection officer, and for administrators because a small house may
have nobody else; whoever made the last change does not approve it (four eyes), whatever the role.
Telling customers is for the same two, and they alone see to which addresses letters go.
An auditor reads everything else and takes exports away, until the last day set for them.
"""

from ropa.vocabulary import Permission as May, UserRole

_EVERYONE = frozenset({May.PUBLIC})
_READS = _EVERYONE | {May.ACCOUNT_OWN, May.RECORD_READ, May.HISTORY_READ}
_WRITES = _READS | {May.RECORD_WRITE, May.EXPORT_MAKE}
_EDITS = _WRITES | {May.RECORD_RETIRE, May.REFERENCE_WRITE}
_TELLS = {May.NOTICE_ISSUE, May.ADDRESS_READ, May.SUBSCRIBER_REMOVE}
_ANSWERS = _EDITS | _TELLS | {May.RECORD_APPROVE, May.RULES_WRITE, May.INBOX_ANSWER}

GRANTS: dict[UserRole, frozenset[May]] = {
    UserRole.VIEWER: _READS,
    UserRole.AUDITOR: _READS | {May.EXPORT_MAKE},
    UserRole.OWNER: _WRITES,
    UserRole.EDITOR: _EDITS,
    UserRole.DPO: _ANSWERS,
    UserRole.ADMIN: _ANSWERS | {May.PEOPLE_MANAGE},
}
"""What each role may do."""


def allows(role: UserRole | None, permission: May) -> bool:
    """Say whether someone in this role (None: a stranger) may do this."""
    return permission in (_EVERYONE if role is None else GRANTS[role])
