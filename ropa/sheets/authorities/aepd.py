"""The inventory that Spanish controllers publish, in the shape the AEPD gave its own.

LOPDGDD 31.2 asks it of public bodies; the Spanish authority publishes no form to fill in.
"""

from ropa.i18n import _
from ropa.sheets.authorities.form import LEADING, Activity, Form, controlled, over, together
from ropa.sheets.column import Sheet
from ropa.vocabulary import Role

FORM = Form(
    name="aepd",
    title=_("Inventory of processing activities (AEPD shape, LOPDGDD 31.2)"),
    authority="Agencia Española de Protección de Datos",
    side=Role.CONTROLLER,
    notes=(
        _(
            "The Spanish authority publishes no form to fill in. This is the shape of the "
            "inventory it keeps of its own activities, as Spanish controllers have copied it."
        ),
        _("Only the public bodies that LOPDGDD 77.1 names must publish such an inventory."),
    ),
    tables=(
        Sheet[Activity](
            key="inventory",
            title="Inventario",
            rows=controlled,
            columns=(
                *LEADING,
                over("a) Base jurídica", "bases", asked=True),
                over("b) Fines del tratamiento", "purposes"),
                over("c) Colectivo", "subjects"),
                over("d) Categorías de datos", "categories"),
                together("e) Categoría destinatarios", "recipients", "engagements"),
                together("f) Transf. Internacional", "countries", "safeguards"),
                over("g) Plazo supresión", "retention"),
                over("h) Medidas de seguridad", "measures"),
                together("i) Entidad responsable", "controller", "joint_controllers"),
            ),
        ),
    ),
)
