"""The checkout, as the tests of its architecture read it."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

DOORS = ("admin", "public", "cli")


@cache
def tracked() -> tuple[Path, ...]:
    """Return every file under version control, or about to be, relative to the top."""
    listed = subprocess.run(
        [
            "git",
            "-c",
            "safe.directory=*",
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return tuple(Path(one) for one in listed.split("\0") if one and (ROOT / one).is_file())


def text_of(path: Path) -> str:
    """Return the text of a tracked file, or nothing when it is no text."""
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def modules() -> Iterator[tuple[Path, ast.Module]]:
    """Yield each module of the package with its syntax tree."""
    for path in tracked():
        if path.parts[0] == "ropa" and path.suffix == ".py":
            yield path, ast.parse(text_of(path), str(path))


def templates() -> Iterator[tuple[Path, str]]:
    """Yield each HTML template with its text."""
    for path in tracked():
        if path.parts[0] == "templates" and path.suffix == ".html":
            yield path, text_of(path)
