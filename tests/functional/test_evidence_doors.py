"""The evidence of notices leaves by page and by command, and each time the log says so."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from ropa.cli import ropa
from ropa.extensions import db
from ropa.models import ExportLog
from ropa.vocabulary import UserRole
from tests.functional.test_notices import (  # noqa: F401  # fixtures
    ENTITY,
    NOTICE,
    dora,
    environment,
    house,
    issued,
)
from tests.people import send, signed_in


@pytest.fixture
def aldo(issued: Flask) -> FlaskClient:  # noqa: F811
    """Aldo, who audits."""
    return signed_in(issued, UserRole.AUDITOR)


def logged(app: Flask) -> list[tuple[str, str, str]]:
    with app.app_context():
        rows = db.session.scalars(select(ExportLog).order_by(ExportLog.id)).all()
        return [(one.export, one.recipient, one.actor_name) for one in rows]


def names(content: bytes) -> list[str]:
    with ZipFile(BytesIO(content)) as archive:
        return archive.namelist()


def test_an_auditor_takes_the_evidence_of_one_notice_away(issued, aldo):  # noqa: F811
    assert NOTICE.ref in aldo.get("/admin/evidence/").text
    answer = send(aldo, "/admin/evidence/notice/", id=NOTICE.id)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=EVIDENCE_")
    assert "recipients.csv" in names(answer.data)
    assert logged(issued) == [("evidence_notice", "", "Aldo")]
    assert "Evidence of one notice" in aldo.get("/admin/handed-out/details/?id=1").text


def test_the_page_of_a_notice_offers_its_evidence_once_it_is_issued(issued, aldo):  # noqa: F811
    page = aldo.get(f"/admin/notice/details/?id={NOTICE.id}").text
    assert 'action="/admin/evidence/notice/"' in page
    ruth = signed_in(issued, UserRole.VIEWER)
    page = ruth.get(f"/admin/notice/details/?id={NOTICE.id}").text
    assert 'action="/admin/evidence/notice/"' not in page


def test_all_since_a_day_are_handed_out_for_somebody(issued, aldo):  # noqa: F811
    asked = {"entity": ENTITY.id, "since": "2020-01-01", "recipient": "SOC 2", "language": "es"}
    answer = send(aldo, "/admin/evidence/months/", **asked)
    assert f"{NOTICE.ref}/cover.html" in names(answer.data)
    assert logged(issued) == [("evidence_months", "SOC 2", "Aldo")]


@pytest.mark.parametrize(
    "wrong", [{"entity": "x"}, {"since": "last year"}, {"since": "2999-01-01"}]
)
def test_what_cannot_be_proved_is_told_and_nothing_typed_is_lost(issued, aldo, wrong):  # noqa: F811
    asked = {"entity": ENTITY.id, "since": "2020-01-01", "recipient": "SOC 2", **wrong}
    answer = send(aldo, "/admin/evidence/months/", **asked)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert 'value="SOC 2"' in answer.text
    assert logged(issued) == []


def test_an_unknown_notice_is_not_found(issued, aldo):  # noqa: F811
    assert send(aldo, "/admin/evidence/notice/", id="x").status_code == 404


def test_the_command_writes_the_same_and_logs_it(issued, tmp_path):  # noqa: F811
    file = tmp_path / "evidence.zip"
    asked = ["notices", "evidence", "--entity", ENTITY.slug, "-o", str(file)]
    done = CliRunner().invoke(ropa, asked, env=environment(issued, ""))
    assert done.exit_code == 0, done.output
    assert f"{NOTICE.ref}/timeline.csv" in names(file.read_bytes())
    assert logged(issued) == [("evidence_months", "", "Command line")]


def test_the_command_says_which_companies_and_notices_there_are(issued):  # noqa: F811
    for asked, says in ((["--entity", "nobody"], ENTITY.slug), (["--notice", "NOT-0"], "NOT-0")):
        done = CliRunner().invoke(
            ropa, ["notices", "evidence", *asked], env=environment(issued, "")
        )
        assert done.exit_code == 2
        assert says in done.output
