"""How a record is laid out for people: sections in the order of the law, for forms and pages."""

from dataclasses import dataclass

from ropa.i18n import _


@dataclass(frozen=True)
class Section:
    """A part of a record's page and form: a title, the law behind it, and its fields in order."""

    key: str
    title: str
    fields: tuple[str, ...]
    law: str = ""
    intro: str = ""


_REVIEW = Section(
    "review", _("Review"), ("review_months", "last_reviewed_on"), "GDPR Art. 5(2), 24(1)"
)

LAYOUTS: dict[str, tuple[Section, ...]] = {
    "activity": (
        Section(
            "who",
            _("Who and what"),
            (
                "ref",
                "name",
                "role",
                "entity",
                "twin",
                "joint_controllers",
                "department",
                "owner",
                "description",
                "jurisdictions",
            ),
            "GDPR Art. 30(1)(a), 30(2)(a)",
        ),
        Section(
            "on_behalf",
            _("On whose behalf"),
            ("customers", "services", "processing_categories"),
            "GDPR Art. 30(2)(a), (b)",
            _("Only for what we do as a processor."),
        ),
        Section(
            "purposes",
            _("Purposes and legal bases"),
            ("purposes",),
            "GDPR Art. 30(1)(b), 6",
            _("Each purpose has its own legal basis."),
        ),
        Section(
            "data",
            _("People, data and how long"),
            ("data", "same_period_confirmed", "age_limits"),
            "GDPR Art. 30(1)(c), (f)",
            _("One row for each kind of people and data; how long is said row by row."),
        ),
        Section(
            "recipients",
            _("Recipients"),
            ("recipients", "engagements", "systems"),
            "GDPR Art. 30(1)(d)",
        ),
        Section("transfers", _("Transfers"), ("transfers",), "GDPR Art. 30(1)(e), 30(2)(c)"),
        Section("security", _("Security"), ("measures",), "GDPR Art. 30(1)(g), 30(2)(d), 32"),
        Section(
            "notices",
            _("What people are told"),
            (
                "notice",
                "from_third_parties",
                "notice_of_source",
                "uses_trackers",
                "trackers_necessary",
                "behavioural_advertising",
            ),
            "GDPR Art. 13, 14",
        ),
        Section(
            "risk",
            _("Risk"),
            (
                "automated_decisions",
                "automated_ground",
                "automated_logic",
                "profiling",
                "monitoring",
                "large_scale",
                "matching",
                "vulnerable_subjects",
                "new_technology",
                "prevents_right",
                "occasional",
                "documents",
            ),
            "GDPR Art. 22, 30(5), 35",
            _("Nine criteria make a high risk likely; two of them call for an assessment."),
        ),
        Section(
            "life",
            _("Life and review"),
            (
                "starts_on",
                "ends_on",
                "review_months",
                "last_reviewed_on",
                "officer_informed_on",
            ),
            "GDPR Art. 5(2); LOPDGDD 31.1",
        ),
    ),
    "legal_entity": (
        Section(
            "identity",
            _("Identity"),
            (
                "legal_name",
                "trade_name",
                "slug",
                "address",
                "country",
                "email",
                "phone",
                "websites",
                "identifiers",
            ),
            "GDPR Art. 30(1)(a)",
        ),
        Section(
            "offices",
            _("Offices"),
            ("appointments", "supervisory_authority"),
            "GDPR Art. 37, 27, 51",
        ),
        Section(
            "house",
            _("The company"),
            (
                "headcount",
                "relies_on_exemption",
                "gdpr_applies_abroad",
                "public_body",
                "inventory_url",
                "time_zone",
                "relations",
            ),
        ),
        Section(
            "list",
            _("Its public list of sub-processors"),
            (
                "publishes_list",
                "notice_days",
                "notice_clause",
                "rolls_weekends",
                "objection_terms",
                "prevailing_language",
            ),
            "GDPR Art. 28(2)",
        ),
        Section("texts", _("Its published texts"), ("text_notes",), "GDPR Art. 5(1)(a), 12"),
        _REVIEW,
    ),
    "customer": (
        Section(
            "identity",
            _("Identity"),
            ("legal_name", "trade_name", "address", "country", "email", "phone", "website"),
            "GDPR Art. 30(2)(a)",
        ),
        Section(
            "offices",
            _("Representative, officer, contacts"),
            ("representative", "dpo", "contacts"),
            "GDPR Art. 30(2)(a)",
        ),
        Section("agreements", _("Agreements"), ("agreements",), "GDPR Art. 28(3)"),
    ),
    "vendor": (
        Section(
            "identity",
            _("Who it is"),
            (
                "name",
                "legal_name",
                "slug",
                "kind",
                "entity",
                "registration_number",
                "address",
                "country",
                "parent",
                "website",
                "logo",
            ),
            "EDPB Opinion 22/2024",
        ),
        Section(
            "contact",
            _("Contact person"),
            (
                "contact_name",
                "contact_function",
                "contact_email",
                "contact_phone",
                "privacy_contact",
            ),
            "EDPB Opinion 22/2024; SCC 2021/914 Annex III",
        ),
        Section(
            "agreement",
            _("Processing agreement"),
            ("dpa_status", "dpa_signed_on", "dpa_expires_on", "dpa_url", "dpa_document"),
            "GDPR Art. 28(3)",
        ),
        Section(
            "guarantees",
            _("Guarantees"),
            ("due_diligence_on", "certifications"),
            "GDPR Art. 28(1)",
        ),
        Section(
            "chain",
            _("Its own sub-processors"),
            ("uses_subprocessors", "own_list_url", "chain"),
            "EDPB Opinion 22/2024",
        ),
        _REVIEW,
    ),
    "engagement": (
        Section(
            "what",
            _("What the vendor does"),
            ("vendor", "entity", "role", "purpose", "delimitation", "group"),
            "GDPR Art. 28(2), 28(4)",
        ),
        Section(
            "terms",
            _("On which terms"),
            ("authorisation", "flow_down", "own_purposes", "chosen_by_customer"),
            "GDPR Art. 28(2), 28(4), 28(10)",
        ),
        Section(
            "scope",
            _("When it applies"),
            ("services", "applies_when", "customer_can_disable"),
        ),
        Section(
            "data",
            _("People and data"),
            ("data_categories", "subject_categories", "special_data"),
            "GDPR Art. 30(1)(c)",
        ),
        Section(
            "where",
            _("Where"),
            ("locations", "supplementary_measures"),
            "GDPR Art. 30(1)(e), 30(2)(c)",
        ),
        Section(
            "retention",
            _("How long"),
            ("retention", "kept_after_months", "keeping_authorised"),
            "SCC 2021/914 Annex I.B; Ley 25.326 art. 25",
        ),
        Section(
            "ai", _("Artificial intelligence"), ("ai_model_provider", "ai_trains", "ai_retention")
        ),
        Section(
            "list",
            _("Public list and life"),
            ("public", "starts_on", "ends_on", "review_months", "last_reviewed_on"),
            "GDPR Art. 28(2)",
        ),
    ),
    "change": (
        Section(
            "what",
            _("What changes"),
            ("ref", "entity", "kind", "name", "body", "touches"),
            "GDPR Art. 28(2)",
        ),
        Section(
            "when",
            _("When"),
            (
                "effective_on",
                "emergency",
                "emergency_reason",
                "announced_on",
                "objection_until",
                "held_on",
                "withdrawn_on",
                "corrections",
            ),
            "GDPR Art. 28(2)",
        ),
    ),
    "notice": (
        Section(
            "what",
            _("What it tells of"),
            ("ref", "entity", "changes", "issued_on"),
            "GDPR Art. 28(2)",
        ),
        Section("words", _("What customers are told"), ("name", "body"), "GDPR Art. 28(2)"),
    ),
    "objection": (
        Section(
            "who",
            _("Who objects to what"),
            ("ref", "change", "customer", "organisation", "received_on"),
            "GDPR Art. 28(2)",
        ),
        Section("why", _("On which grounds"), ("grounds", "text")),
        Section(
            "decision",
            _("What became of it"),
            ("stage", "holds", "outcome", "decision", "decided_on", "decided_by"),
        ),
    ),
    "transfer": (
        Section("what", _("What"), ("ref", "name"), "GDPR Art. 30(1)(e)"),
        Section(
            "who",
            _("From whom to whom"),
            (
                "exporter",
                "exporter_role",
                "importer_vendor",
                "importer_entity",
                "importer_name",
                "importer_role",
                "importer_under_gdpr",
                "engagement",
            ),
            "GDPR Art. 44",
        ),
        Section(
            "where",
            _("Where to"),
            ("country", "organisation", "frequency", "onward", "onward_detail"),
            "GDPR Art. 30(1)(e), 30(2)(c)",
        ),
        Section(
            "safeguards",
            _("What makes it lawful"),
            ("safeguards",),
            "GDPR Art. 45-49",
            _("Each law judges apart: a safeguard for Spain is none for Argentina."),
        ),
        Section("life", _("Life"), ("starts_on", "ends_on")),
        _REVIEW,
    ),
    "argentine_registration": (
        Section(
            "number",
            _("Registration"),
            (
                "kind",
                "entity",
                "cuit",
                "rl_number",
                "ex_number",
                "parent",
                "status",
                "filed_on",
                "issued_on",
                "amended_on",
                "compared_on",
                "certificate",
            ),
            "Ley 25.326 art. 21; Res. AAIP 132/2018",
        ),
        Section(
            "database",
            _("Database"),
            ("database_name", "database_purpose", "activities"),
            "Ley 25.326 art. 21(2)(b)",
        ),
        Section(
            "declared",
            _("What was declared, letter by letter"),
            (
                "declared_responsable",
                "declared_characteristics",
                "declared_data",
                "declared_categories",
                "declared_sensitive",
                "sensitive_exception",
                "declared_criminal",
                "declared_collection",
                "declared_recipients",
                "declared_interrelation",
                "declared_security",
                "declared_retention",
                "declared_access",
            ),
            "Ley 25.326 art. 21(2)",
        ),
        Section(
            "public",
            _("What people are told"),
            ("published_url", "legend", "access_days", "rectification_days"),
            "Res. AAIP 14/2018; Ley 25.326 art. 14, 16",
        ),
        _REVIEW,
    ),
}
"""The sections of each noun; a noun that is not here shows all its fields in one section."""

FIRST_ROWS = frozenset({"purposes", "data", "retention", "locations", "safeguards"})
"""The lists of a new record in which an empty row waits, open, to be filled in."""

ROW_ESSENTIALS: dict[str, tuple[str, ...]] = {
    "Purpose": ("text", "basis"),
    "ActivityData": ("subject", "category", "retention"),
    "RetentionRule": ("trigger", "active_period", "blocking_period", "ground"),
    "TransferSafeguard": (
        "regime",
        "instrument",
        "scc_module",
        "decision",
        "reference",
        "signed_on",
        "expires_on",
        "evidence",
    ),
}
"""The fields of a row that are asked at once; its others are folded away. Else all are asked."""

ESSENTIALS: dict[str, tuple[str, ...]] = {
    "vendor": ("name", "legal_name", "kind", "country", "website"),
    "engagement": ("vendor", "entity", "role", "purpose", "locations"),
    "transfer": (
        "ref",
        "name",
        "exporter",
        "importer_vendor",
        "importer_entity",
        "importer_name",
        "country",
        "frequency",
        "safeguards",
    ),
    "customer": ("legal_name", "email", "country", "address"),
    "system": ("name", "entity", "hosted_by", "countries"),
    "service": ("name", "description"),
    "assessment": ("ref", "kind", "name", "result", "decided_by", "decided_on"),
    "data_category": ("name", "kind"),
    "subject_category": ("name", "vulnerable", "children"),
    "measure": ("name", "kind"),
}
"""What is asked of a record that is made from inside the form of another; the rest can wait."""
