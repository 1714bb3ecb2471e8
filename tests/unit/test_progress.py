"""Who watches a file being made sees how far it is, and may stop it."""

import tempfile
from dataclasses import replace

import pytest

from ropa.exports import EXPORTS, LISTS, ListRequest, progress
from ropa.records import Customer
from tests.builders_exports import MADE_AT, a_register, a_request, an_activity

ALONG = [name for name in EXPORTS if name != "json_schema"]
MANY, FEW = 450, 6
"""Of what is set on paper there are few: that takes a fifth of a second each."""


def many(number=MANY):
    return [an_activity(f"C-{one:03}") for one in range(number)]


def a_list():
    return ListRequest(
        register=a_register(),
        noun="vendor",
        title="Vendors",
        headings=("Name", "Number"),
        rows=[(f"row {number}", number) for number in range(MANY)],
        generated_at=MADE_AT,
        by="Ana",
    )


def for_a_customer(asked):
    return replace(asked, customer=asked.register.find(Customer, "customer"))


def seen_while(make, asked):
    seen = []

    def look(done, total):
        seen.append((done, total))
        return True

    with progress.watched(look):
        made = make(asked)
    return seen, made


@pytest.mark.parametrize("name", ALONG)
def test_every_export_tells_how_far_it_is_and_ends_with_everything_done(name):
    asked = a_request(*many(FEW if EXPORTS[name].on_paper else MANY))
    if EXPORTS[name].for_customer:
        asked = for_a_customer(asked)
    seen, made = seen_while(EXPORTS[name].make, asked)
    done = [one for one, _total in seen]
    assert done == sorted(done)
    assert all(0 <= one <= total for one, total in seen)
    assert seen[-1][0] == seen[-1][1] > 0
    assert made == EXPORTS[name].make(asked), "watching changes nothing"


def test_each_page_that_is_set_is_a_step_and_may_be_the_last():
    asked = a_request(*many(FEW))
    seen, _made = seen_while(EXPORTS["fiches"].make, asked)
    assert len({done for done, _total in seen}) > FEW

    def until_a_page_is_set(done, total):
        return done <= total / 2

    with (
        progress.watched(until_a_page_is_set),
        pytest.raises(progress.CancelledError, match="nothing was handed out"),
    ):
        EXPORTS["fiches"].make(asked)


def test_a_pack_that_nobody_wants_any_more_is_not_made_without_its_pdf():
    asked = replace(a_request(*many(FEW)), authority="aepd", recipient="AEPD")
    total = seen_while(EXPORTS["pack"].make, asked)[0][-1][1]
    with (
        progress.watched(lambda done, _total: done < total - 1),
        pytest.raises(progress.CancelledError),
    ):
        EXPORTS["pack"].make(asked)


@pytest.mark.parametrize("name", list(LISTS))
def test_a_list_tells_how_far_it_is(name):
    seen, made = seen_while(LISTS[name].make, a_list())
    assert seen[-1] == (MANY, MANY)
    assert len({done for done, _total in seen}) > 2
    assert made == LISTS[name].make(a_list())


@pytest.mark.parametrize("name", ["article30", "aepd", "json", "csv", "jsonld"])
def test_a_large_export_is_looked_at_in_the_midst_of_it(name):
    seen, _made = seen_while(EXPORTS[name].make, a_request(*many()))
    total = seen[-1][1]
    assert any(0 < done < total for done, _total in seen)


@pytest.mark.parametrize("name", ["article30", "dsk", "json", "csv", "jsonld"])
def test_a_file_that_nobody_wants_any_more_is_not_made(name):
    looked = []

    def until_something_is_done(done, _total):
        looked.append(done)
        return done == 0

    with (
        progress.watched(until_something_is_done),
        pytest.raises(progress.CancelledError, match="nothing was handed out"),
    ):
        EXPORTS[name].make(a_request(*many()))
    assert [one for one in looked if one > 0] == looked[-1:], "it stops at the first no"


def test_a_workbook_that_was_stopped_leaves_no_file_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    total = seen_while(EXPORTS["article30"].make, a_request(*many()))[0][-1][1]
    assert list(tmp_path.iterdir()) == []
    with (
        progress.watched(lambda done, _total: done < 0.9 * total),
        pytest.raises(progress.CancelledError),
    ):
        EXPORTS["article30"].make(a_request(*many()))
    assert list(tmp_path.iterdir()) == []


def test_where_nobody_watches_things_pass_through_untouched():
    things = [1, 2, 3]
    assert progress.along(things) is things
    progress.expect(3)
    progress.step(3)


def test_a_watcher_sees_only_what_is_made_in_its_block():
    seen, _made = seen_while(EXPORTS["json"].make, a_request())
    before = len(seen)
    EXPORTS["json"].make(a_request())
    assert len(seen) == before
