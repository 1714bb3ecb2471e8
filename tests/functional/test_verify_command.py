"""``ropa verify FILE`` says whether a file is ours and unaltered, in three languages."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from ropa.cli import ropa

pytestmark = pytest.mark.parametrize("server", ["sqlite"], indirect=True)


def run(url: str, *words: str):
    return CliRunner().invoke(ropa, words, env={"ROPA_DATABASE_URL": url})


@pytest.fixture
def file(seeded: str, tmp_path: Path) -> Path:
    path = tmp_path / "record.xlsx"
    asked = ["export", "article30", "--entity", "defense-balance", "-o", str(path)]
    assert run(seeded, *asked, "--for", "AEPD", "--case", "E/7").exit_code == 0
    return path


def test_a_file_that_came_back_is_told_with_its_export(seeded: str, file: Path):
    done = run(seeded, "verify", str(file))
    assert done.exit_code == 0, done.output
    assert "ours and unchanged" in done.output
    assert "Export 1, Record of processing activities" in done.output
    for said in ("AEPD", "E/7", "DEFENSE BALANCE S.L."):
        assert said in done.output
    spanish = run(seeded, "verify", str(file), "--lang", "es")
    assert "ours" not in spanish.output


def test_an_edited_file_is_told_by_sheet_and_cell(seeded: str, file: Path):
    book = load_workbook(file)
    sheet = book.worksheets[2]
    sheet["A2"] = "X-99"
    book.save(file)
    done = run(seeded, "verify", str(file))
    assert done.exit_code == 1
    assert "was edited" in done.output
    assert f"{sheet.title} · A2 (" in done.output
    assert "→ “X-99”" in done.output


def test_a_strange_file_is_not_ours(seeded: str, tmp_path: Path):
    path = tmp_path / "strange.csv"
    path.write_text("a,b\n1,2\n")
    done = run(seeded, "verify", str(path))
    assert done.exit_code == 1
    assert "not ours" in done.output


def test_wrong_use_is_told(seeded: str, file: Path):
    assert run(seeded, "verify", str(file), "--anchor", "1:ab").exit_code == 2
    assert run(seeded, "verify", str(file.parent / "missing.xlsx")).exit_code == 2


def test_a_file_that_is_far_too_large_is_not_read(
    seeded: str, file: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("ropa.cli.verify.LARGEST", 10)
    done = run(seeded, "verify", str(file))
    assert done.exit_code == 1
    assert "was not read" in str(done.exception)
