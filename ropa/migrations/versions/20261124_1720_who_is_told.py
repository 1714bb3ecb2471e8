"""Subscribers choose topics; contacts can name another; letters can come back or be cancelled.

Revision: 20261124_1720
Revises: 20261124_1700
"""

import sqlalchemy as sa
from alembic import op

from ropa.cli.known_codes import known_codes

revision = "20261124_1720"
down_revision = "20261124_1700"
branch_labels = None
depends_on = None

KINDS = ("contract", "subscriber", "confirmation")
STATES = ("queued", "sent", "failed")
TOLD_ONCE = sa.text("kind <> 'test'")


def upgrade() -> None:
    op.create_table(
        "contact_link",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("customer_id", sa.String(length=36), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_contact_link_customer_id")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_contact_link")),
    )
    op.create_index(op.f("ix_contact_link_customer_id"), "contact_link", ["customer_id"])
    op.create_table(
        "replacement",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("customer_id", sa.String(length=36), nullable=False),
        sa.Column("replaced", sa.String(length=254), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_replacement_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replacement")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_replacement_token_hash")),
    )
    op.create_index(op.f("ix_replacement_customer_id"), "replacement", ["customer_id"])
    for name in ("services", "kinds"):
        op.add_column(
            "subscriber", sa.Column(name, sa.Text(), server_default="[]", nullable=False)
        )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.add_column(sa.Column("replacement_id", sa.String(length=36), nullable=True))
        batch_op.add_column(sa.Column("round", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("bounced_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("bounced_for_good", sa.Boolean(), nullable=True))
        batch_op.drop_constraint(op.f("uq_delivery_notice_id_address"), type_="unique")
        batch_op.drop_constraint(op.f("ck_delivery_is_about_something"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_delivery_is_about_something"),
            "(kind IN ('contract', 'subscriber', 'test')) = (notice_id IS NOT NULL)",
        )
        batch_op.create_foreign_key(
            op.f("fk_delivery_replacement_id"),
            "replacement",
            ["replacement_id"],
            ["id"],
            ondelete="SET NULL",
        )
        batch_op.create_index(op.f("ix_delivery_replacement_id"), ["replacement_id"])
    op.create_index(
        "uq_delivery_told_once",
        "delivery",
        ["notice_id", "address", "round"],
        unique=True,
        sqlite_where=TOLD_ONCE,
        postgresql_where=TOLD_ONCE,
    )
    known_codes(op, "delivery", "kind", *KINDS, "replacement", "test")
    known_codes(op, "delivery", "state", *STATES, "bounced", "cancelled")


def downgrade() -> None:
    op.execute("DELETE FROM delivery WHERE kind IN ('replacement', 'test') OR round > 0")
    op.execute("UPDATE delivery SET state = 'failed' WHERE state IN ('bounced', 'cancelled')")
    known_codes(op, "delivery", "kind", *KINDS)
    known_codes(op, "delivery", "state", *STATES)
    op.drop_index("uq_delivery_told_once", "delivery")
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_delivery_replacement_id"), type_="foreignkey")
        batch_op.drop_index(op.f("ix_delivery_replacement_id"))
        batch_op.drop_constraint(op.f("ck_delivery_is_about_something"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_delivery_is_about_something"),
            "(kind = 'confirmation') = (notice_id IS NULL)",
        )
        batch_op.create_unique_constraint(
            op.f("uq_delivery_notice_id_address"), ["notice_id", "address"]
        )
        for name in ("bounced_for_good", "bounced_at", "round", "replacement_id"):
            batch_op.drop_column(name)
    for name in ("kinds", "services"):
        op.drop_column("subscriber", name)
    op.drop_table("replacement")
    op.drop_table("contact_link")
