"""The one table of grants says what the house means."""

import pytest

from ropa.accounts import GRANTS, allows
from ropa.vocabulary import Permission, UserRole


def test_every_role_has_its_grants():
    assert set(GRANTS) == set(UserRole)


def test_every_permission_is_granted_to_somebody():
    assert set().union(*GRANTS.values()) == set(Permission)


@pytest.mark.parametrize("role", list(UserRole))
def test_everyone_reads_and_keeps_their_own_account(role: UserRole):
    assert allows(role, Permission.RECORD_READ)
    assert allows(role, Permission.ACCOUNT_OWN)


def test_only_administrators_manage_people():
    managing = {role for role in UserRole if allows(role, Permission.PEOPLE_MANAGE)}
    assert managing == {UserRole.ADMIN}


def test_the_dpo_and_administrators_approve():
    approving = {role for role in UserRole if allows(role, Permission.RECORD_APPROVE)}
    assert approving == {UserRole.DPO, UserRole.ADMIN}


def test_auditors_read_and_export_and_write_nothing():
    assert GRANTS[UserRole.AUDITOR] == {
        Permission.PUBLIC,
        Permission.ACCOUNT_OWN,
        Permission.RECORD_READ,
        Permission.HISTORY_READ,
        Permission.EXPORT_MAKE,
    }


def test_a_stranger_has_only_what_is_public():
    assert {one for one in Permission if allows(None, one)} == {Permission.PUBLIC}
