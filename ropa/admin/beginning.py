"""What a new record can be begun from: another record, its twin, a preset; all by address.

``/admin/activity/new/?copy=…`` shows a form that says what a record says. The address stays while
the form is open, so that whoever saves it keeps where each value came from.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import abort

from ropa.admin.context import language, working_register
from ropa.admin.presets import begun_with, preset_named
from ropa.admin.record_page import not_asked
from ropa.admin.words import ref_of, title_of
from ropa.i18n import _
from ropa.operations.copying import copy_of, twin_of
from ropa.records import ProcessingActivity, Record


@dataclass(frozen=True)
class Begun:
    """What a form opens with, what it leaves out, and a sentence that says whence it comes."""

    record: Record
    sentence: str
    leaves_out: frozenset[str] = frozenset()


def begun_from(noun: str, record_id: str, asked: Mapping[str, str]) -> Begun | None:
    """Return what an address asks a new record to begin with; None when it asks for nothing.

    What it names must be in the register, and of the noun; otherwise there is no such page.
    """
    if ref := asked.get("copy"):
        return _copy(_original(noun, ref), record_id)
    if (ref := asked.get("twin_of")) and noun == ProcessingActivity.noun:
        return _twin(_original(noun, ref), record_id)
    if (key := asked.get("preset")) and noun == ProcessingActivity.noun:
        return _preset(key, record_id)
    return None


def _original(noun: str, ref: str) -> Record:
    found = working_register().records.get(ref)
    if found is None or found.noun != noun:
        abort(404)
    return found


def _copy(original: Record, record_id: str) -> Begun:
    return Begun(
        copy_of(original, record_id, working_register()),
        _(
            "A copy of “%(title)s”, not saved yet. Give it what is its own, choose another company "
            "if it is for one, and save.",
            title=_called(original),
        ),
    )


def _twin(original: Record, record_id: str) -> Begun:
    if not isinstance(original, ProcessingActivity) or original.role is None:
        abort(404)
    twin = twin_of(original, record_id, working_register())
    return Begun(
        twin,
        _(
            "The twin of “%(title)s” in the other role, not saved yet. What only that role is "
            "asked was left out.",
            title=_called(original),
        ),
        not_asked(twin),
    )


def _preset(key: str, record_id: str) -> Begun:
    preset = preset_named(key)
    if preset is None:
        abort(404)
    record = begun_with(preset, record_id, working_register(), language())
    return Begun(
        record,
        _(
            "Begun with a preset, not saved yet. Choose the company, and look at what is marked in "
            "the internal notes. Once saved, every value waits for somebody to confirm it.",
        ),
        not_asked(record),
    )


def _called(record: Record) -> str:
    return " ".join(one for one in (ref_of(record), str(title_of(record))) if one)
