"""Notices, objections, subscribers and the letters that go to them.

Revision: 20261124_1005
Revises: 20261124_0700
"""

import sqlalchemy as sa
from alembic import op

from ropa.history.triggers import install_on_notices

revision = "20261124_1005"
down_revision = "20261124_0700"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "subscriber",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("address = lower(address)", name=op.f("ck_subscriber_address_folded")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriber")),
        sa.UniqueConstraint("address", name=op.f("uq_subscriber_address")),
    )
    with op.batch_alter_table("subscriber", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_subscriber_created_at"), ["created_at"], unique=False)

    op.create_table(
        "notice",
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.String(length=36), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
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
            name=op.f("ck_notice_workflow_known"),
        ),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["legal_entity.id"], name=op.f("fk_notice_entity_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("ref", name=op.f("uq_notice_ref")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_entity_id"), ["entity_id"], unique=False)

    op.create_table(
        "objection",
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=True),
        sa.Column("customer_id", sa.String(length=36), nullable=True),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=True),
        sa.Column("holds", sa.Boolean(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=False),
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
            "\"outcome\" IN ('accepted', 'alternative', 'withdrawn', 'agreement_ended')",
            name=op.f("ck_objection_outcome_known"),
        ),
        sa.CheckConstraint(
            "\"stage\" IN ('received', 'confirmed', 'acknowledged', 'in_discussion', 'resolved')",
            name=op.f("ck_objection_stage_known"),
        ),
        sa.CheckConstraint(
            "\"workflow\" IN ('draft', 'in_review', 'approved', 'retired')",
            name=op.f("ck_objection_workflow_known"),
        ),
        sa.CheckConstraint(
            "decided_on >= received_on", name=op.f("ck_objection_decided_on_after_received_on")
        ),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_objection_change_id")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_objection_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
        sa.UniqueConstraint("ref", name=op.f("uq_objection_ref")),
    )
    with op.batch_alter_table("objection", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_objection_change_id"), ["change_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_objection_customer_id"), ["customer_id"], unique=False)

    op.create_table(
        "subscriber_link",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("subscriber_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["subscriber_id"],
            ["subscriber.id"],
            name=op.f("fk_subscriber_link_subscriber_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_subscriber_link")),
    )
    with op.batch_alter_table("subscriber_link", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_subscriber_link_subscriber_id"), ["subscriber_id"], unique=False
        )

    op.create_table(
        "delivery",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("notice_id", sa.String(length=36), nullable=True),
        sa.Column("customer_id", sa.String(length=36), nullable=True),
        sa.Column("subscriber_id", sa.String(length=36), nullable=True),
        sa.Column("address", sa.String(length=254), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'confirmation') = (notice_id IS NULL)",
            name=op.f("ck_delivery_is_about_something"),
        ),
        sa.CheckConstraint(
            "state <> 'queued' OR address IS NOT NULL", name=op.f("ck_delivery_goes_somewhere")
        ),
        sa.CheckConstraint(
            "\"kind\" IN ('contract', 'subscriber', 'confirmation')",
            name=op.f("ck_delivery_kind_known"),
        ),
        sa.CheckConstraint(
            "\"state\" IN ('queued', 'sent', 'failed')", name=op.f("ck_delivery_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_delivery_customer_id")
        ),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_delivery_notice_id")),
        sa.ForeignKeyConstraint(
            ["subscriber_id"],
            ["subscriber.id"],
            name=op.f("fk_delivery_subscriber_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("message_id", name=op.f("uq_delivery_message_id")),
        sa.UniqueConstraint("notice_id", "address", name=op.f("uq_delivery_notice_id_address")),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_delivery_next_try_at"), ["next_try_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_delivery_notice_id"), ["notice_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_delivery_queued_at"), ["queued_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_delivery_subscriber_id"), ["subscriber_id"], unique=False
        )

    op.create_table(
        "notice_change",
        sa.Column("notice_id", sa.String(length=36), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["change.id"], name=op.f("fk_notice_change_change_id")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_notice_change_notice_id")
        ),
        sa.PrimaryKeyConstraint("notice_id", "change_id", name=op.f("pk_notice_change")),
        info={"remembered": True},
    )
    with op.batch_alter_table("notice_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_change_change_id"), ["change_id"], unique=False)

    for statement in install_on_notices(op.get_context().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    with op.batch_alter_table("notice_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_change_change_id"))

    op.drop_table("notice_change")
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delivery_subscriber_id"))
        batch_op.drop_index(batch_op.f("ix_delivery_queued_at"))
        batch_op.drop_index(batch_op.f("ix_delivery_notice_id"))
        batch_op.drop_index(batch_op.f("ix_delivery_next_try_at"))
        batch_op.drop_index(batch_op.f("ix_delivery_customer_id"))

    op.drop_table("delivery")
    with op.batch_alter_table("subscriber_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_subscriber_link_subscriber_id"))

    op.drop_table("subscriber_link")
    with op.batch_alter_table("objection", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_objection_customer_id"))
        batch_op.drop_index(batch_op.f("ix_objection_change_id"))

    op.drop_table("objection")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_entity_id"))

    op.drop_table("notice")
    with op.batch_alter_table("subscriber", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_subscriber_created_at"))

    op.drop_table("subscriber")
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS ropa_notice_written_once()")
