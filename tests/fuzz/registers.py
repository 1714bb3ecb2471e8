"""Whole registers in which every text is hostile, made from what the fields declare.

A field that is new is filled by itself. Each text of a register ends with a mark of its own, so
that one can look for it in whatever was made of the register; a twin of the register holds the
same records, and of each text only its mark.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from hypothesis import strategies as st

from ropa.i18n import LANGUAGES
from ropa.records import NOUNS, Answer, LegalEntity, LocalisedText, Part, Record
from ropa.records.base import Provenance, Reviewed
from ropa.records.fields import Field, Kind, fields_of
from ropa.register import Head, Register
from ropa.vocabulary import AnswerKind, Origin, Workflow
from tests.fuzz.readable import readable
from tests.fuzz.texts import hostile_texts

SECRET = "SECRET"
"""Stands in every text that never leaves the house."""

LONG, FEW = 1_000, 4

MARK = re.compile(r"~\d+~")
WRITTEN = datetime(2026, 3, 30, 8, tzinfo=UTC)
DAYS = (date(1, 1, 1), date(1899, 12, 31), date(2026, 3, 31), date(2031, 1, 1), date(9999, 12, 31))
MOMENTS = (datetime.min.replace(tzinfo=UTC), WRITTEN, datetime.max.replace(tzinfo=UTC))
NUMBERS = (-1, 0, 1, 12, 10**6, 2**53 + 1)
FITTING: dict[str, tuple[str, ...]] = {
    "country": ("ES", "US", "AR", "XX"),
    "countries": ("ES", "US", "AR", "XX"),
    "code": ("ES", "US", "AR"),
    "time_zone": ("Europe/Madrid", "America/Argentina/Buenos_Aires", ""),
    "active_period": ("P6M", "P9999Y9999M", "P0D"),
    "language": LANGUAGES,
}
"""What a field may hold that is read before it is shown, besides what cannot be read."""

_UNMARKED = re.compile(r"(url|website|websites|iri)$")
"""An address on the web is shown only when it is one; no mark can be looked for in it."""


@dataclass(frozen=True)
class Fuzzed:
    """A register and its twin; ``texts`` says what stands before each mark."""

    seed: int
    pool: tuple[str, ...] = field(repr=False)
    many: int = 2

    @cached_property
    def _built(self) -> "_Builder":
        return self._builder(hostile=True)

    def _builder(self, *, hostile: bool) -> "_Builder":
        chance = random.Random(self.seed)  # noqa: S311  # the same numbers make the same shape
        return _Builder(chance, self.pool, self.many, hostile=hostile)

    @cached_property
    def register(self) -> Register:
        """The register of hostile texts."""
        return _register(self._built.records())

    @cached_property
    def twin(self) -> Register:
        """The same register with nothing but the marks in its texts."""
        return _register(self._builder(hostile=False).records())

    @cached_property
    def texts(self) -> dict[str, str]:
        """Every marked text, by its mark."""
        there = self.register.records
        return self._built.texts if there else {}

    def __repr__(self) -> str:
        shown = [f"{one[:60]!r} ({len(one)})" for one in self.pool]
        return f"Fuzzed(seed={self.seed}, many={self.many}, pool=[{', '.join(shown)}])"


@st.composite
def registers(draw: st.DrawFn) -> Fuzzed:
    """Return registers of a few hostile texts, which shrink to one text."""
    pool = tuple(one.replace("~", "") for one in draw(hostile_texts()))
    return Fuzzed(draw(st.integers(0, 2**32)), pool, draw(st.sampled_from((1, 1, 2))))


def _register(records: Sequence[Record]) -> Register:
    return Register(
        records={one.id: one for one in records},
        head=Head(seq=14, hash="ab" * 32, at=WRITTEN),
        on_day=date(2026, 3, 31),
        changed_at=dict.fromkeys((one.id for one in records), WRITTEN),
    )


class _Builder:
    """Builds the records of one register; the same numbers make the same shape with other texts."""

    def __init__(
        self, chance: random.Random, pool: Sequence[str], many: int, *, hostile: bool
    ) -> None:
        self.chance, self.pool, self.many, self.hostile = chance, pool, many, hostile
        self.texts: dict[str, str] = {}
        self._number = self._long = 0

    def records(self) -> list[Record]:
        """Return a few records of every noun, which name each other."""
        return [self._record(kind, n) for kind in NOUNS.values() for n in range(self.many)]

    def text(self, *, marked: bool = True) -> str:
        """Return a text: hostile, or as the twin has it."""
        self._number += 1
        hostile = self._chosen()
        empty, bare = self.chance.random() < 0.1, self.chance.random() < 0.2
        if empty:
            return ""
        if bare or not marked:
            return (
                hostile
                if self.hostile or not readable(hostile).strip()
                else f"x{self.pool.index(hostile)}"
            )
        mark = f"~{self._number}~"
        said = hostile + mark
        self.texts[mark] = said
        return said if self.hostile else mark

    def _chosen(self) -> str:
        """Return a text of the pool; a very long one in a few places only, for it takes time."""
        found = self.chance.choice(self.pool)
        if len(found) < LONG:
            return found
        self._long += 1
        return found if self._long <= FEW else min(self.pool, key=len)

    def _record(self, kind: type[Record], number: int) -> Record:
        values = self._values(kind)
        if kind is LegalEntity:
            values["publishes_list"] = number == 0
        if kind is LegalEntity and number == 0:
            values["email"] = "privacy@acme.example"
        retired = number > 0 and self.chance.random() < 0.2
        return kind(
            id=f"{kind.noun}-{number}",
            workflow=Workflow.APPROVED if number == 0 else self.chance.choice(list(Workflow)),
            answers=tuple(self._answer(one) for one in kind.asks if not values.get(one)),
            provenance={"name": Provenance(origin=next(iter(Origin)), source=SECRET)},
            notes=SECRET,
            retired_at=self.chance.choice(MOMENTS) if retired else None,
            retired_reason=self.text() if retired else "",
            reviewed=Reviewed(by=self.text(), on=self.chance.choice(DAYS), version=1),
            **values,
        )

    def _answer(self, question: str) -> Answer:
        return Answer(
            question=question,
            kind=self.chance.choice(list(AnswerKind)),
            because=self.text(),
            by=self.text(),
            on=self.chance.choice((None, *DAYS)),
        )

    def _values(self, kind: type[Record] | type[Part]) -> dict[str, Any]:
        return {one.name: self._value(one) for one in fields_of(kind)}

    def _value(self, one: Field) -> Any:
        return _MAKERS[one.kind](self, one)

    def _plain(self, one: Field) -> str:
        fitting = FITTING.get(one.name)
        if fitting and self.chance.random() < 0.7:
            return self.chance.choice(fitting)
        return self.text(marked=not (fitting or _UNMARKED.search(one.name)))

    def _localised(self, _one: Field) -> LocalisedText:
        spoken = [code for code in LANGUAGES if self.chance.random() < 0.5] or ["en"]
        return LocalisedText(**{code: self.text() for code in spoken})

    def _some(self, make: Callable[[Field], Any]) -> Callable[[Field], tuple[Any, ...]]:
        return lambda one: tuple(make(one) for _ in range(self.chance.randrange(3)))

    def _texts(self, one: Field) -> tuple[str, ...]:
        return self._some(self._plain)(one)

    def _link(self, one: Field) -> str | None:
        noun = one.says.to or self.chance.choice(list(NOUNS))
        number = self.chance.randrange(self.many + (self.chance.random() < 0.1))
        found = f"{noun}-{number}"  # now and then one that is not there
        return None if one.optional and self.chance.random() < 0.2 else found

    def _links(self, one: Field) -> tuple[str, ...]:
        found = (self._link(one) for _ in range(self.chance.randrange(4)))
        return tuple(dict.fromkeys(ref for ref in found if ref))

    def _terms(self, one: Field) -> tuple[Any, ...]:
        return tuple(self.chance.sample(list(one.of), min(2, len(one.of))))

    def _part(self, one: Field) -> Part:
        self._number += 1
        part: Part = one.of(id=f"part-{self._number}", **self._values(one.of))
        return part

    def _perhaps(self, one: Field, values: Sequence[Any]) -> Any:
        return self.chance.choice([*values, None] if one.optional else values)


_MAKERS: dict[Kind, Callable[[_Builder, Field], Any]] = {
    Kind.TEXT: _Builder._plain,
    Kind.LOCALISED: _Builder._localised,
    Kind.DATE: lambda it, one: it._perhaps(one, DAYS),
    Kind.WHOLE: lambda it, one: it._perhaps(one, NUMBERS),
    Kind.YES_NO: lambda it, one: it._perhaps(one, (True, False)),
    Kind.TERM: lambda it, one: it._perhaps(one, list(one.of)),
    Kind.TERMS: _Builder._terms,
    Kind.TEXTS: _Builder._texts,
    Kind.LINK: _Builder._link,
    Kind.LINKS: _Builder._links,
    Kind.PARTS: lambda it, one: it._some(it._part)(one),
}
