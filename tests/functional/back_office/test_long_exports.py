"""A long export is made beside the pages: watched, cancelled, started again, handed out once."""

import re
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from ropa.admin import export_runner
from ropa.exports import EXPORTS, handing, jobs, opening, workbook
from ropa.extensions import db
from ropa.history.chain import lock_chain
from ropa.models import Blob, ExportJob, ExportLog
from ropa.models.engine import writing
from ropa.vocabulary import Door, JobState, UserRole
from tests.functional.back_office.house import key
from tests.people import send, signed_in

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)

Work = Callable[[], None]


@pytest.fixture(autouse=True)
def _long(monkeypatch: pytest.MonkeyPatch):
    """Every export of one activity is long, and each look asks whether it is still wanted."""
    for name in ("article30", "cnil", "json"):
        monkeypatch.setitem(EXPORTS, name, replace(EXPORTS[name], long_from=1))
    monkeypatch.setattr(export_runner, "BEAT", 0.0)


@pytest.fixture
def waiting(house: Flask) -> list[Work]:
    """What the runner was woken to do, and has not done yet."""
    held: list[Work] = []
    runner_of(house).start = held.append
    return held


@pytest.fixture
def at_once(house: Flask) -> None:
    """The runner does its work before the page answers."""
    runner_of(house).start = lambda work: work()


def runner_of(house: Flask) -> export_runner.Runner:
    found = house.extensions["ropa.export_runner"]
    assert isinstance(found, export_runner.Runner)
    return found


def ask(client: FlaskClient, name: str = "article30", **more: str) -> str:
    """Ask for an export that is long; return the address of its page."""
    answer = send(client, "/admin/exports/file/", name=name, entity=key("legal_entity"), **more)
    assert answer.status_code == 303
    assert re.fullmatch(r"/admin/exports/job/[0-9a-f-]{36}/", answer.location)
    return str(answer.location)


def job_at(house: Flask, address: str) -> ExportJob:
    with house.app_context():
        job = db.session.get(ExportJob, address.split("/")[-2])
        assert job is not None
        db.session.expunge(job)
        return job


def handed_out(house: Flask) -> list[ExportLog]:
    with house.app_context():
        rows = list(db.session.scalars(select(ExportLog).order_by(ExportLog.id)))
        db.session.expunge_all()
        return rows


def kept_bytes(house: Flask) -> int:
    with house.app_context():
        return len(db.session.scalars(select(Blob.sha256)).all())


def test_a_long_export_waits_on_its_page_is_made_and_then_downloaded(house, dora, waiting):
    page = ask(dora, recipient="AEPD", case="E/7", language="es", role="controller")
    shown = dora.get(page).text
    assert '<span class="state none">Waiting</span>' in shown
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in shown
    assert "<progress" in shown
    assert handed_out(house) == []
    waiting.pop()()
    (row,) = handed_out(house)
    assert (row.actor_name, row.door) == ("Dora", Door.BACK_OFFICE)
    assert (row.recipient, row.case_ref, row.language) == ("AEPD", "E/7", "es")
    assert (row.side and row.side.value, row.approved) == ("controller", True)
    shown = dora.get(page).text
    assert "It is made and logged under the number 1." in shown
    assert 'http-equiv="refresh"' not in shown
    assert "<progress" not in shown
    link = re.search(r'href="(/admin/handed-out/file/[^"]+)"', shown)
    assert link
    answer = dora.get(link.group(1))
    assert answer.headers["Content-Disposition"] == f"attachment; filename={row.filename}"
    assert len(answer.data) == row.size


def test_a_short_export_is_given_at_once_as_before(house, dora, at_once, monkeypatch):
    monkeypatch.setitem(EXPORTS, "article30", replace(EXPORTS["article30"], long_from=2))
    asked = {"name": "article30", "entity": key("legal_entity")}
    long = {"states": "written"}  # two activities, of which one is a draft of the processor's
    answer = send(dora, "/admin/exports/file/", **asked, role="controller", **long)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert send(dora, "/admin/exports/file/", **asked, **long).status_code == 303


def test_the_file_is_the_one_that_would_have_been_given_at_once(house, dora, at_once, monkeypatch):
    with time_machine.travel(NOW + timedelta(days=900), tick=False):
        ask(signed_in(house, UserRole.EDITOR), states="written")
        monkeypatch.setitem(EXPORTS, "article30", replace(EXPORTS["article30"], long_from=None))
        given = send(
            signed_in(house, UserRole.OWNER),
            "/admin/exports/file/",
            name="article30",
            entity=key("legal_entity"),
            states="written",
        )
    later, at_once_given = handed_out(house)
    assert given.status_code == 200
    assert (later.sha256, later.filename) == (at_once_given.sha256, at_once_given.filename)


def test_what_is_asked_wrongly_is_told_before_anything_waits(house, dora, waiting):
    for wrong in ({"entity": "x"}, {"as_of": "yesterday"}, {"recipient": "x" * 5000}):
        asked = {"name": "article30", "entity": key("legal_entity"), **wrong}
        assert send(dora, "/admin/exports/file/", **asked).status_code == 422
    assert waiting == []


def test_the_same_asked_for_twice_is_made_once(house, dora, waiting):
    assert ask(dora) == ask(dora)
    assert ask(dora, language="es") != ask(dora)
    waiting.pop()()
    assert len(handed_out(house)) == 2
    assert waiting == [], "one thread takes up whatever waits"
    assert runner_of(house)._at_work is False


def test_what_is_asked_for_while_another_is_made_is_taken_up_after_it(
    house, dora, waiting, monkeypatch
):
    really = opening.must_open
    asked: list[str] = []

    def ask_for_more(data: bytes) -> None:
        if not asked:
            asked.append(ask(dora, "json"))
        really(data)

    monkeypatch.setattr(workbook, "must_open", ask_for_more)
    ask(dora)
    waiting.pop()()
    assert waiting == []
    assert [row.export for row in handed_out(house)] == ["article30", "json"]


def test_cancelled_while_it_waits_it_is_never_made(house, dora, waiting):
    page = ask(dora)
    assert send(dora, f"{page}cancel/").location == page
    assert "Cancelled: nothing was handed out." in dora.get(page).text
    waiting.pop()()
    assert handed_out(house) == []


def test_cancelled_while_it_is_made_it_stops_and_nothing_is_handed_out(
    house, dora, waiting, monkeypatch
):
    page = ask(dora)
    really, seen = opening.must_open, []

    def cancel_first(data: bytes) -> None:
        seen.append(dora.get(page).text)
        send(dora, f"{page}cancel/")
        really(data)

    monkeypatch.setattr(workbook, "must_open", cancel_first)
    waiting.pop()()
    assert '<span class="state wait">Being made</span>' in seen[0]
    assert 'value="100"' in seen[0], "every row is written when the file is opened again"
    assert (handed_out(house), kept_bytes(house)) == ([], 0)
    assert job_at(house, page).state is JobState.CANCELLED


def test_cancelled_at_the_last_moment_it_is_not_handed_out_either(
    house, dora, waiting, monkeypatch
):
    page = ask(dora)

    def cancel_first(session) -> None:
        send(dora, f"{page}cancel/")
        lock_chain(session)

    monkeypatch.setattr(handing, "lock_chain", cancel_first)
    waiting.pop()()
    assert (handed_out(house), kept_bytes(house)) == ([], 0)
    assert job_at(house, page).state is JobState.CANCELLED


def test_what_was_handed_out_cannot_be_cancelled(house, dora, at_once):
    page = ask(dora)
    send(dora, f"{page}cancel/")
    assert job_at(house, page).state is JobState.DONE
    assert len(handed_out(house)) == 1


def test_what_was_cancelled_can_be_started_again(house, dora, waiting):
    page = ask(dora)
    send(dora, f"{page}cancel/")
    waiting.clear()
    runner_of(house)._at_work = False
    assert "Start again" in dora.get(page).text
    assert send(dora, f"{page}again/").location == page
    waiting.pop()()
    assert job_at(house, page).state is JobState.DONE


def test_a_refusal_is_told_on_the_page_in_the_language_of_who_asked(house, dora, at_once):
    send(dora, "/admin/language/", language="es")
    page = ask(dora, "cnil", role="processor", language="en")
    shown = dora.get(page).text
    assert "Este formulario es del otro lado del art. 30" in shown
    assert job_at(house, page).state is JobState.FAILED
    assert handed_out(house) == []


def test_what_goes_wrong_is_noted_and_told_without_its_words(
    house, dora, at_once, monkeypatch, caplog
):
    def break_down(_data: bytes) -> None:
        raise ZeroDivisionError("a word of the register")

    monkeypatch.setattr(workbook, "must_open", break_down)
    page = ask(dora)
    shown = dora.get(page).text
    assert "Something went wrong. It has been noted, and nothing was handed out." in shown
    assert "a word of the register" not in shown
    (noted,) = [one for one in caplog.records if one.name == "ropa.events"]
    assert noted.facts["kind"] == "ZeroDivisionError"
    assert "a word of the register" not in str(noted.facts)
    monkeypatch.undo()
    send(dora, f"{page}again/")
    assert job_at(house, page).state is JobState.DONE


def test_a_busy_register_is_told_and_can_be_asked_again(house, dora, at_once, monkeypatch):
    class BusyError(Exception):
        sqlite_errorcode = 5
        sqlstate = "55P03"

    def busy(_session) -> None:
        raise OperationalError("", {}, BusyError())

    monkeypatch.setattr(handing, "lock_chain", busy)
    page = ask(dora)
    assert "The register was busy. Nothing was handed out." in dora.get(page).text
    assert job_at(house, page).state is JobState.FAILED


def die_while_making(house: Flask) -> None:
    """Take a job up, as a worker that then dies."""
    with house.app_context(), writing():
        assert jobs.take(db.session(), datetime.now(UTC))
        db.session.commit()


def test_a_worker_that_died_is_noticed_and_the_job_started_again(house, waiting):
    with time_machine.travel(NOW, tick=False) as clock:
        dora = signed_in(house, UserRole.DPO)
        page = ask(dora)
        waiting.clear()
        runner_of(house)._at_work = False
        die_while_making(house)
        assert "Being made" in dora.get(page).text
        send(dora, f"{page}again/")
        assert job_at(house, page).state is JobState.RUNNING, "it is not lost yet"
        assert ask(dora) == page
        clock.shift(jobs.LOST_AFTER)
        shown = dora.get(page).text
        assert "Interrupted" in shown
        assert "has given no sign of life since" in shown
        assert 'http-equiv="refresh"' not in shown
        waiting.clear()
        runner_of(house)._at_work = False
        send(dora, f"{page}again/")
        waiting.pop()()
    assert job_at(house, page).state is JobState.DONE
    assert len(handed_out(house)) == 1


def test_a_run_that_was_given_up_cannot_speak_for_the_one_after_it(house, dora, waiting):
    page = ask(dora)
    with house.app_context(), writing():
        session, now = db.session(), datetime.now(UTC)
        first = jobs.take(session, now)
        assert first
        old = jobs.Run(first.id, first.claim)
        later = now + jobs.LOST_AFTER
        assert jobs.start_again(session, old.job, later)
        session.commit()
        second = jobs.take(session, later)
        assert second
        new = jobs.Run(second.id, second.claim)
        assert not jobs.beat(session, old, 1, 2, later)
        assert not jobs.finish(session, old, 9, later)
        assert not jobs.fail(session, old, "too late", later)
        assert jobs.beat(session, new, 1, 2, later)
        session.commit()
    job = job_at(house, page)
    assert (job.state, job.done, job.log_id, job.said) == (JobState.RUNNING, 1, None, "")


def test_a_job_that_lost_its_worker_before_it_began_is_taken_up_when_looked_at(
    house, dora, waiting
):
    page = ask(dora)
    waiting.clear()
    runner_of(house)._at_work = False
    dora.get(page)
    waiting.pop()()
    assert job_at(house, page).state is JobState.DONE


def test_whoever_makes_it_gives_signs_of_life_also_while_nothing_is_counted(
    house, dora, waiting, monkeypatch
):
    page = ask(dora)
    really, checked, signs = jobs.beat, opening.must_open, threading.Event()

    def hear(*told) -> bool:
        if threading.current_thread().name == "exports-alive":
            signs.set()
        return really(*told)

    def listen(data: bytes) -> None:
        signs.clear()
        assert signs.wait(60)
        checked(data)

    monkeypatch.setattr(jobs, "beat", hear)
    monkeypatch.setattr(workbook, "must_open", listen)
    monkeypatch.setattr(export_runner, "STILL_HERE", 0.01)
    waiting.pop()()
    assert job_at(house, page).state is JobState.DONE
    assert "exports-alive" not in {one.name for one in threading.enumerate()}


def test_only_whoever_asked_may_cancel_or_start_again(house, dora, ana, ruth, waiting):
    page = ask(dora)
    theirs = ana.get(page).text
    assert "Waiting" in theirs
    assert "/cancel/" not in theirs
    assert send(ana, f"{page}cancel/").status_code == 403
    assert send(ana, f"{page}again/").status_code == 403
    assert job_at(house, page).state is JobState.WAITING
    assert ruth.get(page).status_code == 403
    assert house.test_client().get(page).location.startswith("/login")
    assert page not in ana.get("/admin/exports/").text
    assert page in dora.get("/admin/exports/").text


def test_two_people_are_served_in_turn_each_by_name(house, dora, ana, waiting):
    ask(dora)
    ask(ana)
    waiting.pop()()
    assert [row.actor_name for row in handed_out(house)] == ["Dora", "Ana"]


def test_nothing_is_cancelled_or_started_without_the_token(house, dora, waiting):
    page = ask(dora)
    for press in ("cancel", "again"):
        assert dora.post(f"{page}{press}/").status_code == 400
    assert job_at(house, page).state is JobState.WAITING


def test_jobs_are_forgotten_after_some_days_and_what_they_handed_out_is_not(house, at_once):
    with time_machine.travel(NOW, tick=False) as clock:
        page = ask(signed_in(house, UserRole.EDITOR))
        clock.shift(jobs.KEPT_FOR)
        dora = signed_in(house, UserRole.DPO)
        assert dora.get(page).status_code == 200
        ask(dora, "json")
        assert dora.get(page).status_code == 404
    assert len(handed_out(house)) == 2


def test_the_file_of_a_redacted_register_is_not_offered(house, dora, at_once, monkeypatch):
    page = ask(dora)
    monkeypatch.setattr("ropa.admin.export_jobs.is_redacted", lambda _spans, _row: True)
    shown = dora.get(page).text
    assert "/admin/handed-out/file/" not in shown
    assert "/admin/handed-out/details/?id=1" in shown


def test_nobody_waits_to_write_while_a_file_is_made(house, dora, waiting, monkeypatch):
    ask(dora)
    really, answers = opening.must_open, []

    def write_meanwhile(data: bytes) -> None:
        answers.append(send(dora, "/admin/language/", language="en").status_code)
        answers.append(send(dora, "/account/calendar").status_code)
        really(data)

    monkeypatch.setattr(workbook, "must_open", write_meanwhile)
    waiting.pop()()
    assert all(one < 400 for one in answers), answers
    assert len(answers) == 2
    assert len(handed_out(house)) == 1


def test_a_page_that_is_told_not_to_reload_does_not(dora, waiting):
    page = ask(dora)
    assert 'http-equiv="refresh"' not in dora.get(f"{page}?reload=no").text
