"""``ropa export`` writes a file, or says in a sentence why not."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace
from sqlalchemy.orm import Session

from ropa.cli import ropa
from ropa.errors import RopaError
from ropa.vocabulary import Workflow
from tests.builders import an_entity, keep

pytestmark = pytest.mark.parametrize("server", ["sqlite"], indirect=True)


@pytest.fixture
def export(session: Session, database: str, tmp_path: Path):
    keep(session, an_entity())

    def run(*words: str, file: str = "record.xlsx") -> Result:
        said = ["export", "article30", "--entity", "acme", "-o", str(tmp_path / file), *words]
        return CliRunner().invoke(ropa, said, env={"ROPA_DATABASE_URL": database})

    return run


def test_a_file_that_cannot_be_written_is_told_in_a_sentence(export):
    refused = export(file="no/such/folder/record.xlsx").exception
    assert isinstance(refused, RopaError)
    assert "cannot be written" in str(refused)


def test_what_is_still_to_come_is_not_exported(export, tmp_path):
    refused = export("--as-of", "2999-01-01").exception
    assert isinstance(refused, RopaError)
    assert not (tmp_path / "record.xlsx").exists()


def test_a_company_that_was_retired_is_asked_for_its_past(export, session):
    entity = an_entity(slug="gone", legal_name="Gone S.L.")
    keep(session, entity)
    at = datetime(2026, 5, 1, tzinfo=UTC)
    keep(session, replace(entity, workflow=Workflow.RETIRED, retired_at=at, retired_reason="sold"))
    done = export("--entity", "gone")
    assert done.exit_code == 0, done.output
