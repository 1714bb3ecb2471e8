"""What the README promises is what the program does."""

import re
import tomllib
from pathlib import Path

from ropa.config import settings_table
from ropa.exports import exports_table
from tests.architecture.checkout import ROOT, text_of

README = Path("README.md")


def _rows_under(heading: str) -> list[list[str]]:
    """Return the cells of the first table under a heading, without its own head."""
    _before, _mark, rest = text_of(README).partition(f"## {heading}\n")
    assert rest, f"the README has no heading “{heading}”"
    section = re.split(r"^## ", rest, maxsplit=1, flags=re.MULTILINE)[0]
    rows = [line.strip().strip("|") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)] for row in rows[2:]]


def test_the_table_of_settings_is_the_settings():
    told = [(name.strip("`"), default, says) for name, default, says in _rows_under("Settings")]
    assert told == settings_table()


def test_the_table_of_exports_is_the_catalogue():
    rows = _rows_under("What can be exported")
    told = [
        (name.strip("`"), title, "" if whose == "ours" else whose) for name, title, whose in rows
    ]
    assert told == exports_table()


def test_every_dependency_has_its_reason():
    project = tomllib.loads(text_of(Path("pyproject.toml")))
    wanted = [
        *project["project"]["dependencies"],
        *(one for some in project["project"]["optional-dependencies"].values() for one in some),
        *project["dependency-groups"]["dev"],
    ]
    names = [re.split(r"[\s\[<>=!~;]", one, maxsplit=1)[0] for one in wanted]
    told = [name.strip("`") for row in _rows_under("What it stands on") for name in [row[0]]]
    assert sorted(told, key=str.lower) == sorted(names, key=str.lower)


def test_every_make_target_it_names_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    named = set(re.findall(r"(?:`|^    )make ([a-z-]+)", text_of(README), re.MULTILINE))
    assert named - targets == set()
    assert {"run", "test"} <= named


def test_every_file_it_names_exists():
    room = r"(?:ropa|tests|templates|seed_data)/[\w./-]*"
    named = re.findall(rf"(?:`|\]\()({room})[`)]", text_of(README))
    assert named
    assert [one for one in named if not (ROOT / one).exists()] == []
