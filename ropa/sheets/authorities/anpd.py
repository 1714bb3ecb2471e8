"""The eight fields of the simplified record of the Brazilian authority (Res. CD/ANPD 2/2022)."""

from ropa.i18n import _
from ropa.sheets import activity as said, processor
from ropa.sheets.authorities.form import (
    REF,
    Activity,
    Form,
    all_activities,
    ours,
    over,
    said_by,
    together,
)
from ropa.sheets.column import Sheet, Value
from ropa.sheets.controller import SHEET as CONTROLLER
from ropa.sheets.reader import Reader
from ropa.vocabulary import Role


def contact(_activity: Activity, reader: Reader) -> Value:
    """Return the company with its contact details, and its officer."""
    officer = reader.dpo or reader.not_recorded
    return f"{reader.own_identity}\n{_('Data protection officer')}:\n{officer}"


def process(activity: Activity, reader: Reader) -> Value:
    """Return the process, why it is done and on which hypothesis of the law; a gap each."""
    gap = reader.not_recorded
    lines = [reader.text(activity.name) or gap]
    if activity.role is Role.PROCESSOR:
        done = ours("processing_categories", processor.SHEET)
        return "\n".join((*lines, f"{done.heading}:", str(done.read(activity, reader))))
    purposes = ours("purposes", CONTROLLER)
    lines += [f"{purposes.heading}:", str(purposes.read(activity, reader))]
    lines += [f"{_('Legal basis of each purpose')}:", str(said.bases(activity, reader))]
    return "\n".join(lines)


FORM = Form(
    name="anpd",
    title=_("Simplified record in eight fields (ANPD, Brazil)"),
    authority="Autoridade Nacional de Proteção de Dados",
    notes=(
        _(
            "This record is for the small processing agents of Res. CD/ANPD 2/2022, and not for "
            "those whose processing is of high risk."
        ),
    ),
    tables=(
        Sheet[Activity](
            key="record",
            title="Registro",
            rows=all_activities,
            columns=(
                REF,
                said_by(
                    "Informações de contato do agente",
                    "contact",
                    contact,
                    citation="LGPD art. 37, 41",
                ),
                over("Categorias de titulares", "subjects"),
                over("Dados pessoais", "categories"),
                together(
                    "Compartilhamento de dados",
                    "recipients",
                    "engagements",
                    "countries",
                    "safeguards",
                ),
                over("Medidas de segurança", "measures"),
                over("Período de armazenamento", "retention"),
                said_by(
                    "Processo, finalidade e hipótese legal",
                    "process",
                    process,
                    citation="LGPD art. 7, 11, 37",
                ),
                over("Observações", "description"),
            ),
        ),
    ),
)
