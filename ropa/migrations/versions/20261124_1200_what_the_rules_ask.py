"""What the rules ask: fields, breaches, waivers, thresholds.

Revision: 20261124_1200
Revises: 20261124_0700
"""

import sqlalchemy as sa
from alembic import op

from ropa.cli.known_codes import known_codes

revision = "20261124_1200"
down_revision = "20261124_1021"
branch_labels = None
depends_on = None

CODES: dict[tuple[str, str], tuple[tuple[str, ...], tuple[str, ...]]] = {
    ("transfer_safeguard", "instrument"): (('a45', 'a46_2_a', 'a46_2_b', 'a46_2_c', 'a46_2_d', 'a46_2_e', 'a46_2_f', 'a46_3_a', 'a46_3_b', 'a49_1_a', 'a49_1_b', 'a49_1_c', 'a49_1_d', 'a49_1_e', 'a49_1_f', 'a49_1_g', 'a49_1_2', 'uk_idta', 'uk_addendum', 'ch_scc', 'ar_annex_1', 'ar_annex_2', 'ar_bcr', 'ar_ripd', 'ar_consent', 'br_scc'), ('a45', 'a46_2_a', 'a46_2_b', 'a46_2_c', 'a46_2_d', 'a46_2_e', 'a46_2_f', 'a46_3_a', 'a46_3_b', 'a49_1_a', 'a49_1_b', 'a49_1_c', 'a49_1_d', 'a49_1_e', 'a49_1_f', 'a49_1_g', 'a49_1_2', 'uk_idta', 'uk_addendum', 'ch_scc', 'ar_annex_1', 'ar_annex_2', 'ar_bcr', 'ar_ripd', 'ar_consent', 'ar_exception', 'br_scc', 'br_clauses', 'br_rules', 'br_seal', 'br_consent', 'br_other')),
    ("safeguard_evidence", "kind"): (('dpf_listing', 'signed_contract', 'authorisation', 'certificate', 'other'), ('dpf_listing', 'signed_contract', 'authorisation', 'certificate', 'scope', 'other')),
    ("appointment", "kind"): (('dpo', 'representative', 'privacy_contact', 'legal_representative'), ('dpo', 'representative', 'privacy_contact', 'rights_contact', 'legal_representative')),
    ("activity", "automated_ground"): ((), ('22_1', '22_2_a', '22_2_b', '22_2_c')),
    ("engagement", "authorisation"): ((), ('general', 'specific')),
    ("purpose", "consent_by"): ((), ('opt_in', 'double_opt_in', 'written', 'oral', 'setting', 'use_of_site', 'acceptance_of_terms', 'bundled')),
    ("transfer_safeguard", "scc_set"): ((), ('2021_914', '2010_87', '2004_915', '2001_497')),
}
"""The codes each column took before, and takes from now on."""


def upgrade() -> None:
    op.create_table('threshold',
    sa.Column('code', sa.String(length=40), nullable=True),
    sa.Column('value', sa.Integer(), nullable=True),
    sa.Column('country', sa.Text(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('verified_on', sa.Date(), nullable=True),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('workflow', sa.String(length=40), nullable=False),
    sa.Column('answers', sa.Text(), nullable=False),
    sa.Column('provenance', sa.Text(), nullable=False),
    sa.Column('notes', sa.Text(), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('retired_reason', sa.Text(), nullable=False),
    sa.Column('search_text', sa.Text(), nullable=False),
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.CheckConstraint('"code" IN (\'small_company\', \'review_months\', \'diligence_months\', \'adequacy_days\', \'child_age\', \'ar_access_days\', \'ar_rectify_days\', \'ar_keep_months\', \'ca_update_months\', \'dpia_criteria\')', name=op.f('ck_threshold_code_known')),
    sa.CheckConstraint('"workflow" IN (\'draft\', \'in_review\', \'approved\', \'retired\')', name=op.f('ck_threshold_workflow_known')),
    sa.CheckConstraint('valid_to >= valid_from', name=op.f('ck_threshold_valid_to_after_valid_from')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_threshold'))
    )
    op.create_table('waiver',
    sa.Column('rule', sa.Text(), nullable=False),
    sa.Column('target', sa.Text(), nullable=False),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('decided_by', sa.Text(), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('workflow', sa.String(length=40), nullable=False),
    sa.Column('answers', sa.Text(), nullable=False),
    sa.Column('provenance', sa.Text(), nullable=False),
    sa.Column('notes', sa.Text(), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('retired_reason', sa.Text(), nullable=False),
    sa.Column('search_text', sa.Text(), nullable=False),
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.CheckConstraint('"workflow" IN (\'draft\', \'in_review\', \'approved\', \'retired\')', name=op.f('ck_waiver_workflow_known')),
    sa.CheckConstraint('ends_on >= decided_on', name=op.f('ck_waiver_ends_on_after_decided_on')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_waiver'))
    )
    with op.batch_alter_table('waiver', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_waiver_target'), ['target'], unique=False)

    op.create_table('breach',
    sa.Column('ref', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('entity_id', sa.String(length=36), nullable=True),
    sa.Column('discovered_on', sa.Date(), nullable=True),
    sa.Column('facts', sa.Text(), nullable=False),
    sa.Column('effects', sa.Text(), nullable=False),
    sa.Column('remedial_action', sa.Text(), nullable=False),
    sa.Column('authority_notified_on', sa.Date(), nullable=True),
    sa.Column('people_notified_on', sa.Date(), nullable=True),
    sa.Column('not_notified_because', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('workflow', sa.String(length=40), nullable=False),
    sa.Column('answers', sa.Text(), nullable=False),
    sa.Column('provenance', sa.Text(), nullable=False),
    sa.Column('notes', sa.Text(), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('retired_reason', sa.Text(), nullable=False),
    sa.Column('search_text', sa.Text(), nullable=False),
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.CheckConstraint('"workflow" IN (\'draft\', \'in_review\', \'approved\', \'retired\')', name=op.f('ck_breach_workflow_known')),
    sa.CheckConstraint('authority_notified_on >= discovered_on', name=op.f('ck_breach_authority_notified_on_after_discovered_on')),
    sa.CheckConstraint('people_notified_on >= discovered_on', name=op.f('ck_breach_people_notified_on_after_discovered_on')),
    sa.ForeignKeyConstraint(['entity_id'], ['legal_entity.id'], name=op.f('fk_breach_entity_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_breach')),
    sa.UniqueConstraint('ref', name=op.f('uq_breach_ref'))
    )
    with op.batch_alter_table('breach', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_breach_entity_id'), ['entity_id'], unique=False)

    op.create_table('text_note',
    sa.Column('legal_entity_id', sa.String(length=36), nullable=False),
    sa.Column('section', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.ForeignKeyConstraint(['legal_entity_id'], ['legal_entity.id'], name=op.f('fk_text_note_legal_entity_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_text_note'))
    )
    with op.batch_alter_table('text_note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_text_note_legal_entity_id'), ['legal_entity_id'], unique=False)

    op.create_table('age_limit',
    sa.Column('activity_id', sa.String(length=36), nullable=False),
    sa.Column('country', sa.Text(), nullable=False),
    sa.Column('years', sa.Integer(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_age_limit_activity_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_age_limit'))
    )
    with op.batch_alter_table('age_limit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_age_limit_activity_id'), ['activity_id'], unique=False)

    op.create_table('argentine_registration_data_category',
    sa.Column('argentine_registration_id', sa.String(length=36), nullable=False),
    sa.Column('data_category_id', sa.String(length=36), nullable=False),
    sa.ForeignKeyConstraint(['argentine_registration_id'], ['argentine_registration.id'], name=op.f('fk_argentine_registration_data_category_argentine_registration_id')),
    sa.ForeignKeyConstraint(['data_category_id'], ['data_category.id'], name=op.f('fk_argentine_registration_data_category_data_category_id')),
    sa.PrimaryKeyConstraint('argentine_registration_id', 'data_category_id', name=op.f('pk_argentine_registration_data_category'))
    )
    with op.batch_alter_table('argentine_registration_data_category', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_argentine_registration_data_category_data_category_id'), ['data_category_id'], unique=False)

    op.create_table('breach_activity',
    sa.Column('breach_id', sa.String(length=36), nullable=False),
    sa.Column('activity_id', sa.String(length=36), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_breach_activity_activity_id')),
    sa.ForeignKeyConstraint(['breach_id'], ['breach.id'], name=op.f('fk_breach_activity_breach_id')),
    sa.PrimaryKeyConstraint('breach_id', 'activity_id', name=op.f('pk_breach_activity'))
    )
    with op.batch_alter_table('breach_activity', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_breach_activity_activity_id'), ['activity_id'], unique=False)

    op.create_table('breach_engagement',
    sa.Column('breach_id', sa.String(length=36), nullable=False),
    sa.Column('engagement_id', sa.String(length=36), nullable=False),
    sa.ForeignKeyConstraint(['breach_id'], ['breach.id'], name=op.f('fk_breach_engagement_breach_id')),
    sa.ForeignKeyConstraint(['engagement_id'], ['engagement.id'], name=op.f('fk_breach_engagement_engagement_id')),
    sa.PrimaryKeyConstraint('breach_id', 'engagement_id', name=op.f('pk_breach_engagement'))
    )
    with op.batch_alter_table('breach_engagement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_breach_engagement_engagement_id'), ['engagement_id'], unique=False)

    with op.batch_alter_table('activity', schema=None) as batch_op:
        batch_op.add_column(sa.Column('same_period_confirmed', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('from_third_parties', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('notice', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('notice_of_source', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('uses_trackers', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('trackers_necessary', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('behavioural_advertising', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('occasional', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('automated_ground', sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column('profiling', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('monitoring', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('matching', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('prevents_right', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('officer_informed_on', sa.Date(), nullable=True))

    with op.batch_alter_table('argentine_registration', schema=None) as batch_op:
        batch_op.add_column(sa.Column('sensitive_exception', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('published_url', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('legend', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('access_days', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('rectification_days', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('compared_on', sa.Date(), nullable=True))

    with op.batch_alter_table('assessment', schema=None) as batch_op:
        batch_op.add_column(sa.Column('consulted_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('consultation', sa.Text(), server_default='', nullable=False))

    with op.batch_alter_table('california_disclosure', schema=None) as batch_op:
        batch_op.add_column(sa.Column('updated_on', sa.Date(), nullable=True))

    with op.batch_alter_table('engagement', schema=None) as batch_op:
        batch_op.add_column(sa.Column('authorisation', sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column('flow_down', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('delimitation', sa.Text(), server_default='{"en":"","es":"","pt":""}', nullable=False))
        batch_op.add_column(sa.Column('own_purposes', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('chosen_by_customer', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('kept_after_months', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('keeping_authorised', sa.Boolean(), nullable=True))

    with op.batch_alter_table('legal_entity', schema=None) as batch_op:
        batch_op.add_column(sa.Column('gdpr_applies_abroad', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('relies_on_exemption', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('public_body', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('inventory_url', sa.Text(), server_default='', nullable=False))

    with op.batch_alter_table('purpose', schema=None) as batch_op:
        batch_op.add_column(sa.Column('consent_by', sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column('presumption', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('email_marketing', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('soft_opt_in', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('secondary', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('compatibility', sa.Text(), server_default='', nullable=False))

    with op.batch_alter_table('recipient', schema=None) as batch_op:
        batch_op.add_column(sa.Column('cession_ground', sa.Text(), server_default='', nullable=False))

    with op.batch_alter_table('retention_rule', schema=None) as batch_op:
        batch_op.add_column(sa.Column('indefinite', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('required_by_law', sa.Boolean(), nullable=True))

    with op.batch_alter_table('subject_category', schema=None) as batch_op:
        batch_op.add_column(sa.Column('children', sa.Boolean(), nullable=True))

    with op.batch_alter_table('transfer', schema=None) as batch_op:
        batch_op.add_column(sa.Column('importer_under_gdpr', sa.Boolean(), nullable=True))

    with op.batch_alter_table('transfer_safeguard', schema=None) as batch_op:
        batch_op.add_column(sa.Column('scc_set', sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column('importer_is_member', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('authority_informed_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('people_informed_on', sa.Date(), nullable=True))

    with op.batch_alter_table('vendor', schema=None) as batch_op:
        batch_op.add_column(sa.Column('uses_subprocessors', sa.Boolean(), nullable=True))

    for (table, column), (_before, after) in CODES.items():
        known_codes(op, table, column, *after)


def downgrade() -> None:
    for (table, column), (before, _after) in CODES.items():
        known_codes(op, table, column, *before)

    with op.batch_alter_table('vendor', schema=None) as batch_op:
        batch_op.drop_column('uses_subprocessors')

    with op.batch_alter_table('transfer_safeguard', schema=None) as batch_op:
        batch_op.drop_column('people_informed_on')
        batch_op.drop_column('authority_informed_on')
        batch_op.drop_column('importer_is_member')
        batch_op.drop_column('scc_set')

    with op.batch_alter_table('transfer', schema=None) as batch_op:
        batch_op.drop_column('importer_under_gdpr')

    with op.batch_alter_table('subject_category', schema=None) as batch_op:
        batch_op.drop_column('children')

    with op.batch_alter_table('retention_rule', schema=None) as batch_op:
        batch_op.drop_column('required_by_law')
        batch_op.drop_column('indefinite')

    with op.batch_alter_table('recipient', schema=None) as batch_op:
        batch_op.drop_column('cession_ground')

    with op.batch_alter_table('purpose', schema=None) as batch_op:
        batch_op.drop_column('compatibility')
        batch_op.drop_column('secondary')
        batch_op.drop_column('soft_opt_in')
        batch_op.drop_column('email_marketing')
        batch_op.drop_column('presumption')
        batch_op.drop_column('consent_by')

    with op.batch_alter_table('legal_entity', schema=None) as batch_op:
        batch_op.drop_column('inventory_url')
        batch_op.drop_column('public_body')
        batch_op.drop_column('relies_on_exemption')
        batch_op.drop_column('gdpr_applies_abroad')

    with op.batch_alter_table('engagement', schema=None) as batch_op:
        batch_op.drop_column('keeping_authorised')
        batch_op.drop_column('kept_after_months')
        batch_op.drop_column('chosen_by_customer')
        batch_op.drop_column('own_purposes')
        batch_op.drop_column('delimitation')
        batch_op.drop_column('flow_down')
        batch_op.drop_column('authorisation')

    with op.batch_alter_table('california_disclosure', schema=None) as batch_op:
        batch_op.drop_column('updated_on')

    with op.batch_alter_table('assessment', schema=None) as batch_op:
        batch_op.drop_column('consultation')
        batch_op.drop_column('consulted_on')

    with op.batch_alter_table('argentine_registration', schema=None) as batch_op:
        batch_op.drop_column('compared_on')
        batch_op.drop_column('rectification_days')
        batch_op.drop_column('access_days')
        batch_op.drop_column('legend')
        batch_op.drop_column('published_url')
        batch_op.drop_column('sensitive_exception')

    with op.batch_alter_table('activity', schema=None) as batch_op:
        batch_op.drop_column('officer_informed_on')
        batch_op.drop_column('prevents_right')
        batch_op.drop_column('matching')
        batch_op.drop_column('monitoring')
        batch_op.drop_column('profiling')
        batch_op.drop_column('automated_ground')
        batch_op.drop_column('occasional')
        batch_op.drop_column('behavioural_advertising')
        batch_op.drop_column('trackers_necessary')
        batch_op.drop_column('uses_trackers')
        batch_op.drop_column('notice_of_source')
        batch_op.drop_column('notice')
        batch_op.drop_column('from_third_parties')
        batch_op.drop_column('same_period_confirmed')

    with op.batch_alter_table('breach_engagement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_breach_engagement_engagement_id'))

    op.drop_table('breach_engagement')
    with op.batch_alter_table('breach_activity', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_breach_activity_activity_id'))

    op.drop_table('breach_activity')
    with op.batch_alter_table('argentine_registration_data_category', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_argentine_registration_data_category_data_category_id'))

    op.drop_table('argentine_registration_data_category')
    with op.batch_alter_table('age_limit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_age_limit_activity_id'))

    op.drop_table('age_limit')
    with op.batch_alter_table('text_note', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_text_note_legal_entity_id'))

    op.drop_table('text_note')
    with op.batch_alter_table('breach', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_breach_entity_id'))

    op.drop_table('breach')
    with op.batch_alter_table('waiver', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_waiver_target'))

    op.drop_table('waiver')
    op.drop_table('threshold')
