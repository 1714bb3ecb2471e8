"""Transfers by destination: how each stands under each law, in words and by pattern."""

from ropa.pictures import Lanes, Picture, destinations
from ropa.records import LegalEntity, Record, TransferSafeguard, new_id
from ropa.register import Register
from ropa.vocabulary import Instrument, Regime
from tests.builders import a_transfer, an_entity
from tests.clean_house import clean_house
from tests.unit.pictures.seeing import SVG, TODAY, on_a_page, texts


def seen(*records: Record, entity: LegalEntity | None = None) -> Picture:
    return destinations(Register.of(*records), TODAY, "en", entity)


def lanes_of(picture: Picture) -> list[tuple[str, str, str, list[str]]]:
    assert isinstance(picture.drawing, Lanes)
    return [
        (band.words, lane.law, str(lane.standing.label), [one.words for one in lane.pills])
        for band in picture.drawing.bands
        for lane in band.lanes
    ]


def test_the_same_destination_may_stand_well_under_one_law_and_badly_under_another():
    house = clean_house()
    more = a_transfer(house["argentina"], ref="T-09", country="US")
    picture = seen(*house.records.values(), more)
    assert lanes_of(picture) == [
        ("United States", "European Union", "lawful", ["T-01"]),
        ("United States", "Argentina", "not shown", ["T-09"]),
    ]


def test_one_company_can_be_asked_for():
    here, there = an_entity(country="AR"), an_entity(country="AR", slug="b")
    some = [a_transfer(here, ref="T-01", country="US"), a_transfer(there, ref="T-02", country="US")]
    assert lanes_of(seen(here, there, *some, entity=there)) == [
        ("United States", "Argentina", "not shown", ["T-02"])
    ]


def test_what_nobody_recorded_is_a_destination_of_its_own():
    entity = an_entity(country="AR")
    assert lanes_of(seen(entity, a_transfer(entity))) == [
        ("Destination not recorded", "Argentina", "destination not recorded", ["T-01"])
    ]


def test_a_transfer_no_law_is_known_for_is_not_lost():
    entity = an_entity(country="US")
    assert lanes_of(seen(entity, a_transfer(entity, country="MX"))) == [
        ("Mexico", "No law is known to judge it", "not shown", ["T-01"])
    ]


def test_each_standing_has_its_words_beside_its_pattern():
    entity = an_entity(country="AR")
    clauses = TransferSafeguard(id=new_id(), regime=Regime.AR, instrument=Instrument.AR_ANNEX_2)
    some = [
        a_transfer(entity, ref="T-01", country="US"),
        a_transfer(entity, ref="T-02", country="US", safeguards=(clauses,)),
    ]
    svg = on_a_page(seen(entity, *some))
    fills = [one.get("fill") for one in svg.iter(f"{SVG}rect")]
    patterns = [one for one in fills if one and one.startswith("url(#standing-")]
    assert len(patterns) == len(set(patterns)) == 2
    assert {"lawful", "not shown"} <= set(texts(svg))


def test_very_many_are_counted_and_none_is_lost():
    entity = an_entity(country="AR")
    places = ["US", "BR", "MX", *(f"Organisation {n}" for n in range(300))]
    some = [
        a_transfer(entity, ref=f"T-{n}", organisation=place, country="")
        for n, place in enumerate(places)
    ]
    picture = seen(entity, *some)
    assert picture.drawing.count <= 150
    assert isinstance(picture.drawing, Lanes)
    told = [
        pill.words for band in picture.drawing.bands for lane in band.lanes for pill in lane.pills
    ]
    assert sum(int(words.split()[0]) for words in told) == len(some)
    assert len(picture.table.rows) == len(told)
