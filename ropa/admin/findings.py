"""What the rules find in the whole register, and what changed since a day."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import ClassVar

from flask import request
from flask_admin import expose

from ropa.admin.context import working_register, zone
from ropa.admin.finding_words import tell
from ropa.admin.guard import Guarded
from ropa.admin.judging import judgement
from ropa.admin.menu import REGISTER
from ropa.errors import RopaError
from ropa.exports import moment_wanted
from ropa.extensions import db
from ropa.i18n import _
from ropa.lint.judging import judge
from ropa.lint.rule import Finding
from ropa.lint.rules import RULES
from ropa.lint.sifting import Sought, counts, records_of, sift
from ropa.lint.since import Since, compare
from ropa.records import NOUNS, LegalEntity
from ropa.register import read_register
from ropa.sheets.words import day_of
from ropa.vocabulary import Permission, Severity

PAGE = 50
MOST_SHOWN = 200
"""How many findings of one kind a comparison shows."""

WAIVED = {"all": _("shown too"), "yes": _("only those")}


class FindingsPage(Guarded):
    """Register → Findings."""

    needs: ClassVar[Mapping[str, Permission]] = {
        "index": Permission.RECORD_READ,
        "since": Permission.RECORD_READ,
    }

    def __init__(self) -> None:
        super().__init__(name=_("Findings"), category=REGISTER, endpoint="findings", url="findings")

    @expose("/")
    def index(self) -> str:
        """Show what the rules find, narrowed by the address, page by page."""
        every = judgement(working_register()).findings
        chosen = _chosen()
        found = _found(every, chosen)
        pages = max(-(-len(found) // PAGE), 1)
        page = min(max(request.args.get("page", 0, type=int), 0), pages - 1)
        return self.render(
            "admin/findings.html",
            title=_("Findings"),
            findings=[tell(one) for one in found[page * PAGE : (page + 1) * PAGE]],
            count=len(found),
            counts=counts(one for one in every if one.waiver is None),
            waived=sum(one.waiver is not None for one in every),
            filters=_filters(every),
            chosen=chosen,
            page=page,
            pages=pages,
        )

    @expose("/since/")
    def since(self) -> str | tuple[str, int]:
        """Show what is new, gone and still there since a day."""
        wanted = request.args.get("from", "")
        if not wanted:
            return self._since_page()
        try:
            return self._since_page(_since(wanted))
        except RopaError as refused:
            return self._since_page(refused=str(refused)), 422

    def _since_page(self, turned: Since | None = None, refused: str = "") -> str:
        groups = (
            ((_("New"), turned.new), (_("Gone"), turned.gone), (_("Still there"), turned.still))
            if turned
            else ()
        )
        return self.render(
            "admin/findings_since.html",
            title=_("What changed in the findings"),
            groups=[
                (name, len(some), [tell(one) for one in some[:MOST_SHOWN]]) for name, some in groups
            ],
            wanted=request.args.get("from", ""),
            refused=refused,
        )


def _since(wanted: str) -> Since:
    """Return what changed since the end of a day; raise RopaError for what is no day."""
    time_zone = str(zone())
    now = datetime.now(UTC)
    moment = moment_wanted(wanted, time_zone, now)
    then = read_register(db.session(), known_at=moment)
    before = judge(then, day_of(moment or now, time_zone))
    return compare(before.open, judgement(working_register()).open)


def _found(every: tuple[Finding, ...], chosen: Mapping[str, str]) -> tuple[Finding, ...]:
    register = working_register()
    entity = register.find(LegalEntity, chosen.get("entity"))
    sought = Sought(
        only=Severity(chosen["severity"]) if "severity" in chosen else None,
        rules=(chosen["rule"],) if "rule" in chosen else (),
        noun=chosen.get("noun", ""),
        records=records_of(register, entity) if entity else None,
        waived="waived" in chosen,
    )
    found = sift(every, sought)
    if chosen.get("waived") == "yes":
        return tuple(one for one in found if one.waiver is not None)
    return found


def _chosen() -> dict[str, str]:
    """Return what the address asks for, leaving out what is not offered."""
    entities = {one.id for one in working_register().current(LegalEntity)}
    offered: dict[str, Mapping[str, object] | set[str]] = {
        "entity": entities,
        "severity": {one.value for one in Severity},
        "rule": RULES,
        "noun": NOUNS,
        "waived": WAIVED,
    }
    given = request.args
    return {name: given[name] for name, some in offered.items() if given.get(name) in some}


def _filters(every: tuple[Finding, ...]) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """Return the filters: name, label, what none says, and the choices that lead somewhere."""
    nouns = {one.record.noun for one in every}
    rules = {one.rule.id for one in every} | {request.args.get("rule", "")}
    entities = working_register().current(LegalEntity)
    return [
        ("entity", _("Company"), _("any"), [(one.id, one.legal_name) for one in entities]),
        ("severity", _("Severity"), _("any"), [(one.value, str(one.label)) for one in Severity]),
        ("rule", _("Rule"), _("any"), [(one, one) for one in RULES if one in rules]),
        (
            "noun",
            _("Records"),
            _("any"),
            [(noun, str(kind.names_of_noun)) for noun, kind in NOUNS.items() if noun in nouns],
        ),
        ("waived", _("Waived"), _("hidden"), [(one, str(said)) for one, said in WAIVED.items()]),
    ]
