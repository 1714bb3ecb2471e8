"""Whatever the register holds, pictures are valid, not too large, and hang together."""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given, settings, strategies as st

from ropa.pictures import Graph, Picture, destinations, picture_of, pictures_for
from ropa.pictures.layout import LEADING, Box, arrange
from ropa.records import ChainLink, LocalisedText, Location, Recipient, Record, System, new_id
from ropa.register import Register
from ropa.vocabulary import EngagementRole, Role
from tests.builders import (
    a_transfer,
    a_vendor,
    an_activity,
    an_engagement,
    an_entity,
)
from tests.unit.pictures.seeing import TODAY, as_a_file, on_a_page

NAMES = st.text(min_size=1, max_size=40).filter(str.strip)
PLACES = st.sampled_from(("", "US", "ES", "AR", "DE", "xx", "<b>"))
DAYS = st.none() | st.integers(-900, 900).map(lambda days: TODAY + timedelta(days))


def some(values: list[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """A few ids of records that are there."""
    ids = [one.id for one in values]
    if not ids:
        return st.just(())
    return st.lists(st.sampled_from(ids), max_size=3, unique=True).map(tuple)


def one_of(values: list[Any]) -> st.SearchStrategy[Any]:
    return st.sampled_from([None, *(one.id for one in values)])


@dataclass(frozen=True)
class House:
    """A register, told in a few words when it is the one that fails."""

    register: Register = field(repr=False)


@st.composite
def houses(draw: st.DrawFn) -> House:
    names, places = (
        draw(st.lists(NAMES, min_size=1, max_size=6)),
        draw(st.lists(PLACES, min_size=1)),
    )

    def name() -> str:
        return draw(st.sampled_from(names))

    def place() -> str:
        return draw(st.sampled_from(places))

    many = draw(st.sampled_from((1, 3, 60)))
    entities = [an_entity(legal_name=name(), country=place()) for _ in range(2)]
    ids = [new_id() for _ in range(draw(st.integers(1, 4)))]
    vendors = [a_vendor(id=one, name=name(), chain=_chain(draw, ids, name)) for one in ids]
    engagements = [
        an_engagement(
            draw(st.sampled_from(vendors)),
            entity=draw(one_of(entities)),
            role=draw(st.sampled_from((None, *EngagementRole))),
            locations=(Location(id=new_id(), country=place()),),
            ends_on=draw(DAYS),
        )
        for _ in range(draw(st.integers(0, 3)) * many)
    ]
    systems = [
        System(id=new_id(), name=name(), hosted_by=draw(one_of(engagements)), countries=(place(),))
        for _ in range(draw(st.integers(0, 3)))
    ]
    transfers = [
        a_transfer(
            draw(st.sampled_from(entities)),
            engagement=draw(one_of(engagements)),
            importer_name=name(),
            country=place(),
            starts_on=draw(DAYS),
        )
        for _ in range(draw(st.integers(0, 3)) * many)
    ]
    activities = [
        an_activity(
            draw(st.sampled_from(entities)),
            role=draw(st.sampled_from((None, *Role))),
            systems=draw(some(systems)),
            engagements=draw(some(engagements)),
            transfers=draw(some(transfers)),
            recipients=(Recipient(id=new_id(), name=LocalisedText(pt=name()), country=place()),),
        )
        for _ in range(draw(st.integers(0, 3)) * many)
    ]
    everything: list[Record] = [*entities, *vendors, *engagements, *systems, *transfers]
    return House(Register.of(*everything, *activities))


def _chain(draw: st.DrawFn, ids: list[str], name: Any) -> tuple[ChainLink, ...]:
    known = draw(st.lists(st.sampled_from([None, *ids]), max_size=4))
    return tuple(ChainLink(id=new_id(), legal_name=name(), known_vendor=one) for one in known)  # type: ignore[arg-type]


def check(picture: Picture) -> None:
    assert picture.drawing.count <= 150
    on_a_page(picture)
    as_a_file(picture)
    if isinstance(picture.drawing, Graph):
        nodes = {one.key: one for one in picture.drawing.nodes}
        assert len(nodes) == picture.drawing.count == len(picture.table.rows)
        for one in picture.drawing.edges:
            assert nodes[one.start].column < nodes[one.end].column


@settings(max_examples=60, deadline=None)
@given(houses())
def test_every_picture_of_any_register_is_sound(house: House):
    register = house.register
    check(destinations(register, TODAY, "en"))
    first = {type(one): one for one in register}
    for record in (*first.values(), *register.vendors):
        for kind in pictures_for(record):
            check(picture_of(kind, register, record, TODAY, "en"))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(20, 90)), min_size=1, max_size=30),
    st.data(),
)
def test_boxes_never_overlap(sizes: list[tuple[int, int]], data: st.DataObject):
    boxes = [Box(str(n), column, height) for n, (column, height) in enumerate(sizes)]
    pairs = [(a.key, b.key) for a in boxes for b in boxes if a.column < b.column]
    joins = data.draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    placed = arrange(boxes, joins)
    for column in range(5):
        own = sorted((placed.tops[one.key], one) for one in boxes if one.column == column)
        for (top, above), (next_top, _below) in pairwise(own):
            assert top + above.height + LEADING <= next_top + 0.001
    assert min(placed.tops.values()) >= -0.001
