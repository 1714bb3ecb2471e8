"""The year: who said of a record that it is still true, when it is read again, and calendars.

Revision: 20261124_1385
Revises: 20261124_1380
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1385"
down_revision = "20261124_1380"
branch_labels = None
depends_on = None

RECORDS = (
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
"""Every noun keeps who last said of it that it is still true."""

NEW_INTERVAL = (
    "argentine_registration",
    "assessment",
    "engagement",
    "legal_entity",
    "transfer",
    "vendor",
)
NEW_DAY = ("argentine_registration", "assessment", "legal_entity", "transfer", "vendor")
"""What is read again in the course of a year and did not say so before."""


def upgrade() -> None:
    """Make the new columns, which are empty, and the table of calendar addresses."""
    for noun in RECORDS:
        op.add_column(noun, sa.Column("reviewed", sa.Text(), nullable=True))
    for noun in NEW_INTERVAL:
        op.add_column(noun, sa.Column("review_months", sa.Integer(), nullable=True))
    for noun in NEW_DAY:
        op.add_column(noun, sa.Column("last_reviewed_on", sa.Date(), nullable=True))
    op.create_table(
        "calendar_address",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user.id"],
            name=op.f("fk_calendar_address_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_address")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_address_token_hash")),
        sa.UniqueConstraint("user_id", name=op.f("uq_calendar_address_user_id")),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("calendar_address")
    for noun in NEW_DAY:
        op.drop_column(noun, "last_reviewed_on")
    for noun in NEW_INTERVAL:
        op.drop_column(noun, "review_months")
    for noun in RECORDS:
        op.drop_column(noun, "reviewed")
