"""Transfers by destination: how each stands under each law that judges it.

Every transfer stands in one lane for each law, beside those that stand alike. Where there are
many, a lane says their number, and the smallest destinations are taken together.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from ropa.i18n import _
from ropa.lint.case import Case, goes_on
from ropa.lint.regimes import Row, verdicts
from ropa.lint.verdict import WEIGHT, Standing, Verdict
from ropa.pictures.picture import MOST, Band, Cell, Lane, Lanes, Link, Picture, Pill, Table
from ropa.pictures.words import counted, link_to, place, title_of
from ropa.records import LegalEntity, Transfer
from ropa.register import Register
from ropa.vocabulary import Regime

ROOM = 110
"""How many lanes destinations of their own may take; the rest is left for the others."""

Judged = tuple[Transfer, Verdict | None]
"""A transfer under one law; None where no law that judges it is known."""


def destinations(
    register: Register, day: date, language: str, entity: LegalEntity | None = None
) -> Picture:
    """Return the transfers that go on or are planned, by destination; of one company if named."""
    case = Case(register, day)
    rows = [
        Row(one, verdicts(case, one))
        for one in register.current(Transfer)
        if goes_on(one, day) and (entity is None or one.exporter == entity.id)
    ]
    bands = _Bands(case, language).of(rows)
    lanes = Lanes(tuple(bands))
    title = _("Transfers by destination")
    if entity:
        title = _("Transfers by destination: %(name)s", name=entity.legal_name)
    says = _(
        "Every transfer that goes on or is planned today, by destination, with what each law "
        "that applies says of it."
    )
    return Picture(str(title), str(says), lanes, _table(case, rows, language, bands))


class _Bands:
    def __init__(self, case: Case, language: str) -> None:
        self.case = case
        self.language = language

    def of(self, rows: Sequence[Row]) -> list[Band]:
        """Return the destinations, the one with most transfers first."""
        places = _by_place(self.case, rows)
        ordered = sorted(places, key=lambda code: (-len(places[code]), code))
        own: list[str] = []
        others: list[str] = []
        taken = 0
        for code in ordered:
            needed = len(_alike(places[code]))
            fits = taken + needed <= ROOM
            (own if fits else others).append(code)
            taken += needed if fits else 0
        many = sum(len(row.verdicts) or 1 for row in rows) > MOST
        bands = [self._band(code, places[code], many=many) for code in own]
        if others:
            together = [row for code in others for row in places[code]]
            bands.append(self._others(len(others), together))
        return bands

    def _band(self, code: str, rows: Sequence[Row], *, many: bool) -> Band:
        known = self.case.places.get(code)
        return Band(
            words=_place_words(code, self.language),
            note=counted(len(rows), "transfer"),
            link=link_to(known) if known else None,
            lanes=tuple(
                Lane(law, standing, self._pills(some, many=many))
                for (law, standing), some in _alike(rows).items()
            ),
        )

    def _others(self, count: int, rows: Sequence[Row]) -> Band:
        return Band(
            words=str(_("Other destinations: %(count)s", count=count)),
            note=counted(len(rows), "transfer"),
            link=Link("transfer"),
            lanes=tuple(
                Lane(law, standing, self._pills(some, many=True))
                for (law, standing), some in _alike(rows).items()
            ),
        )

    def _pills(self, some: Sequence[Judged], *, many: bool) -> tuple[Pill, ...]:
        if many:
            words = counted(len(some), "transfer")
            return (Pill(words, words, Link("transfer")),)
        return tuple(self._pill(one) for one, _verdict in some)

    def _pill(self, transfer: Transfer) -> Pill:
        name = title_of(self.case.register, transfer, self.language)
        return Pill(transfer.ref or name, name, link_to(transfer))


def _by_place(case: Case, rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[case.destination_of(row.transfer)].append(row)
    return found


def _alike(rows: Sequence[Row]) -> dict[tuple[str, Standing], list[Judged]]:
    """Return the transfers by law and standing, in the order of the laws, the best first."""
    found: dict[tuple[int, str, Standing], list[Judged]] = defaultdict(list)
    order = {regime: place for place, regime in enumerate(Regime)}
    for row in rows:
        for one in row.verdicts:
            found[order[one.regime], str(one.regime.label), one.standing].append(
                (row.transfer, one)
            )
        if not row.verdicts:
            key = len(order), str(_("No law is known to judge it")), Standing.NOT_SHOWN
            found[key].append((row.transfer, None))
    ordered = sorted(found, key=lambda key: (key[0], WEIGHT[key[2]]))
    return {(law, standing): found[place, law, standing] for place, law, standing in ordered}


def _place_words(code: str, language: str) -> str:
    return place(code, language) if code else str(_("Destination not recorded"))


def _table(case: Case, rows: Sequence[Row], language: str, bands: Sequence[Band]) -> Table:
    many = sum(len(row.verdicts) or 1 for row in rows) > MOST
    return _table_of_bands(bands) if many else _table_of_rows(case, rows, language)


def _table_of_bands(bands: Sequence[Band]) -> Table:
    heads = (_("Destination"), _("Law"), _("Verdict"), _("Transfers"))
    rows = tuple(
        (
            Cell(band.words, band.link),
            Cell(lane.law),
            Cell(str(lane.standing.label), standing=lane.standing),
            Cell(several=tuple(Cell(pill.name, pill.link) for pill in lane.pills)),
        )
        for band in bands
        for lane in band.lanes
    )
    return Table(heads, rows)


def _table_of_rows(case: Case, rows: Sequence[Row], language: str) -> Table:
    heads = (_("Destination"), _("Law"), _("Verdict"), _("Why"), _("Until"), _("Transfer"))
    places = _by_place(case, rows)
    ordered = sorted(places, key=lambda code: (-len(places[code]), code))
    found = tuple(
        _table_row(case, code, judged, law, language)
        for code in ordered
        for (law, _standing), some in _alike(places[code]).items()
        for judged in some
    )
    return Table(heads, found)


def _table_row(case: Case, code: str, judged: Judged, law: str, language: str) -> tuple[Cell, ...]:
    transfer, verdict = judged
    standing = verdict.standing if verdict else Standing.NOT_SHOWN
    known = case.places.get(code)
    return (
        Cell(_place_words(code, language), link_to(known) if known else None),
        Cell(law),
        Cell(str(standing.label), standing=standing),
        Cell(verdict.reason if verdict else ""),
        Cell(day=verdict.until if verdict else None),
        Cell(title_of(case.register, transfer, language), link_to(transfer)),
    )
