"""The simplified register of the Italian authority for processors (Allegato 2)."""

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
    together,
)
from ropa.sheets.authorities.garante_titolare import CONTACT_HEADINGS, HEADER_NOTE
from ropa.sheets.column import Sheet
from ropa.vocabulary import Role

FORM = Form(
    name="garante_responsabile",
    title=_("Simplified register for processors (Garante, Italy)"),
    authority="Garante per la protezione dei dati personali",
    side=Role.PROCESSOR,
    notes=(UNVERIFIED, HEADER_NOTE),
    tables=(
        parties.block(
            "Intestazione",
            (
                ("Responsabile", parties.company),
                ("Rappresentante", parties.representatives),
                ("Responsabile della protezione dei dati", parties.officers),
            ),
            CONTACT_HEADINGS,
        ),
        Sheet[Activity](
            key="register",
            title="Registro",
            rows=processed,
            columns=(
                *LEADING,
                said_by("Titolare", "customers", values.served, citation="GDPR Art. 30(2)(a)"),
                over("Categorie di trattamenti", "processing_categories", processor.SHEET),
                together("Trasferimenti", "countries", "safeguards"),
                over("Misure", "measures"),
            ),
        ),
    ),
)
