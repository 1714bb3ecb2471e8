"""Findings in SARIF 2.1.0, the shape in which tools hand findings to each other."""

from collections.abc import Iterable
from typing import Any

from ropa.i18n import in_language
from ropa.lint.rule import Finding, Rule
from ropa.lint.sources import link_of
from ropa.vocabulary import Severity

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def sarif(findings: Iterable[Finding], rules: Iterable[Rule], language: str) -> dict[str, Any]:
    """Return findings as a SARIF log, its sentences in one language."""
    with in_language(language):
        table = [_rule(one) for one in rules]
    places = {one["id"]: place for place, one in enumerate(table)}
    driver = {"name": "ropa", "rules": table}
    results = [_result(one, places, language) for one in findings]
    run = {"tool": {"driver": driver}, "language": language, "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: Rule) -> dict[str, Any]:
    address = link_of(rule.law)
    return {
        "id": rule.id,
        "shortDescription": {"text": str(rule.says)},
        "help": {"text": f"{rule.remedy} ({rule.law})"},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"law": rule.law, "nouns": [one.noun for one in rule.nouns]},
        **({"helpUri": address} if address else {}),
    }


def _result(finding: Finding, places: dict[str, int], language: str) -> dict[str, Any]:
    record = finding.record
    name = "/".join(one for one in (record.noun, record.id, finding.path) if one)
    place = {"fullyQualifiedName": name, "name": str(record.title), "kind": "member"}
    found: dict[str, Any] = {
        "ruleId": finding.rule.id,
        "ruleIndex": places[finding.rule.id],
        "level": LEVELS[finding.severity],
        "message": {"text": f"{finding.sentence(language)} {finding.remedy(language)}"},
        "locations": [{"logicalLocations": [place]}],
        "partialFingerprints": {"finding/v1": "|".join(finding.key)},
    }
    if finding.waiver is not None:
        why = f"{finding.waiver.reason} ({finding.waiver.decided_by})"
        found["suppressions"] = [{"kind": "external", "justification": why}]
    return found
