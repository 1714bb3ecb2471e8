"""The workbook the Belgian authority published for controllers, as far as its columns are known."""

from ropa.i18n import _
from ropa.sheets import processor
from ropa.sheets.authorities import parties, values
from ropa.sheets.authorities.form import (
    UNVERIFIED,
    Activity,
    Form,
    absent,
    controlled,
    ours,
    over,
    said_by,
    together,
)
from ropa.sheets.column import Sheet
from ropa.sheets.controller import SHEET as CONTROLLER
from ropa.vocabulary import Role

FORM = Form(
    name="apd",
    title=_("Register for controllers (APD/GBA workbook of 2017, Belgium)"),
    authority="Autorité de protection des données / Gegevensbeschermingsautoriteit",
    side=Role.CONTROLLER,
    notes=(
        UNVERIFIED,
        _(
            "The authority's workbook has more columns than are known here. The last columns are "
            "ours: what Art. 30 asks for and no known column of the workbook does."
        ),
    ),
    tables=(
        parties.block(
            "Controller",
            (
                ("Controller of Data Processing", parties.company),
                ("Data Protection Officer", parties.officers),
            ),
            (
                (_("Office"), "office"),
                ("Dutch/French Name", "name"),
                ("KBO/BCE Number", ""),
                ("General Phone Number", "phone"),
                ("General E-Mail Address", "email"),
                ("Part of Staff", ""),
            ),
        ),
        Sheet[Activity](
            key="register",
            title="Register",
            rows=controlled,
            columns=(
                over("Number", "ref"),
                over("Processing", "name"),
                over("Name of Business Process", "department"),
                over("Owner of Process", "owner"),
                over("Purpose of Processing", "purposes"),
                over("Basis for Processing", "bases", asked=True),
                over("Type of Processing", "processing_categories", processor.SHEET, asked=False),
                over("Functional Data Category", "categories"),
                said_by(
                    "GDPR Data Category", "sensitive", values.sensitive, citation="GDPR Art. 9, 10"
                ),
                over("Data Subject Category", "subjects"),
                absent("Classification level", "classification"),
                over("Retention", "retention"),
                over("Original data source", "sources"),
                together("Recipient category", "recipients", "engagements"),
                over("Nature of transfer to third country/international organisation", "countries"),
                over("Appropriate safeguards (Art. 49)", "safeguards"),
                said_by(
                    "Processor contract",
                    "contracts",
                    values.agreements,
                    asked=False,
                    citation="GDPR Art. 28(3)",
                ),
                over("Technology", "systems"),
                absent("Risk", "risk"),
                absent("Risk mitigation", "mitigation"),
                said_by(
                    "DPIA",
                    "impact",
                    values.impact_progress,
                    asked=False,
                    citation="GDPR Art. 35",
                ),
                absent("Data-subject-rights document", "rights"),
                over("Data subject notification", "notice"),
                over("Comments", "description"),
                ours("measures", CONTROLLER),
                ours("joint_controllers", CONTROLLER),
            ),
        ),
    ),
)
