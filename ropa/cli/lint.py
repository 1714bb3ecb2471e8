"""``ropa lint``: what the rules say of the record, for people and for other programs."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from ropa.cli.context import open_session
from ropa.errors import RopaError
from ropa.exports.as_of import moment_wanted
from ropa.i18n import LANGUAGES, _, in_language
from ropa.lint.judging import judge
from ropa.lint.rule import Finding, Rule
from ropa.lint.rules import RULES
from ropa.lint.sarif import sarif
from ropa.lint.sifting import Sought, counts, records_of, sift
from ropa.lint.since import Since, compare
from ropa.lint.sources import link_of
from ropa.records import LegalEntity, LocalisedText, Record
from ropa.register import Register, read_register
from ropa.sheets.words import day_of
from ropa.vocabulary import Severity


@click.command()
@click.option("--format", "shape", type=click.Choice(["text", "json", "sarif"]), default="text")
@click.option("--rules", "listing", is_flag=True, help="Print the table of rules.")
@click.option("--entity", metavar="SLUG", help="Only what is this company's, by its short name.")
@click.option("--rule", "rules", metavar="ID", multiple=True, help="Only this rule; repeatable.")
@click.option(
    "--severity",
    type=click.Choice([one.value for one in Severity]),
    default=Severity.INFO.value,
    help="Only findings at least as grave.",
)
@click.option("--as-of", "as_of", metavar="WHEN", default="", help="A day (its end) or a moment.")
@click.option("--since", metavar="WHEN", help="What is new, gone, and still there since then.")
@click.option("--lang", "language", type=click.Choice(LANGUAGES), default=LANGUAGES[0])
@click.option("--all", "waived", is_flag=True, help="Show what somebody lives with as well.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="The file to write instead of standard output.",
)
def lint(  # noqa: PLR0913  # one argument an option
    *,
    shape: str,
    listing: bool,
    entity: str | None,
    rules: tuple[str, ...],
    severity: str,
    as_of: str,
    since: str | None,
    language: str,
    waived: bool,
    output: Path | None,
) -> None:
    """Judge the record. Exit status 0 nothing found, 1 findings, 2 wrong use.

    Example: ropa lint --entity defense-balance --severity error
    """
    wanted = _rules(rules)
    if since == "":
        raise click.UsageError("--since wants a day or a moment.")
    if listing:
        _put(_table(wanted, shape, language), output)
        return
    if since and shape == "sarif":
        raise click.UsageError("--since is told as text or json.")
    asked = Sought(severity=Severity(severity), rules=rules, waived=waived or shape == "sarif")
    with open_session() as session:
        found, before = _both(session, asked, entity, as_of, since)
    if since is not None:
        turned = compare(before, found)
        _put(_told_since(turned, shape, language), output)
        found = turned.new
    else:
        _put(_told(found, wanted, shape, language), output)
    if any(one.waiver is None for one in found):
        raise SystemExit(1)


def _both(
    session: Session, asked: Sought, slug: str | None, as_of: str, since: str | None
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return the findings of the moment asked for, and those of an earlier one if one is named."""
    now = read_register(session)
    company = _company(now, slug)
    zone = next((one.time_zone for one in (*filter(None, [company]), *now.entities)), "")
    found = _found(session, asked, company, as_of, zone)
    return found, _found(session, asked, company, since, zone) if since else ()


def _found(
    session: Session, asked: Sought, company: LegalEntity | None, when: str, zone: str
) -> tuple[Finding, ...]:
    try:
        moment = moment_wanted(when, zone, datetime.now(UTC))
    except RopaError as refused:
        raise click.UsageError(str(refused)) from None
    register = read_register(session, known_at=moment)
    sought = asked
    if company is not None:
        own = records_of(register, company)
        sought = replace(asked, records=own)
    judgement = judge(register, day_of(moment or datetime.now(UTC), zone))
    return sift(judgement.findings, sought)


def _company(register: Register, slug: str | None) -> LegalEntity | None:
    """Return the company of a short name; raise UsageError when there is none of it."""
    if slug is None:
        return None
    retired_first = sorted(register.entities, key=lambda one: not one.is_retired)
    companies = {one.slug: one for one in retired_first}
    if slug not in companies:
        known = ", ".join(sorted(companies)) or "none; run: ropa seed"
        raise click.UsageError(f"Name one of our companies with --entity: {known}.")
    return companies[slug]


def _rules(ids: tuple[str, ...]) -> list[Rule]:
    """Return the rules of these ids, each once, or all of them; raise UsageError for another."""
    for one in ids:
        if one not in RULES:
            raise click.UsageError(f"There is no rule “{one}”. See: ropa lint --rules")
    return [RULES[one] for one in dict.fromkeys(ids)] or list(RULES.values())


def _put(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text)
        return
    try:
        output.write_text(f"{text}\n", encoding="utf-8")
    except OSError as error:
        raise click.UsageError(f"{output} cannot be written: {error.strerror}.") from None


def _table(rules: list[Rule], shape: str, language: str) -> str:
    with in_language(language):
        if shape == "sarif":
            return _json(sarif((), rules, language))
        if shape == "json":
            return _json([_rule(one) for one in rules])
        return "\n".join(line for one in rules for line in _lines_of(one))


def _lines_of(rule: Rule) -> list[str]:
    head = f"{rule.id:<7} {rule.severity.value:<8} {rule.law}"
    return [head, f"        {rule.says}", f"        {rule.remedy}"]


def _told(findings: tuple[Finding, ...], rules: Iterable[Rule], shape: str, language: str) -> str:
    if shape == "sarif":
        return _json(sarif(findings, rules, language))
    if shape == "json":
        return _json(
            {"findings": [_plain(one, language) for one in findings], "counts": _counts(findings)}
        )
    return "\n".join([*(_line(one, language) for one in findings), _sum(findings, language)])


def _told_since(turned: Since, shape: str, language: str) -> str:
    groups = {"new": turned.new, "gone": turned.gone, "still": turned.still}
    if shape == "json":
        return _json(
            {name: [_plain(one, language) for one in some] for name, some in groups.items()}
        )
    signs = {"new": "+", "gone": "-", "still": "="}
    lines = [
        f"{signs[name]} {_line(one, language)}" for name, some in groups.items() for one in some
    ]
    with in_language(language):
        said = _(
            "%(new)s new, %(gone)s gone, %(still)s still there.",
            new=len(turned.new),
            gone=len(turned.gone),
            still=len(turned.still),
        )
        return "\n".join([*lines, str(said)])


def _line(finding: Finding, language: str) -> str:
    record = finding.record
    with in_language(language):
        severity, noun = str(finding.severity.label), str(record.name_of_noun)
    place = f"{noun} “{_title(record, language)}”" + (f" {finding.path}" if finding.path else "")
    lived = f" [{finding.waiver.reason}]" if finding.waiver else ""
    return (
        f"{severity} {finding.rule.id} {place}: {finding.sentence(language)} "
        f"{finding.remedy(language)} ({finding.rule.law}){lived}"
    )


def _sum(findings: tuple[Finding, ...], language: str) -> str:
    found = counts(one for one in findings if one.waiver is None)
    with in_language(language):
        return str(
            _(
                "%(errors)s errors, %(warnings)s warnings, %(notes)s notes; %(waived)s waived.",
                errors=found[Severity.ERROR],
                warnings=found[Severity.WARNING],
                notes=found[Severity.INFO],
                waived=sum(one.waiver is not None for one in findings),
            )
        )


def _counts(findings: tuple[Finding, ...]) -> dict[str, int]:
    open_ones = counts(one for one in findings if one.waiver is None)
    waived = sum(one.waiver is not None for one in findings)
    return {**{one.value: count for one, count in open_ones.items()}, "waived": waived}


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "severity": rule.severity.value,
        "law": rule.law,
        "text": link_of(rule.law),
        "nouns": [one.noun for one in rule.nouns],
        "says": str(rule.says),
        "remedy": str(rule.remedy),
        "may_be_waived": rule.may_be_waived,
    }


def _plain(finding: Finding, language: str) -> dict[str, Any]:
    waiver = finding.waiver
    return {
        "rule": finding.rule.id,
        "severity": finding.severity.value,
        "law": finding.rule.law,
        "text": link_of(finding.rule.law),
        "noun": finding.record.noun,
        "record": finding.record.id,
        "title": _title(finding.record, language),
        "path": finding.path,
        "says": finding.sentence(language),
        "remedy": finding.remedy(language),
        "waived": {"reason": waiver.reason, "by": waiver.decided_by} if waiver else None,
    }


def _title(record: Record, language: str) -> str:
    title = record.title
    return title.read(language)[0] if isinstance(title, LocalisedText) else str(title)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
