"""A part of the list, as a reader asked for it: the same rows for the page and for every file.

shown = narrowed(page, question_in(request.args))
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from msgspec import structs

from ropa.i18n import LANGUAGES, _, in_language
from ropa.publishing.lines import Answered, Status, TransferState
from ropa.publishing.page import Page, Row
from ropa.publishing.regions import Region
from ropa.publishing.saying import Saying
from ropa.records.text import fold
from ropa.vocabulary import EngagementGroup, Instrument, Term

GAP = "not_recorded"
"""What stands in an address for a fact that nobody recorded."""

EVERY = "all"
"""What a row has that is bound to no service: it answers whichever is asked for."""


@dataclass(frozen=True)
class Question:
    """What a reader asks of the list, as it stands in the address; empty asks nothing."""

    q: str = ""
    service: str = ""
    country: str = ""
    region: str = ""
    group: str = ""
    safeguard: str = ""
    data: str = ""
    status: str = ""
    ai: str = ""
    mine: str = ""
    """Only what may apply to the reader today: in use, and where nobody recorded otherwise."""

    def __bool__(self) -> bool:
        """Say whether anything is asked."""
        return bool(self.query)

    @property
    def query(self) -> str:
        """Return it as the end of an address, question mark included; empty when nothing is."""
        asked = {one.name: getattr(self, one.name) for one in fields(self)}
        said = urlencode({name: value for name, value in asked.items() if value})
        return f"?{said}" if said else ""


def question_in(asked: Mapping[str, str]) -> Question:
    """Return the question in the parameters of an address; those it does not know are let be."""
    found = {one.name: asked.get(one.name, "").strip() for one in fields(Question)}
    return Question(**found | {"mine": "1" if found["mine"] else ""})


def narrowed(page: Page, question: Question) -> Page:
    """Return the page with the rows that answer a question, and with no other."""
    if not question:
        return page
    return with_rows(page, answering(page, question))


def answering(page: Page, question: Question) -> frozenset[str]:
    """Return the ids of the rows that answer a question."""
    return frozenset(row.line.id for row in page.rows if _answers(page, row, question))


def with_rows(page: Page, wanted: frozenset[str]) -> Page:
    """Return the page with these rows, and with no other."""
    cut = (
        structs.replace(who, engagements=tuple(one for one in who.engagements if one.id in wanted))
        for who in page.subprocessors
    )
    return replace(page, subprocessors=tuple(who for who in cut if who.engagements))


def choices(page: Page) -> dict[str, list[tuple[str, str]]]:
    """Return what can be asked of each fact: the codes that some row has, and their names.

    In the page's language, by name. A fact of which all rows say the same is no question.
    """
    return {name: some for name in FACTS if len(some := _present(page, name)) > 1}


def _answers(page: Page, row: Row, question: Question) -> bool:
    if question.mine and row.line.status not in (Status.IN_USE, Status.ENDING):
        return False
    asked = ((name, getattr(question, name)) for name in FACTS)
    if not all(_has(page, row, name, code, mine=bool(question.mine)) for name, code in asked):
        return False
    words = fold(question.q).split()
    return not words or all(word in _text(page, row) for word in words)


def _has(page: Page, row: Row, name: str, code: str, *, mine: bool) -> bool:
    """Say whether a row has what was asked; with ``mine``, also where nobody recorded it."""
    if not code:
        return True
    allowed = {code, EVERY, GAP} if mine else {code, EVERY}
    return not allowed.isdisjoint(FACTS[name](page, row))


def _text(page: Page, row: Row) -> str:
    """Return all the words of a row in which one searches, folded."""
    who, line, say = row.subprocessor, row.line, Saying(page.language)
    named = (*line.services, *line.data_categories, *line.data_subjects)
    several = (line.purpose, line.applies_when, *(one.name for one in named))
    countries = [one.country for one in line.locations if one.country]
    said = [
        *(who.name, who.legal_name, who.parent, *(one.region for one in line.locations)),
        *(getattr(one, code) for one in several if one for code in LANGUAGES),
        *(text for code in countries for text in (code, say.country(code))),
    ]
    return fold(" ".join(text for text in said if text))


def _present(page: Page, name: str) -> list[tuple[str, str]]:
    """Return the codes some row has, with their names, in the order of the names."""
    codes = {code for row in page.rows for code in FACTS[name](page, row) if code != EVERY}
    with in_language(page.language):
        named = [(code, _name_of(page, name, code)) for code in codes]
    return sorted(named, key=lambda one: (one[0] == GAP, fold(one[1]), one[0]))


def _name_of(page: Page, name: str, code: str) -> str:
    if code == GAP:
        return str(_("not recorded"))
    if name == "country":
        return Saying(page.language).country(code)
    if name == "ai":
        return str(_("yes") if code == "yes" else _("no"))
    labels = {str(one): str(one.label) for terms in _TERMS.get(name, ()) for one in terms}
    return labels.get(code) or _catalogue(page).get(code) or str(_("not recorded"))


def _catalogue(page: Page) -> dict[str, str]:
    """Return what services and categories of data are called, by id."""
    say = Saying(page.language)
    lines = (row.line for row in page.rows)
    named = (each for one in lines for each in (*one.services, *one.data_categories))
    return {each.id: say.plain(each.name) for each in named}


def _services(_page: Page, row: Row) -> Iterator[str]:
    """Yield the services a row applies to; one that names none applies to all of them."""
    yield from (one.id for one in row.line.services)
    if not row.line.services:
        yield EVERY


def _countries(_page: Page, row: Row) -> Iterator[str]:
    yield from (one.country or GAP for one in row.line.locations)
    if not row.line.locations:
        yield GAP


def _regions(page: Page, row: Row) -> Iterator[str]:
    for code in _countries(page, row):
        yield GAP if code == GAP else page.regions.of(code)


def _groups(_page: Page, row: Row) -> Iterator[str]:
    yield row.line.group or GAP


def _safeguards(_page: Page, row: Row) -> Iterator[str]:
    if row.line.transfer is not TransferState.LISTED:
        yield row.line.transfer
    for passage in row.line.transfers:
        yield from (one.instrument or GAP for one in passage.safeguards)
        if not passage.safeguards:
            yield passage.answer


def _data(_page: Page, row: Row) -> Iterator[str]:
    yield from (one.id for one in row.line.data_categories)
    if not row.line.data_categories:
        yield row.line.answers.data_categories


def _status(_page: Page, row: Row) -> Iterator[str]:
    yield row.line.status


def _ai(_page: Page, row: Row) -> Iterator[str]:
    yield {True: "yes", False: "no", None: GAP}[row.line.ai_model_provider]


FACTS: dict[str, Callable[[Page, Row], Iterator[str]]] = {
    "service": _services,
    "country": _countries,
    "region": _regions,
    "group": _groups,
    "safeguard": _safeguards,
    "data": _data,
    "status": _status,
    "ai": _ai,
}
"""What can be asked by a list, and the codes that a row has of it."""

_TERMS: dict[str, tuple[type[Term], ...]] = {
    "region": (Region,),
    "group": (EngagementGroup,),
    "safeguard": (Instrument, TransferState, Answered),
    "data": (Answered,),
    "status": (Status,),
}
"""The closed lists that the codes of a fact come from."""
