"""The presets this house was shipped with, read once."""

from functools import cache

from ropa.config import HOME
from ropa.operations.presets import Preset, begun_with, read_presets

FOLDER = HOME / "seed_data" / "presets"


@cache
def presets() -> tuple[Preset, ...]:
    """Return every preset, in the order in which they are shown."""
    return read_presets(FOLDER)


def preset_named(key: str) -> Preset | None:
    """Return the preset of a key, or None."""
    return next((one for one in presets() if one.key == key), None)


__all__ = ["Preset", "begun_with", "preset_named", "presets"]
