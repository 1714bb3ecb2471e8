"""Changes of the list have a company, corrections and a hold; companies say how they give notice.

Revision: 20261124_1700
Revises: 20261124_1620
"""

import sqlalchemy as sa
from alembic import op

from ropa.history.triggers import install_on_changes

revision = "20261124_1700"
down_revision = "20261124_1620"
branch_labels = None
depends_on = None

NO_WORDS = '{"en":"","es":"","pt":""}'


def upgrade() -> None:
    op.create_table(
        "change_correction",
        sa.Column("change_id", sa.String(length=36), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("name_before", sa.Text(), nullable=False),
        sa.Column("body_before", sa.Text(), nullable=False),
        sa.Column("objection_until_before", sa.Date(), nullable=True),
        sa.Column("effective_on_before", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["change.id"], name=op.f("fk_change_correction_change_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_correction")),
    )
    with op.batch_alter_table("change_correction", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_change_correction_change_id"), ["change_id"], unique=False
        )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.add_column(sa.Column("entity_id", sa.String(length=36), nullable=True))
        batch_op.add_column(sa.Column("held_on", sa.Date(), nullable=True))
        batch_op.create_index(batch_op.f("ix_change_entity_id"), ["entity_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_change_entity_id"), "legal_entity", ["entity_id"], ["id"]
        )
    with op.batch_alter_table("legal_entity", schema=None) as batch_op:
        batch_op.add_column(sa.Column("notice_days", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("notice_clause", sa.Text(), server_default=NO_WORDS, nullable=False)
        )
        batch_op.add_column(sa.Column("rolls_weekends", sa.Boolean(), nullable=True))
        batch_op.add_column(
            sa.Column("objection_terms", sa.Text(), server_default=NO_WORDS, nullable=False)
        )
        batch_op.add_column(
            sa.Column("prevailing_language", sa.Text(), server_default="", nullable=False)
        )
    op.add_column(
        "version", sa.Column("material", sa.Boolean(), server_default=sa.true(), nullable=False)
    )
    for statement in install_on_changes(op.get_context().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    for name, table in (("change_written_once", "change"), ("version_kept_material", "version")):
        on = "" if op.get_context().dialect.name == "sqlite" else f" ON {table}"
        op.execute(f"DROP TRIGGER {name}{on}")
    op.drop_column("version", "material")
    with op.batch_alter_table("legal_entity", schema=None) as batch_op:
        batch_op.drop_column("prevailing_language")
        batch_op.drop_column("objection_terms")
        batch_op.drop_column("rolls_weekends")
        batch_op.drop_column("notice_clause")
        batch_op.drop_column("notice_days")
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_change_entity_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_change_entity_id"))
        batch_op.drop_column("held_on")
        batch_op.drop_column("entity_id")
    with op.batch_alter_table("change_correction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_change_correction_change_id"))
    op.drop_table("change_correction")

