"""From what a person wrote to a record: keys become ids, sections become provenance."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from ropa.i18n import _
from ropa.operations.seeding.citing import Cited
from ropa.operations.seeding.problem import SeedError
from ropa.records import NOUNS, ActivityData, Part, Provenance, Record, fixed_id
from ropa.records.fields import Field, Kind, field_named
from ropa.vocabulary import Workflow

Given = Mapping[str, Any]
"""A record or row as it stands in a file."""

KEYS = {
    "legal_entity": "slug",
    "vendor": "slug",
    "activity": "ref",
    "transfer": "ref",
    "service": "code",
    "country": "code",
    "data_category": "code",
    "subject_category": "code",
    "measure": "code",
}
"""The field by which other records name one; nouns without such a field are given a ``key``."""

_ASIDE = frozenset({"key", "notes", "policy", "policy_of", "preset"})


@dataclass(frozen=True)
class Spot:
    """Where in a file we are: the record, the path to the row, and who is cited there."""

    root: str
    cited: Cited
    path: str = ""
    shared: Mapping[str, Mapping[str, Given]] = field(default_factory=dict)
    file: str = ""

    @property
    def where(self) -> str:
        """Return the place as a person looks for it."""
        return f"{self.file}, {self.root}"


def key_of(noun: str, given: Given, file: str) -> str:
    """Return the human key of a record; raise SeedError when it has none."""
    name = KEYS.get(noun, "key")
    if key := given.get(name):
        return str(key)
    raise SeedError(file, _("A %(noun)s has no “%(name)s”. Give it one.", noun=noun, name=name))


def build(noun: str, given: Given, spot: Spot) -> Record:
    """Return the record a file describes; raise SeedError when it cannot be read."""
    kind = NOUNS[noun]
    provenance: dict[str, Provenance] = {}
    plain = _filled(kind, given, spot, provenance) | {
        "id": fixed_id(noun, key_of(noun, given, spot.file)),
        "notes": given.get("notes", ""),
        "workflow": Workflow.APPROVED,
    }
    try:
        record = msgspec.convert(plain, kind)
    except msgspec.ValidationError as wrong:
        raise SeedError(spot.where, str(wrong)) from None
    return msgspec.structs.replace(record, provenance=provenance)


def _filled(
    kind: type[Record | Part], given: Given, spot: Spot, provenance: dict[str, Provenance]
) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for name in given:
        if name in _ASIDE:
            continue
        about = _field(kind, name, spot)
        if about.kind is Kind.PARTS:
            plain[name] = [_row(one, about, spot, provenance) for one in _rows(given, about, spot)]
        else:
            plain[name] = _plain(about, given[name])
            provenance[f"{spot.path}{name}"] = _cited(name, spot)
    return plain


def _field(kind: type[Record | Part], name: str, spot: Spot) -> Field:
    try:
        return field_named(kind, name)
    except KeyError:
        sentence = _("“%(name)s” is not a field here. Correct its name.", name=name)
        raise SeedError(spot.where, sentence) from None


def _cited(name: str, spot: Spot) -> Provenance:
    if found := spot.cited.of(name):
        return found
    sentence = _("Nothing says where “%(name)s” comes from. Cite the section.", name=name)
    raise SeedError(spot.where, sentence)


def _plain(about: Field, value: Any) -> Any:
    """Return a value in the form its record is read from: ids for keys, languages for texts."""
    if about.kind is Kind.LOCALISED and isinstance(value, str):
        return {"en": value}
    if about.kind is Kind.LINK:
        return fixed_id(about.says.to, value)
    if about.kind is Kind.LINKS:
        return sorted(fixed_id(about.says.to, one) for one in value)
    return value


def _rows(given: Given, about: Field, spot: Spot) -> Iterator[Given]:
    """Yield the rows of a field: written here, named from those the file shares, or spread."""
    seen: set[str] = set()
    for number, one in enumerate(given[about.name], 1):
        row = _shared(about.name, one, spot) if isinstance(one, str) else one
        for each in _spread(row) if about.of is ActivityData else (row,):
            keyed = {"key": str(number), **each}
            if keyed["key"] in seen:
                sentence = _("Two rows are both “%(key)s”. Make them one.", key=keyed["key"])
                raise SeedError(spot.where, sentence)
            seen.add(keyed["key"])
            yield keyed


def _shared(name: str, key: str, spot: Spot) -> Given:
    try:
        return {"key": key, **spot.shared[name][key]}
    except KeyError:
        sentence = _("There is no [%(name)s.%(key)s] in this file. Add it.", name=name, key=key)
        raise SeedError(spot.where, sentence) from None


def _spread(row: Given) -> Iterator[Given]:
    """Yield one row for each of the people and each of the data named together."""
    rest = {name: value for name, value in row.items() if name not in ("subjects", "categories")}
    for subject in row.get("subjects", [None]):
        for category in row.get("categories", [None]):
            both = {"subject": subject, "category": category}
            chosen = {name: value for name, value in both.items() if value}
            yield {"key": f"{subject or '-'}:{category or '-'}", **rest, **chosen}


def _row(row: Given, about: Field, spot: Spot, provenance: dict[str, Provenance]) -> Given:
    root = f"{spot.root}:{about.name}:{row['key']}"
    name = fixed_id("part", root)
    inside = replace(
        spot,
        root=root,
        path=f"{spot.path}{about.name}/{name}/",
        cited=Cited.from_policy(row, spot.cited, spot.where),
    )
    return {"id": name, **_filled(about.of, row, inside, provenance)}
