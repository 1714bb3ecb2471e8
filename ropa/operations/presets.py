"""Presets: activities many companies have, ready to begin an entry from.

They are files to be read and corrected (``seed_data/presets/``; the README there says how). What
comes of one is a draft whose every value says that it is a preset's, and that nobody confirmed it.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import msgspec
from msgspec.structs import replace

from ropa.i18n import _
from ropa.operations.copying import copy_of, next_in_series
from ropa.operations.joining import lives_on_in, renamed
from ropa.operations.seeding.building import Spot, build
from ropa.operations.seeding.citing import Cited
from ropa.operations.seeding.problem import SeedError
from ropa.records import NOUNS, LocalisedText, ProcessingActivity, Provenance, Record, fixed_id
from ropa.register import Register
from ropa.vocabulary import Origin

SHARED = "shared.toml"
"""The file of what several presets say alike."""

_ROW = ("subjects", "categories", "detail", "source", "retention")
_ASIDE = frozenset({"key", "group", "hint", "checks", "own_checks", "sources", *_ROW})
_CATALOGUES = ("data_category", "subject_category", "measure")


@dataclass(frozen=True)
class Preset:
    """One ready activity: what an entry begins with, and what to look at before it is confirmed."""

    key: str
    group: LocalisedText
    activity: ProcessingActivity
    hint: LocalisedText
    """Whether an impact assessment is likely to be needed."""
    checks: tuple[LocalisedText, ...]
    sources: tuple[str, ...]

    def texts(self) -> Iterator[LocalisedText]:
        """Yield every text it brings beside the activity's own."""
        yield from (self.group, self.hint, *self.checks)


def read_presets(folder: Path) -> tuple[Preset, ...]:
    """Return the presets of a folder, in the order of its files' groups; raise SeedError."""
    shared = _read(folder / SHARED)
    files = sorted(path for path in folder.glob("*.toml") if path.name != SHARED)
    found = {path: _read(path) for path in files}
    order = list(shared.get("groups", ()))
    files.sort(key=lambda path: order.index(found[path]["group"]))
    presets = tuple(
        _preset(given, found[path]["group"], shared, path.name)
        for path in files
        for given in found[path]["preset"]
    )
    _must_be_one_each(presets)
    return presets


def begun_with(
    preset: Preset, record_id: str, register: Register, language: str
) -> ProcessingActivity:
    """Return the draft of an activity that begins with a preset, with the next free reference.

    Catalogue entries are the register's own of the same code, or those that the shipped ones were
    merged into; what it does not have is left out.
    The hint, the checks and the sources go to the internal notes, in one language.
    """
    activity: Record = preset.activity
    for shipped, ours in {**_codes(register), **_merged(register)}.items():
        activity = renamed(activity, shipped, ours)
    copied = cast("ProcessingActivity", copy_of(activity, record_id, register))
    return replace(
        copied, ref=next_in_series(register, copied.role), notes=_notes(preset, language)
    )


def _notes(preset: Preset, language: str) -> str:
    lines = [preset.hint, *preset.checks]
    told = [f"- {one.read(language)[0]}" for one in lines if one]
    sources = _("Sources: %(sources)s", sources="; ".join(preset.sources))
    return "\n".join([*told, str(sources)])


def _codes(register: Register) -> dict[str, str]:
    """Return our own catalogue entry for each shipped one that another took the place of."""
    return {
        shipped: one.id
        for noun in _CATALOGUES
        for one in register.current(NOUNS[noun])
        if (shipped := fixed_id(noun, getattr(one, "code", ""))) != one.id
        and shipped not in register.records
    }


def _merged(register: Register) -> dict[str, str]:
    """Return where each catalogue entry lives on that was merged into another."""
    merged = (one for noun in _CATALOGUES for one in register.all(NOUNS[noun]) if one.merged_into)
    return {one.id: found.id for one in merged if (found := lives_on_in(one, register))}


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as wrong:
        raise SeedError(path.name, str(wrong)) from None


def _preset(given: Mapping[str, Any], group: str, shared: Mapping[str, Any], file: str) -> Preset:
    key, where = given.get("key", ""), f"{file}, {given.get('key', '?')}"
    checks = [_named(shared, "checks", one, where) for one in given.get("checks", ())]
    return Preset(
        key=key,
        group=_named(shared, "groups", group, where),
        activity=_activity(given, shared, file),
        hint=_named(shared, "hints", given.get("hint", ""), where),
        checks=(*checks, *(_text(one, where) for one in given.get("own_checks", ()))),
        sources=tuple(given.get("sources", ())),
    )


def _activity(given: Mapping[str, Any], shared: Mapping[str, Any], file: str) -> ProcessingActivity:
    fields = {name: value for name, value in given.items() if name not in _ASIDE}
    row = {name: given[name] for name in _ROW if name in given}
    origin = Provenance(origin=Origin.PRESET, source=str(given.get("name", {}).get("en", "")))
    rows = {name: shared.get(name, {}) for name in ("retention", "recipients")}
    spot = Spot(root=f"preset:{given.get('key')}", cited=Cited(origin), shared=rows, file=file)
    made = build("activity", {**fields, "ref": given.get("key", ""), "data": [row]}, spot)
    return cast("ProcessingActivity", made)


def _named(shared: Mapping[str, Any], kind: str, key: str, where: str) -> LocalisedText:
    if key not in shared.get(kind, {}):
        sentence = _("There is no [%(kind)s] of the name “%(key)s”. Add it.", kind=kind, key=key)
        raise SeedError(where, sentence)
    return _text(shared[kind][key], where)


def _text(given: Any, where: str) -> LocalisedText:
    try:
        return msgspec.convert(given, LocalisedText)
    except msgspec.ValidationError as wrong:
        raise SeedError(where, str(wrong)) from None


def _must_be_one_each(presets: tuple[Preset, ...]) -> None:
    keys = [one.key for one in presets]
    for key in keys:
        if not key or keys.count(key) > 1:
            raise SeedError(key or "?", _("Every preset has a key of its own. Give it one."))
