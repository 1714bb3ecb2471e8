"""How a wheel is made: it carries the templates, the seed and the compiled translations."""

import shutil
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools.command.build_py import build_py

BESIDE = ("templates", "seed_data")
"""Folders that stand beside the package in a checkout, and inside it once installed."""


class BuildPy(build_py):
    """Puts into the wheel what stands beside the package; an editable install needs none of it."""

    def run(self) -> None:
        """Build as usual, then bring in the rest."""
        super().run()
        if self.editable_mode:
            return
        package = Path(self.build_lib) / "ropa"
        for folder in BESIDE:
            shutil.copytree(folder, package / folder, dirs_exist_ok=True)
        for catalogue in package.glob("translations/*/LC_MESSAGES/*.po"):
            _compile(catalogue)


def _compile(catalogue: Path) -> None:
    with catalogue.open("rb") as read, catalogue.with_suffix(".mo").open("wb") as written:
        write_mo(written, read_po(read, locale=catalogue.parts[-3]))
