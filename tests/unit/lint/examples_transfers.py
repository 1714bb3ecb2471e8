"""Examples of the rules on transfers to third countries."""

from datetime import date, datetime, timedelta
from typing import Any

from ropa.records import (
    ActivityData,
    AdequacyDecision,
    Answer,
    Appointment,
    Country,
    LocalisedText,
    Location,
    SafeguardEvidence,
    SubjectCategory,
    TransferSafeguard,
)
from ropa.vocabulary import (
    AdequacyStatus,
    AnswerKind,
    AppointmentKind,
    AssessmentKind,
    AssessmentResult,
    ClauseSet,
    EvidenceKind,
    Frequency,
    Instrument,
    Jurisdiction,
    LocationActivity,
    PlaceKind,
    Regime,
    Role,
    SccModule,
)
from tests.clean_house import TODAY, House, ref, text
from tests.unit.lint.examples import Change, fails, passes

YESTERDAY = TODAY - timedelta(days=1)
TOMORROW = TODAY + timedelta(days=1)
RETIRED = datetime(2026, 1, 1)  # noqa: DTZ001  # only whether there is one counts


def then(*changes: Change) -> Change:
    """One change after another."""

    def all_of_them(house: House) -> House:
        for change in changes:
            house = change(house)
        return house

    return all_of_them


def transfer(**said: Any) -> Change:
    """The transfer with something else said."""
    return lambda house: house.but("transfer", **said)


def to(country: str, *rows: TransferSafeguard, **said: Any) -> Change:
    """The transfer goes to another country, with these safeguards and no others."""
    return transfer(country=country, safeguards=rows, **said)


def sent_from(country: str) -> Change:
    """The exporter lives in another country; its own registrations follow it."""
    return lambda house: house.but("spain", country=country)


def row(instrument: Instrument | None, key: str = "row", **said: Any) -> TransferSafeguard:
    """A safeguard under the law of the exporter."""
    return TransferSafeguard(**{"id": ref(key), "instrument": instrument, **said})


def clauses(**said: Any) -> TransferSafeguard:
    """The clauses of 2021, in order."""
    usual: dict[str, Any] = {
        "scc_set": ClauseSet.D2021_914,
        "scc_module": SccModule.THREE,
        "signed_on": date(2024, 1, 1),
        "tia": ref("tia"),
    }
    return row(Instrument.A46_2_C, "clauses", **{**usual, **said})


def rules(**said: Any) -> TransferSafeguard:
    """Binding corporate rules, in order."""
    usual: dict[str, Any] = {
        "reference": "Decision 7/2022",
        "signed_on": date(2022, 1, 1),
        "importer_is_member": True,
        "tia": ref("tia"),
    }
    return row(Instrument.A46_2_B, "rules", **{**usual, **said})


def interests(**said: Any) -> TransferSafeguard:
    """Compelling legitimate interests, in order."""
    usual: dict[str, Any] = {
        "reference": "Memo 3/2026",
        "authority_informed_on": YESTERDAY,
        "people_informed_on": YESTERDAY,
    }
    return row(Instrument.A49_1_2, "interests", **{**usual, **said})


def proof(kind: EvidenceKind, **said: Any) -> tuple[SafeguardEvidence, ...]:
    """One piece of evidence, checked yesterday."""
    return (
        SafeguardEvidence(**{"id": ref("proof"), "kind": kind, "checked_on": YESTERDAY, **said}),
    )


def adequacy(**said: Any) -> TransferSafeguard:
    """Adequacy named as what the transfer leans on."""
    return row(Instrument.A45, "adequacy", **said)


def framework(**said: Any) -> Change:
    """The first safeguard of the house, which leans on the framework, with something else said."""
    return lambda house: house.row("transfer", "safeguards", 0, **said)


def scc(**said: Any) -> Change:
    """The second safeguard of the house, the clauses, with something else said."""
    return lambda house: house.row("transfer", "safeguards", 1, **said)


def assessed(**said: Any) -> Change:
    """The transfer impact assessment, with something else said."""
    return lambda house: house.but("tia", **said)


def place(code: str, **said: Any) -> Change:
    """One more place data can go to."""
    usual: dict[str, Any] = {"id": ref(f"place {code}"), "code": code, "name": text(code)}
    return lambda house: house.plus(**{f"place {code}": Country(**{**usual, **said})})


def decision(regime: Regime, code: str, **said: Any) -> Change:
    """One more adequacy decision."""
    key = f"decision {regime.value} {code}"
    usual: dict[str, Any] = {
        "id": ref(key),
        "regime": regime,
        "place": ref(f"place {code}"),
        "decision": f"Decision on {code}",
        "valid_from": date(2003, 1, 1),
    }
    return lambda house: house.plus(**{key: AdequacyDecision(**{**usual, **said})})


def fallen(name: str = "decision eu GB", **said: Any) -> Change:
    """A decision ended yesterday, or something else is said of it."""
    return lambda house: house.but(name, **(said or {"valid_to": YESTERDAY}))


def answered(kind: AnswerKind, **said: Any) -> Change:
    """No safeguard is recorded, and somebody has answered so."""
    answer = Answer(question="safeguards", kind=kind, because="the importer is on loan here")
    return transfer(safeguards=(), answers=(answer,), **said)


def staff_go(code: str = "employee", activity: str = "platform work") -> Change:
    """The activity whose data go holds data of employees, and the listing does not cover them."""
    people = SubjectCategory(id=ref("staff"), code=code, name=text("Employees"))
    data = (ActivityData(id=ref("staff data"), subject=ref("staff"), category=ref("email")),)

    def changed(house: House) -> House:
        kept = house[activity].data
        with_rules = tuple(
            ActivityData(id=one.id, subject=one.subject, retention=kept[0].retention)
            for one in data
        )
        return house.plus(staff=people).but(activity, data=with_rules)

    return changed


def by_engagement_only(house: House) -> House:
    """The activity names the engagement, not its transfer; no place says there must be one."""
    return house.but("platform work", transfers=()).but("hosting", locations=())


def listing(**said: Any) -> Change:
    """The listing the framework leans on, with something else said."""

    def changed(house: House) -> House:
        usual: dict[str, Any] = {"id": ref("listing"), "covers_hr": None, **said}
        return framework(evidence=proof(EvidenceKind.DPF_LISTING, **usual))(house)

    return changed


def abroad(*laws: Jurisdiction, **said: Any) -> Change:
    """An Argentine exporter that may be under the GDPR sends to Brazil with Argentine clauses."""
    clauses_there = row(Instrument.AR_ANNEX_2)
    representative = Appointment(
        id=ref("representative"),
        kind=AppointmentKind.REPRESENTATIVE,
        name="Union office",
        email="union@acme.example",
        address="1 Main Street, Dublin",
    )
    return then(
        to("BR", clauses_there, exporter=ref("argentina")),
        lambda house: house.but(
            "argentina",
            **{"gdpr_applies_abroad": True, "appointments": (representative,), **said},
        ).but("platform work", jurisdictions=laws),
    )


def located(*places: tuple[str, LocationActivity]) -> Change:
    """The engagement has data, or reaches them from, these places."""
    rows = tuple(
        Location(id=ref(f"at {country}"), country=country, activity=activity)
        for country, activity in places
    )
    return lambda house: house.but("hosting", locations=rows)


def sides(exporter: Role | None, importer: Role | None, module: SccModule | None) -> Change:
    """What exporter and importer are, and the module they signed."""
    return then(transfer(exporter_role=exporter, importer_role=importer), scc(scc_module=module))


REMOTE = LocationActivity.REMOTE_ACCESS
GAP = "safeguards"
EPO = place(
    "EPO",
    kind=PlaceKind.ORGANISATION,
    name=LocalisedText(en="European Patent Organisation", pt="Organização"),
)
CANADA = then(
    place("CA"), decision(Regime.EU, "CA", partial=True), to("CA", adequacy(), frequency=None)
)
C, J, P = Role.CONTROLLER, Role.JOINT_CONTROLLER, Role.PROCESSOR
ONE, TWO, THREE, FOUR = SccModule

FAILS = (
    # TR-01: no decision, no tool, no derogation
    fails("TR-01", "transfer", GAP, to("US")),
    fails("TR-01", "transfer", GAP, to("BR")),
    fails("TR-01", "transfer", GAP, to("br")),
    fails("TR-01", "transfer", GAP, to("BR", ends_on=TODAY)),
    fails("TR-01", "transfer", GAP, to("BR", starts_on=TOMORROW)),
    fails("TR-01", "transfer", "country", answered(AnswerKind.NONE)),
    fails(
        "TR-01",
        "transfer",
        "organisation",
        answered(AnswerKind.NONE, country="", organisation="A bank of states"),
    ),
    fails("TR-01", "transfer", GAP, to("BR", clauses(expires_on=YESTERDAY))),
    fails("TR-01", "transfer", GAP, then(answered(AnswerKind.NONE), to("BR", row(None)))),
    fails("TR-01", "transfer", GAP, to("BR", clauses(signed_on=TOMORROW))),
    fails("TR-01", "transfer", GAP, to("BR", row(Instrument.UK_IDTA))),
    fails("TR-01", "transfer", GAP, to("BR", clauses(regime=Regime.UK))),
    fails("TR-01", "transfer", GAP, to("BR", row(None))),
    fails("TR-01", "transfer", GAP, to("BR", adequacy())),
    fails("TR-01", "transfer", GAP, to("BR", adequacy(decision=ref("decision eu GB")))),
    fails("TR-01", "transfer", GAP, to("US", adequacy(regime=Regime.UK))),
    fails(
        "TR-01",
        "transfer",
        GAP,
        then(decision(Regime.EU, "BR", valid_from=TOMORROW), to("BR")),
    ),
    fails(
        "TR-01",
        "transfer",
        GAP,
        then(decision(Regime.EU, "BR", valid_from=TOMORROW), to("BR", adequacy())),
    ),
    fails("TR-01", "transfer", GAP, then(decision(Regime.UK, "BR"), to("BR"))),
    fails("TR-01", "transfer", GAP, to("IE", organisation="Bank of states")),
    fails(
        "TR-01",
        "transfer",
        GAP,
        then(decision(Regime.EU, "BR", partial=True, valid_to=YESTERDAY), to("BR")),
    ),
    fails("TR-01", "transfer", GAP, abroad()),
    fails("TR-01", "transfer", GAP, abroad(Jurisdiction.AR, Jurisdiction.GDPR)),
    fails("TR-01", "transfer", GAP, then(sent_from(""), to("BR"))),
    # TR-02: part of a country, not evidenced
    fails("TR-02", "transfer", "safeguards/{framework}/evidence", framework(evidence=())),
    fails(
        "TR-02",
        "transfer",
        "safeguards/{framework}/evidence",
        framework(evidence=(), decision=None, regime=None),
    ),
    fails(
        "TR-02",
        "transfer",
        "safeguards/{framework}/evidence",
        framework(evidence=proof(EvidenceKind.SCOPE)),
    ),
    fails(
        "TR-02",
        "transfer",
        "safeguards/{framework}/evidence",
        framework(evidence=proof(EvidenceKind.DPF_LISTING, checked_on=None)),
    ),
    fails(
        "TR-02",
        "transfer",
        "safeguards/{framework}/evidence",
        framework(evidence=proof(EvidenceKind.DPF_LISTING, checked_on=TOMORROW)),
    ),
    fails("TR-02", "transfer", "safeguards/{adequacy}/evidence", CANADA),
    fails(
        "TR-02",
        "transfer",
        "safeguards/{adequacy}/evidence",
        then(CANADA, to("CA", adequacy(evidence=proof(EvidenceKind.DPF_LISTING)))),
    ),
    # TR-03: a decision that no longer holds
    fails("TR-03", "transfer", "country", then(to("GB"), fallen())),
    fails(
        "TR-03", "transfer", "safeguards/{adequacy}/decision", then(to("GB", adequacy()), fallen())
    ),
    fails(
        "TR-03",
        "transfer",
        "safeguards/{framework}/decision",
        fallen("decision eu US", valid_to=YESTERDAY),
    ),
    fails(
        "TR-03",
        "transfer",
        "safeguards/{framework}/decision",
        fallen("decision eu US", status=AdequacyStatus.SUSPENDED),
    ),
    fails(
        "TR-03",
        "transfer",
        "country",
        then(to("GB"), fallen(status=AdequacyStatus.REPEALED)),
    ),
    fails(
        "TR-03",
        "transfer",
        "country",
        then(to("GB"), fallen(status=AdequacyStatus.REPEALED, valid_from=None)),
    ),
    fails(
        "TR-03",
        "transfer",
        "organisation",
        then(
            EPO,
            decision(Regime.EU, "EPO", valid_to=YESTERDAY),
            to("DE", organisation="european  patent organisation"),
        ),
    ),
    fails(
        "TR-03",
        "transfer",
        "safeguards/{adequacy}/decision",
        then(
            decision(Regime.EU, "BR", valid_to=YESTERDAY),
            lambda house: house.plus(
                renewed=AdequacyDecision(
                    id=ref("renewed"),
                    regime=Regime.EU,
                    place=ref("place BR"),
                    decision="Renewed",
                    valid_from=TODAY,
                )
            ),
            to("BR", adequacy(decision=ref("decision eu BR"))),
        ),
    ),
    # TR-04: a decision that ends soon
    fails(
        "TR-04",
        "transfer",
        "country",
        then(to("GB"), fallen(valid_to=TODAY + timedelta(days=180))),
    ),
    fails(
        "TR-04",
        "transfer",
        "safeguards/{adequacy}/decision",
        then(to("GB", adequacy()), fallen(valid_to=TODAY)),
    ),
    # TR-05: the framework alone
    fails(
        "TR-05",
        "transfer",
        GAP,
        lambda house: house.but("transfer", safeguards=house["transfer"].safeguards[:1]),
    ),
    fails("TR-05", "transfer", GAP, scc(expires_on=YESTERDAY)),
    fails("TR-05", "transfer", GAP, scc(signed_on=TOMORROW)),
    fails("TR-05", "transfer", GAP, scc(regime=Regime.CH)),
    fails("TR-05", "transfer", GAP, scc(instrument=Instrument.A49_1_A)),
    fails("TR-05", "transfer", GAP, scc(scc_set=ClauseSet.D2010_87), "TR-09"),  # that is why
    # TR-06: staff, and a listing that does not cover them
    fails(
        "TR-06",
        "transfer",
        "safeguards/{framework}/evidence/{listing}/covers_hr",
        then(staff_go(), listing(covers_hr=False)),
    ),
    fails(
        "TR-06",
        "transfer",
        "safeguards/{framework}/evidence/{listing}/covers_hr",
        then(staff_go(), listing()),
    ),
    fails(
        "TR-06",
        "transfer",
        "safeguards/{framework}/evidence/{listing}/covers_hr",
        then(staff_go("Staff"), listing(), by_engagement_only),
    ),
    fails(
        "TR-06",
        "transfer",
        "safeguards/{framework}/evidence/{listing}/covers_hr",
        then(staff_go("Funcionários"), listing(), by_engagement_only),
    ),
    fails(
        "TR-06",
        "transfer",
        "safeguards/{framework}/evidence/{listing}/covers_hr",
        then(staff_go("empleados"), listing(), by_engagement_only),
    ),
    # TR-07: the module
    fails("TR-07", "transfer", "safeguards/{scc}/scc_module", scc(scc_module=None)),
    fails("TR-07", "transfer", "safeguards/{scc}/scc_module", scc(scc_module=None, scc_set=None)),
    *(
        fails("TR-07", "transfer", "safeguards/{scc}/scc_module", sides(sends, gets, module))
        for sends, gets, module in (
            (C, C, TWO),
            (C, C, FOUR),
            (J, C, THREE),
            (C, P, ONE),
            (C, P, THREE),
            (P, P, TWO),
            (P, P, FOUR),
            (P, C, ONE),
            (P, J, THREE),
            (None, P, None),
        )
    ),
    # TR-08: the assessment
    fails("TR-08", "transfer", "safeguards/{scc}/tia", scc(tia=None)),
    fails("TR-08", "transfer", "safeguards/{scc}/tia", scc(tia=ref("lia"))),
    *(
        fails("TR-08", "transfer", "safeguards/{scc}/tia", assessed(**said))
        for said in (
            {"decided_on": None},
            {"decided_on": TOMORROW},
            {"result": AssessmentResult.REQUIRED},
            {"result": AssessmentResult.UNACCEPTABLE},
            {"kind": AssessmentKind.DPIA},
        )
    ),
    fails(
        "TR-08",
        "transfer",
        "safeguards/{scc}/tia",
        assessed(retired_at=RETIRED),
        "CO-01",  # what is retired is still named
    ),
    *(
        fails("TR-08", "transfer", "safeguards/{row}/tia", to("BR", row(one, reference="A-1")))
        for one in (
            Instrument.A46_2_D,
            Instrument.A46_2_E,
            Instrument.A46_2_F,
            Instrument.A46_3_A,
        )
    ),
    fails("TR-08", "transfer", "safeguards/{rules}/tia", to("BR", rules(tia=None))),
    # TR-09: clauses of an old set
    *(
        fails("TR-09", "transfer", "safeguards/{scc}/scc_set", scc(scc_set=one))
        for one in (ClauseSet.D2010_87, ClauseSet.D2004_915, ClauseSet.D2001_497)
    ),
    fails(
        "TR-09",
        "transfer",
        "safeguards/{clauses}/scc_set",
        to("BR", clauses(scc_set=ClauseSet.D2010_87)),
    ),
    # TR-10: an importer under the GDPR
    fails("TR-10", "transfer", "importer_under_gdpr", transfer(importer_under_gdpr=True)),
    # TR-11: compelling interests
    *(
        fails("TR-11", "transfer", f"safeguards/{{interests}}/{path}", to("BR", interests(**said)))
        for path, said in (
            ("document", {"reference": ""}),
            ("authority_informed_on", {"authority_informed_on": None}),
            ("people_informed_on", {"people_informed_on": None}),
        )
    ),
    # TR-12: a derogation as a habit
    *(
        fails(
            "TR-12",
            "transfer",
            "safeguards/{row}/instrument",
            to("BR", row(one), frequency=Frequency.CONTINUOUS),
        )
        for one in (
            Instrument.A49_1_A,
            Instrument.A49_1_B,
            Instrument.A49_1_C,
            Instrument.A49_1_D,
            Instrument.A49_1_E,
            Instrument.A49_1_F,
            Instrument.A49_1_G,
        )
    ),
    fails("TR-12", "transfer", "safeguards/{interests}/instrument", to("BR", interests())),
    # TR-13: an authorisation
    fails("TR-13", "transfer", "safeguards/{row}/reference", to("BR", row(Instrument.A46_3_A))),
    fails("TR-13", "transfer", "safeguards/{row}/reference", to("BR", row(Instrument.A46_3_B))),
    fails(
        "TR-13",
        "transfer",
        "safeguards/{row}/reference",
        to("BR", row(Instrument.A46_3_B, evidence=proof(EvidenceKind.AUTHORISATION))),
    ),
    fails(
        "TR-13",
        "transfer",
        "safeguards/{row}/reference",
        to("BR", row(Instrument.A46_3_B, evidence=proof(EvidenceKind.OTHER, reference="A-1"))),
    ),
    # TR-14: binding corporate rules
    *(
        fails("TR-14", "transfer", f"safeguards/{{rules}}/{path}", to("BR", rules(**said)))
        for path, said in (
            ("reference", {"reference": ""}),
            ("signed_on", {"signed_on": None}),
            ("importer_is_member", {"importer_is_member": None}),
            ("importer_is_member", {"importer_is_member": False}),
        )
    ),
    # TR-15: no destination
    fails("TR-15", "transfer", "country", transfer(country="")),
    fails("TR-15", "transfer", "country", transfer(country=" ", ends_on=TODAY)),
    # TR-16 to 19: the laws of other exporters
    fails("TR-16", "transfer", GAP, to("US", exporter=ref("argentina"))),
    fails("TR-16", "transfer", GAP, to("BR", exporter=ref("argentina"))),
    fails("TR-16", "transfer", GAP, transfer(exporter=ref("argentina"))),  # those are the EU's
    fails("TR-16", "transfer", "country", answered(AnswerKind.NONE, exporter=ref("argentina"))),
    fails("TR-16", "transfer", GAP, to("US", clauses(), exporter=ref("argentina"))),
    fails(
        "TR-16",
        "transfer",
        "country",
        then(
            answered(AnswerKind.NOT_APPLICABLE, exporter=ref("argentina"), country="IE"),
            fallen("decision ar IE"),
        ),
    ),
    fails(
        "TR-16",
        "transfer",
        GAP,
        then(to("IE", exporter=ref("argentina")), fallen("decision ar IE")),
    ),
    fails(
        "TR-16",
        "transfer",
        GAP,
        then(to("IE", exporter=ref("argentina")), fallen("decision ar IE", partial=True)),
    ),
    fails("TR-17", "transfer", GAP, then(sent_from("BR"), to("US"))),
    fails("TR-17", "transfer", GAP, then(sent_from("BR"), to("US", row(Instrument.AR_ANNEX_1)))),
    fails("TR-18", "transfer", GAP, then(sent_from("GB"), to("US"))),
    fails("TR-18", "transfer", GAP, then(sent_from("GB"), to("US", clauses()))),
    fails(
        "TR-18",
        "transfer",
        GAP,
        then(sent_from("GB"), to("US", row(Instrument.UK_IDTA, expires_on=YESTERDAY))),
    ),
    fails("TR-19", "transfer", GAP, then(sent_from("CH"), to("US"))),
    fails("TR-19", "transfer", GAP, then(sent_from("CH"), to("US", interests()))),
    fails("TR-19", "transfer", GAP, then(sent_from("CH"), transfer())),
    # TR-20: what the public list cannot show
    fails("TR-20", "transfer", GAP, to("GB")),
    fails("TR-20", "transfer", GAP, to("GB", row(None))),
    fails("TR-20", "transfer", GAP, to("GB", adequacy(expires_on=YESTERDAY))),
    fails("TR-20", "transfer", "country", transfer(country=""), "TR-15"),  # the same gap
    # TR-01: not recorded is not no
    fails(
        "TR-01",
        "transfer",
        GAP,
        then(
            sent_from(""),
            to("BR"),
            lambda house: house.but("platform work", jurisdictions=()),
        ),
    ),
    # TR-21: remote access that is a transfer
    fails("TR-21", "hosting", "locations/{at BR}/country", located(("BR", REMOTE))),
    fails("TR-21", "hosting", "locations/{at br}/country", located(("br", REMOTE))),
    fails(
        "TR-21",
        "hosting",
        "locations/{support}/country",
        transfer(ends_on=YESTERDAY),
        "A30-05",  # and the activity names no other
    ),
    fails("TR-21", "hosting", "locations/{support}/country", transfer(engagement=None)),
    fails(
        "TR-21",
        "hosting",
        "locations/{support}/country",
        lambda house: house.but("transfer", engagement=None).but("hosting", ends_on=TODAY),
    ),
    fails(
        "TR-21",
        "hosting",
        "locations/{at ES}/country",
        then(located(("ES", REMOTE)), lambda house: house.but("hosting", entity=ref("argentina"))),
    ),
    fails(
        "TR-21",
        "hosting",
        "locations/{at BR}/country",
        then(located(("BR", REMOTE)), lambda house: house.but("hosting", entity=None)),
    ),
)

PASSES = (
    passes("TR-01", to("GB")),
    passes("TR-01", to("IE")),
    passes("TR-01", to("")),
    passes("TR-01", to("BR", ends_on=YESTERDAY)),
    passes("TR-01", to("BR", retired_at=RETIRED)),
    passes("TR-01", to("BR", clauses(expires_on=TODAY))),
    passes("TR-01", to("BR", clauses(signed_on=TODAY))),
    passes("TR-01", to("BR", clauses(signed_on=None))),
    passes("TR-01", to("BR", clauses(regime=Regime.EU))),
    passes("TR-01", to("BR", clauses(tia=None))),
    passes("TR-01", to("BR", row(Instrument.UK_IDTA), clauses())),
    *(
        passes("TR-01", to("BR", row(one, reference="A-1")))
        for one in Instrument
        if one.value.startswith(("a46", "a49"))
    ),
    passes("TR-01", answered(AnswerKind.NOT_APPLICABLE)),
    passes("TR-01", then(decision(Regime.EU, "BR", valid_from=TODAY), to("BR"))),
    passes("TR-01", then(decision(Regime.EU, "BR", partial=None), to("BR"))),
    passes("TR-01", then(decision(Regime.EU, "BR", valid_from=None), to("BR"))),
    passes("TR-01", then(EPO, decision(Regime.EU, "EPO"), to("", organisation="epo"))),
    passes("TR-01", then(EPO, decision(Regime.EU, "EPO"), to("US", organisation="EPO"))),
    passes(
        "TR-01",
        then(
            EPO,
            decision(Regime.EU, "EPO"),
            to("", organisation="organizacao"),
        ),
    ),
    passes("TR-01", abroad(Jurisdiction.AR)),
    passes("TR-01", abroad(Jurisdiction.GDPR, gdpr_applies_abroad=None)),
    passes("TR-01", abroad(Jurisdiction.GDPR, gdpr_applies_abroad=False)),
    passes("TR-01", then(sent_from("US"), to("BR"))),
    passes(
        "TR-01",
        then(
            sent_from(""),
            to("BR"),
            lambda house: house.but("platform work", jurisdictions=(Jurisdiction.BR,)),
        ),
    ),
    passes("TR-01", to("BR", exporter=ref("nobody"))),
    passes("TR-02", framework(evidence=proof(EvidenceKind.DPF_LISTING, checked_on=TODAY))),
    passes("TR-02", to("US", clauses())),
    passes("TR-02", to("US")),
    passes("TR-02", to("GB", adequacy())),
    passes("TR-02", then(CANADA, to("CA", adequacy(evidence=proof(EvidenceKind.SCOPE))))),
    passes("TR-02", then(CANADA, to("CA", adequacy(evidence=proof(EvidenceKind.OTHER))))),
    passes("TR-02", framework(evidence=(), expires_on=YESTERDAY)),
    passes("TR-02", then(framework(evidence=()), transfer(ends_on=YESTERDAY))),
    passes("TR-02", then(framework(evidence=()), transfer(country="IE"))),
    passes("TR-02", then(framework(evidence=()), fallen("decision eu US", partial=None))),
    passes("TR-02", then(framework(evidence=()), fallen("decision eu US"))),
    passes("TR-02", framework(evidence=(), regime=Regime.UK)),
    passes("TR-03", then(to("GB"), fallen(valid_to=TODAY))),
    passes("TR-03", then(to("GB"), fallen(status=AdequacyStatus.AT_RISK))),
    passes("TR-03", then(to("GB", clauses()), fallen())),
    passes("TR-03", then(to("GB", interests()), fallen())),
    passes("TR-03", then(to("GB", ends_on=YESTERDAY), fallen())),
    passes("TR-03", then(to("AR"), fallen())),
    passes("TR-03", then(to("GB"), fallen(valid_from=TOMORROW))),
    passes("TR-03", then(to("IE"), fallen("decision ar IE"))),
    passes("TR-03", then(to("IE", exporter=ref("argentina")), fallen("decision ar IE"))),
    passes("TR-03", then(to("US"), fallen("decision eu US"))),
    passes(
        "TR-03",
        then(
            to("BR", adequacy()),
            decision(Regime.EU, "BR", valid_to=YESTERDAY),
            lambda house: house.plus(
                renewed=AdequacyDecision(
                    id=ref("renewed"),
                    regime=Regime.EU,
                    place=ref("place BR"),
                    decision="Renewed",
                    valid_from=TODAY,
                )
            ),
        ),
    ),
    passes("TR-04", then(to("GB"), fallen(valid_to=TODAY + timedelta(days=181)))),
    passes("TR-04", then(to("GB"), fallen())),
    passes("TR-04", then(to("GB"), fallen(valid_to=None, scope="All"))),
    passes("TR-04", then(to("GB", clauses()), fallen(valid_to=TODAY))),
    passes(
        "TR-04",
        then(
            to("GB"),
            fallen(valid_to=TODAY),
            lambda house: house.without("number adequacy_days"),
        ),
    ),
    passes("TR-05", scc(instrument=Instrument.A46_2_D)),
    passes("TR-05", scc(regime=None)),
    passes("TR-05", scc(expires_on=TODAY)),
    passes("TR-05", scc(signed_on=TODAY)),
    passes("TR-05", to("GB", adequacy())),
    passes("TR-05", to("US", clauses())),
    passes("TR-05", to("US")),
    passes("TR-05", to("US", adequacy(decision=ref("decision eu US")), ends_on=YESTERDAY)),
    passes("TR-06", then(staff_go(), listing(covers_hr=True))),
    passes("TR-06", then(staff_go("empleados_de_clientes"), listing())),
    passes("TR-06", then(staff_go("customer_employee"), listing())),
    passes("TR-06", then(staff_go(activity="accounts"), listing())),
    passes("TR-06", then(staff_go(), listing(checked_on=None))),
    passes("TR-06", then(staff_go(), listing(), transfer(ends_on=YESTERDAY))),
    passes("TR-06", then(staff_go(), to("US", clauses()))),
    passes("TR-06", listing()),
    passes(
        "TR-06",
        then(
            staff_go(),
            framework(
                evidence=(
                    *proof(EvidenceKind.DPF_LISTING, covers_hr=True),
                    *proof(EvidenceKind.DPF_LISTING, id=ref("second"), covers_hr=None),
                )
            ),
        ),
    ),
    passes(
        "TR-06",
        then(
            staff_go(),
            CANADA,
            to(
                "CA",
                adequacy(
                    evidence=(
                        *proof(EvidenceKind.SCOPE),
                        *proof(EvidenceKind.DPF_LISTING, id=ref("listing")),
                    )
                ),
            ),
        ),
    ),
    *(
        passes("TR-07", sides(sends, gets, module))
        for sends, gets, module in (
            (C, C, ONE),
            (J, J, ONE),
            (C, P, TWO),
            (J, P, TWO),
            (P, P, THREE),
            (P, C, FOUR),
            (P, J, FOUR),
            (None, P, ONE),
            (P, None, ONE),
        )
    ),
    passes("TR-07", scc(scc_module=None, scc_set=ClauseSet.D2010_87)),
    passes("TR-07", scc(scc_module=None, instrument=Instrument.A46_2_D)),
    passes("TR-07", scc(scc_module=None, expires_on=YESTERDAY)),
    passes("TR-07", then(scc(scc_module=None), transfer(ends_on=YESTERDAY))),
    passes("TR-08", assessed(decided_on=TODAY)),
    passes("TR-08", assessed(result=None)),
    passes("TR-08", assessed(result=AssessmentResult.WITH_MEASURES)),
    passes("TR-08", to("GB", clauses(tia=None))),
    passes("TR-08", to("IE", clauses(tia=None))),
    passes("TR-08", to("BR", row(Instrument.A46_2_A))),
    passes("TR-08", to("BR", row(Instrument.A46_3_B, reference="A-1"))),
    passes("TR-08", to("BR", row(Instrument.A49_1_A))),
    passes("TR-08", scc(tia=None, expires_on=YESTERDAY)),
    passes("TR-08", then(scc(tia=None), transfer(ends_on=YESTERDAY))),
    passes("TR-09", scc(scc_set=None)),
    passes("TR-09", scc(scc_set=ClauseSet.D2010_87, expires_on=YESTERDAY)),
    passes("TR-09", scc(scc_set=ClauseSet.D2010_87, instrument=Instrument.A46_2_D)),
    passes("TR-09", then(scc(scc_set=ClauseSet.D2010_87), transfer(ends_on=YESTERDAY))),
    passes("TR-10", transfer(importer_under_gdpr=None)),
    passes("TR-10", then(transfer(importer_under_gdpr=True), scc(expires_on=YESTERDAY))),
    passes("TR-10", to("BR", rules(), importer_under_gdpr=True)),
    passes("TR-10", then(transfer(importer_under_gdpr=True), scc(scc_set=ClauseSet.D2010_87))),
    passes("TR-11", to("BR", interests())),
    passes("TR-11", to("BR", interests(reference="", document=ref("clauses")))),
    passes("TR-11", to("BR", row(Instrument.A49_1_A))),
    passes("TR-11", to("BR", interests(reference=""), ends_on=YESTERDAY)),
    passes("TR-12", to("BR", row(Instrument.A49_1_A), frequency=Frequency.OCCASIONAL)),
    passes("TR-12", to("BR", interests(), frequency=Frequency.ONE_OFF)),
    passes("TR-12", to("BR", interests(), frequency=None)),
    passes("TR-12", to("BR", interests(expires_on=YESTERDAY))),
    passes("TR-12", to("BR", interests(), ends_on=YESTERDAY)),
    passes("TR-12", transfer()),
    passes("TR-13", to("BR", row(Instrument.A46_3_A, reference="A-1"))),
    passes(
        "TR-13",
        to(
            "BR",
            row(Instrument.A46_3_A, evidence=proof(EvidenceKind.AUTHORISATION, reference="A-1")),
        ),
    ),
    passes("TR-13", to("BR", row(Instrument.A46_2_D))),
    passes("TR-14", to("BR", rules())),
    passes(
        "TR-14",
        to(
            "BR",
            rules(
                reference="",
                signed_on=None,
                evidence=proof(EvidenceKind.AUTHORISATION, reference="A-1"),
            ),
        ),
    ),
    passes("TR-14", to("BR", row(Instrument.AR_BCR))),
    passes("TR-14", to("BR", rules(reference="", expires_on=YESTERDAY))),
    passes("TR-15", transfer(country="", organisation="A bank of states")),
    passes("TR-15", transfer(country="", ends_on=YESTERDAY)),
    *(
        passes("TR-16", to("US", row(one), exporter=ref("argentina")))
        for one in Instrument
        if one.value.startswith("ar_")
    ),
    passes("TR-16", to("IE", exporter=ref("argentina"))),
    passes("TR-16", to("AR", exporter=ref("argentina"))),
    passes("TR-16", to("US", exporter=ref("argentina"), ends_on=YESTERDAY)),
    passes("TR-16", to("", exporter=ref("argentina"))),
    passes("TR-16", to("US")),
    passes(
        "TR-16", to("US", row(Instrument.AR_ANNEX_2, regime=Regime.AR), exporter=ref("argentina"))
    ),
    *(
        passes("TR-17", then(sent_from("BR"), to("US", row(one))))
        for one in Instrument
        if one.value.startswith("br_")
    ),
    passes("TR-17", then(sent_from("BR"), decision(Regime.BR, "ES"), to("ES"))),
    passes("TR-17", then(sent_from("BR"), to("BR"))),
    passes("TR-17", to("US")),
    *(
        passes("TR-18", then(sent_from("GB"), to("US", row(one, reference="A-1"))))
        for one in (
            Instrument.UK_IDTA,
            Instrument.UK_ADDENDUM,
            Instrument.A46_2_A,
            Instrument.A46_2_E,
            Instrument.A46_2_F,
            Instrument.A46_3_A,
            Instrument.A46_3_B,
            Instrument.A49_1_A,
        )
    ),
    passes("TR-18", then(sent_from("GB"), to("US", rules()))),
    passes("TR-18", then(sent_from("GB"), to("US", interests()))),
    passes("TR-18", then(sent_from("GB"), decision(Regime.UK, "ES"), to("ES"))),
    passes("TR-18", then(sent_from("GB"), to("GB"))),
    passes("TR-18", to("US")),
    *(
        passes("TR-19", then(sent_from("CH"), to("US", row(one, reference="A-1"))))
        for one in (
            Instrument.CH_SCC,
            Instrument.A46_2_A,
            Instrument.A46_2_E,
            Instrument.A46_2_F,
            Instrument.A46_3_A,
            Instrument.A46_3_B,
            Instrument.A49_1_A,
        )
    ),
    passes("TR-19", then(sent_from("CH"), to("US", clauses()))),
    passes("TR-19", then(sent_from("CH"), to("US", rules()))),
    passes("TR-19", then(sent_from("CH"), decision(Regime.CH, "ES"), to("ES"))),
    passes("TR-19", then(sent_from("CH"), to("CH"))),
    passes("TR-19", to("US")),
    passes("TR-20", to("GB", adequacy())),
    passes("TR-20", to("IE")),
    passes("TR-20", to("GB", adequacy(expires_on=TODAY))),
    passes("TR-20", to("GB", engagement=None)),
    passes("TR-20", to("GB", engagement=ref("nobody"))),
    passes("TR-20", then(to("GB"), lambda house: house.but("hosting", public=None))),
    passes("TR-20", then(to("GB"), lambda house: house.but("hosting", retired_at=RETIRED))),
    passes("TR-20", then(to("GB"), lambda house: house.but("hosting", ends_on=YESTERDAY))),
    passes("TR-20", to("GB", ends_on=YESTERDAY)),
    passes("TR-20", to("", ends_on=YESTERDAY)),
    passes("TR-21", located(("ES", REMOTE))),
    passes("TR-21", located(("BR", LocationActivity.STORAGE))),
    passes("TR-21", located(("", REMOTE))),
    passes("TR-21", transfer(country="us")),
    passes("TR-21", transfer(ends_on=TODAY)),
    passes(
        "TR-21",
        then(located(("BR", REMOTE)), lambda house: house.but("hosting", ends_on=YESTERDAY)),
    ),
    passes(
        "TR-21",
        then(located(("ES", REMOTE)), lambda house: house.but("hosting", entity=None)),
    ),
    passes(
        "TR-21",
        then(located(("AR", REMOTE)), lambda house: house.but("hosting", entity=ref("argentina"))),
    ),
)
