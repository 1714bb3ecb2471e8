"""What proves a notice is whole, the same twice, and says nothing it should not."""

import csv
import hashlib
import io
import json
from datetime import UTC, date, datetime, timedelta
from zipfile import ZipFile

import pytest
import time_machine
from sqlalchemy import select

from ropa.config import HOME
from ropa.exports import EVIDENCE, EvidenceRequest, Part
from ropa.history import acting_as
from ropa.models import Delivery, Subscriber
from ropa.publishing import seal_versions, versions_of
from ropa.publishing.announcing import correct, withdraw
from ropa.publishing.evidence import (
    Asking,
    Files,
    NoEvidenceError,
    evidence_between,
    evidence_of,
    months_before,
)
from ropa.publishing.issuing import issue
from ropa.publishing.subscribing import ask, confirm
from ropa.records import LocalisedText
from ropa.register import read_register
from ropa.vocabulary import DeliveryState, ObjectionOutcome, ObjectionStage
from tests.builders import ANA, a_notice, an_entity, an_objection, keep
from tests.notified_house import (
    APPROVED,
    BEGINS,
    CLIENT,
    CLOSES,
    LAW,
    OURS,
    TODAY,
    a_move,
    a_notice_of,
    furnish,
)

BASE = "https://ours.example"
EVA = "eva@reader.example"
WHY = LocalisedText(en="as customers asked")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2026, 11, 23, 10, tzinfo=UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def house(session):
    seal_versions(session)
    furnish(session)
    ask(session, EVA, "pt", datetime.now(UTC), BASE)
    session.flush()
    confirm(session.scalars(select(Subscriber)).one(), datetime.now(UTC))
    for letter in session.scalars(select(Delivery)):
        session.delete(letter)
    session.commit()
    return session


@pytest.fixture
def change(house):
    return a_move(house)


@pytest.fixture
def notice(house, change):
    """A notice that was issued, whose letters were taken but for one that came back."""
    made = a_notice_of(house, change)
    with acting_as(house, ANA, "it is time"):
        issue(
            house,
            made.id,
            version=1,
            register=read_register(house),
            now=datetime.now(UTC),
            base=BASE,
            language="en",
        )
        house.commit()
    letters = {one.address: one for one in house.scalars(select(Delivery))}
    letters[LAW].state = DeliveryState.SENT
    letters[LAW].sent_at = datetime.now(UTC) + timedelta(minutes=1)
    letters[EVA].state = DeliveryState.BOUNCED
    letters[EVA].bounced_at = datetime.now(UTC) + timedelta(minutes=2)
    letters[EVA].last_error = f"550 <{EVA}> is unknown"
    house.commit()
    return read_register(house).find(type(made), made.id)


def asking(session, language="en"):
    files = Files.at(HOME / "templates", BASE)
    return Asking(session, read_register(session), files, datetime.now(UTC), language)


def made(case) -> bytes:
    request = EvidenceRequest(
        register=case.register,
        entity=case.company,
        name=case.name,
        about=case.about,
        parts=[Part(one.name, one.media_type, one.content) for one in case.exhibits],
        generated_at=datetime.now(UTC),
    )
    return EVIDENCE["evidence_notice"].make(request)


def opened(content: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def files_of(session, notice, language="en") -> dict[str, bytes]:
    return opened(made(evidence_of(asking(session, language), notice)))


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_archive_is_whole_and_its_manifest_names_every_file(house, notice, change):
    files = files_of(house, notice)
    assert sorted(files) == [
        f"changes/{change.ref}.json",
        "cover.html",
        "letters/es-contract-1.txt",
        "letters/pt-subscriber-1.txt",
        "manifest.json",
        "notice.json",
        "objections.csv",
        "page/after.csv",
        "page/after.json",
        "page/before.csv",
        "page/before.json",
        "recipients.csv",
        "timeline.csv",
    ]
    manifest = json.loads(files.pop("manifest.json"))
    assert {one["name"]: one["sha256"] for one in manifest["files"]} == {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items()
    }
    assert manifest["notice"] == notice.ref


def test_the_archive_has_the_change_s_uuid_title_and_days(house, notice, change):
    files = files_of(house, notice)
    told = json.loads(files[f"changes/{change.ref}.json"])
    title = {"en": "Acme moves to Ireland", "es": "Acme se muda a Irlanda"}
    assert (told["id"], told["title"]) == (change.id, title)
    assert told["objection_deadline"] == "2026-12-23T23:59:59+01:00"
    assert told["effective_on"] == BEGINS.isoformat()
    letter = files["letters/es-contract-1.txt"].decode()
    assert f"{change.ref}: Acme se muda a Irlanda\n" in letter
    assert "23 dic 2026, 23:59 (Europe/Madrid)" in letter


def test_the_same_register_gives_the_same_bytes(house, notice):
    first = made(evidence_of(asking(house), notice))
    assert made(evidence_of(asking(house), notice)) == first


def test_the_letters_say_what_was_sent_though_it_was_corrected_since(house, notice, change, clock):
    letter = files_of(house, notice)["letters/es-contract-1.txt"].decode()
    assert letter.startswith(f"Acme se muda ({notice.ref})\n\nDe Alemania a Irlanda.")
    assert "23 dic 2026" in letter
    clock.move_to(datetime(2026, 12, 1, 10, tzinfo=UTC))
    with acting_as(house, ANA):
        later = date(2027, 1, 15)
        correct(house, change.id, on=date(2026, 12, 1), why=WHY, effective_on=later)
        house.commit()
    files = files_of(house, notice)
    assert files["letters/es-contract-1.txt"].decode() == letter
    told = json.loads(files[f"changes/{change.ref}.json"])
    assert told["effective_on"] == "2027-01-15"
    assert told["corrections"][0]["effective_on_before"] == BEGINS.isoformat()


def test_each_recipient_has_a_result_and_a_subscriber_has_no_name(house, notice):
    files = files_of(house, notice)
    client, reader = sorted(table(files["recipients.csv"]), key=lambda row: row["kind"])
    assert (client["customer"], client["address"], client["result"]) == (
        "'=Client GmbH",
        LAW,
        "Sent",
    )
    assert client["letter"] == "letters/es-contract-1.txt"
    assert (reader["address"], reader["result"]) == ("", "Came back")
    assert reader["server_said"] == "550 <…> is unknown"
    for name, content in files.items():
        assert EVA.encode() not in content, name
        assert b"for us alone" not in content, name


def test_no_link_of_a_reader_stands_in_it(house, notice):
    tokens = [one.token for one in house.scalars(select(Delivery)) if one.token]
    assert tokens
    files = files_of(house, notice)
    assert "/subprocessors/manage/…" in files["letters/pt-subscriber-1.txt"].decode()
    for name, content in files.items():
        assert not any(token.encode() in content for token in tokens), name


def test_the_list_before_is_the_sealed_one_and_after_it_says_the_new_place(house, notice):
    files = files_of(house, notice)
    version = versions_of(house, OURS.id)[0]
    assert hashlib.sha256(files["page/before.json"]).hexdigest() == version.sha256
    manifest = json.loads(files["manifest.json"])
    assert manifest["list_before"]["sha256"] == version.sha256
    assert manifest["list_after"]["day"] == BEGINS.isoformat()

    def countries(content):
        lines = [one for who in json.loads(content)["subprocessors"] for one in who["engagements"]]
        return [place["country"] for line in lines for place in line["locations"]]

    assert countries(files["page/before.json"]) == ["DE"]
    assert countries(files["page/after.json"]) == ["IE"]


def test_a_withdrawn_change_leaves_no_list_after_it(house, notice, change):
    with acting_as(house, ANA):
        withdraw(house, change.id, on=TODAY, why=WHY)
        house.commit()
    files = files_of(house, notice)
    assert "page/after.json" not in files
    assert json.loads(files["manifest.json"])["list_after"] is None
    assert "no change of this notice takes effect" in files["cover.html"].decode()


def test_objections_stand_in_it_with_their_decisions(house, notice, change):
    objection = an_objection(
        change,
        customer=CLIENT.id,
        organisation="Client",
        received_on=date(2026, 12, 30),
        stage=ObjectionStage.RESOLVED,
        outcome=ObjectionOutcome.ALTERNATIVE,
        decision="They stay in Germany.",
        decided_on=date(2026, 12, 31),
    )
    keep(house, objection)
    row = table(files_of(house, notice)["objections.csv"])[0]
    assert (row["ref"], row["change"], row["late"]) == (objection.ref, change.ref, "yes")
    assert (row["outcome"], row["decision"]) == (
        "An alternative was found",
        "They stay in Germany.",
    )


def test_the_timeline_is_in_order_and_tells_only_what_has_happened(house, notice, clock):
    now = [row["code"] for row in table(files_of(house, notice)["timeline.csv"])]
    assert "sealed" in now
    assert not {"closed", "effect"} & set(now)
    clock.move_to(datetime(2026, 12, 24, 12, tzinfo=UTC))
    rows = table(files_of(house, notice)["timeline.csv"])
    assert [row["at"] for row in rows] == sorted(row["at"] for row in rows)
    dates = {row["code"]: row["at"] for row in rows}
    assert dates["closed"] == f"{CLOSES}T22:59:59Z"
    assert dates["effect"] == "2026-12-23T23:00:00Z"
    assert {"queued", "sent", "bounced", "written"} <= set(dates)
    assert any(row["why"] == "it is time" for row in rows)


def test_the_cover_is_in_the_language_asked_for(house, notice):
    cover = files_of(house, notice, "es")["cover.html"].decode()
    assert '<html lang="es">' in cover
    assert "Acme se muda" in cover
    assert "Internal" not in cover


def test_a_notice_that_was_not_issued_proves_nothing(house, change):
    with pytest.raises(NoEvidenceError, match="not been issued"):
        evidence_of(asking(house), a_notice_of(house, change))


def test_all_notices_of_the_last_months_stand_in_one_archive(house, notice, clock):
    clock.move_to(datetime(2027, 11, 23, 10, tzinfo=UTC))
    since = months_before(date(2027, 11, 23), 12)
    files = opened(made(evidence_between(asking(house), OURS, since)))
    assert f"{notice.ref}/recipients.csv" in files
    told = json.loads(files["manifest.json"])
    assert [one["notice"] for one in told["notices"]] == [notice.ref]
    with pytest.raises(NoEvidenceError, match="2026-11-24"):
        evidence_between(asking(house), OURS, date(2026, 11, 24))


def test_another_company_s_notices_are_not_in_it(house, notice):
    other = an_entity(workflow=APPROVED, slug="other")
    keep(house, other, a_notice(other, workflow=APPROVED, issued_on=TODAY, ref="NOT-OTHER"))
    case = evidence_between(asking(house), OURS, TODAY)
    assert not any("NOT-OTHER" in one.name for one in case.exhibits)


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 11, 24), 12, date(2025, 11, 24)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
    ],
)
def test_months_are_counted_back_on_the_calendar(day, months, before):
    assert months_before(day, months) == before
