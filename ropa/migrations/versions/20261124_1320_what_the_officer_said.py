"""What the data protection officer said of the changes of others, written once.

Revision: 20261124_1320
Revises: 20261124_1200
"""

import sqlalchemy as sa
from alembic import op

from ropa.history.triggers import install_on_officer_words

revision = '20261124_1320'
down_revision = "20261124_1200"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('officer_word',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.String(length=80), nullable=False),
    sa.Column('actor_name', sa.Text(), nullable=False),
    sa.Column('record_id', sa.String(length=36), nullable=False),
    sa.Column('seq', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('decision', sa.String(length=40), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.CheckConstraint('"decision" IN (\'accepted\', \'sent_back\')', name=op.f('ck_officer_word_decision_known')),
    sa.ForeignKeyConstraint(['seq'], ['revision.seq'], name=op.f('fk_officer_word_seq_revision')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_officer_word'))
    )
    with op.batch_alter_table('officer_word', schema=None) as batch_op:
        batch_op.create_index('ix_officer_word_record_id_seq', ['record_id', 'seq'], unique=False)
    for statement in install_on_officer_words(op.get_context().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table('officer_word')
