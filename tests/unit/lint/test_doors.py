"""What doors ask of findings: where the law is, whose they are, what changed since."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ropa.lint.judging import Judgement, judge
from ropa.lint.preflight import Check, Verdict, preflight
from ropa.lint.rule import Finding, Rule
from ropa.lint.sarif import sarif
from ropa.lint.sifting import Sought, counts, is_at_least, records_of, sift
from ropa.lint.since import compare
from ropa.lint.sources import link_of
from ropa.records import LegalEntity, ProcessingActivity, Record, Vendor, Waiver
from ropa.register import Register
from ropa.vocabulary import Role, Severity
from tests.clean_house import clean_house, ref

TODAY = date(2026, 11, 24)
SPAIN, ARGENTINA = ref("spain"), ref("argentina")


def _nothing(_case: object, _record: object) -> tuple[()]:
    return ()


def a_rule(name: str, severity: Severity = Severity.ERROR) -> Rule:
    return Rule(name, severity, "GDPR Art. 30(1)(a)", Vendor, "It is wrong.", "Right it.", _nothing)


def a_finding(
    name: str = "ID-01", severity: Severity = Severity.ERROR, record: Record | None = None, path=""
) -> Finding:
    record = record or Vendor(id="v", name="Stratus")
    return Finding(a_rule(name, severity), record, path, {}, severity)


def the_house() -> Register:
    return clean_house().register(TODAY)


@pytest.mark.parametrize(
    ("law", "place"),
    [
        ("GDPR Art. 30(1)(a), 37(7); LOPDGDD 34.3", "eur-lex.europa.eu/eli/reg/2016/679"),
        ("LOPDGDD 34.3; GDPR Art. 37", "boe.es/eli/es/lo/2018/12/05/3"),
        ("UK GDPR Art. 46", "legislation.gov.uk"),
        ("Decision (EU) 2021/914 clause 14; GDPR 46", "dec_impl/2021/914"),
        ("Ley 25.326 art. 21", "infoleg.gob.ar"),
        ("Cal. Civ. Code 1798.130(a)(5)", "leginfo.legislature.ca.gov"),
        ("SCC 2021/914 Annex III", "dec_impl/2021/914"),
        ("FADP arts. 16-17", "fedlex.admin.ch"),
        ("LGPD 37", "planalto.gov.br"),
        ("LSSI 21", "boe.es/eli/es/l/2002/07/11/34"),
        ("EDPB Guidelines 07/2020", "edpb.europa.eu"),
    ],
)
def test_a_citation_leads_to_the_law_it_names_first(law: str, place: str):
    assert place in link_of(law)
    assert link_of(law).startswith("https://")


@pytest.mark.parametrize("law", ["", "integrity", "data quality", "GDE ordering"])
def test_what_is_no_law_leads_nowhere(law: str):
    assert link_of(law) == ""


def test_findings_are_narrowed_by_all_that_is_asked():
    grave, light = a_finding(), a_finding("ID-07", Severity.INFO, Vendor(id="w", name="W"))
    waived = Finding(
        *(light.rule, light.record, "", {}, light.severity),
        Waiver(id="x", reason="So", decided_by="Dora"),
    )
    found = (grave, light, waived)
    assert sift(found, Sought()) == (grave, light)
    assert sift(found, Sought(waived=True)) == found
    assert sift(found, Sought(severity=Severity.WARNING)) == (grave,)
    assert sift(found, Sought(only=Severity.INFO)) == (light,)
    assert sift(found, Sought(rules=("ID-07",))) == (light,)
    assert sift(found, Sought(records={"v"})) == (grave,)
    assert sift(found, Sought(records=())) == ()
    assert sift(found, Sought(noun="activity")) == ()
    assert counts(found) == {Severity.ERROR: 1, Severity.WARNING: 0, Severity.INFO: 2}
    assert is_at_least(Severity.WARNING, Severity.WARNING)
    assert not is_at_least(Severity.INFO, Severity.WARNING)


def test_a_company_has_its_own_records_and_not_those_of_the_other():
    house = clean_house()
    register = house.register(TODAY)
    spain, argentina = house["spain"], house["argentina"]
    assert isinstance(spain, LegalEntity)
    assert isinstance(argentina, LegalEntity)
    own, other = records_of(register, spain), records_of(register, argentina)
    assert {ref(one) for one in ("spain", "accounts", "hosting", "vendor", "transfer")} <= own
    assert {ref(one) for one in ("customer", "disclosure", "platform work")} <= own
    assert {ref(one) for one in ("argentina", "local accounts", "database", "responsable")} <= other
    assert not own & other


def test_an_engagement_of_no_company_is_that_of_the_activities_that_name_it():
    house = clean_house().but("hosting", entity=None)
    register = house.register(TODAY)
    own, other = (records_of(register, house[one]) for one in ("spain", "argentina"))
    assert {ref("hosting"), ref("vendor")} <= own
    assert not own & other


def test_what_changed_is_told_by_rule_record_and_field():
    stays, goes, comes = a_finding(path="a"), a_finding(path="b"), a_finding(path="c")
    again = Finding(stays.rule, stays.record, "a", {"number": 2}, stays.severity)
    turned = compare((stays, goes), (again, comes))
    assert (turned.new, turned.gone, turned.still) == ((comes,), (goes,), (again,))


def the_checks(register: Register, *found: Finding) -> tuple[Check, ...]:
    entity = register.find(LegalEntity, SPAIN)
    assert entity
    return preflight(register, entity, TODAY, Judgement(TODAY, found))


def test_a_clean_house_is_good_where_the_record_can_tell():
    checks = the_checks(the_house())
    assert [one.number for one in checks] == list(range(1, 13))
    assert all(str(one.question).endswith("?") for one in checks)
    unknown = [one.number for one in checks if one.verdict is Verdict.UNKNOWN]
    assert unknown == [10, 12]
    assert all(one.verdict is Verdict.GOOD for one in checks if one.number not in (10, 12))


def test_an_error_of_the_company_makes_its_question_one_to_look_at():
    record = clean_house()["accounts"]
    check = the_checks(the_house(), a_finding("LB-03", record=record))[4]
    assert (check.verdict, check.errors, len(check.findings)) == (Verdict.LOOK, 1, 1)
    elsewhere = clean_house()["local accounts"]
    assert the_checks(the_house(), a_finding("LB-03", record=elsewhere))[4].findings == ()


def test_a_note_is_listed_and_is_no_reason_to_look():
    record = clean_house()["spain"]
    check = the_checks(the_house(), a_finding("ID-07", Severity.INFO, record))[0]
    assert (check.verdict, len(check.findings), check.errors) == (Verdict.GOOD, 1, 0)


def test_without_an_activity_most_is_not_in_the_record():
    register = Register.of(clean_house()["spain"])
    verdicts = [one.verdict for one in the_checks(register)]
    assert verdicts[0] is Verdict.GOOD
    assert set(verdicts[1:]) == {Verdict.UNKNOWN}


def test_one_line_for_everything_is_to_be_looked_at():
    one = ProcessingActivity(id="a", entity=SPAIN, role=Role.CONTROLLER)
    checks = the_checks(Register.of(clean_house()["spain"], one))
    assert (checks[3].verdict, checks[2].verdict) == (Verdict.LOOK, Verdict.UNKNOWN)


@pytest.mark.parametrize(("days", "verdict"), [(365, Verdict.GOOD), (364, Verdict.UNKNOWN)])
def test_last_years_record_is_there_when_something_was_written_a_year_ago(days: int, verdict):
    at = datetime.combine(TODAY, datetime.min.time(), UTC) - timedelta(days=days)
    spain = clean_house()["spain"]
    register = Register(records={spain.id: spain}, changed_at={spain.id: at})
    assert the_checks(register)[11].verdict is verdict


def test_the_checks_judge_for_themselves_when_nobody_has():
    bare = LegalEntity(id="e", country="ES")
    check = preflight(Register.of(bare), bare, TODAY)[0]
    assert check.verdict is Verdict.LOOK
    assert "ID-01" in {one.rule.id for one in check.findings}


def test_sarif_names_rule_level_place_and_who_lives_with_it():
    rules = [a_rule("ID-01"), a_rule("ID-02", Severity.WARNING)]
    waiver = Waiver(id="x", reason="Settled", decided_by="Dora")
    found = (
        Finding(rules[0], Vendor(id="v", name="Stratus"), "name", {}, Severity.ERROR),
        Finding(rules[1], Vendor(id="w", name="Cirrus"), "", {}, Severity.WARNING, waiver),
    )
    log = sarif(found, rules, "en")
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["tool"]["driver"]["rules"][0]["helpUri"] == link_of("GDPR")
    first, second = run["results"]
    assert (first["ruleId"], first["level"], first["ruleIndex"]) == ("ID-01", "error", 0)
    assert first["message"]["text"] == "It is wrong. Right it."
    place = first["locations"][0]["logicalLocations"][0]
    assert place["fullyQualifiedName"] == "vendor/v/name"
    assert "suppressions" not in first
    assert second["level"] == "warning"
    assert second["suppressions"] == [{"kind": "external", "justification": "Settled (Dora)"}]


def test_the_clean_house_is_clean():
    assert judge(the_house(), TODAY).open == ()
