"""The files of ``seed_data/``, read whole: tables of reference data, and the seed register."""

import csv
import tomllib
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from ropa.i18n import LANGUAGES, _
from ropa.operations.seeding.building import Given, Spot, build, key_of
from ropa.operations.seeding.citing import Cited
from ropa.operations.seeding.problem import SeedError
from ropa.records import NOUNS, Record
from ropa.records.fields import Field, Kind, fields_of, links_in

TABLES = {
    "places.csv": "country",
    "adequacy_decisions.csv": "adequacy_decision",
    "data_categories.csv": "data_category",
    "subject_categories.csv": "subject_category",
    "measures.csv": "measure",
    "thresholds.csv": "threshold",
}
"""The tables of reference data, and the noun each of them lists."""

_SHARED = ("retention", "recipients", "safeguards")
_FOR_PROVENANCE = frozenset({"source", "verified_on"})
_YES_NO = {"yes": True, "no": False}


def read_reference(folder: Path) -> list[Record]:
    """Return the reference data of a seed folder; raise SeedError when a table cannot be read."""
    return [
        record
        for name, noun in TABLES.items()
        for row in _table(folder / "reference" / name)
        for record in _from_table(noun, row, name)
    ]


def read_seed(folder: Path) -> list[Record]:
    """Return the seed register of a seed folder.

    Raises SeedError when a file cannot be read or names a record that is in none of them.
    """
    files = sorted((folder / "register").glob("*.toml"))
    if not files:
        raise SeedError(str(folder), _("There is no seed register here. Check the folder."))
    records = [record for path in files for record in _from_file(path)]
    _must_lead_somewhere(records, read_reference(folder))
    return records


def _table(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, strict=True))
    except (OSError, csv.Error) as wrong:
        raise SeedError(path.name, str(wrong)) from None


def _from_table(noun: str, row: dict[str, str], file: str) -> Iterator[Record]:
    """Yield the records of one line: one, or for a decision one for each place it names."""
    cited = Cited.from_reference(row, file)
    for given in _per_place(_without_blanks(noun, row), noun):
        key = key_of(noun, given, file)
        yield build(noun, given, Spot(root=f"{noun}:{key}", cited=cited, file=file))


def _per_place(given: Given, noun: str) -> Iterator[Given]:
    if noun != "adequacy_decision":
        yield given
        return
    for place in given["place"].split():
        yield {**given, "place": place, "key": f"{given['regime']}:{place}"}


def _without_blanks(noun: str, row: dict[str, str]) -> dict[str, Any]:
    """Return what the columns say: blanks left out, lists cut at spaces, languages together."""
    fields = fields_of(NOUNS[noun])
    known = {column for about in fields for column in _columns(about)}
    strange = {column: row[column] for column in row if column not in known | _FOR_PROVENANCE}
    said = {about.name: _cell(about, row) for about in fields}
    return {name: value for name, value in said.items() if value not in ("", {}, [])} | strange


def _columns(about: Field) -> list[str]:
    if about.kind is Kind.LOCALISED:
        return [f"{about.name}_{code}" for code in LANGUAGES]
    return [about.name]


def _cell(about: Field, row: dict[str, str]) -> Any:
    if about.kind is Kind.LOCALISED:
        texts = zip(LANGUAGES, (row.get(column) for column in _columns(about)), strict=True)
        return {code: text for code, text in texts if text}
    text = row.get(about.name, "")
    if about.kind is Kind.TERMS:
        return text.split()
    if about.kind is Kind.WHOLE and text.isdecimal():
        return int(text)
    return _YES_NO.get(text, text) if about.kind is Kind.YES_NO else text


def _from_file(path: Path) -> Iterator[Record]:
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as wrong:
        raise SeedError(path.name, str(wrong)) from None
    common = written.pop("common", {})
    shared = {name: written.pop(name) for name in _SHARED if name in written}
    make = partial(_from_entry, common=common, shared=shared, file=path.name)
    for noun, entries in written.items():
        if noun not in NOUNS:
            sentence = _("“%(noun)s” is not a noun of the register. Correct it.", noun=noun)
            raise SeedError(path.name, sentence)
        yield from (make(noun, one) for one in entries)


def _from_entry(noun: str, entry: Given, *, common: Given, shared: Any, file: str) -> Record:
    given = _with_common(entry, common)
    root = f"{noun}:{key_of(noun, given, file)}"
    cited = Cited.from_policy(given, None, f"{file}, {root}")
    return build(noun, given, Spot(root=root, cited=cited, shared=shared, file=file))


def _with_common(entry: Given, common: Given) -> dict[str, Any]:
    """Return an entry with what its file says of all; ``without`` names what is not for it."""
    left_out = {*entry, *entry.get("without", ())}
    kept = {name: value for name, value in common.items() if name not in left_out}
    cited = {one: text for one, text in common.get("policy_of", {}).items() if one in kept}
    own = {name: value for name, value in entry.items() if name != "without"}
    return {**kept, **own, "policy_of": {**cited, **entry.get("policy_of", {})}}


def _must_lead_somewhere(records: Iterable[Record], known: Iterable[Record]) -> None:
    records = list(records)
    ids = {one.id for one in (*records, *known)}
    for record in records:
        for path, about, ref in links_in(record):
            if ref not in ids:
                sentence = _(
                    "It names a %(noun)s in “%(path)s” that no file holds. Correct its key.",
                    noun=about.says.to,
                    path=path,
                )
                raise SeedError(f"{record.noun} {record.title}", sentence)
