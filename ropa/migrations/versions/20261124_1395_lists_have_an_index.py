"""The list of activities is counted and ordered by an index, and reads no rows for it.

Revision: 20261124_1395
Revises: 20261124_1390
"""

from alembic import op

revision = '20261124_1395'
down_revision = "20261124_1390"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_activity_in_use_by_ref', 'activity', ['retired_at', 'ref', 'id'])


def downgrade() -> None:
    op.drop_index('ix_activity_in_use_by_ref', table_name='activity')
