"""Imports go down only; the contracts are in pyproject.toml."""

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports


def test_no_room_imports_from_a_floor_above_it(capsys: pytest.CaptureFixture[str]):
    status = lint_imports()
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out
