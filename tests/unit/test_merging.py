"""What comes of two who changed one record: rows, links, languages, answers, and real conflicts."""

from msgspec.structs import replace

from ropa.operations.merging import Side, conflicts_between, kept_changes, merge
from ropa.records import (
    ActivityData,
    Answer,
    LocalisedText,
    ProcessingActivity,
    Recipient,
    Ref,
    RetentionRule,
    Vendor,
    new_id,
)
from ropa.vocabulary import AnswerKind, Jurisdiction
from tests.builders import a_vendor, an_activity, an_entity, in_english

BASE = an_activity(
    an_entity(),
    department="Sales",
    owner="Ruth",
    name=LocalisedText(en="Payroll", es="Nómina"),
    jurisdictions=(Jurisdiction.GDPR, Jurisdiction.AR),
    measures=tuple(sorted((new_id(), new_id()))),
    recipients=(
        Recipient(id=new_id(), name=in_english("Bank")),
        Recipient(id=new_id(), name=in_english("Tax office"), country="ES"),
    ),
    data=(
        ActivityData(
            id=new_id(),
            subject=Ref(new_id()),
            retention=(RetentionRule(id=new_id(), active_period="P6M"),),
        ),
    ),
)


def changed(**values) -> ProcessingActivity:
    return replace(BASE, **values)


def paths(theirs, mine, base=BASE) -> list[str]:
    return [one.path for one in conflicts_between(base, theirs, mine)]


def test_what_only_one_of_them_changed_is_taken_from_that_one():
    merged = merge(BASE, changed(department="Finance"), changed(owner="Otto"), {})
    assert merged == changed(department="Finance", owner="Otto")
    assert paths(changed(department="Finance"), changed(owner="Otto")) == []


def test_both_changing_the_same_alike_is_no_conflict():
    assert paths(changed(owner="Otto"), changed(owner="Otto")) == []


def test_both_changing_the_same_differently_is_chosen_for_and_never_overwritten_unasked():
    theirs, mine = changed(owner="Otto"), changed(owner="Ana")
    assert paths(theirs, mine) == ["owner"]
    assert merge(BASE, theirs, mine, {}).owner == "Otto"
    assert merge(BASE, theirs, mine, {"owner": Side.MINE}).owner == "Ana"


def test_languages_are_merged_one_by_one():
    theirs = changed(name=LocalisedText(en="Pay", es="Nómina"))
    mine = changed(name=LocalisedText(en="Payroll", es="Sueldos", pt="Folha"))
    assert merge(BASE, theirs, mine, {}).name == LocalisedText(en="Pay", es="Sueldos", pt="Folha")
    both = changed(name=LocalisedText(en="Wages", es="Nómina"))
    assert paths(theirs, both) == ["name/en"]


def test_links_are_merged_one_by_one():
    first, second = BASE.measures
    third, fourth = new_id(), new_id()
    theirs, mine = changed(measures=(second, third)), changed(measures=(first, fourth))
    assert set(merge(BASE, theirs, mine, {}).measures) == {third, fourth}


def test_ticked_words_are_merged_one_by_one():
    theirs = changed(jurisdictions=(Jurisdiction.GDPR, Jurisdiction.AR, Jurisdiction.BR))
    mine = changed(jurisdictions=(Jurisdiction.AR, Jurisdiction.UK))
    merged = merge(BASE, theirs, mine, {})
    assert merged.jurisdictions == (Jurisdiction.AR, Jurisdiction.BR, Jurisdiction.UK)


def test_rows_added_on_both_sides_are_both_there():
    hers, own = (Recipient(id=new_id(), name=in_english(one)) for one in ("Post", "Courier"))
    theirs = changed(recipients=(*BASE.recipients, hers))
    mine = changed(recipients=(BASE.recipients[0], own, BASE.recipients[1]))
    merged = merge(BASE, theirs, mine, {}).recipients
    assert merged == (BASE.recipients[0], own, BASE.recipients[1], hers)


def test_a_row_one_removed_and_the_other_left_alone_is_gone():
    for theirs, mine in (
        (changed(recipients=BASE.recipients[1:]), changed(owner="Ana")),
        (changed(owner="Ana"), changed(recipients=BASE.recipients[1:])),
    ):
        merged = merge(BASE, theirs, mine, {})
        assert merged == changed(owner="Ana", recipients=BASE.recipients[1:])


def test_a_row_one_removed_and_the_other_changed_is_chosen_for():
    bank, office = BASE.recipients
    gone = changed(recipients=(office,))
    kept = changed(recipients=(replace(bank, country="FR"), office))
    path = f"recipients/{bank.id}"
    assert paths(gone, kept) == paths(kept, gone) == [path]
    assert merge(BASE, gone, kept, {}).recipients == (office,)
    assert merge(BASE, gone, kept, {path: Side.MINE}) == kept
    assert merge(BASE, kept, gone, {path: Side.MINE}) == gone


def test_a_row_inside_a_row_is_merged_by_its_id():
    row = BASE.data[0]
    rule = row.retention[0]
    longer = replace(row, retention=(replace(rule, backup_period="P3M"),))
    told = replace(
        row, detail=in_english("optional"), retention=(replace(rule, destruction="Ash"),)
    )
    merged = merge(BASE, changed(data=(longer,)), changed(data=(told,)), {})
    assert merged.data == (
        replace(
            row,
            detail=in_english("optional"),
            retention=(replace(rule, backup_period="P3M", destruction="Ash"),),
        ),
    )


def test_a_conflict_inside_a_row_inside_a_row_names_its_place():
    row = BASE.data[0]
    rule = row.retention[0]
    one, other = (
        changed(data=(replace(row, retention=(replace(rule, active_period=period),)),))
        for period in ("P1Y", "P2Y")
    )
    assert paths(one, other) == [f"data/{row.id}/retention/{rule.id}/active_period"]


def test_the_order_of_rows_is_that_of_whoever_moved_them():
    turned = changed(recipients=BASE.recipients[::-1])
    assert merge(BASE, turned, changed(owner="Ana"), {}).recipients == turned.recipients
    assert merge(BASE, changed(owner="Ana"), turned, {}).recipients == turned.recipients


def test_answers_are_merged_by_their_question():
    none = Answer(question="transfers", kind=AnswerKind.NONE, by="Ana")
    never = Answer(question="transfers", kind=AnswerKind.NOT_APPLICABLE, because="no", by="Eva")
    also = Answer(question="engagements", kind=AnswerKind.NONE, by="Eva")
    assert merge(BASE, changed(answers=(none,)), changed(answers=(also,)), {}).answers == (
        none,
        also,
    )
    assert paths(changed(answers=(none,)), changed(answers=(never,))) == ["answers/transfers"]


def test_what_forms_do_not_ask_stays_as_it_was_saved():
    theirs = changed(retired_reason="left", notes="theirs")
    merged = merge(BASE, theirs, changed(owner="Ana"), {})
    assert (merged.retired_reason, merged.notes) == ("left", "theirs")


def test_without_what_both_began_with_every_difference_is_asked_about():
    theirs = a_vendor(id=(key := new_id()), name="Amazon", country="US")
    mine = Vendor(id=key, name="AWS", slug="amazon")
    assert paths(theirs, mine, base=None) == ["name"]
    merged = merge(None, theirs, mine, {"name": Side.MINE})
    assert (merged.name, merged.country) == ("AWS", "US")


def test_what_is_kept_without_asking_is_told_with_whose_it_is():
    theirs = changed(department="Finance", name=LocalisedText(en="Pay", es="Nómina"))
    mine = changed(owner="Ana", name=LocalisedText(en="Wages", es="Sueldos"))
    kept = [(one.side, one.path, one.before, one.after) for one in kept_changes(BASE, theirs, mine)]
    assert kept == [
        (Side.THEIRS, "department", "Sales", "Finance"),
        (Side.MINE, "name/es", "Nómina", "Sueldos"),
        (Side.MINE, "owner", "Ruth", "Ana"),
    ]


def test_who_alone_moved_rows_has_them_in_that_order_beside_what_the_other_added():
    first, second = BASE.recipients
    added = Recipient(id=new_id(), name=in_english("Auditor"))
    theirs, mine = changed(recipients=(second, first)), changed(recipients=(first, second, added))
    for one, other in ((theirs, mine), (mine, theirs)):
        assert paths(one, other) == []
        assert merge(BASE, one, other, {}).recipients == (second, added, first)


def test_two_who_moved_the_same_rows_differently_choose():
    first, second = BASE.recipients
    third = Recipient(id=new_id(), name=in_english("Auditor"))
    base = changed(recipients=(first, second, third))
    theirs = replace(base, recipients=(second, first, third))
    mine = replace(base, recipients=(first, third, second))
    (conflict,) = conflicts_between(base, theirs, mine)
    assert conflict.path == "recipients/order"
    assert conflict.mine == (first.id, third.id, second.id)
    assert kept_changes(base, theirs, mine) == []
    assert merge(base, theirs, mine, {}) == theirs
    assert merge(base, theirs, mine, {"recipients/order": Side.MINE}) == mine
    assert conflicts_between(base, theirs, theirs) == []
