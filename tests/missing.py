"""What this machine lacks: said once, at the end of the run, in words one cannot overlook."""

import os
import sys
from typing import NoReturn

import pytest

_lacking: dict[str, str] = {}


def lacking(what: str, why: str) -> NoReturn:
    """Skip the test and remember why; where everything must be there, fail it."""
    sentence = f"{what} is missing: {why}"
    if os.environ.get("CI", "").lower() in ("1", "true", "yes"):
        pytest.fail(sentence, pytrace=False)
    _lacking[what] = why
    pytest.skip(sentence)


def say_what_was_lacking(reporter: pytest.TerminalReporter) -> None:
    """Write the banner, when there is something to say."""
    if not _lacking:
        return
    reporter.write_sep("!", "A PART OF THE SUITE DID NOT RUN", red=True, bold=True)
    for what, why in _lacking.items():
        reporter.write_line(f"{what} is missing, so its tests were skipped: {why}", red=True)
    reporter.write_sep("!", red=True, bold=True)


def without_weasyprint(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Let WeasyPrint fail to open, as where it, or the library below it, is not installed."""

    class Refusing:
        def find_spec(self, name: str, *_more: object) -> None:
            if name == "weasyprint":
                raise error

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Refusing(), *sys.meta_path])
