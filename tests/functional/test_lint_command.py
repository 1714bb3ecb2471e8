"""``ropa lint`` says what the rules find, and its exit status says whether they found anything."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ropa.cli import ropa


def run(url: str, *words: str) -> Result:
    return CliRunner().invoke(ropa, words, env={"ROPA_DATABASE_URL": url})


def test_the_seed_speaks_in_text_json_and_sarif(seeded: str, tmp_path: Path):
    told = run(seeded, "lint", "--rule", "ID-07", "--entity", "defense-balance")
    assert told.exit_code == 1, told.output
    assert "Note ID-07" in told.output
    assert told.output.splitlines()[-1] == "0 errors, 0 warnings, 1 notes; 0 waived."
    found = json.loads(run(seeded, "lint", "--format", "json", "--rule", "ID-07").stdout)
    assert {one["rule"] for one in found["findings"]} == {"ID-07"}
    assert found["findings"][0]["text"].startswith("https://eur-lex")
    file = tmp_path / "found.sarif"
    done = run(seeded, "lint", "--format", "sarif", "-o", str(file))
    assert (done.exit_code, done.output) == (1, "")
    assert json.loads(file.read_text(encoding="utf-8"))["version"] == "2.1.0"


def test_nothing_of_that_severity_is_exit_status_nought(seeded: str):
    done = run(seeded, "lint", "--rule", "ID-07", "--severity", "error")
    assert done.exit_code == 0, done.output
    assert done.output == "0 errors, 0 warnings, 0 notes; 0 waived.\n"


def test_what_changed_since_today_is_nothing_new(seeded: str):
    done = run(seeded, "lint", "--rule", "ID-07", "--since", "2001-01-01")
    assert done.exit_code == 1
    assert done.output.startswith("+ ")
    told = run(seeded, "lint", "--as-of", "2001-01-01", "--format", "json")
    assert told.exit_code == 0
    assert json.loads(told.output)["findings"] == []


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "wrong",
    [
        ("--rule", "XX-99"),
        ("--entity", "nobody"),
        ("--severity", "dire"),
        ("--as-of", "yesterday"),
        ("--as-of", "2999-01-01"),
        ("--since", ""),
        ("--since", "2001-01-01", "--format", "sarif"),
    ],
)
def test_wrong_use_is_exit_status_two(seeded: str, wrong: tuple[str, ...]):
    assert run(seeded, "lint", *wrong).exit_code == 2


@pytest.mark.parametrize("shape", ["text", "json", "sarif"])
def test_the_table_of_rules_needs_no_database(shape: str, tmp_path: Path):
    nowhere = f"sqlite:///{tmp_path}/none.sqlite"
    done = run(nowhere, "lint", "--rules", "--format", shape, "--lang", "es")
    assert done.exit_code == 0, done.output
    assert "ID-06" in done.output


def test_a_rule_named_twice_stands_once_in_sarif(tmp_path: Path):
    nowhere = f"sqlite:///{tmp_path}/none.sqlite"
    twice = ("--rule", "A30-01", "--rule", "A30-01")
    done = run(nowhere, "lint", "--rules", "--format", "sarif", *twice)
    table = json.loads(done.stdout)["runs"][0]["tool"]["driver"]["rules"]
    assert [one["id"] for one in table] == ["A30-01"]


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_an_export_is_asked_twelve_questions_and_with_check_nothing_leaves(
    seeded: str, tmp_path: Path
):
    file = tmp_path / "record.xlsx"
    asked = ["export", "article30", "--entity", "defense-balance", "-o", str(file)]
    done = run(seeded, *asked, "--check")
    assert done.exit_code == 0, done.output
    assert "12. Can last year's record be shown?" in done.output
    assert not file.exists()
    assert run(seeded, *asked).exit_code == 0
    assert file.exists()
