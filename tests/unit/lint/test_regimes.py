"""Each transfer under each law: what is said, why, until when; and never against the findings."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from msgspec.structs import replace

from ropa.lint.case import Case
from ropa.lint.judging import judge
from ropa.lint.regimes import matrix, regimes_of, vendor_matrix, verdict_under, verdicts
from ropa.lint.verdict import STANDINGS, Ground, Standing, Verdict
from ropa.records import Transfer, TransferSafeguard
from ropa.vocabulary import (
    AdequacyStatus,
    AnswerKind,
    ClauseSet,
    EvidenceKind,
    Instrument,
    Jurisdiction,
    Regime,
    Role,
)
from tests.clean_house import TODAY, House, clean_house, ref, text
from tests.unit.lint.examples import Change
from tests.unit.lint.examples_transfers import (
    CANADA,
    FAILS,
    PASSES,
    TOMORROW,
    YESTERDAY,
    abroad,
    adequacy,
    answered,
    clauses,
    decision,
    fallen,
    framework,
    interests,
    listing,
    proof,
    row,
    rules,
    sent_from,
    staff_go,
    then,
    to,
    transfer,
)

FROM_ARGENTINA = {"exporter": ref("argentina")}


def seen(house: House) -> tuple[Verdict, ...]:
    return verdicts(Case(house.register(), TODAY), house["transfer"])


def only(house: House) -> Verdict:
    (verdict,) = seen(house)
    return verdict


GROUNDS: tuple[tuple[Ground, Change], ...] = (
    (Ground.WITHIN, to("IE")),
    (Ground.WITHIN, to("ie ")),
    (Ground.WITHIN, to("AR", **FROM_ARGENTINA)),
    (Ground.WITHIN, then(sent_from("GB"), to("GB"))),
    (Ground.ADEQUATE, to("GB")),
    (Ground.ADEQUATE, to("GB", adequacy())),
    (Ground.ADEQUATE, to("GB", clauses())),
    (Ground.ADEQUATE, to("IE", **FROM_ARGENTINA)),
    (Ground.SHOWN, transfer()),
    (Ground.SHOWN, then(CANADA, to("CA", adequacy(evidence=proof(EvidenceKind.SCOPE))))),
    (Ground.SHOWN, then(staff_go(), listing(covers_hr=True))),
    (
        Ground.NO_STAFF,
        then(
            staff_go(),
            to("US", adequacy(evidence=proof(EvidenceKind.DPF_LISTING, covers_hr=False))),
        ),
    ),
    (Ground.TOOL, to("US", clauses())),
    (Ground.TOOL, to("BR", rules())),
    (Ground.TOOL, framework(evidence=())),
    (Ground.TOOL, to("US", row(Instrument.AR_ANNEX_2), **FROM_ARGENTINA)),
    (Ground.TOOL, then(sent_from("CH"), to("US", row(Instrument.CH_SCC)))),
    (Ground.TOOL, then(sent_from("GB"), to("US", row(Instrument.UK_ADDENDUM)))),
    (Ground.TOOL, then(sent_from("BR"), to("US", row(Instrument.BR_SCC)))),
    (Ground.ADAPTED, then(sent_from("CH"), to("US", clauses()))),
    (Ground.UNASSESSED, to("US", clauses(tia=None))),
    (Ground.UNASSESSED, then(sent_from("CH"), to("US", clauses(tia=None)))),
    (Ground.EXCEPTION, to("US", row(Instrument.A49_1_B))),
    (Ground.EXCEPTION, to("US", interests())),
    (Ground.EXCEPTION, to("US", row(Instrument.AR_CONSENT), **FROM_ARGENTINA)),
    (Ground.EXCEPTION, then(sent_from("BR"), to("US", row(Instrument.BR_OTHER)))),
    (Ground.ANSWERED, answered(AnswerKind.NOT_APPLICABLE)),
    (Ground.NO_DESTINATION, to("")),
    (Ground.UNPROVEN, CANADA),
    (Ground.UNPROVEN, to("US", adequacy())),
    (Ground.UNPROVEN, to("US", adequacy(), clauses(expires_on=YESTERDAY))),
    (Ground.INCOMPLETE, to("US", clauses(scc_module=None))),
    (Ground.INCOMPLETE, to("US", rules(importer_is_member=None))),
    (Ground.INCOMPLETE, to("US", interests(reference=""))),
    (Ground.INCOMPLETE, to("US", row(Instrument.A46_3_A, tia=ref("tia")))),
    (Ground.NOTHING, to("US")),
    (Ground.NOTHING, to("US", row(None))),
    (Ground.NOTHING, answered(AnswerKind.NONE)),
    (Ground.FOREIGN, to("US", clauses(regime=Regime.CH))),
    (Ground.FOREIGN, to("US", clauses(), **FROM_ARGENTINA)),
    (Ground.FOREIGN, to("US", row(Instrument.UK_IDTA))),
    (Ground.NOT_YET, to("US", clauses(signed_on=TOMORROW))),
    (Ground.FALLEN, then(to("GB"), fallen())),
    (Ground.FALLEN, then(to("GB", adequacy()), fallen(status=AdequacyStatus.SUSPENDED))),
    (Ground.OLD_CLAUSES, to("US", clauses(scc_set=ClauseSet.D2004_915))),
    (Ground.EXPIRED, to("US", clauses(expires_on=YESTERDAY))),
    (Ground.NO_DECISION, to("BR", adequacy())),
    (
        Ground.NO_DECISION,
        then(decision(Regime.EU, "BR", valid_from=TOMORROW), to("BR", adequacy())),
    ),
)


@pytest.mark.parametrize(("ground", "change"), GROUNDS, ids=lambda one: str(one)[:20])
def test_a_law_says_on_what_ground(ground, change):
    verdict = only(change(clean_house()))
    assert verdict.ground is ground
    assert "%(" not in verdict.reason


def test_every_ground_has_an_example_and_a_standing():
    assert {ground for ground, _change in GROUNDS} == set(Ground) == set(STANDINGS)


@pytest.mark.parametrize(
    ("standing", "stands"),
    [
        (Standing.WITHIN, True),
        (Standing.LAWFUL, True),
        (Standing.CONDITIONS, True),
        (Standing.NO_DESTINATION, True),
        (Standing.NOT_SHOWN, False),
        (Standing.NOT_LAWFUL, False),
    ],
)
def test_only_what_is_not_shown_or_not_lawful_does_not_stand(standing, stands):
    grounds = [one for one, found in STANDINGS.items() if found is standing]
    assert grounds
    assert all(Verdict(Regime.EU, one).stands is stands for one in grounds)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (transfer(), "“(EU) 2023/1795” covers the importer: checked on 2026-09-01."),
        (to("GB"), "“(EU) 2025/2574” covers the destination."),
        (then(to("GB"), fallen()), "“(EU) 2025/2574” is no longer in force."),
        (
            to("US", clauses(tia=None)),
            "It leans on: Standard contractual clauses. No transfer impact assessment is recorded.",
        ),
        (
            to("US", clauses(expires_on=YESTERDAY)),
            "It expired on 2026-11-23: Standard contractual clauses.",
        ),
        (
            to("US", clauses(signed_on=TOMORROW)),
            "It holds only from 2026-11-25: Standard contractual clauses.",
        ),
        (
            to("US", clauses(scc_set=ClauseSet.D2010_87)),
            "The clauses signed are no longer valid: Clauses of 2010, to processors.",
        ),
        (
            to("US", clauses(), **FROM_ARGENTINA),
            "What is recorded does not count under this law: Standard contractual clauses.",
        ),
        (
            answered(AnswerKind.NOT_APPLICABLE),
            "Somebody has answered that no safeguard applies: “the importer is on loan here”.",
        ),
    ],
)
def test_a_law_says_why(change, reason):
    assert only(change(clean_house())).reason == reason


@pytest.mark.parametrize(
    ("change", "until"),
    [
        (to("GB"), date(2031, 12, 27)),
        (to("AR"), None),
        (to("US", clauses(expires_on=TOMORROW)), TOMORROW),
        (to("US", clauses(expires_on=YESTERDAY)), None),
        (framework(expires_on=TOMORROW), TOMORROW),
        (to("US", row(Instrument.A49_1_A, expires_on=TOMORROW)), TOMORROW),
        (then(framework(expires_on=TOMORROW), fallen("decision eu US", valid_to=TODAY)), TODAY),
        (fallen("decision eu US", valid_to=TOMORROW), TOMORROW),
    ],
)
def test_a_law_says_until_when(change, until):
    assert only(change(clean_house())).until == until


@pytest.mark.parametrize("ends", [TOMORROW, None])
def test_of_two_decisions_in_force_the_one_that_lasts_carries(ends):
    first = decision(Regime.EU, "BR", id="a", valid_to=TODAY)(clean_house())
    both = first.plus(second=replace(first["decision eu BR"], id="b", valid_to=ends))
    again = first.but("decision eu BR", valid_to=ends).plus(
        second=replace(first["decision eu BR"], id="b")
    )
    assert [only(to("BR")(one)).until for one in (both, again)] == [ends, ends]


def test_a_verdict_names_what_it_leans_on():
    verdict = only(clean_house())
    assert verdict.safeguard and verdict.safeguard.id == ref("framework")  # noqa: PT018  # one thing
    assert verdict.decision and verdict.decision.id == ref("decision eu US")  # noqa: PT018
    tool = only(to("BR", clauses())(clean_house()))
    assert tool.safeguard == clauses()
    assert tool.decision is None


def test_the_same_vendor_stands_well_from_spain_and_badly_from_argentina():
    house = clean_house()
    again = Transfer(
        **{
            name: getattr(house["transfer"], name)
            for name in house["transfer"].__struct_fields__
            if name not in ("id", "ref", "exporter")
        },
        id=ref("again"),
        ref="T-02",
        exporter=ref("argentina"),
    )
    case = Case(house.plus(again=again).register(), TODAY)
    spain, argentina = vendor_matrix(case, house["vendor"])
    well, badly = spain.under(Regime.EU), argentina.under(Regime.AR)
    assert well and well.standing is Standing.LAWFUL  # noqa: PT018  # there and well
    assert badly and badly.standing is Standing.NOT_SHOWN  # noqa: PT018  # there and badly
    assert spain.under(Regime.AR) is None


def test_the_gdpr_follows_an_exporter_abroad():
    house = abroad(Jurisdiction.GDPR)(clean_house())
    eu, ar = seen(house)
    assert (eu.regime, eu.ground) == (Regime.EU, Ground.FOREIGN)
    assert (ar.regime, ar.ground) == (Regime.AR, Ground.TOOL)


def test_a_safeguard_without_a_law_counts_for_the_exporters_own_only():
    house = abroad(Jurisdiction.GDPR)(clean_house())
    consent = row(Instrument.A49_1_A)
    eu, _ar = seen(house.but("transfer", safeguards=(consent,)))
    assert eu.ground is Ground.FOREIGN
    named = row(Instrument.A49_1_A, regime=Regime.EU)
    eu, _ar = seen(house.but("transfer", safeguards=(named,)))
    assert eu.ground is Ground.EXCEPTION


def test_an_exporter_in_the_union_is_under_its_law_once():
    house = clean_house().but("spain", gdpr_applies_abroad=True)
    assert [one.regime for one in seen(house)] == [Regime.EU]


def test_a_law_that_does_not_apply_says_nothing():
    house = clean_house()
    case = Case(house.register(), TODAY)
    assert regimes_of(case, house["transfer"]) == (Regime.EU,)
    assert verdict_under(case, house["transfer"], Regime.UK) is None


def test_the_matrix_holds_what_goes_on_or_is_planned():
    def rows(**said: Any) -> int:
        case = Case(clean_house().but("transfer", **said).register(), TODAY)
        return len(matrix(case))

    assert rows() == 1
    assert rows(starts_on=TOMORROW) == 1
    assert rows(ends_on=TODAY) == 1
    assert rows(ends_on=YESTERDAY) == 0


def test_a_vendors_matrix_knows_it_as_importer_and_by_its_engagements():
    house = clean_house()
    for said in ({"engagement": None}, {"importer_vendor": None}):
        case = Case(house.but("transfer", **said).register(), TODAY)
        assert [one.transfer.id for one in vendor_matrix(case, house["vendor"])] == [
            ref("transfer")
        ]
    nobody = house.but("transfer", engagement=None, importer_vendor=None)
    assert vendor_matrix(Case(nobody.register(), TODAY), house["vendor"]) == ()


TOLD = {"TR-01", "TR-02", "TR-03", "TR-07", "TR-09", "TR-11", "TR-13", "TR-14"}
OTHERS = {Regime.AR: "TR-16", Regime.BR: "TR-17", Regime.UK: "TR-18", Regime.CH: "TR-19"}


@pytest.mark.parametrize("example", [*FAILS, *PASSES], ids=lambda one: f"{one.rule} {one.path}")
def test_matrix_and_findings_never_disagree(example):
    house = example.change(clean_house())
    case = Case(house.register(), TODAY)
    found = {one.rule.id for one in judge(house.register(), TODAY).findings}
    for line in matrix(case):
        for verdict in line.verdicts:
            telling = TOLD if verdict.regime is Regime.EU else {OTHERS[verdict.regime]}
            if not verdict.stands:
                assert found & telling
            elif verdict.regime is not Regime.EU:
                assert not found & telling
            else:
                assert "TR-01" not in found


# One country losing adequacy tomorrow

REGIMES = {"EU": ("spain", Regime.EU), "AR": ("argentina", Regime.AR)}
CODES = ("GB", "CH", "US", "BR")
LEANS = ("nothing", "adequacy", "tool")


def _tool(regime: Regime) -> TransferSafeguard:
    return clauses() if regime is Regime.EU else row(Instrument.AR_ANNEX_2)


@st.composite
def sendings(draw: st.DrawFn) -> tuple[str, str, str]:
    """From whom, to where, leaning on what."""
    return (
        draw(st.sampled_from(sorted(REGIMES))),
        draw(st.sampled_from(CODES)),
        draw(st.sampled_from(LEANS)),
    )


def _world(sent: list[tuple[str, str, str]], losing: tuple[Regime, str]) -> House:
    """A house in which every country is adequate, and one loses that tomorrow in one regime."""
    house = clean_house().without("transfer")
    for _exporter, regime in REGIMES.values():
        for code in CODES:
            ends = TODAY if (regime, code) == losing else None
            house = decision(regime, code, valid_to=ends)(house)
    for number, (whose, code, leans) in enumerate(sent):
        exporter, regime = REGIMES[whose]
        rows = {"nothing": (), "adequacy": (adequacy(),), "tool": (_tool(regime),)}
        one = Transfer(
            id=ref(f"sent {number}"),
            ref=f"S-{number}",
            name=text(f"Sent {number}"),
            exporter=ref(exporter),
            exporter_role=Role.PROCESSOR,
            importer_role=Role.PROCESSOR,
            country=code,
            safeguards=rows[leans],
        )
        house = house.plus(**{f"sent {number}": one})
    return house


def _grave(house: House, day: date) -> set[tuple[str, str]]:
    findings = judge(house.register(), day).findings
    grave = {"TR-01", "TR-02", "TR-03", "TR-16"}
    return {(one.rule.id, one.record.id) for one in findings if one.rule.id in grave}


@settings(deadline=None)  # a busy machine is no defect
@given(
    sent=st.lists(sendings(), max_size=12),
    whose=st.sampled_from(sorted(REGIMES)),
    code=st.sampled_from(CODES),
)
def test_a_country_that_loses_adequacy_tomorrow_touches_exactly_what_leans_on_it(sent, whose, code):
    house = _world(sent, (REGIMES[whose][1], code))
    assert _grave(house, TODAY) == set()
    rule = "TR-03" if whose == "EU" else "TR-16"
    touched = {
        (rule, ref(f"sent {number}"))
        for number, (sender, where, leans) in enumerate(sent)
        if sender == whose and where == code and leans != "tool"
    }
    assert _grave(house, TOMORROW) == touched


def test_two_laws_over_one_exporter_and_one_loses_it():
    """An Argentine exporter under the GDPR sends to the United Kingdom, adequate for both."""
    house = then(
        decision(Regime.AR, "GB"),
        abroad(Jurisdiction.GDPR),
        to("GB", exporter=ref("argentina")),
    )(clean_house())
    assert [one.standing for one in seen(house)] == [Standing.LAWFUL, Standing.LAWFUL]
    eu_loses = fallen("decision eu GB", valid_to=TODAY)(house)
    ar_loses = fallen("decision ar GB", valid_to=TODAY)(house)
    assert _grave(eu_loses, TODAY) == _grave(ar_loses, TODAY) == set()
    assert _grave(eu_loses, TOMORROW) == {("TR-03", ref("transfer"))}
    assert _grave(ar_loses, TOMORROW) == {("TR-16", ref("transfer"))}
