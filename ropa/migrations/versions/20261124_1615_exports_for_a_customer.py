"""The log of exports says for which customer a file was made, where it is about one.

Revision: 20261124_1615
Revises: 20261124_1610
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1615"
down_revision = "20261124_1610"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column; what was handed out before was about no single customer."""
    op.add_column("export_log", sa.Column("customer_id", sa.String(length=36), nullable=True))


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("export_log", "customer_id")
