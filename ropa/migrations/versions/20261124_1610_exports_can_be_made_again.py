"""The log of exports says how a file was made, and names each file of an archive.

Columns are added in place: a table made anew on SQLite would lose its guards.

Revision: 20261124_1610
Revises: 20261124_1605
"""

import sqlalchemy as sa
from alembic import op

from ropa.history.triggers import install_on_export_parts

revision = '20261124_1610'
down_revision = "20261124_1605"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.add_column('export_log', sa.Column('made_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('export_log', sa.Column('program', sa.Text(), nullable=False, server_default=''))
    op.add_column('export_log', sa.Column('details', sa.Text(), nullable=False, server_default='{}'))
    op.create_table('export_part',
    sa.Column('export_id', _NUMBER, autoincrement=False, nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('filename', sa.Text(), nullable=False),
    sa.Column('size', _NUMBER, nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['export_id'], ['export_log.id'], name=op.f('fk_export_part_export_id_export_log')),
    sa.PrimaryKeyConstraint('export_id', 'number', name=op.f('pk_export_part'))
    )
    op.create_index(op.f('ix_export_part_sha256'), 'export_part', ['sha256'])
    for statement in install_on_export_parts(op.get_context().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table('export_part')
    for column in ('details', 'program', 'made_at'):
        op.drop_column('export_log', column)
