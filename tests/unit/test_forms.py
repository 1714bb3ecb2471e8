"""Forms built from records: what is shown, what is read back, what is refused at which field."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from msgspec.structs import replace
from werkzeug.datastructures import MultiDict

from ropa.admin.forms import Options, RecordForm, fill, layout_of, read_record, typed_over
from ropa.admin.forms.options import MOST_BOXES, MOST_IN_A_SELECT, MOST_MATCHES
from ropa.admin.forms.record_form import NEVER_TYPED
from ropa.admin.forms.rows import MOST_ROWS
from ropa.admin.forms.tidy import period_in_words, tidy_country
from ropa.extensions import babel
from ropa.history.upcast import read_state
from ropa.i18n import LANGUAGES
from ropa.records import (
    NOUNS,
    ActivityData,
    ArgentineRegistration,
    Document,
    Identifier,
    LegalEntity,
    LocalisedText,
    ProcessingActivity,
    Record,
    Ref,
    RetentionRule,
    Vendor,
    new_id,
    problems_of,
)
from ropa.records.fields import fields_of
from ropa.register import Register
from ropa.vocabulary import AnswerKind, IdentifierKind
from tests.builders import a_measure, a_vendor, an_activity, an_engagement, an_entity, in_english

STATES = sorted((Path(__file__).parents[1] / "data/states/1").glob("*.json"))
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _speaking():
    """Sentences need somebody to say them to."""
    app = Flask("quiet")
    babel.init_app(app)
    with app.test_request_context():
        yield


def typed(base: Record, *, register: Register | None = None, **inputs: Any):
    """The form somebody sent after changing these inputs; ``__`` stands for a hyphen."""
    options = Options(register or Register.of(), "en")
    shown = {name.replace("__", "-"): text for name, text in inputs.items()}
    return typed_over(base, options, 1, MultiDict(shown))


def read(form: RecordForm) -> Any:
    return read_record(form, "Ana", TODAY)


def sentences(form: RecordForm) -> dict[str, str]:
    return {place: sentence for place, _label, sentence in form.complaints()}


def as_posted(form: RecordForm) -> MultiDict[str, str]:
    """What a browser would send of a form nobody touched."""
    sent: MultiDict[str, str] = MultiDict()
    for one in form.answers.values():
        sent.add(one.name, one.kind)
        sent.add(one.because_name, one.because)
    _send(form, sent)
    return sent


def _send(form, sent):
    for field in form:
        if field.shape == "localised":
            for box in field.inputs:
                sent.add(box.name, box.typed)
        elif field.shape == "parts":
            sent.add(field.name, str(field.next_number))
            for row in field.rows:
                sent.add(f"{row.name}-id", row.row_id)
                _send(row, sent)
        elif field.shape in ("boxes", "links"):
            ticked = field.ticked if field.shape == "boxes" else field.data
            sent.setlist(field.name, ["", *ticked])
        elif field.shape == "link":
            sent.add(field.name, field.data or "")
        else:
            sent.add(field.name, field.typed.replace("\n", "\r\n"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", STATES, ids=lambda file: file.stem)
def test_a_form_nobody_touched_reads_back_as_the_very_record(file, language):
    record = read_state(file.read_text("utf-8"))
    options = Options(Register.of(record), language)
    form = typed_over(record, options, 1, as_posted(fill(record, options)))
    assert form.complaints() == []
    assert read(form) == record


@pytest.mark.parametrize("file", STATES, ids=lambda file: file.stem)
def test_inputs_that_were_not_sent_leave_the_record_alone(file):
    record = read_state(file.read_text("utf-8"))
    assert read(typed(record)) == record


@pytest.mark.parametrize("noun", NOUNS)
def test_every_field_of_every_noun_stands_in_one_section(noun):
    placed = [name for section in layout_of(noun) for name in section.fields]
    asked = [spec.name for spec in fields_of(NOUNS[noun])]
    hidden = NEVER_TYPED.get(noun, frozenset())
    assert sorted(placed) == sorted({*asked, "notes"} - hidden)
    assert placed[-1] == "notes"


@pytest.mark.parametrize("noun", NOUNS)
def test_no_field_is_called_like_an_input_of_the_form_itself(noun):
    own = {"version", "base", "record", "why", "do", "notes", "id", "csrf_token"}
    assert own.isdisjoint(spec.name for spec in fields_of(NOUNS[noun]))


def test_a_date_that_is_none_keeps_its_text_and_says_how_to_write_one():
    base = a_vendor(dpa_signed_on=date(2026, 1, 2))
    form = typed(base, dpa_signed_on="31/02/2026")
    assert form["dpa_signed_on"].typed_again == "31/02/2026"
    assert sentences(form) == {
        "dpa_signed_on": "“31/02/2026” is not a date. Write it as 2026-12-31."
    }
    assert read(typed(base, dpa_signed_on="2026-03-04")).dpa_signed_on == date(2026, 3, 4)
    assert read(typed(base, dpa_signed_on="")).dpa_signed_on is None


@pytest.mark.parametrize("text", ["20260304", "2026-W10-1", "2026-2-3", "٢٠٢٦-٠٣-٠٤", "2026-13-01"])
def test_only_a_year_a_month_and_a_day_are_a_date(text):
    assert "dpa_signed_on" in sentences(typed(a_vendor(), dpa_signed_on=text))


@pytest.mark.parametrize("text", ["many", "1_000", "3.5", "٣", "99999999999", "2147483648"])
def test_only_a_whole_number_the_database_holds_is_a_number(text):
    form = typed(an_entity(headcount=7), headcount=text)
    assert "headcount" in sentences(form)
    assert form["headcount"].typed_again == text
    assert read(form).headcount == 7


@pytest.mark.parametrize(("text", "kept"), [("6 months", "P6M"), ("1 año y 6 meses", "P1Y6M")])
def test_a_length_of_time_in_words_is_kept_as_a_period(text, kept):
    base = _kept_for("")
    row, rule = base.data[0], base.data[0].retention[0]
    form = typed(
        base,
        data="1",
        data__0__id=row.id,
        data__0__retention="1",
        data__0__retention__0__id=rule.id,
        data__0__retention__0__active_period=text,
    )
    assert read(form).data[0].retention[0].active_period == kept


def _kept_for(period: str) -> ProcessingActivity:
    rule = RetentionRule(id=new_id(), active_period=period)
    row = ActivityData(id=new_id(), category=Ref(new_id()), retention=(rule,))
    return an_activity(an_entity(), data=(row,))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kept", ["P1D", "P6M", "P1M", "P2Y", "P1Y6M", "P2W3D"])
def test_a_period_is_shown_in_words_that_mean_the_same_again(kept, language):
    words = period_in_words(kept, language)
    assert not words.startswith("P")
    form = fill(_kept_for(kept), Options(Register.of(), language))
    assert form["data"].rows[0]["retention"].rows[0]["active_period"].typed == words


def test_a_country_may_be_written_by_its_name_in_any_of_our_languages():
    assert [tidy_country(one) for one in ("España", "germany", "Brasil", "us", "Atlantis")] == [
        "ES",
        "DE",
        "BR",
        "US",
        "Atlantis",
    ]


def test_numbers_of_the_argentine_state_are_kept_in_their_plain_form():
    base = ArgentineRegistration(id=new_id())
    form = typed(base, cuit="30–71517937–3", rl_number="rl–2020–33258012–apn–dnpdp#aaip.")
    assert read(form).cuit == "30715179373"
    assert read(form).rl_number == "RL-2020-33258012-APN-DNPDP#AAIP"


def test_a_national_number_is_tidied_by_its_kind_and_left_alone_when_it_stands():
    standing = Identifier(id=new_id(), kind=IdentifierKind.NIF, value="B-12345674")
    base = an_entity(identifiers=(standing,))
    form = typed(
        base,
        identifiers="2",
        identifiers__0__id=standing.id,
        identifiers__1__id=new_id(),
        identifiers__1__kind="cuit",
        identifiers__1__value="30-71517937-3",
    )
    assert [one.value for one in read(form).identifiers] == ["B-12345674", "30715179373"]


def test_a_new_row_in_which_nothing_was_written_is_no_row():
    base = an_entity()
    fresh = new_id()
    blank: dict[str, Any] = {
        "identifiers": "1",
        "identifiers__0__id": fresh,
        "identifiers__0__kind": "other",
    }
    assert read(typed(base, **blank)) == base
    written = typed(base, **blank, identifiers__0__value="7")
    assert [one.id for one in read(written).identifiers] == [fresh]


def test_rows_are_recognised_by_their_id_and_not_by_their_number():
    first, second = (Identifier(id=new_id(), value=one) for one in "12")
    base = an_entity(identifiers=(first, second))
    form = typed(
        base,
        identifiers="9",
        identifiers__3__id=second.id,
        identifiers__3__value="two",
        identifiers__7__id=first.id,
    )
    assert read(form).identifiers == (replace(second, value="two"), first)
    assert [row.name for row in form["identifiers"].rows] == ["identifiers-3", "identifiers-7"]


@pytest.mark.parametrize("bad", ["", "7", "../../etc", "\x00", "\ud800", "A" * 36])
def test_a_row_whose_id_is_no_id_is_taken_as_new_and_says_so(bad):
    form = typed(an_entity(), identifiers="1", identifiers__0__id=bad, identifiers__0__value="7")
    (row,) = read(form).identifiers
    assert row.id != bad
    assert row.value == "7"
    assert list(sentences(form)) == ["identifiers-0"]


def test_two_rows_cannot_be_the_same_row():
    one = Identifier(id=new_id(), value="1")
    form = typed(
        an_entity(identifiers=(one,)),
        identifiers="2",
        identifiers__0__id=one.id,
        identifiers__1__id=one.id,
        identifiers__1__value="2",
    )
    assert len({row.id for row in read(form).identifiers}) == 2
    assert list(sentences(form)) == ["identifiers-1"]


def test_one_form_holds_no_more_rows_than_it_can_carry():
    sent: dict[str, Any] = {
        f"identifiers__{number}__id": new_id() for number in range(MOST_ROWS + 1)
    }
    form = typed(an_entity(), identifiers="501", **sent)
    assert len(form["identifiers"].rows) == MOST_ROWS
    assert "identifiers" in sentences(form)


def test_rows_are_added_and_taken_away_at_any_depth_and_numbers_are_not_used_again():
    form = typed(an_activity(an_entity()), data="0")
    assert form.add_row("data")
    assert form.add_row("data-0-retention")
    assert form.add_row("data")
    assert form.remove_row("data-1")
    assert form.add_row("data")
    assert [row.name for row in form["data"].rows] == ["data-0", "data-2"]
    assert [row.name for row in form["data"].rows[0]["retention"].rows] == ["data-0-retention-0"]
    assert not form.add_row("data-9-retention")
    assert not form.remove_row("data-1")


@pytest.mark.parametrize("sign", ["\x00", "\ud800", "\u202e", "x\ufffd"])
def test_signs_that_cannot_be_shown_are_refused_at_their_field_and_the_page_can_be_sent(sign):
    form = typed(a_vendor(), name=f"Ama{sign}zon", own_list_url=f"x{sign}")
    for problem in problems_of(read(form)):
        form.complain(problem)
    assert {"name", "own_list_url"} <= set(sentences(form))
    shown = [form["name"].typed_again, *sentences(form).values(), *form["name"].sentences]
    assert "\ufffd" in shown[0]
    assert all(text.encode() for text in shown)


def test_a_text_is_refused_in_the_language_that_is_too_long():
    form = typed(an_activity(an_entity()), description__es="á" * 40_000)
    for problem in problems_of(read(form)):
        form.complain(problem)
    assert list(sentences(form)) == ["description-es"]
    assert len(form["description"].inputs[1].typed_again) == 40_000


def test_a_problem_in_a_row_inside_a_row_stands_at_its_input():
    base = _kept_for("soon")
    form = fill(base, Options(Register.of(), "en"))
    for problem in problems_of(base):
        form.complain(problem)
    assert list(sentences(form)) == ["data-0-retention-0-active_period"]
    assert form["data"].rows[0].is_open


@pytest.mark.parametrize(
    ("inputs", "place"),
    [
        ({"kind": "nonsense"}, "kind"),
        ({"entity": "7"}, "entity"),
        ({"entity": new_id()}, "entity"),
        ({"certifications": "1", "certifications__0__document": "x\x00"}, "certifications-0"),
    ],
)
def test_a_choice_that_was_never_offered_is_refused(inputs, place):
    form = typed(a_vendor(), **inputs)
    assert any(one.startswith(place) for one in sentences(form))


def test_retired_records_are_not_offered_but_stay_where_they_are_linked():
    gone = a_measure(code="old", name=in_english("Old"), retired_reason="left", retired_at=_then())
    here = a_measure()
    entity = an_entity()
    linking, free = (an_activity(entity, measures=one) for one in ((gone.id,), ()))
    options = Options(Register.of(gone, here, entity), "en")
    offered = [
        [one.id for one in fill(record, options)["measures"].offered()]
        for record in (linking, free)
    ]
    assert [set(one) for one in offered] == [{gone.id, here.id}, {here.id}]
    refused = typed(free, register=options.register, measures=["", gone.id])
    assert "measures" in sentences(refused)
    kept = typed(linking, register=options.register, measures=["", gone.id, here.id])
    assert set(read(kept).measures) == {gone.id, here.id}


def _then():
    from datetime import UTC, datetime  # noqa: PLC0415

    return datetime(2026, 1, 1, tzinfo=UTC)


def test_many_records_are_found_by_name_instead_of_listed():
    entity = an_entity()
    many = [
        a_measure(code=f"m{n}", name=in_english(f"Measure {n:03}")) for n in range(MOST_BOXES + 1)
    ]
    vendors = [a_vendor(name=f"Vendor {n:03}", slug=f"v{n}") for n in range(MOST_IN_A_SELECT + 1)]
    register = Register.of(entity, *many, *vendors)
    form = typed(an_activity(entity), register=register, find__measures="measure 00")
    field = form["measures"]
    assert field.searches
    assert not field.found
    assert form.find_what_is_new()
    assert [one.label for one in field.found][:2] == ["Measure 000", "Measure 001"]
    assert len(field.found) == 10
    assert len(Options(register, "en").search("vendor", "vendor")) == MOST_MATCHES
    link = typed(an_engagement(vendors[0]), register=register, find__vendor="200")["vendor"]
    assert link.searches
    assert [one.id for one in link.chosen()] == [vendors[0].id]


def test_engagements_are_named_with_their_vendor():
    vendor = a_vendor()
    engagement = an_engagement(vendor)
    options = Options(Register.of(vendor, engagement), "es")
    assert [one.label for one in options.current("engagement")] == ["Amazon · Hosting"]


def test_an_answer_is_signed_once_and_keeps_who_gave_it():
    base = an_activity(an_entity())
    given = read(typed(base, answer__transfers="none"))
    (answer,) = given.answers
    assert (answer.question, answer.kind, answer.by, answer.on) == (
        "transfers",
        AnswerKind.NONE,
        "Ana",
        TODAY,
    )
    later = read_record(typed(given, answer__transfers="none"), "Eva", date(2027, 1, 1))
    assert later.answers == given.answers
    assert read(typed(given, answer__transfers="")).answers == ()


def test_an_answer_is_asked_while_a_list_is_empty_and_a_reason_without_answer_is_refused():
    base = an_activity(an_entity(), measures=(new_id(),))
    form = fill(base, Options(Register.of(), "en"))
    assert form.answer_shown("transfers")
    assert not form.answer_shown("measures")
    alone = typed(base, because__transfers="nobody abroad")
    assert list(sentences(alone)) == ["answer-transfers"]
    never = typed(base, answer__transfers="not_applicable", because__transfers="nobody abroad")
    assert read(never).answers[0].because == "nobody abroad"


def test_the_reason_of_an_answer_may_hold_nothing_a_workbook_cannot():
    base = an_activity(an_entity())
    form = typed(base, answer__transfers="not_applicable", because__transfers="a\x00b")
    for problem in problems_of(read(form)):
        form.complain(problem)
    assert list(sentences(form)) == ["answer-transfers"]


def test_the_facts_of_a_file_are_never_typed():
    base = Document(id=new_id(), name="DPA", sha256="ab", size=3)
    section_fields = [name for one in layout_of("document") for name in one.fields]
    assert not {"sha256", "size", "filename", "media_type"} & set(section_fields)
    assert read(typed(base, sha256="cd", size="4", filename="x")) == base


def test_what_was_written_once_is_shown_and_cannot_be_written_over():
    base = ArgentineRegistration(id=new_id(), database_name="Clientes")
    form = typed(base, database_name="Otra", database_purpose="Ventas")
    assert form["database_name"].fixed
    assert not form["database_purpose"].fixed
    assert read(form).database_purpose == "Ventas"


def test_a_title_of_a_row_says_the_first_two_things_it_holds():
    vendor = Vendor(id=new_id())
    form = typed(
        vendor,
        chain="1",
        chain__0__id=new_id(),
        chain__0__legal_name="A" * 200,
        chain__0__country="de",
    )
    title = form["chain"].rows[0].title
    assert re.fullmatch(r"A+…", title)
    entity = LegalEntity(id=new_id(), identifiers=(Identifier(id=new_id(), value="7"),))
    assert fill(entity, Options(Register.of(), "en"))["identifiers"].rows[0].title.endswith("7")


def test_a_name_in_another_language_is_better_than_none():
    measure = a_measure(name=LocalisedText(es="Cifrado"))
    assert Options(Register.of(measure), "pt").current("measure")[0].label == "Cifrado"
