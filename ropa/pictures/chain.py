"""The chain of sub-processors of a vendor (EDPB Opinion 22/2024), as far as it is recorded."""

from datetime import date

from ropa.i18n import _
from ropa.lint.case import Case, goes_on
from ropa.pictures.gathering import Gathering, table_of
from ropa.pictures.picture import Node, Picture
from ropa.pictures.words import link_to, place, title_of
from ropa.records import ChainLink, LegalEntity, Vendor
from ropa.register import Register
from ropa.vocabulary import AnswerKind

DEEPEST = 5
"""How many steps down the chain is followed."""

HEADS = {0: _("Our company"), 1: _("Vendor"), 2: _("Its own sub-processors")}


def vendor_chain(register: Register, vendor: Vendor, day: date, language: str) -> Picture:
    """Return a vendor, its own sub-processors, and theirs."""
    chain = _Chain(register, language)
    own = chain.add(vendor)
    for one in Case(register, day).engagements_of.get(vendor.id, ()):
        company = register.find(LegalEntity, one.entity)
        if company and goes_on(one, day):
            chain.found.join(chain.company(company), own)
    chain.follow((vendor,), own)
    deeper = {step: _("Step %(number)s", number=step) for step in range(3, DEEPEST + 2)}
    graph = chain.found.graph(HEADS | deeper)
    title = _("Chain of sub-processors: %(name)s", name=title_of(register, vendor, language))
    says = _(
        "Who works for this vendor on our data, and who works for them, as far as it is recorded."
    )
    return Picture(str(title), str(says), graph, table_of(graph))


class _Chain:
    def __init__(self, register: Register, language: str) -> None:
        self.register = register
        self.language = language
        self.found = Gathering()

    def company(self, company: LegalEntity) -> str:
        """Add one of our companies."""
        name = title_of(self.register, company, self.language)
        kind = str(company.name_of_noun)
        return self.found.add(Node(company.id, 0, kind, name, link=link_to(company)))

    def add(self, vendor: Vendor) -> str:
        """Add the vendor the picture is about."""
        name = title_of(self.register, vendor, self.language)
        where = place(vendor.country, self.language) if vendor.country else ""
        return self.found.add(
            Node(
                vendor.id,
                1,
                str(vendor.name_of_noun),
                name,
                note=where,
                link=link_to(vendor),
                is_subject=True,
            )
        )

    def follow(self, way: tuple[Vendor, ...], key: str) -> None:
        """Add whoever works for the last vendor of a way, and follow those that are ours too.

        Somebody who works for several stands once in each column; a circle is shown and ends.
        """
        vendor, column = way[-1], len(way) + 1
        if not vendor.chain and len(way) == 1:
            self._tell_none(vendor, key, column)
        for one in vendor.chain:
            known = self.register.find(Vendor, one.known_vendor)
            end = self._sub(one, known, column)
            is_new = not self.found.leads_on(end)
            self.found.join(key, end, one.purpose)
            if known and is_new and known not in way and len(way) < DEEPEST:
                self.follow((*way, known), end)

    def _sub(self, one: ChainLink, known: Vendor | None, column: int) -> str:
        name = known.name if known else one.legal_name
        country = one.country or (known.country if known else "")
        where = place(country, self.language) if country else ""
        words = (name or str(_("without a name"))).strip()
        own = known.id if known else f"{words.casefold()} {country}"
        return self.found.add(
            Node(
                f"sub {column} {own}",
                column,
                str(_("Our vendor too") if known else _("Sub-processor")),
                words,
                note=where,
                link=link_to(known) if known else None,
            )
        )

    def _tell_none(self, vendor: Vendor, key: str, column: int) -> None:
        answer = vendor.answer_to("chain")
        words = _("Its own sub-processors are not recorded.")
        if answer and answer.kind is AnswerKind.NONE:
            words = _("It has none.")
        elif answer:
            words = _("Does not apply, because: %(reason)s", reason=answer.because)
        gap = Node("gap", column, str(_("Answer") if answer else _("Gap")), str(words), is_gap=True)
        self.found.join(key, self.found.add(gap))
