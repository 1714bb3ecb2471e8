"""Twins of activities, and records that were merged into another.

Revision: 20261124_1380
Revises: 20261124_1375
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1380"
down_revision = "20261124_1375"
branch_labels = None
depends_on = None

ROOTS = (
    "activity",
    "adequacy_decision",
    "argentine_registration",
    "assessment",
    "breach",
    "california_disclosure",
    "change",
    "country",
    "customer",
    "data_category",
    "document",
    "engagement",
    "house_rule",
    "legal_entity",
    "measure",
    "notice",
    "objection",
    "service",
    "subject_category",
    "system",
    "threshold",
    "transfer",
    "vendor",
    "waiver",
)
"""The tables of the nouns there were."""


def upgrade() -> None:
    for table in ROOTS:
        op.add_column(table, sa.Column("merged_into", sa.String(length=36), nullable=True))
    twin = sa.Column(
        "twin_id",
        sa.String(length=36),
        sa.ForeignKey("activity.id", name=op.f("fk_activity_twin_id")),
        nullable=True,
    )
    inline = op.get_context().dialect.name == "sqlite"
    op.add_column("activity", twin, inline_references=inline)
    op.create_index(op.f("ix_activity_twin_id"), "activity", ["twin_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_activity_twin_id"), table_name="activity")
    with op.batch_alter_table("activity") as batch_op:
        batch_op.drop_column("twin_id")
    for table in ROOTS:
        op.drop_column(table, "merged_into")
