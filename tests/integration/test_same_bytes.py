"""The same register makes the same bytes, twice and on both databases, in every language."""

import itertools
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from ropa.exports import EXPORTS, ExportRequest
from ropa.history import chain
from ropa.i18n import LANGUAGES
from ropa.records import Customer, CustomerAgreement, Ref
from ropa.register import Register, read_register
from ropa.vocabulary import Role
from tests.conftest import seed
from tests.databases import Server

SEEDED_AT = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
AS_OF = SEEDED_AT + timedelta(days=30)
MADE_AT = SEEDED_AT + timedelta(days=40)

SAME = [name for name, one in EXPORTS.items() if one.media_type != "application/pdf"]
"""Every export but PDF, whose maker puts into it what it likes."""


@contextmanager
def chance_in_order() -> Iterator[None]:
    """Salt and number in order instead of by chance, so that the same words make the same head."""
    numbers = itertools.count(1)

    class Secrets:
        @staticmethod
        def token_hex(size: int) -> str:
            return f"{next(numbers):0{2 * size}x}"

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chain, "secrets", Secrets)
        patch.setattr(uuid, "uuid4", lambda: uuid.UUID(int=next(numbers)))
        yield


def seed_still(url: str) -> None:
    with time_machine.travel(SEEDED_AT, tick=False), chance_in_order():
        seed(url)


def read(server: Server) -> Register:
    with server.copy_of("still", seed_still) as url:
        engine = create_engine(url)
        with Session(engine) as session:
            found = read_register(session, known_at=AS_OF, on_day=AS_OF.date())
        engine.dispose()
    return found


@pytest.fixture(scope="module")
def registers(request: pytest.FixtureRequest) -> list[Register]:
    """The seed as SQLite keeps it, read twice, and as PostgreSQL keeps it."""
    sqlite, postgresql = map(request.getfixturevalue, ("sqlite", "postgresql"))
    return [read(one) for one in (sqlite, sqlite, postgresql)]


def made(register: Register, name: str, slug: str, **asked: Any) -> tuple[str, bytes]:
    entity = next(one for one in register.entities if one.slug == slug)
    if EXPORTS[name].for_customer:
        agreement = CustomerAgreement(id="agreement", entity=Ref(entity.id))
        client = Customer(id="client", legal_name="Client GmbH", agreements=(agreement,))
        asked |= {"customer": client, "role": Role.PROCESSOR}
    request = ExportRequest(register=register, entity=entity, generated_at=MADE_AT, **asked)
    return EXPORTS[name].filename(request), EXPORTS[name].make(request)


def test_both_databases_hold_the_same_log(registers: list[Register]):
    heads = {(one.head.seq, one.head.hash, one.head.at) for one in registers}
    assert len(heads) == 1
    assert next(iter(heads))[0] > 100


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SAME)
def test_every_export_is_the_same_to_the_byte(registers: list[Register], name: str, language: str):
    first, *others = (made(one, name, "defense-balance", language=language) for one in registers)
    assert [one == first for one in others] == [True, True]


@pytest.mark.parametrize("name", SAME)
def test_and_so_it_is_of_the_other_company_and_of_one_side(registers: list[Register], name: str):
    form = EXPORTS[name]
    role = None if form.authority else Role.CONTROLLER
    first, *others = (
        made(one, name, "digital-content-machine", role=role, as_of=AS_OF) for one in registers
    )
    assert [one == first for one in others] == [True, True]
