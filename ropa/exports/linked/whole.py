"""Whose record is told, of what, on which day: what every part of the graph leans on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ropa.exports.linked.names import Node, to
from ropa.exports.linked.values import unique
from ropa.exports.request import ExportRequest
from ropa.records import LegalEntity, ProcessingActivity, Record
from ropa.register import Register
from ropa.sheets import Reader
from ropa.sheets.words import day_of
from ropa.vocabulary import Role


@dataclass
class Whole:
    """What is asked for, and everything in its scope."""

    request: ExportRequest
    scope: Register

    @cached_property
    def entity(self) -> LegalEntity:
        """The company, as the scope knows it."""
        return self.scope.find(LegalEntity, self.request.entity.id) or self.request.entity

    @cached_property
    def day(self) -> date:
        """The day it is, where the company is."""
        return day_of(self.request.moment, self.entity.time_zone)

    @cached_property
    def reader(self) -> Reader:
        """Who reads aloud in the language asked for."""
        return Reader(self.scope, self.entity, self.request.language, self.day)

    @cached_property
    def sides(self) -> dict[str, list[ProcessingActivity]]:
        """The activities of each side of Art. 30 that is asked for."""
        both: dict[str, list[ProcessingActivity]] = {"controller": [], "processor": []}
        for one in self.scope.current(ProcessingActivity):
            both["processor" if one.role is Role.PROCESSOR else "controller"].append(one)
        if self.request.role is None:
            return both
        side = "processor" if self.request.role is Role.PROCESSOR else "controller"
        return {side: both[side]}

    def named(self, kind: type[Record], refs: Iterable[str | None]) -> list[Node]:
        """Return links to the records that refs lead to, each once, in order."""
        found = (self.scope.find(kind, ref) for ref in refs)
        return list(unique(to(one) for one in found if one))
