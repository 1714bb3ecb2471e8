"""Imports go down only; the contracts are in pyproject.toml."""

import subprocess
import sys


def test_no_room_imports_from_a_floor_above_it():
    # In a process of its own: import-linter sets up logging anew and silences what was there.
    say = [sys.executable, "-c", "from importlinter.cli import lint_imports; exit(lint_imports())"]
    done = subprocess.run(say, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
