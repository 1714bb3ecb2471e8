"""Two people change one record: what only one changed is kept, what both changed is asked."""

from typing import Any

import pytest
from msgspec.structs import replace

from ropa.operations.merging import Conflict, Side, conflicts_between, kept_changes, merge
from ropa.records import (
    ActivityData,
    Answer,
    LocalisedText,
    ProcessingActivity,
    Provenance,
    Purpose,
    Ref,
    RetentionRule,
    Vendor,
)
from ropa.vocabulary import AnswerKind, Jurisdiction, LawfulBasis, Origin, Role, Workflow

MAILS = Purpose(id="mails", text=LocalisedText(en="Send mails"))
PAY = Purpose(id="pay", text=LocalisedText(en="Pay people"))
KEPT = RetentionRule(id="rule", cleanup_interval="P6M", backup_period="P3M")
ROW = ActivityData(id="row", subject=Ref("employees"), retention=(KEPT,))
BASE = ProcessingActivity(
    id="a",
    ref="C-01",
    name=LocalisedText(en="Payroll", es="Nóminas"),
    role=Role.CONTROLLER,
    entity=Ref("acme"),
    department="People",
    purposes=(MAILS, PAY),
    data=(ROW,),
    measures=(Ref("backups"), Ref("tls")),
    jurisdictions=(Jurisdiction.GDPR,),
)


def also(record: ProcessingActivity = BASE, **changes: Any) -> ProcessingActivity:
    return replace(record, **changes)


def paths(base, theirs, mine) -> list[str]:
    return [one.path for one in conflicts_between(base, theirs, mine)]


def agreed(base, theirs, mine):
    """What comes of both when there is nothing to choose."""
    assert conflicts_between(base, theirs, mine) == []
    return merge(base, theirs, mine, {})


def none(by: str, kind: AnswerKind = AnswerKind.NONE) -> Answer:
    return Answer(question="recipients", kind=kind, by=by)


def test_two_who_change_different_fields_are_both_kept():
    merged = agreed(BASE, also(department="HR"), also(owner="Ruth"))
    assert (merged.department, merged.owner) == ("HR", "Ruth")


def test_two_who_change_the_same_field_alike_agree():
    assert agreed(BASE, also(department="HR"), also(department="HR")).department == "HR"


def test_two_who_change_the_same_field_differently_are_asked():
    theirs, mine = also(department="HR"), also(department="Finance")
    (conflict,) = conflicts_between(BASE, theirs, mine)
    assert isinstance(conflict, Conflict)
    assert (conflict.path, conflict.base, conflict.theirs, conflict.mine) == (
        "department",
        "People",
        "HR",
        "Finance",
    )


@pytest.mark.parametrize(
    ("choice", "department"), [(Side.MINE, "Finance"), (Side.THEIRS, "HR"), (None, "HR")]
)
def test_the_choice_decides_and_without_one_what_was_saved_stands(choice, department):
    theirs, mine = also(department="HR"), also(department="Finance")
    choices = {"department": choice} if choice else {}
    assert merge(BASE, theirs, mine, choices).department == department


def test_a_text_is_merged_language_by_language():
    theirs = also(name=LocalisedText(en="Payroll run", es="Nóminas"))
    mine = also(name=LocalisedText(en="Payroll", es="Nóminas", pt="Salários"))
    assert agreed(BASE, theirs, mine).name == LocalisedText(
        en="Payroll run", es="Nóminas", pt="Salários"
    )
    mine = also(name=LocalisedText(en="Wages", es="Nóminas"))
    assert paths(BASE, theirs, mine) == ["name/en"]


def test_links_are_merged_one_by_one():
    theirs = also(measures=(Ref("backups"), Ref("logs"), Ref("tls")))
    mine = also(measures=(Ref("keys"), Ref("tls")))
    assert agreed(BASE, theirs, mine).measures == ("keys", "logs", "tls")


def test_ticked_words_are_merged_one_by_one():
    theirs = also(jurisdictions=(Jurisdiction.GDPR, Jurisdiction.AR))
    mine = also(jurisdictions=(Jurisdiction.BR,))
    assert set(agreed(BASE, theirs, mine).jurisdictions) == {Jurisdiction.AR, Jurisdiction.BR}


def test_rows_are_merged_by_their_id_and_field_by_field():
    theirs = also(purposes=(replace(MAILS, basis=LawfulBasis.CONSENT), PAY))
    mine = also(purposes=(replace(MAILS, statute="LSSI"), PAY))
    merged = agreed(BASE, theirs, mine)
    assert merged.purposes == (replace(MAILS, basis=LawfulBasis.CONSENT, statute="LSSI"), PAY)


def test_rows_inside_rows_are_merged_too():
    theirs = also(data=(replace(ROW, retention=(replace(KEPT, backup_period="P1Y"),)),))
    mine = also(data=(replace(ROW, retention=(replace(KEPT, cleanup_interval="P1M"),)),))
    (rule,) = agreed(BASE, theirs, mine).data[0].retention
    assert (rule.backup_period, rule.cleanup_interval) == ("P1Y", "P1M")
    mine = also(data=(replace(ROW, retention=(replace(KEPT, backup_period="P2Y"),)),))
    assert paths(BASE, theirs, mine) == ["data/row/retention/rule/backup_period"]


def test_rows_that_both_add_are_both_kept_where_they_stood():
    first, last = Purpose(id="first"), Purpose(id="last")
    merged = agreed(
        BASE, also(purposes=(MAILS, PAY, last)), also(purposes=(first, MAILS, PAY))
    )
    assert [one.id for one in merged.purposes] == ["first", "mails", "pay", "last"]


@pytest.mark.parametrize("who_moves", ["theirs", "mine"])
def test_whoever_moves_rows_sets_their_order(who_moves):
    moved, other = also(purposes=(PAY, MAILS)), also(owner="Ruth")
    sides = (moved, other) if who_moves == "theirs" else (other, moved)
    assert [one.id for one in agreed(BASE, *sides).purposes] == ["pay", "mails"]


def test_a_row_that_one_removes_and_nobody_changes_is_gone():
    gone = also(purposes=(PAY,))
    assert agreed(BASE, gone, also(owner="Ruth")).purposes == (PAY,)
    assert agreed(BASE, also(owner="Ruth"), gone).purposes == (PAY,)


def test_a_row_that_one_removes_and_the_other_changes_is_asked_about():
    changed = also(purposes=(replace(MAILS, statute="LSSI"), PAY))
    gone = also(purposes=(PAY,))
    (conflict,) = conflicts_between(BASE, gone, changed)
    assert (conflict.path, conflict.theirs, conflict.mine) == (
        "purposes/mails",
        None,
        replace(MAILS, statute="LSSI"),
    )
    assert merge(BASE, gone, changed, {"purposes/mails": Side.MINE}).purposes == changed.purposes
    assert merge(BASE, changed, gone, {"purposes/mails": Side.MINE}).purposes == (PAY,)


def test_an_answer_of_one_and_the_note_of_the_other_are_both_kept():
    merged = agreed(BASE, also(answers=(none("Ana"),)), also(notes="Ask Ruth"))
    assert (merged.answers, merged.notes) == ((none("Ana"),), "Ask Ruth")


def test_two_who_give_the_same_answer_agree_and_the_first_has_signed_it():
    theirs, mine = also(answers=(none("Ana"),)), also(answers=(none("Eva"),))
    assert agreed(BASE, theirs, mine).answers == (none("Ana"),)


def test_two_different_answers_are_asked_about():
    other = none("Eva", AnswerKind.NOT_APPLICABLE)
    theirs, mine = also(answers=(none("Ana"),)), also(answers=(other,))
    assert paths(BASE, theirs, mine) == ["answers/recipients"]
    assert merge(BASE, theirs, mine, {"answers/recipients": Side.MINE}).answers == (other,)


def test_an_answer_taken_back_is_gone():
    answered = also(answers=(none("Ana"),))
    assert agreed(answered, answered, BASE).answers == ()


def test_what_a_form_does_not_ask_stays_as_it_was_saved():
    origin = {"ref": Provenance(origin=Origin.POLICY)}
    theirs = also(workflow=Workflow.APPROVED, provenance=origin)
    merged = agreed(BASE, theirs, also(owner="Ruth"))
    assert (merged.workflow, merged.provenance) == (Workflow.APPROVED, origin)


def test_when_the_beginning_is_not_known_whatever_differs_is_asked_about():
    theirs, mine = Vendor(id="v", name="Amazon", slug="aws"), Vendor(id="v", name="AWS", slug="aws")
    assert paths(None, theirs, mine) == ["name"]


def test_what_stands_without_a_choice_is_listed_with_whose_it_is():
    theirs = also(department="HR", owner="Ana")
    mine = also(department="Finance", purposes=(PAY,), answers=(none("Eva"),))
    assert [(one.side, one.path) for one in kept_changes(BASE, theirs, mine)] == [
        (Side.THEIRS, "owner"),
        (Side.MINE, "answers/recipients"),
        (Side.MINE, "purposes/mails"),
    ]
