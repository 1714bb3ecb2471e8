"""One defect at a time, written through the models and read back from the log, raises its rule."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from ropa.cli.db import upgrade
from ropa.history import Actor, acting_as, remember
from ropa.lint.judging import judge
from ropa.lint.rules import RULES
from ropa.models.engine import guard_engine, writing
from ropa.operations import save
from ropa.operations.seeding import in_order
from ropa.records import NotAllowedError, Record, problems_of
from ropa.records.fields import parts_in
from ropa.register import read_register
from ropa.vocabulary import Door, Severity
from tests.clean_house import TODAY, clean_house, ref
from tests.databases import Server
from tests.unit.lint.examples import Example
from tests.unit.lint.test_rules import FAILS

OLGA = Actor("olga", "Olga")
CLEAN = clean_house()

REFUSED = {"AR-03", "CO-04", "ID-06"}
"""What no model takes in the first place: malformed numbers, an end before its start."""


def write(url: str, *records: Record) -> None:
    with lent(url) as session, acting_as(session, OLGA, "", Door.BACK_OFFICE):
        for record in in_order(records):
            save(session, record)
        session.commit()


class lent:  # noqa: N801  # reads like the context it is
    """A session on a database, whose every change is remembered."""

    def __init__(self, url: str) -> None:
        self.engine = create_engine(url)
        guard_engine(self.engine)

    def __enter__(self) -> Session:
        self.writes = writing()
        self.writes.__enter__()
        self.session = Session(self.engine)
        remember(self.session)
        return self.session

    def __exit__(self, *error: object) -> None:
        self.session.close()
        self.engine.dispose()
        self.writes.__exit__(None, None, None)


def furnish(url: str) -> None:
    upgrade(url)
    write(url, *CLEAN.records.values())


@pytest.fixture
def url(server: Server) -> Iterator[str]:
    with server.copy_of("clean_house", furnish) as url:
        yield url


def _planted() -> Iterator[Example]:
    """Yield, for each rule, its first example that can be written."""
    for rule in RULES:
        for one in FAILS:
            if one.rule == rule and _can_be_written(one):
                yield one
                break


def _can_be_written(example: Example) -> bool:
    """Say whether nothing is taken out, no row stands twice, and the model takes it."""
    house = example.change(CLEAN)
    rows = [row.id for one in house.records.values() for _path, row in parts_in(one)]
    taken = all(not problems_of(one) for one in house.records.values())
    whole = set(house.records) >= set(CLEAN.records) and len(rows) == len(set(rows))
    return whole and (taken or example.rule in REFUSED)


def changes(example: Example) -> list[Record]:
    house = example.change(CLEAN)
    return [one for key, one in house.records.items() if CLEAN.records.get(key) != one]


def test_there_is_a_defect_for_every_rule():
    assert [one.rule for one in _planted()] == list(RULES)


@pytest.mark.parametrize("example", list(_planted()), ids=lambda one: one.rule)
def test_a_defect_written_through_the_models_raises_its_rule(example: Example, url: str):
    try:
        write(url, *changes(example))
    except NotAllowedError:
        assert example.rule in REFUSED
        return
    with lent(url) as session:
        found = judge(read_register(session), TODAY).findings
    path = re.sub(r"\{(.+?)\}", lambda name: ref(name.group(1)), example.path)
    errors = {one.rule.id for one in found if one.severity is Severity.ERROR}
    assert (example.rule, ref(example.at), path) in {one.key for one in found}
    assert errors - {example.rule} == set(example.with_errors)
