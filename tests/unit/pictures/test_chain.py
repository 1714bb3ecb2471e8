"""The chain of sub-processors: as far as it is recorded, round no circle."""

import pytest

from ropa.records import Answer, ChainLink, Ref, Vendor, new_id
from ropa.vocabulary import AnswerKind
from tests.builders import a_vendor, an_engagement, an_entity
from tests.unit.pictures.seeing import arrows, drawn, graph_of, words_of


def a_sub(name: str = "", known: Vendor | None = None, country: str = "") -> ChainLink:
    ref = Ref(known.id) if known else None
    return ChainLink(id=new_id(), legal_name=name, known_vendor=ref, country=country)


def test_it_goes_from_our_company_through_the_vendor_to_those_who_work_for_it():
    entity = an_entity()
    vendor = a_vendor(chain=(a_sub("Night Shift", country="AU"),))
    engagement = an_engagement(vendor, entity=entity.id)
    picture = drawn("chain", vendor, entity, engagement)
    assert arrows(picture) == {("Acme S.L.", "Amazon"), ("Amazon", "Night Shift")}
    assert graph_of(picture).nodes[-1].note == "Australia"


def test_a_vendor_of_ours_is_followed_further():
    last = a_vendor(name="Last")
    middle = a_vendor(name="Middle", chain=(a_sub(known=last),))
    vendor = a_vendor(chain=(a_sub(known=middle),))
    picture = drawn("chain", vendor, middle, last)
    assert arrows(picture) == {("Amazon", "Middle"), ("Middle", "Last")}


def test_a_circle_ends():
    one, other = a_vendor(name="One"), a_vendor(name="Other", chain=())
    one = a_vendor(id=one.id, name="One", chain=(a_sub(known=other),))
    other = a_vendor(id=other.id, name="Other", chain=(a_sub(known=one),))
    assert arrows(drawn("chain", one, other)) == {("One", "Other"), ("Other", "One")}
    assert len(words_of(drawn("chain", one, other))) == 3


def test_whoever_works_for_two_is_shown_under_both():
    last = a_vendor(name="Last")
    middle = a_vendor(name="Middle", chain=(a_sub(known=last),))
    vendor = a_vendor(chain=(a_sub(known=last), a_sub(known=middle)))
    found = arrows(drawn("chain", vendor, middle, last))
    assert found == {("Amazon", "Last"), ("Amazon", "Middle"), ("Middle", "Last")}


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ((), "Its own sub-processors are not recorded."),
        ((Answer(question="chain", kind=AnswerKind.NONE),), "It has none."),
        (
            (Answer(question="chain", kind=AnswerKind.NOT_APPLICABLE, because="one person"),),
            "Does not apply, because: one person",
        ),
    ],
)
def test_no_chain_is_told_apart_from_none_recorded(answer: tuple[Answer, ...], says: str):
    assert words_of(drawn("chain", a_vendor(answers=answer))) == ["Amazon", says]


def test_a_long_chain_is_counted():
    vendor = a_vendor(chain=tuple(a_sub(f"Sub {n}") for n in range(60)))
    assert words_of(drawn("chain", vendor)) == ["Amazon", "60 × Sub-processor"]
