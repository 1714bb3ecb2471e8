"""Search has an index of its own; the text beside each record goes.

``ropa db upgrade`` fills the index from the log.

Revision: 20261124_1375
Revises: 20261124_1370
"""

import sqlalchemy as sa
from alembic import op

from ropa.models.search import make_words

revision = "20261124_1375"
down_revision = "20261124_1370"
branch_labels = None
depends_on = None

NOUNS = (
    "legal_entity",
    "customer",
    "service",
    "system",
    "activity",
    "vendor",
    "engagement",
    "change",
    "notice",
    "objection",
    "transfer",
    "country",
    "adequacy_decision",
    "argentine_registration",
    "california_disclosure",
    "data_category",
    "subject_category",
    "measure",
    "assessment",
    "document",
    "breach",
    "house_rule",
    "waiver",
    "threshold",
)


def upgrade() -> None:
    op.create_table('search_entry',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('record_id', sa.String(length=36), nullable=False),
    sa.Column('noun', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('retired', sa.Boolean(), nullable=False),
    sa.Column('ref', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.Column('heading', sa.Text().with_variant(sa.Text(collation='C'), 'postgresql'), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_entry')),
    sa.UniqueConstraint('record_id', name=op.f('uq_search_entry_record_id'))
    )
    for statement in make_words(op.get_context().dialect.name):
        op.execute(statement)
    for noun in NOUNS:
        op.drop_column(noun, 'search_text')


def downgrade() -> None:
    for noun in NOUNS:
        op.add_column(noun, sa.Column('search_text', sa.Text(), server_default='', nullable=False))
    op.drop_table('search_words')
    op.drop_table('search_entry')
