"""The whole house: every noun, the log with its triggers, people and their sessions.

Revision: 20261124_0700
Revises: nothing
"""

import sqlalchemy as sa
from alembic import op

from ropa.history.triggers import install, remove

revision = "20261124_0700"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "blob",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blob")),
    )
    op.create_table(
        "change",
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.Column("objection_until", sa.Date(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("emergency", sa.Boolean(), nullable=True),
        sa.Column("emergency_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workflow", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("provenance", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_reason", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "\"kind\" IN ('addition', 'replacement', 'removal', 'location', 'purpose', 'transfer', 'rename', 'editorial')",
            name=op.f("ck_change_kind_known"),
        ),
        sa.CheckConstraint(
            "\"workflow\" IN ('draft', 'in_review', 'approved', 'retired')",
            name=op.f("ck_change_workflow_known"),
        ),
        sa.CheckConstraint(
            "effective_on >= announced_on", name=op.f("ck_change_effective_on_after_announced_on")
        ),
        sa.CheckConstraint(
            "objection_until >= announced_on",
            name=op.f("ck_change_objection_until_after_announced_on"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
        sa.UniqueConstraint("ref", name=op.f("uq_change_ref")),
    )
    op.create_table(
        "country",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("eea_member", sa.Boolean(), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workflow", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("provenance", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_reason", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "\"kind\" IN ('country', 'territory', 'organisation')",
            name=op.f("ck_country_kind_known"),
        ),
        sa.CheckConstraint(
            "\"workflow\" IN ('draft', 'in_review', 'approved', 'retired')",
            name=op.f("ck_country_workflow_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_country")),
        sa.UniqueConstraint("code", name=op.f("uq_country_code")),
    )
    op.create_table(
        "customer",
        sa.Column("legal_name", sa.Text(), nullable=False),
        sa.Column("trade_name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("website", sa.Text(), nullable=False),
        sa.Column("representative", sa.Text(), nullable=False),
        sa.Column("dpo", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workflow", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("provenance", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_reason", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "\"workflow\" IN ('draft', 'in_review', 'approved', 'retired')",
            name=op.f("ck_customer_workflow_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer")),
    )
    op.create_table(
        "data_category",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("dpv_iri", sa.Text(), nullable=False),
        sa.Column("ccpa_categories", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workflow", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("provenance", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_reason", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "\"kind\" IN ('ordinary', 'special', 'criminal')",
            name=op.f("ck_data_category_kind_known"),
        ),
        sa.CheckConstraint(
            "\"workflow\" IN ('draft', 'in_review', 'approved', 'retired')",
            name=op.f("ck_data_category_workflow_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_category")),
        sa.UniqueConstraint("code", name=op.f("uq_data_category_code")),
    )
    op.create_table(
        "document",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("supersedes_id", sa.String(length=36), nullable=True),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workflow", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("provenance", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_reason", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "\"kind\" IN ('dpa', 'scc', 'tia', 'lia', 'dpia', 'certificate', 'registration', 'policy', 'contract', 'other')",
            name=op.f("ck_document_kind_known"),
        ),
        sa.CheckConstraint(
            "\"workflow\" IN ('draft', 'in_review', 'approved', 'retired')",
            name=op.f("ck_document_workflow_known"),
        ),
        sa.CheckConstraint(
            "expires_on >= effective_on", name=op.f("ck_document_expires_on_after_effective_on")
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["document.id"], name=op.f("fk_document_supersedes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_document_supersedes_id"), ["supersedes_id"], unique=False
        )

    op.create_table(
        "house_rule",
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("on", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workflow", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("provenance", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_reason", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint("\"code\" IN ('four_eyes')", name=op.f("ck_house_rule_code_known")),
        sa.CheckConstraint(
            "\"workflow\" IN ('draft', 'in_review', 'approved', 'retired')",
            name=op.f("ck_house_rule_workflow_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_rule")),
        sa.UniqueConstraint("code", name=op.f("uq_house_rule_code")),
    )
    op.create_table(
        "legal_entity",
        sa.Column("legal_name", sa.Text(), nullable=False),
        sa.Column("trade_name", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("websites", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.Column("supervisory_authority", sa.Text(), nullable=False),
        sa.Column("publishes_list", sa.Boolean(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workflow", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("provenance", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_reason", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "\"workflow\" IN ('draft', 'in_review', 'approved', 'retired')",
            name=op.f("ck_legal_entity_workflow_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_entity")),
        sa.UniqueConstraint("slug", name=op.f("uq_legal_entity_slug")),
    )
    op.create_table(
        "login_attempt",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_login_attempt")),
    )
    with op.batch_alter_table("login_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_login_attempt_last_at"), ["last_at"], unique=False)

    op.create_table(
        "measure",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("aims", sa.Text(), nullable=False),
        sa.Column("dpv_iri", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workflow", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("provenance", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_reason", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "\"kind\" IN ('technical', 'organisational')", name=op.f("ck_measure_kind_known")
        ),
        sa.CheckConstraint(
            "\"workflow\" IN ('draft', 'in_review', 'approved', 'retired')",
            name=op.f("ck_measure_workflow_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
        sa.UniqueConstraint("code", name=op.f("uq_measure_code")),
    )
    op.create_table(
        "revision",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("change_set", sa.String(length=36), nullable=False),
        sa.Column("actor_id", sa.String(length=80), nullable=False),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("door", sa.String(length=40), nullable=False),
        sa.Column("noun", sa.String(length=40), nullable=False),
        sa.Column("record_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workflow", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("prev", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "\"door\" IN ('back_office', 'command', 'import', 'seed')",
            name=op.f("ck_revision_door_known"),
        ),
        sa.CheckConstraint(
            "\"workflow\" IN ('draft', 'in_review', 'approved', 'retired')",
            name=op.f("ck_revision_workflow_known"),
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_revision")),
        sa.UniqueConstraint("hash", name=op.f("uq_revision_hash")),
    )
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revision_change_set"), ["change_set"], unique=False)
        batch_op.create_index("ix_revision_record_id_seq", ["record_id", "seq"], unique=False)

    op.create_table(
        "service",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workflow", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("provenance", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_reason", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "\"workflow\" IN ('draft', 'in_review', 'approved', 'retired')",
            name=op.f("ck_service_workflow_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
        sa.UniqueConstraint("code", name=op.f("uq_service_code")),
    )
    op.create_table(
        "subject_category",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("vulnerable", sa.Boolean(), nullable=True),
        sa.Column("dpv_iri", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workflow", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("provenance", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_reason", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "\"workflow\" IN ('draft', 'in_review', 'approved', 'retired')",
            name=op.f("ck_subject_category_workflow_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject_category")),
        sa.UniqueConstraint("code", name=op.f("uq_subject_category_code")),
    )
    op.create_table(
        "user",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("password_hash", sa.String(length=255), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(role = 'auditor' AND ends_on IS NOT NULL) OR (role <> 'auditor' AND ends_on IS NULL)",
            name=op.f("ck_user_auditor_has_an_end"),
        ),
        sa.CheckConstraint(
            "\"role\" IN ('viewer', 'owner', 'editor', 'dpo', 'admin', 'auditor')",
            name=op.f("ck_user_role_known"),
        ),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_user_email_folded")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("email", name=op.f("uq_user_email")),
    )
    op.create_table(
        "activity",
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=True),
        sa.Column("entity_id", sa.String(length=36), nullable=True),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("jurisdictions", sa.Text(), nullable=False),
        sa.Column("automated_decisions", sa.Boolean(), nullable=True),
        sa.Column("automated_logic", sa.Text(), nullable=False),
        sa.Column("large_scale", sa.Boolean(), nullable=True),
        sa.Column("vulnerable_subjects", sa.Boolean(), nullable=True),
        sa.Column("new_technology", sa.Boolean(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("review_months", sa.Integer(), nullable=True),
        sa.Column("last_reviewed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workflow", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("provenance", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_reason", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "\"role\" IN ('controller', 'joint_controller', 'processor')",
            name=op.f("ck_activity_role_known"),
        ),
        sa.CheckConstraint(
            "\"workflow\" IN ('draft', 'in_review', 'approved', 'retired')",
            name=op.f("ck_activity_workflow_known"),
        ),
        sa.CheckConstraint(
            "ends_on >= starts_on", name=op.f("ck_activity_ends_on_after_starts_on")
        ),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["legal_entity.id"], name=op.f("fk_activity_entity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sa.UniqueConstraint("ref", name=op.f("uq_activity_ref")),
    )
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activity_entity_id"), ["entity_id"], unique=False)

    op.create_table(
        "adequacy_decision",
        sa.Column("regime", sa.String(length=40), nullable=True),
        sa.Column("place_id", sa.String(length=36), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("partial", sa.Boolean(), nullable=True),
        sa.Column("evidence_required", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("review_note", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workflow", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("provenance", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_reason", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "\"regime\" IN ('eu', 'uk', 'ch', 'ar', 'br')",
            name=op.f("ck_adequacy_decision_regime_known"),
        ),
        sa.CheckConstraint(
            "\"status\" IN ('in_force', 'at_risk', 'suspended', 'repealed')",
            name=op.f("ck_adequacy_decision_status_known"),
        ),
        sa.CheckConstraint(
            "\"workflow\" IN ('draft', 'in_review', 'approved', 'retired')",
            name=op.f("ck_adequacy_decision_workflow_known"),
        ),
        sa.CheckConstraint(
            "valid_to >= valid_from", name=op.f("ck_adequacy_decision_valid_to_after_valid_from")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["country.id"], name=op.f("fk_adequacy_decision_place_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adequacy_decision")),
    )
    with op.batch_alter_table("adequacy_decision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_adequacy_decision_place_id"), ["place_id"], unique=False
        )

    op.create_table(
        "appointment",
        sa.Column("legal_entity_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("notified_on", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "\"kind\" IN ('dpo', 'representative', 'privacy_contact', 'legal_representative')",
            name=op.f("ck_appointment_kind_known"),
        ),
        sa.CheckConstraint(
            "ends_on >= starts_on", name=op.f("ck_appointment_ends_on_after_starts_on")
        ),
        sa.ForeignKeyConstraint(
            ["legal_entity_id"], ["legal_entity.id"], name=op.f("fk_appointment_legal_entity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
    )
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_appointment_legal_entity_id"), ["legal_entity_id"], unique=False
        )

    op.create_table(
        "argentine_registration",
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("entity_id", sa.String(length=36), nullable=True),
        sa.Column("cuit", sa.Text(), nullable=False),
        sa.Column("rl_number", sa.Text(), nullable=False),
        sa.Column("ex_number", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.String(length=36), nullable=True),
        sa.Column("database_name", sa.Text(), nullable=False),
        sa.Column("database_purpose", sa.Text(), nullable=False),
        sa.Column("declared_responsable", sa.Text(), nullable=False),
        sa.Column("declared_characteristics", sa.Text(), nullable=False),
        sa.Column("declared_data", sa.Text(), nullable=False),
        sa.Column("declared_sensitive", sa.Boolean(), nullable=True),
        sa.Column("declared_criminal", sa.Boolean(), nullable=True),
        sa.Column("declared_collection", sa.Text(), nullable=False),
        sa.Column("declared_recipients", sa.Text(), nullable=False),
        sa.Column("declared_interrelation", sa.Text(), nullable=False),
        sa.Column("declared_security", sa.Text(), nullable=False),
        sa.Column("declared_retention", sa.Text(), nullable=False),
        sa.Column("declared_access", sa.Text(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("amended_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=True),
        sa.Column("certificate_id", sa.String(length=36), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workflow", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("provenance", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_reason", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "\"kind\" IN ('responsable', 'database')",
            name=op.f("ck_argentine_registration_kind_known"),
        ),
        sa.CheckConstraint(
            "\"status\" IN ('draft', 'filed', 'registered', 'amended', 'cancelled')",
            name=op.f("ck_argentine_registration_status_known"),
        ),
        sa.CheckConstraint(
            "\"workflow\" IN ('draft', 'in_review', 'approved', 'retired')",
            name=op.f("ck_argentine_registration_workflow_known"),
        ),
        sa.CheckConstraint(
            "amended_on >= issued_on",
            name=op.f("ck_argentine_registration_amended_on_after_issued_on"),
        ),
        sa.CheckConstraint(
            "issued_on >= filed_on", name=op.f("ck_argentine_registration_issued_on_after_filed_on")
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["document.id"],
            name=op.f("fk_argentine_registration_certificate_id"),
        ),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["legal_entity.id"], name=op.f("fk_argentine_registration_entity_id")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["argentine_registration.id"],
            name=op.f("fk_argentine_registration_parent_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_argentine_registration")),
    )
    with op.batch_alter_table("argentine_registration", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_argentine_registration_certificate_id"), ["certificate_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_argentine_registration_entity_id"), ["entity_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_argentine_registration_parent_id"), ["parent_id"], unique=False
        )

    op.create_table(
        "assessment",
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("result", sa.String(length=40), nullable=True),
        sa.Column("residual_risk", sa.String(length=40), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("document_id", sa.String(length=36), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workflow", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("provenance", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_reason", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "\"kind\" IN ('dpia', 'lia', 'tia')", name=op.f("ck_assessment_kind_known")
        ),
        sa.CheckConstraint(
            "\"residual_risk\" IN ('low', 'medium', 'high')",
            name=op.f("ck_assessment_residual_risk_known"),
        ),
        sa.CheckConstraint(
            "\"result\" IN ('not_required', 'required', 'acceptable', 'with_measures', 'unacceptable')",
            name=op.f("ck_assessment_result_known"),
        ),
        sa.CheckConstraint(
            "\"workflow\" IN ('draft', 'in_review', 'approved', 'retired')",
            name=op.f("ck_assessment_workflow_known"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_assessment_document_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("ref", name=op.f("uq_assessment_ref")),
    )
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assessment_document_id"), ["document_id"], unique=False
        )

    op.create_table(
        "california_disclosure",
        sa.Column("entity_id", sa.String(length=36), nullable=True),
        sa.Column("category", sa.String(length=40), nullable=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("collected", sa.Boolean(), nullable=True),
        sa.Column("disclosed", sa.Boolean(), nullable=True),
        sa.Column("sold", sa.Boolean(), nullable=True),
        sa.Column("shared", sa.Boolean(), nullable=True),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("purposes", sa.Text(), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.Column("retention", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workflow", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("provenance", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_reason", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "\"category\" IN ('A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L')",
            name=op.f("ck_california_disclosure_category_known"),
        ),
        sa.CheckConstraint(
            "\"workflow\" IN ('draft', 'in_review', 'approved', 'retired')",
            name=op.f("ck_california_disclosure_workflow_known"),
        ),
        sa.CheckConstraint(
            "ends_on >= starts_on", name=op.f("ck_california_disclosure_ends_on_after_starts_on")
        ),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["legal_entity.id"], name=op.f("fk_california_disclosure_entity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_california_disclosure")),
    )
    with op.batch_alter_table("california_disclosure", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_california_disclosure_entity_id"), ["entity_id"], unique=False
        )

    op.create_table(
        "contact",
        sa.Column("customer_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("function", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_contact_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_customer_id"), ["customer_id"], unique=False)

    op.create_table(
        "customer_agreement",
        sa.Column("customer_id", sa.String(length=36), nullable=False),
        sa.Column("entity_id", sa.String(length=36), nullable=True),
        sa.Column("authorisation", sa.String(length=40), nullable=True),
        sa.Column("notice_days", sa.Integer(), nullable=True),
        sa.Column("objection_days", sa.Integer(), nullable=True),
        sa.Column("regions", sa.Text(), nullable=False),
        sa.Column("features", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("document_id", sa.String(length=36), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "\"authorisation\" IN ('general', 'specific')",
            name=op.f("ck_customer_agreement_authorisation_known"),
        ),
        sa.CheckConstraint(
            "ends_on >= starts_on", name=op.f("ck_customer_agreement_ends_on_after_starts_on")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_customer_agreement_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_customer_agreement_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["legal_entity.id"], name=op.f("fk_customer_agreement_entity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_agreement")),
    )
    with op.batch_alter_table("customer_agreement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_customer_agreement_customer_id"), ["customer_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_customer_agreement_document_id"), ["document_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_customer_agreement_entity_id"), ["entity_id"], unique=False
        )

    op.create_table(
        "identifier",
        sa.Column("legal_entity_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "\"kind\" IN ('nif', 'cuit', 'vat', 'cnpj', 'company_register', 'other')",
            name=op.f("ck_identifier_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["legal_entity_id"], ["legal_entity.id"], name=op.f("fk_identifier_legal_entity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identifier")),
    )
    with op.batch_alter_table("identifier", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_identifier_legal_entity_id"), ["legal_entity_id"], unique=False
        )

    op.create_table(
        "one_time_link",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "\"purpose\" IN ('first_administrator', 'invitation', 'reset')",
            name=op.f("ck_one_time_link_purpose_known"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_one_time_link_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_one_time_link_token_hash")),
    )
    with op.batch_alter_table("one_time_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_one_time_link_user_id"), ["user_id"], unique=False)

    op.create_table(
        "redaction",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["revision.seq"], name=op.f("fk_redaction_decided_by")
        ),
        sa.ForeignKeyConstraint(["seq"], ["revision.seq"], name=op.f("fk_redaction_seq")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_redaction")),
    )
    op.create_table(
        "relation",
        sa.Column("legal_entity_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("entity_id", sa.String(length=36), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "\"kind\" IN ('parent', 'subsidiary', 'sister', 'brand')",
            name=op.f("ck_relation_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["legal_entity.id"], name=op.f("fk_relation_entity_id")
        ),
        sa.ForeignKeyConstraint(
            ["legal_entity_id"], ["legal_entity.id"], name=op.f("fk_relation_legal_entity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relation")),
    )
    with op.batch_alter_table("relation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_relation_entity_id"), ["entity_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_relation_legal_entity_id"), ["legal_entity_id"], unique=False
        )

    op.create_table(
        "sign_in",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("device", sa.String(length=80), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_sign_in_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_token_hash")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_user_id"), ["user_id"], unique=False)

    op.create_table(
        "state",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["seq"], ["revision.seq"], name=op.f("fk_state_seq")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_state")),
    )
    op.create_table(
        "touched_record",
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("before", sa.Integer(), nullable=True),
        sa.Column("after", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["change.id"], name=op.f("fk_touched_record_change_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_touched_record")),
    )
    with op.batch_alter_table("touched_record", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_touched_record_change_id"), ["change_id"], unique=False
        )

    op.create_table(
        "vendor",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("legal_name", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("entity_id", sa.String(length=36), nullable=True),
        sa.Column("registration_number", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.String(length=36), nullable=True),
        sa.Column("contact_name", sa.Text(), nullable=False),
        sa.Column("contact_function", sa.Text(), nullable=False),
        sa.Column("contact_email", sa.Text(), nullable=False),
        sa.Column("contact_phone", sa.Text(), nullable=False),
        sa.Column("privacy_contact", sa.Text(), nullable=False),
        sa.Column("website", sa.Text(), nullable=False),
        sa.Column("own_list_url", sa.Text(), nullable=False),
        sa.Column("dpa_status", sa.String(length=40), nullable=True),
        sa.Column("dpa_signed_on", sa.Date(), nullable=True),
        sa.Column("dpa_expires_on", sa.Date(), nullable=True),
        sa.Column("dpa_url", sa.Text(), nullable=False),
        sa.Column("dpa_document_id", sa.String(length=36), nullable=True),
        sa.Column("due_diligence_on", sa.Date(), nullable=True),
        sa.Column("logo_id", sa.String(length=36), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workflow", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("provenance", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_reason", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "\"dpa_status\" IN ('none', 'published', 'accepted', 'countersigned')",
            name=op.f("ck_vendor_dpa_status_known"),
        ),
        sa.CheckConstraint(
            "\"kind\" IN ('third_party', 'affiliate')", name=op.f("ck_vendor_kind_known")
        ),
        sa.CheckConstraint(
            "\"workflow\" IN ('draft', 'in_review', 'approved', 'retired')",
            name=op.f("ck_vendor_workflow_known"),
        ),
        sa.CheckConstraint(
            "dpa_expires_on >= dpa_signed_on",
            name=op.f("ck_vendor_dpa_expires_on_after_dpa_signed_on"),
        ),
        sa.ForeignKeyConstraint(
            ["dpa_document_id"], ["document.id"], name=op.f("fk_vendor_dpa_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["legal_entity.id"], name=op.f("fk_vendor_entity_id")
        ),
        sa.ForeignKeyConstraint(["logo_id"], ["document.id"], name=op.f("fk_vendor_logo_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["vendor.id"], name=op.f("fk_vendor_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vendor")),
        sa.UniqueConstraint("slug", name=op.f("uq_vendor_slug")),
    )
    with op.batch_alter_table("vendor", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_vendor_dpa_document_id"), ["dpa_document_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_vendor_entity_id"), ["entity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_vendor_logo_id"), ["logo_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_vendor_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "activity_customer",
        sa.Column("activity_id", sa.String(length=36), nullable=False),
        sa.Column("customer_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_activity_customer_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_activity_customer_customer_id")
        ),
        sa.PrimaryKeyConstraint("activity_id", "customer_id", name=op.f("pk_activity_customer")),
        info={"remembered": True},
    )
    with op.batch_alter_table("activity_customer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_activity_customer_customer_id"), ["customer_id"], unique=False
        )

    op.create_table(
        "activity_data",
        sa.Column("activity_id", sa.String(length=36), nullable=False),
        sa.Column("subject_id", sa.String(length=36), nullable=True),
        sa.Column("category_id", sa.String(length=36), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_activity_data_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["category_id"], ["data_category.id"], name=op.f("fk_activity_data_category_id")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subject_category.id"], name=op.f("fk_activity_data_subject_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_data")),
    )
    with op.batch_alter_table("activity_data", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_activity_data_activity_id"), ["activity_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_activity_data_category_id"), ["category_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_activity_data_subject_id"), ["subject_id"], unique=False
        )

    op.create_table(
        "activity_document",
        sa.Column("activity_id", sa.String(length=36), nullable=False),
        sa.Column("document_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_activity_document_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_activity_document_document_id")
        ),
        sa.PrimaryKeyConstraint("activity_id", "document_id", name=op.f("pk_activity_document")),
        info={"remembered": True},
    )
    with op.batch_alter_table("activity_document", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_activity_document_document_id"), ["document_id"], unique=False
        )

    op.create_table(
        "activity_measure",
        sa.Column("activity_id", sa.String(length=36), nullable=False),
        sa.Column("measure_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_activity_measure_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_activity_measure_measure_id")
        ),
        sa.PrimaryKeyConstraint("activity_id", "measure_id", name=op.f("pk_activity_measure")),
        info={"remembered": True},
    )
    with op.batch_alter_table("activity_measure", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_activity_measure_measure_id"), ["measure_id"], unique=False
        )

    op.create_table(
        "activity_service",
        sa.Column("activity_id", sa.String(length=36), nullable=False),
        sa.Column("service_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_activity_service_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_activity_service_service_id")
        ),
        sa.PrimaryKeyConstraint("activity_id", "service_id", name=op.f("pk_activity_service")),
        info={"remembered": True},
    )
    with op.batch_alter_table("activity_service", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_activity_service_service_id"), ["service_id"], unique=False
        )

    op.create_table(
        "argentine_registration_activity",
        sa.Column("argentine_registration_id", sa.String(length=36), nullable=False),
        sa.Column("activity_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activity.id"],
            name=op.f("fk_argentine_registration_activity_activity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["argentine_registration_id"],
            ["argentine_registration.id"],
            name=op.f("fk_argentine_registration_activity_argentine_registration_id"),
        ),
        sa.PrimaryKeyConstraint(
            "argentine_registration_id",
            "activity_id",
            name=op.f("pk_argentine_registration_activity"),
        ),
        info={"remembered": True},
    )
    with op.batch_alter_table("argentine_registration_activity", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_argentine_registration_activity_activity_id"),
            ["activity_id"],
            unique=False,
        )

    op.create_table(
        "assessment_activity",
        sa.Column("assessment_id", sa.String(length=36), nullable=False),
        sa.Column("activity_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_assessment_activity_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_assessment_activity_assessment_id")
        ),
        sa.PrimaryKeyConstraint(
            "assessment_id", "activity_id", name=op.f("pk_assessment_activity")
        ),
        info={"remembered": True},
    )
    with op.batch_alter_table("assessment_activity", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assessment_activity_activity_id"), ["activity_id"], unique=False
        )

    op.create_table(
        "certification",
        sa.Column("vendor_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("issued_by", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("document_id", sa.String(length=36), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "expires_on >= valid_from", name=op.f("ck_certification_expires_on_after_valid_from")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_certification_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["vendor_id"], ["vendor.id"], name=op.f("fk_certification_vendor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certification")),
    )
    with op.batch_alter_table("certification", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_certification_document_id"), ["document_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_certification_vendor_id"), ["vendor_id"], unique=False)

    op.create_table(
        "chain_link",
        sa.Column("vendor_id", sa.String(length=36), nullable=False),
        sa.Column("legal_name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("known_vendor_id", sa.String(length=36), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["known_vendor_id"], ["vendor.id"], name=op.f("fk_chain_link_known_vendor_id")
        ),
        sa.ForeignKeyConstraint(["vendor_id"], ["vendor.id"], name=op.f("fk_chain_link_vendor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chain_link")),
    )
    with op.batch_alter_table("chain_link", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_chain_link_known_vendor_id"), ["known_vendor_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_chain_link_vendor_id"), ["vendor_id"], unique=False)

    op.create_table(
        "customer_agreement_service",
        sa.Column("customer_agreement_id", sa.String(length=36), nullable=False),
        sa.Column("service_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_agreement_id"],
            ["customer_agreement.id"],
            name=op.f("fk_customer_agreement_service_customer_agreement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_customer_agreement_service_service_id")
        ),
        sa.PrimaryKeyConstraint(
            "customer_agreement_id", "service_id", name=op.f("pk_customer_agreement_service")
        ),
        info={"remembered": True},
    )
    with op.batch_alter_table("customer_agreement_service", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_customer_agreement_service_service_id"), ["service_id"], unique=False
        )

    op.create_table(
        "engagement",
        sa.Column("vendor_id", sa.String(length=36), nullable=True),
        sa.Column("entity_id", sa.String(length=36), nullable=True),
        sa.Column("role", sa.String(length=40), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("group", sa.String(length=40), nullable=True),
        sa.Column("applies_when", sa.Text(), nullable=False),
        sa.Column("customer_can_disable", sa.Boolean(), nullable=True),
        sa.Column("special_data", sa.Boolean(), nullable=True),
        sa.Column("supplementary_measures", sa.Text(), nullable=False),
        sa.Column("retention", sa.Text(), nullable=False),
        sa.Column("ai_model_provider", sa.Boolean(), nullable=True),
        sa.Column("ai_trains", sa.Boolean(), nullable=True),
        sa.Column("ai_retention", sa.Text(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("last_reviewed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workflow", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("provenance", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_reason", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "\"group\" IN ('infrastructure', 'feature', 'support', 'affiliate', 'optional')",
            name=op.f("ck_engagement_group_known"),
        ),
        sa.CheckConstraint(
            "\"role\" IN ('processor', 'subprocessor', 'controller')",
            name=op.f("ck_engagement_role_known"),
        ),
        sa.CheckConstraint(
            "\"workflow\" IN ('draft', 'in_review', 'approved', 'retired')",
            name=op.f("ck_engagement_workflow_known"),
        ),
        sa.CheckConstraint(
            "ends_on >= starts_on", name=op.f("ck_engagement_ends_on_after_starts_on")
        ),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["legal_entity.id"], name=op.f("fk_engagement_entity_id")
        ),
        sa.ForeignKeyConstraint(["vendor_id"], ["vendor.id"], name=op.f("fk_engagement_vendor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_engagement")),
    )
    with op.batch_alter_table("engagement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_engagement_entity_id"), ["entity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_engagement_vendor_id"), ["vendor_id"], unique=False)

    op.create_table(
        "joint_controller",
        sa.Column("activity_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.String(length=36), nullable=True),
        sa.Column("arrangement", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_joint_controller_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["legal_entity.id"], name=op.f("fk_joint_controller_entity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_controller")),
    )
    with op.batch_alter_table("joint_controller", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_joint_controller_activity_id"), ["activity_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_joint_controller_entity_id"), ["entity_id"], unique=False
        )

    op.create_table(
        "notice_contact",
        sa.Column("customer_agreement_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_agreement_id"],
            ["customer_agreement.id"],
            name=op.f("fk_notice_contact_customer_agreement_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_contact")),
    )
    with op.batch_alter_table("notice_contact", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_notice_contact_customer_agreement_id"),
            ["customer_agreement_id"],
            unique=False,
        )

    op.create_table(
        "processing_category",
        sa.Column("activity_id", sa.String(length=36), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_processing_category_activity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_processing_category")),
    )
    with op.batch_alter_table("processing_category", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_processing_category_activity_id"), ["activity_id"], unique=False
        )

    op.create_table(
        "purpose",
        sa.Column("activity_id", sa.String(length=36), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("basis", sa.String(length=40), nullable=True),
        sa.Column("ar_basis", sa.String(length=40), nullable=True),
        sa.Column("br_basis", sa.String(length=40), nullable=True),
        sa.Column("statute", sa.Text(), nullable=False),
        sa.Column("legitimate_interest", sa.Text(), nullable=False),
        sa.Column("balancing_test_id", sa.String(length=36), nullable=True),
        sa.Column("consent_mechanism", sa.Text(), nullable=False),
        sa.Column("consent_record", sa.Text(), nullable=False),
        sa.Column("special_condition", sa.String(length=40), nullable=True),
        sa.Column("criminal_authority", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "\"ar_basis\" IN ('consent', 'public_source', 'legal_obligation', 'basic_list', 'contract', 'banking')",
            name=op.f("ck_purpose_ar_basis_known"),
        ),
        sa.CheckConstraint(
            "\"basis\" IN ('consent', 'contract', 'legal_obligation', 'vital_interests', 'public_task', 'legitimate_interests')",
            name=op.f("ck_purpose_basis_known"),
        ),
        sa.CheckConstraint(
            "\"br_basis\" IN ('consent', 'legal_obligation', 'public_policy', 'research', 'contract', 'claims', 'life', 'health', 'legitimate_interests', 'credit')",
            name=op.f("ck_purpose_br_basis_known"),
        ),
        sa.CheckConstraint(
            "\"special_condition\" IN ('9_2_a', '9_2_b', '9_2_c', '9_2_d', '9_2_e', '9_2_f', '9_2_g', '9_2_h', '9_2_i', '9_2_j')",
            name=op.f("ck_purpose_special_condition_known"),
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_purpose_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["balancing_test_id"], ["assessment.id"], name=op.f("fk_purpose_balancing_test_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purpose")),
    )
    with op.batch_alter_table("purpose", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_purpose_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_purpose_balancing_test_id"), ["balancing_test_id"], unique=False
        )

    op.create_table(
        "recipient",
        sa.Column("activity_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "\"kind\" IN ('internal', 'processor', 'controller', 'authority')",
            name=op.f("ck_recipient_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_recipient_activity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipient")),
    )
    with op.batch_alter_table("recipient", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recipient_activity_id"), ["activity_id"], unique=False)

    op.create_table(
        "screening_answer",
        sa.Column("assessment_id", sa.String(length=36), nullable=False),
        sa.Column("criterion", sa.String(length=40), nullable=True),
        sa.Column("met", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "\"criterion\" IN ('scoring', 'automated', 'monitoring', 'sensitive', 'large_scale', 'matching', 'vulnerable', 'innovative', 'blocking')",
            name=op.f("ck_screening_answer_criterion_known"),
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_screening_answer_assessment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_answer")),
    )
    with op.batch_alter_table("screening_answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_screening_answer_assessment_id"), ["assessment_id"], unique=False
        )

    op.create_table(
        "activity_engagement",
        sa.Column("activity_id", sa.String(length=36), nullable=False),
        sa.Column("engagement_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_activity_engagement_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagement.id"], name=op.f("fk_activity_engagement_engagement_id")
        ),
        sa.PrimaryKeyConstraint(
            "activity_id", "engagement_id", name=op.f("pk_activity_engagement")
        ),
        info={"remembered": True},
    )
    with op.batch_alter_table("activity_engagement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_activity_engagement_engagement_id"), ["engagement_id"], unique=False
        )

    op.create_table(
        "engagement_data_category",
        sa.Column("engagement_id", sa.String(length=36), nullable=False),
        sa.Column("data_category_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["data_category_id"],
            ["data_category.id"],
            name=op.f("fk_engagement_data_category_data_category_id"),
        ),
        sa.ForeignKeyConstraint(
            ["engagement_id"],
            ["engagement.id"],
            name=op.f("fk_engagement_data_category_engagement_id"),
        ),
        sa.PrimaryKeyConstraint(
            "engagement_id", "data_category_id", name=op.f("pk_engagement_data_category")
        ),
        info={"remembered": True},
    )
    with op.batch_alter_table("engagement_data_category", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_engagement_data_category_data_category_id"),
            ["data_category_id"],
            unique=False,
        )

    op.create_table(
        "engagement_service",
        sa.Column("engagement_id", sa.String(length=36), nullable=False),
        sa.Column("service_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagement.id"], name=op.f("fk_engagement_service_engagement_id")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_engagement_service_service_id")
        ),
        sa.PrimaryKeyConstraint("engagement_id", "service_id", name=op.f("pk_engagement_service")),
        info={"remembered": True},
    )
    with op.batch_alter_table("engagement_service", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_engagement_service_service_id"), ["service_id"], unique=False
        )

    op.create_table(
        "engagement_subject_category",
        sa.Column("engagement_id", sa.String(length=36), nullable=False),
        sa.Column("subject_category_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["engagement_id"],
            ["engagement.id"],
            name=op.f("fk_engagement_subject_category_engagement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["subject_category_id"],
            ["subject_category.id"],
            name=op.f("fk_engagement_subject_category_subject_category_id"),
        ),
        sa.PrimaryKeyConstraint(
            "engagement_id", "subject_category_id", name=op.f("pk_engagement_subject_category")
        ),
        info={"remembered": True},
    )
    with op.batch_alter_table("engagement_subject_category", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_engagement_subject_category_subject_category_id"),
            ["subject_category_id"],
            unique=False,
        )

    op.create_table(
        "location",
        sa.Column("engagement_id", sa.String(length=36), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("activity", sa.String(length=40), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "\"activity\" IN ('storage', 'processing', 'remote_access', 'transit')",
            name=op.f("ck_location_activity_known"),
        ),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagement.id"], name=op.f("fk_location_engagement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_location")),
    )
    with op.batch_alter_table("location", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_location_engagement_id"), ["engagement_id"], unique=False
        )

    op.create_table(
        "retention_rule",
        sa.Column("activity_data_id", sa.String(length=36), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("active_period", sa.Text(), nullable=False),
        sa.Column("cleanup_interval", sa.Text(), nullable=False),
        sa.Column("backup_period", sa.Text(), nullable=False),
        sa.Column("blocking_period", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("destruction", sa.Text(), nullable=False),
        sa.Column("criterion", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_data_id"],
            ["activity_data.id"],
            name=op.f("fk_retention_rule_activity_data_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_rule")),
    )
    with op.batch_alter_table("retention_rule", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_retention_rule_activity_data_id"), ["activity_data_id"], unique=False
        )

    op.create_table(
        "system",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.String(length=36), nullable=True),
        sa.Column("hosted_by_id", sa.String(length=36), nullable=True),
        sa.Column("countries", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workflow", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("provenance", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_reason", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "\"workflow\" IN ('draft', 'in_review', 'approved', 'retired')",
            name=op.f("ck_system_workflow_known"),
        ),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["legal_entity.id"], name=op.f("fk_system_entity_id")
        ),
        sa.ForeignKeyConstraint(
            ["hosted_by_id"], ["engagement.id"], name=op.f("fk_system_hosted_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_system")),
    )
    with op.batch_alter_table("system", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_system_entity_id"), ["entity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_system_hosted_by_id"), ["hosted_by_id"], unique=False)

    op.create_table(
        "transfer",
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("exporter_id", sa.String(length=36), nullable=True),
        sa.Column("exporter_role", sa.String(length=40), nullable=True),
        sa.Column("importer_vendor_id", sa.String(length=36), nullable=True),
        sa.Column("importer_entity_id", sa.String(length=36), nullable=True),
        sa.Column("importer_name", sa.Text(), nullable=False),
        sa.Column("importer_role", sa.String(length=40), nullable=True),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("engagement_id", sa.String(length=36), nullable=True),
        sa.Column("frequency", sa.String(length=40), nullable=True),
        sa.Column("onward", sa.Boolean(), nullable=True),
        sa.Column("onward_detail", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("workflow", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("provenance", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_reason", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "\"exporter_role\" IN ('controller', 'joint_controller', 'processor')",
            name=op.f("ck_transfer_exporter_role_known"),
        ),
        sa.CheckConstraint(
            "\"frequency\" IN ('one_off', 'occasional', 'continuous')",
            name=op.f("ck_transfer_frequency_known"),
        ),
        sa.CheckConstraint(
            "\"importer_role\" IN ('controller', 'joint_controller', 'processor')",
            name=op.f("ck_transfer_importer_role_known"),
        ),
        sa.CheckConstraint(
            "\"workflow\" IN ('draft', 'in_review', 'approved', 'retired')",
            name=op.f("ck_transfer_workflow_known"),
        ),
        sa.CheckConstraint(
            "ends_on >= starts_on", name=op.f("ck_transfer_ends_on_after_starts_on")
        ),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagement.id"], name=op.f("fk_transfer_engagement_id")
        ),
        sa.ForeignKeyConstraint(
            ["exporter_id"], ["legal_entity.id"], name=op.f("fk_transfer_exporter_id")
        ),
        sa.ForeignKeyConstraint(
            ["importer_entity_id"], ["legal_entity.id"], name=op.f("fk_transfer_importer_entity_id")
        ),
        sa.ForeignKeyConstraint(
            ["importer_vendor_id"], ["vendor.id"], name=op.f("fk_transfer_importer_vendor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer")),
        sa.UniqueConstraint("ref", name=op.f("uq_transfer_ref")),
    )
    with op.batch_alter_table("transfer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_transfer_engagement_id"), ["engagement_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_transfer_exporter_id"), ["exporter_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_transfer_importer_entity_id"), ["importer_entity_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_transfer_importer_vendor_id"), ["importer_vendor_id"], unique=False
        )

    op.create_table(
        "activity_system",
        sa.Column("activity_id", sa.String(length=36), nullable=False),
        sa.Column("system_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_activity_system_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["system_id"], ["system.id"], name=op.f("fk_activity_system_system_id")
        ),
        sa.PrimaryKeyConstraint("activity_id", "system_id", name=op.f("pk_activity_system")),
        info={"remembered": True},
    )
    with op.batch_alter_table("activity_system", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_activity_system_system_id"), ["system_id"], unique=False
        )

    op.create_table(
        "activity_transfer",
        sa.Column("activity_id", sa.String(length=36), nullable=False),
        sa.Column("transfer_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_activity_transfer_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["transfer_id"], ["transfer.id"], name=op.f("fk_activity_transfer_transfer_id")
        ),
        sa.PrimaryKeyConstraint("activity_id", "transfer_id", name=op.f("pk_activity_transfer")),
        info={"remembered": True},
    )
    with op.batch_alter_table("activity_transfer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_activity_transfer_transfer_id"), ["transfer_id"], unique=False
        )

    op.create_table(
        "transfer_safeguard",
        sa.Column("transfer_id", sa.String(length=36), nullable=False),
        sa.Column("regime", sa.String(length=40), nullable=True),
        sa.Column("instrument", sa.String(length=40), nullable=True),
        sa.Column("scc_module", sa.String(length=40), nullable=True),
        sa.Column("decision_id", sa.String(length=36), nullable=True),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("document_id", sa.String(length=36), nullable=True),
        sa.Column("tia_id", sa.String(length=36), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "\"instrument\" IN ('a45', 'a46_2_a', 'a46_2_b', 'a46_2_c', 'a46_2_d', 'a46_2_e', 'a46_2_f', 'a46_3_a', 'a46_3_b', 'a49_1_a', 'a49_1_b', 'a49_1_c', 'a49_1_d', 'a49_1_e', 'a49_1_f', 'a49_1_g', 'a49_1_2', 'uk_idta', 'uk_addendum', 'ch_scc', 'ar_annex_1', 'ar_annex_2', 'ar_bcr', 'ar_ripd', 'ar_consent', 'br_scc')",
            name=op.f("ck_transfer_safeguard_instrument_known"),
        ),
        sa.CheckConstraint(
            "\"regime\" IN ('eu', 'uk', 'ch', 'ar', 'br')",
            name=op.f("ck_transfer_safeguard_regime_known"),
        ),
        sa.CheckConstraint(
            "\"scc_module\" IN ('1', '2', '3', '4')",
            name=op.f("ck_transfer_safeguard_scc_module_known"),
        ),
        sa.CheckConstraint(
            "expires_on >= signed_on", name=op.f("ck_transfer_safeguard_expires_on_after_signed_on")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["adequacy_decision.id"],
            name=op.f("fk_transfer_safeguard_decision_id"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_transfer_safeguard_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["tia_id"], ["assessment.id"], name=op.f("fk_transfer_safeguard_tia_id")
        ),
        sa.ForeignKeyConstraint(
            ["transfer_id"], ["transfer.id"], name=op.f("fk_transfer_safeguard_transfer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_safeguard")),
    )
    with op.batch_alter_table("transfer_safeguard", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_transfer_safeguard_decision_id"), ["decision_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_transfer_safeguard_document_id"), ["document_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_transfer_safeguard_tia_id"), ["tia_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_transfer_safeguard_transfer_id"), ["transfer_id"], unique=False
        )

    op.create_table(
        "safeguard_evidence",
        sa.Column("transfer_safeguard_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("covers_hr", sa.Boolean(), nullable=True),
        sa.Column("document_id", sa.String(length=36), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "\"kind\" IN ('dpf_listing', 'signed_contract', 'authorisation', 'certificate', 'other')",
            name=op.f("ck_safeguard_evidence_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_safeguard_evidence_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["transfer_safeguard_id"],
            ["transfer_safeguard.id"],
            name=op.f("fk_safeguard_evidence_transfer_safeguard_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safeguard_evidence")),
    )
    with op.batch_alter_table("safeguard_evidence", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_safeguard_evidence_document_id"), ["document_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_safeguard_evidence_transfer_safeguard_id"),
            ["transfer_safeguard_id"],
            unique=False,
        )
    for statement in install(op.get_context().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    for statement in remove(op.get_context().dialect.name):
        op.execute(statement)
    with op.batch_alter_table("safeguard_evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_safeguard_evidence_transfer_safeguard_id"))
        batch_op.drop_index(batch_op.f("ix_safeguard_evidence_document_id"))

    op.drop_table("safeguard_evidence")
    with op.batch_alter_table("transfer_safeguard", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transfer_safeguard_transfer_id"))
        batch_op.drop_index(batch_op.f("ix_transfer_safeguard_tia_id"))
        batch_op.drop_index(batch_op.f("ix_transfer_safeguard_document_id"))
        batch_op.drop_index(batch_op.f("ix_transfer_safeguard_decision_id"))

    op.drop_table("transfer_safeguard")
    with op.batch_alter_table("activity_transfer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_transfer_transfer_id"))

    op.drop_table("activity_transfer")
    with op.batch_alter_table("activity_system", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_system_system_id"))

    op.drop_table("activity_system")
    with op.batch_alter_table("transfer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transfer_importer_vendor_id"))
        batch_op.drop_index(batch_op.f("ix_transfer_importer_entity_id"))
        batch_op.drop_index(batch_op.f("ix_transfer_exporter_id"))
        batch_op.drop_index(batch_op.f("ix_transfer_engagement_id"))

    op.drop_table("transfer")
    with op.batch_alter_table("system", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_system_hosted_by_id"))
        batch_op.drop_index(batch_op.f("ix_system_entity_id"))

    op.drop_table("system")
    with op.batch_alter_table("retention_rule", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_retention_rule_activity_data_id"))

    op.drop_table("retention_rule")
    with op.batch_alter_table("location", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_location_engagement_id"))

    op.drop_table("location")
    with op.batch_alter_table("engagement_subject_category", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_engagement_subject_category_subject_category_id"))

    op.drop_table("engagement_subject_category")
    with op.batch_alter_table("engagement_service", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_engagement_service_service_id"))

    op.drop_table("engagement_service")
    with op.batch_alter_table("engagement_data_category", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_engagement_data_category_data_category_id"))

    op.drop_table("engagement_data_category")
    with op.batch_alter_table("activity_engagement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_engagement_engagement_id"))

    op.drop_table("activity_engagement")
    with op.batch_alter_table("screening_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_screening_answer_assessment_id"))

    op.drop_table("screening_answer")
    with op.batch_alter_table("recipient", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recipient_activity_id"))

    op.drop_table("recipient")
    with op.batch_alter_table("purpose", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purpose_balancing_test_id"))
        batch_op.drop_index(batch_op.f("ix_purpose_activity_id"))

    op.drop_table("purpose")
    with op.batch_alter_table("processing_category", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_processing_category_activity_id"))

    op.drop_table("processing_category")
    with op.batch_alter_table("notice_contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_contact_customer_agreement_id"))

    op.drop_table("notice_contact")
    with op.batch_alter_table("joint_controller", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_joint_controller_entity_id"))
        batch_op.drop_index(batch_op.f("ix_joint_controller_activity_id"))

    op.drop_table("joint_controller")
    with op.batch_alter_table("engagement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_engagement_vendor_id"))
        batch_op.drop_index(batch_op.f("ix_engagement_entity_id"))

    op.drop_table("engagement")
    with op.batch_alter_table("customer_agreement_service", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_customer_agreement_service_service_id"))

    op.drop_table("customer_agreement_service")
    with op.batch_alter_table("chain_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_chain_link_vendor_id"))
        batch_op.drop_index(batch_op.f("ix_chain_link_known_vendor_id"))

    op.drop_table("chain_link")
    with op.batch_alter_table("certification", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certification_vendor_id"))
        batch_op.drop_index(batch_op.f("ix_certification_document_id"))

    op.drop_table("certification")
    with op.batch_alter_table("assessment_activity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_activity_activity_id"))

    op.drop_table("assessment_activity")
    with op.batch_alter_table("argentine_registration_activity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_argentine_registration_activity_activity_id"))

    op.drop_table("argentine_registration_activity")
    with op.batch_alter_table("activity_service", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_service_service_id"))

    op.drop_table("activity_service")
    with op.batch_alter_table("activity_measure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_measure_measure_id"))

    op.drop_table("activity_measure")
    with op.batch_alter_table("activity_document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_document_document_id"))

    op.drop_table("activity_document")
    with op.batch_alter_table("activity_data", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_data_subject_id"))
        batch_op.drop_index(batch_op.f("ix_activity_data_category_id"))
        batch_op.drop_index(batch_op.f("ix_activity_data_activity_id"))

    op.drop_table("activity_data")
    with op.batch_alter_table("activity_customer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_customer_customer_id"))

    op.drop_table("activity_customer")
    with op.batch_alter_table("vendor", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_vendor_parent_id"))
        batch_op.drop_index(batch_op.f("ix_vendor_logo_id"))
        batch_op.drop_index(batch_op.f("ix_vendor_entity_id"))
        batch_op.drop_index(batch_op.f("ix_vendor_dpa_document_id"))

    op.drop_table("vendor")
    with op.batch_alter_table("touched_record", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_touched_record_change_id"))

    op.drop_table("touched_record")
    op.drop_table("state")
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_user_id"))

    op.drop_table("sign_in")
    with op.batch_alter_table("relation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_relation_legal_entity_id"))
        batch_op.drop_index(batch_op.f("ix_relation_entity_id"))

    op.drop_table("relation")
    op.drop_table("redaction")
    with op.batch_alter_table("one_time_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_one_time_link_user_id"))

    op.drop_table("one_time_link")
    with op.batch_alter_table("identifier", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_identifier_legal_entity_id"))

    op.drop_table("identifier")
    with op.batch_alter_table("customer_agreement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_customer_agreement_entity_id"))
        batch_op.drop_index(batch_op.f("ix_customer_agreement_document_id"))
        batch_op.drop_index(batch_op.f("ix_customer_agreement_customer_id"))

    op.drop_table("customer_agreement")
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_customer_id"))

    op.drop_table("contact")
    with op.batch_alter_table("california_disclosure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_california_disclosure_entity_id"))

    op.drop_table("california_disclosure")
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_document_id"))

    op.drop_table("assessment")
    with op.batch_alter_table("argentine_registration", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_argentine_registration_parent_id"))
        batch_op.drop_index(batch_op.f("ix_argentine_registration_entity_id"))
        batch_op.drop_index(batch_op.f("ix_argentine_registration_certificate_id"))

    op.drop_table("argentine_registration")
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appointment_legal_entity_id"))

    op.drop_table("appointment")
    with op.batch_alter_table("adequacy_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_adequacy_decision_place_id"))

    op.drop_table("adequacy_decision")
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_entity_id"))

    op.drop_table("activity")
    op.drop_table("user")
    op.drop_table("subject_category")
    op.drop_table("service")
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.drop_index("ix_revision_record_id_seq")
        batch_op.drop_index(batch_op.f("ix_revision_change_set"))

    op.drop_table("revision")
    op.drop_table("measure")
    with op.batch_alter_table("login_attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_login_attempt_last_at"))

    op.drop_table("login_attempt")
    op.drop_table("legal_entity")
    op.drop_table("house_rule")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_supersedes_id"))

    op.drop_table("document")
    op.drop_table("data_category")
    op.drop_table("customer")
    op.drop_table("country")
    op.drop_table("change")
    op.drop_table("blob")
