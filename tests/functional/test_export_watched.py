"""On a terminal ``ropa export`` shows how far it is; Ctrl-C leaves neither a file nor a row."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session

from ropa.cli import ropa
from ropa.exports import workbook
from ropa.exports.progress import CancelledError
from ropa.models import Blob, ExportLog
from tests.builders import an_entity, keep

pytestmark = pytest.mark.parametrize("server", ["sqlite"], indirect=True)

ASKED = ("export", "article30", "--entity", "acme", "-o")


@pytest.fixture
def acme(session: Session, database: str) -> str:
    """The address of a register that holds one company."""
    keep(session, an_entity())
    session.commit()
    return database


def export(url: str, file: Path) -> Result:
    return CliRunner().invoke(ropa, [*ASKED, str(file)], env={"ROPA_DATABASE_URL": url})


def handed_out(url: str) -> tuple[int, int]:
    engine = create_engine(url)
    with Session(engine) as session:
        counts = [
            session.scalar(select(func.count()).select_from(one)) for one in (ExportLog, Blob)
        ]
    engine.dispose()
    return counts[0] or 0, counts[1] or 0


def stop(*_anything: object) -> None:
    raise KeyboardInterrupt


def test_ctrl_c_while_it_is_made_leaves_no_file_and_no_row(acme, tmp_path, monkeypatch):
    file = tmp_path / "record.xlsx"
    monkeypatch.setattr(workbook, "must_open", stop)
    stopped = export(acme, file)
    assert isinstance(stopped.exception, CancelledError)
    assert str(stopped.exception) == "Cancelled: nothing was handed out."
    assert not file.exists()
    assert handed_out(acme) == (0, 0)
    monkeypatch.undo()
    assert export(acme, file).exit_code == 0
    assert handed_out(acme) == (1, 1)


@pytest.mark.parametrize("there", [False, True])
def test_ctrl_c_while_it_is_logged_takes_only_a_new_file_away(acme, tmp_path, monkeypatch, there):
    file = tmp_path / "record.xlsx"
    if there:
        file.write_bytes(b"of last year")
    monkeypatch.setattr(Session, "commit", stop)
    assert isinstance(export(acme, file).exception, CancelledError)
    monkeypatch.undo()
    assert file.exists() == there
    assert handed_out(acme) == (0, 0)


def at_a_terminal(url: str, file: Path) -> tuple[int, str]:
    """Run the command with a terminal for its errors; return its status and what it drew."""
    ours, theirs = os.openpty()
    say = [sys.executable, "-c", "from ropa.cli import main; main()", *ASKED, str(file)]
    environment = {**os.environ, "ROPA_DATABASE_URL": url, "TERM": "xterm"}
    done = subprocess.run(say, stderr=theirs, stdout=subprocess.PIPE, env=environment, check=False)
    os.close(theirs)
    drawn = os.read(ours, 65_536).decode()
    os.close(ours)
    return done.returncode, drawn


def test_a_terminal_shows_how_far_it_is(acme, tmp_path):
    status, drawn = at_a_terminal(acme, tmp_path / "record.xlsx")
    assert status == 0
    assert "article30" in drawn
    assert "100%" in drawn


def test_where_nobody_sits_at_a_terminal_nothing_is_drawn(acme, tmp_path):
    done = export(acme, tmp_path / "record.xlsx")
    assert done.exit_code == 0
    assert "%" not in done.stderr
    assert done.stdout.startswith(str(tmp_path / "record.xlsx"))
