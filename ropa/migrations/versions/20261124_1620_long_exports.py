"""Long exports are made beside the pages, and say how far they are.

Revision: 20261124_1620
Revises: 20261124_1615
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1620"
down_revision = "20261124_1615"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "export_job",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("asker_id", sa.String(length=36), nullable=False),
        sa.Column("asker_name", sa.Text(), nullable=False),
        sa.Column("told_in", sa.String(length=2), nullable=False),
        sa.Column("export", sa.String(length=40), nullable=False),
        sa.Column("entity_id", sa.String(length=36), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=True),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("case_ref", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("claim", sa.String(length=36), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "log_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("said", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "\"side\" IN ('controller', 'joint_controller', 'processor')",
            name=op.f("ck_export_job_side_known"),
        ),
        sa.CheckConstraint(
            "\"state\" IN ('waiting', 'running', 'done', 'failed', 'cancelled')",
            name=op.f("ck_export_job_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["asker_id"], ["user.id"], name=op.f("fk_export_job_asker_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export_job")),
    )
    with op.batch_alter_table("export_job", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_export_job_asker_id"), ["asker_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_export_job_state"), ["state"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("export_job", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_export_job_state"))
        batch_op.drop_index(batch_op.f("ix_export_job_asker_id"))
    op.drop_table("export_job")
