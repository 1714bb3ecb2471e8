"""Replies to changes come in by a public form, outside the log; letters go to who sent them.

Revision: 20261124_1740
Revises: 20261124_1730
"""

import sqlalchemy as sa
from alembic import op

from ropa.cli.known_codes import known_codes

revision = "20261124_1740"
down_revision = "20261124_1730"
branch_labels = None
depends_on = None

LOGS = ("revision", "export_log")
DOORS = ("back_office", "command", "import", "seed")
KINDS = ("contract", "subscriber", "confirmation", "replacement", "test")
REPLIES = (
    "reply_confirmation",
    "reply_receipt",
    "reply_acknowledged",
    "reply_discussed",
    "reply_resolved",
)


def upgrade() -> None:
    op.create_table(
        "reply",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ref", sa.Text(), nullable=True),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("contract", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("objection_id", sa.String(length=36), nullable=True),
        sa.CheckConstraint("address = lower(address)", name=op.f("ck_reply_address_folded")),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (ref IS NULL)", name=op.f("ck_reply_named_when_confirmed")
        ),
        sa.CheckConstraint(
            "\"kind\" IN ('objection', 'no_objection')", name=op.f("ck_reply_kind_known")
        ),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_reply_change_id")),
        sa.ForeignKeyConstraint(
            ["objection_id"], ["objection.id"], name=op.f("fk_reply_objection_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
        sa.UniqueConstraint("content_sha256", name=op.f("uq_reply_content_sha256")),
        sa.UniqueConstraint("objection_id", name=op.f("uq_reply_objection_id")),
        sa.UniqueConstraint("ref", name=op.f("uq_reply_ref")),
    )
    op.create_index(op.f("ix_reply_change_id"), "reply", ["change_id"])
    op.create_index(op.f("ix_reply_written_at"), "reply", ["written_at"])
    _make_what_hangs_on_it()
    known_codes(op, "delivery", "kind", *KINDS, *REPLIES)
    for table in LOGS:
        known_codes(op, table, "door", *DOORS, "public_form")


def _make_what_hangs_on_it() -> None:
    op.create_table(
        "reply_file",
        sa.Column("reply_id", sa.String(length=36), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _belongs_to("reply_file", "reply"),
        sa.PrimaryKeyConstraint("reply_id", name=op.f("pk_reply_file")),
    )
    op.create_table(
        "reply_link",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("reply_id", sa.String(length=36), nullable=False),
        _belongs_to("reply_link", "reply"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_reply_link")),
    )
    op.create_index(op.f("ix_reply_link_reply_id"), "reply_link", ["reply_id"])
    op.create_table(
        "reply_letter",
        sa.Column("delivery_id", sa.String(length=36), nullable=False),
        sa.Column("reply_id", sa.String(length=36), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        _belongs_to("reply_letter", "delivery"),
        _belongs_to("reply_letter", "reply"),
        sa.PrimaryKeyConstraint("delivery_id", name=op.f("pk_reply_letter")),
    )
    op.create_index(op.f("ix_reply_letter_reply_id"), "reply_letter", ["reply_id"])


def _belongs_to(table: str, whole: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [f"{whole}_id"],
        [f"{whole}.id"],
        name=op.f(f"fk_{table}_{whole}_id"),
        ondelete="CASCADE",
    )


def downgrade() -> None:
    """Take the replies away, and with them their letters; the objections stay in the register."""
    for table in LOGS:
        known_codes(op, table, "door", *DOORS)
    op.drop_table("reply_letter")
    letters = ", ".join(f"'{one}'" for one in REPLIES)
    op.execute(f"DELETE FROM delivery WHERE kind IN ({letters})")  # noqa: S608
    known_codes(op, "delivery", "kind", *KINDS)
    op.drop_table("reply_link")
    op.drop_table("reply_file")
    op.drop_table("reply")
