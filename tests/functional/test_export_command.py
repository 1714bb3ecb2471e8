"""``ropa export`` writes the file, keeps its bytes, and logs for whom it was made."""

from pathlib import Path

from click.testing import CliRunner
from openpyxl import load_workbook
from sqlalchemy import create_engine, text

from ropa.cli import ropa
from ropa.exports import exports_table
from ropa.i18n import LANGUAGES


def run(url: str, *words: str):
    return CliRunner().invoke(ropa, words, env={"ROPA_DATABASE_URL": url})


def test_the_command_logs_what_it_handed_out(seeded: str, tmp_path: Path):
    file = tmp_path / "record.xlsx"
    asked = ["article30", "--entity", "defense-balance", "--role", "processor", "-o", str(file)]
    done = run(seeded, "export", *asked, "--for", "AEPD", "--case", "E/7", "--lang", LANGUAGES[1])
    assert done.exit_code == 0, done.output
    engine = create_engine(seeded)
    with engine.connect() as connection:
        row = connection.execute(text("SELECT * FROM export_log")).one()
        kept = connection.execute(text("SELECT content FROM blob")).scalar_one()
    engine.dispose()
    assert (row.id, row.recipient, row.case_ref, row.side) == (1, "AEPD", "E/7", "processor")
    assert (row.door, row.actor_id, row.language) == ("command", "command-line", "es")
    assert bytes(kept) == file.read_bytes()
    assert run(seeded, "verify").exit_code == 0


def test_a_list_that_was_there_before_is_sealed_once_by_the_seed(seeded: str):
    assert run(seeded, "seed").exit_code == 0
    engine = create_engine(seeded)
    with engine.connect() as connection:
        numbers = connection.execute(text("SELECT number, why FROM version")).all()
    engine.dispose()
    assert [tuple(one) for one in numbers] == [(1, "Reference data and published policy")]


def test_the_list_is_the_catalogue():
    done = CliRunner().invoke(ropa, ["export", "--list"])
    said = dict(line.split(maxsplit=1) for line in done.output.splitlines())
    assert said == {name: title for name, title, _authority in exports_table()}


def test_a_form_of_the_other_side_is_refused_in_a_sentence(seeded: str, tmp_path: Path):
    asked = ["cnil", "--entity", "defense-balance", "--role", "processor"]
    done = run(seeded, "export", *asked, "-o", str(tmp_path / "x.xlsx"))
    assert done.exit_code == 1
    assert "other side of Art. 30: Controller" in str(done.exception)
    assert not (tmp_path / "x.xlsx").exists()


def test_the_command_counts_changes_from_the_last_delivery(seeded: str, tmp_path: Path):
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    asked = ["export", "article30", "--entity", "defense-balance"]
    assert run(seeded, *asked, "--for", "AEPD", "-o", str(first)).exit_code == 0
    done = run(seeded, *asked, "-o", str(second))
    assert done.exit_code == 0, done.output
    for file in (first, second):  # nothing was written since: the same head is no earlier delivery
        lines = {row[0]: row[1] for row in load_workbook(file)["Cover"].values}
        assert lines["The change log counts from"].startswith("No record like this one")


def test_the_copy_for_inside_the_house_is_refused_for_somebody(seeded: str, tmp_path: Path):
    file = tmp_path / "x.xlsx"
    asked = ["export", "article30_internal", "--entity", "defense-balance", "-o", str(file)]
    done = run(seeded, *asked, "--for", "AEPD")
    assert done.exit_code == 1
    assert "This copy stays in the house" in str(done.exception)
    assert not file.exists()
    assert run(seeded, *asked).exit_code == 0
    assert load_workbook(file).sheetnames[-1] == "INTERNAL Findings"
