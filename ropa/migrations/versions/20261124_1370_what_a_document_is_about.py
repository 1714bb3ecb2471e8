"""A document says which record it was attached to.

Revision: 20261124_1370
Revises: 20261124_1320
"""

import sqlalchemy as sa
from alembic import op

revision = '20261124_1370'
down_revision = "20261124_1320"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.add_column(sa.Column('about', sa.Text(), nullable=False, server_default=''))
        batch_op.create_index(batch_op.f('ix_document_about'), ['about'], unique=False)
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.alter_column('about', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_document_about'))
        batch_op.drop_column('about')
