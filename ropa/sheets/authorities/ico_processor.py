"""The documentation template of the British authority for processors."""

from ropa.i18n import _
from ropa.sheets import processor
from ropa.sheets.authorities import parties, values
from ropa.sheets.authorities.form import (
    LEADING,
    UNVERIFIED,
    Activity,
    Form,
    over,
    processed,
    said_by,
)
from ropa.sheets.authorities.ico_controller import CONTACT_HEADINGS, CONTACT_NOTE
from ropa.sheets.column import Sheet
from ropa.vocabulary import Role

FORM = Form(
    name="ico_processor",
    title=_("Documentation template for processors (ICO, United Kingdom)"),
    authority="Information Commissioner's Office",
    side=Role.PROCESSOR,
    notes=(UNVERIFIED, CONTACT_NOTE),
    tables=(
        parties.block(
            "Contact details",
            (
                ("Processor", parties.company),
                ("Data protection officer", parties.officers),
                ("Representative", parties.representatives),
            ),
            CONTACT_HEADINGS,
        ),
        Sheet[Activity](
            key="template",
            title="Template",
            rows=processed,
            columns=(
                *LEADING,
                said_by(
                    "Name and contact details of controller",
                    "customers",
                    values.served,
                    citation="GDPR Art. 30(2)(a)",
                ),
                said_by(
                    "Name and contact details of controller's representative (if applicable)",
                    "representatives",
                    values.their_representatives,
                    citation="GDPR Art. 30(2)(a)",
                ),
                over("Categories of processing", "processing_categories", processor.SHEET),
                over(
                    "Names of third countries or international organisations that personal data "
                    "are transferred to (if applicable)",
                    "countries",
                ),
                over(
                    "Safeguards for exceptional transfers of personal data to third countries or "
                    "international organisations (if applicable)",
                    "safeguards",
                ),
                over(
                    "General description of technical and organisational security measures "
                    "(if possible)",
                    "measures",
                ),
            ),
        ),
    ),
)
