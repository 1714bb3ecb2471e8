"""What of a record search may find: all it says in any language, and nothing that is internal."""

from ropa.records import Answer, LocalisedText, Purpose, Vendor, new_id
from ropa.records.passages import passages_in
from ropa.vocabulary import AnswerKind, ArgentineBasis, LawfulBasis
from tests.builders import an_activity, an_entity


def said_in(record) -> dict[str, set[str]]:
    """Each text with the languages it is said in."""
    found: dict[str, set[str]] = {}
    for one in passages_in(record):
        found.setdefault(one.text, set()).add(one.language)
    return found


def test_texts_labels_laws_and_countries_are_said_in_every_language():
    purpose = Purpose(
        id=new_id(),
        text=LocalisedText(es="Pagar nóminas"),
        basis=LawfulBasis.CONSENT,
        ar_basis=ArgentineBasis.CONSENT,
    )
    said = said_in(an_activity(an_entity(), ref="C-07", purposes=(purpose,)))
    assert said["Pagar nóminas"] == {"es"}
    assert said["C-07"] == {""}
    assert said["Consent (GDPR Art. 6(1)(a))"] == {"en"}
    assert said["Consentimiento (GDPR Art. 6(1)(a))"] == {"es"}
    assert said["Consentimento (Ley 25.326 art. 5(1))"] == {"pt"}
    assert {"Alemania (DE)", "Germany (DE)"} <= said_in(an_entity(country="DE")).keys()


def test_a_place_is_named_by_the_labels_on_the_way():
    purpose = Purpose(id=new_id(), text=LocalisedText(en="Pay people"))
    activity = an_activity(an_entity(), purposes=(purpose,))
    where = next(one.where for one in passages_in(activity) if one.text == "Pay people")
    assert [str(label) for label in where] == ["Purposes", "Purpose"]


def test_why_something_does_not_apply_is_said_and_notes_are_not():
    answer = Answer(question="transfers", kind=AnswerKind.NOT_APPLICABLE, because="all stays here")
    said = said_in(an_activity(an_entity(), answers=(answer,), notes="sharpsword"))
    assert "all stays here" in said
    assert "sharpsword" not in " ".join(said)
    assert said_in(Vendor(id=new_id(), name="V", slug="v", notes="x")).keys() >= {"V", "v"}
