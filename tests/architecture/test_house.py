"""The top of the house holds what it may, and nothing in it speaks of where it was built."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.architecture.checkout import text_of, tracked

TOP = {
    "ropa",
    "templates",
    "instance",
    "seed_data",
    "tests",
    "wsgi.py",
    "pyproject.toml",
    "README.md",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "requirements.lock",
    "requirements-dev.lock",
}

OF_ONE_MACHINE = {
    "a folder of one machine": re.compile(
        r"(?<![\w.~-])/(?:work|root|Users/\w+|home/\w+|tmp/\w+)/[\w.-]+"
    ),
    "a package host": re.compile(
        r"https?://[\w.@:-]*(?:pypi|pythonhosted|npmjs|registry\.|mirror|artifactory)",
        re.IGNORECASE,
    ),
}


def test_the_top_level_holds_what_it_may_and_nothing_else():
    top = {path.parts[0] for path in tracked()}
    assert sorted(one for one in top - TOP if not one.startswith(".")) == []


@pytest.mark.parametrize("what", OF_ONE_MACHINE)
def test_no_file_names(what: str):
    found = [
        f"{path}:{number}: {line.strip()[:120]}"
        for path in tracked()
        if "vendor" not in path.parts
        for number, line in enumerate(text_of(path).splitlines(), 1)
        if OF_ONE_MACHINE[what].search(line)
    ]
    assert found == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_file_names_no_address_and_leaves_nothing_unhashed(lock: str):
    text = text_of(Path(lock))
    assert "://" not in text
    assert "--find-links" not in text
    pinned = re.findall(r"^([\w.-]+)==[^\n]*\n(\s+--hash=sha256:)?", text, re.MULTILINE)
    assert pinned
    assert [name for name, hashed in pinned if not hashed] == []


def test_the_lock_files_hold_every_dependency_at_one_version():
    locked = {
        lock: dict(re.findall(r"^([\w.-]+)==(\S+)", text_of(Path(lock)), re.MULTILINE))
        for lock in ("requirements.lock", "requirements-dev.lock")
    }
    runs, develops = locked.values()
    assert runs.items() <= develops.items()
    project = tomllib.loads(text_of(Path("pyproject.toml")))
    assert _names(project["project"]["dependencies"]) - runs.keys() == set()
    assert _names(project["dependency-groups"]["dev"]) - develops.keys() == set()


def _names(wanted: list[str]) -> set[str]:
    return {re.split(r"[\s\[<>=!~;]", one, maxsplit=1)[0].lower() for one in wanted}
