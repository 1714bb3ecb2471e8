"""The seven columns of the worked example of the Luxembourgish authority."""

from ropa.i18n import _
from ropa.sheets.authorities.form import LEADING, Activity, Form, controlled, over, together
from ropa.sheets.column import Sheet
from ropa.vocabulary import Role

FORM = Form(
    name="cnpd",
    title=_("Register in seven columns (CNPD shape, Luxembourg)"),
    authority="Commission nationale pour la protection des données",
    side=Role.CONTROLLER,
    notes=(
        _(
            "The authority publishes no general form. These are the columns of its worked example "
            "for associations, which has no place for controller, representative or officer: the "
            "cover names them."
        ),
    ),
    tables=(
        Sheet[Activity](
            key="register",
            title="Registre",
            rows=controlled,
            columns=(
                *LEADING,
                over("Finalité", "purposes"),
                over("Catégories de personnes concernées", "subjects"),
                over("Catégories de données traitées", "categories"),
                together("Catégories de destinataires", "recipients", "engagements"),
                together("Transferts vers des pays tiers", "countries", "safeguards"),
                over("Délais prévus pour l'effacement des données", "retention"),
                over("Mesures de sécurité organisationnelles et techniques", "measures"),
            ),
        ),
    ),
)
