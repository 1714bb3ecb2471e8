"""An export says from which link of the chain its change log counts.

Revision: 20261124_1605
Revises: 20261124_1395
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1605"
down_revision = "20261124_1395"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column("export_log", sa.Column("since_seq", number, nullable=True))


def downgrade() -> None:
    op.drop_column("export_log", "since_seq")
