"""What must be declared of each database in Argentina: Ley 25.326 art. 21(2), letters a to i."""

from ropa.i18n import _
from ropa.records import ArgentineRegistration
from ropa.sheets import registrations
from ropa.sheets.authorities.form import Form, over, together
from ropa.sheets.column import Column, Sheet
from ropa.sheets.reader import Reader
from ropa.vocabulary import RegistrationKind, Role

_OURS = registrations.SHEET


def databases(reader: Reader) -> list[ArgentineRegistration]:
    """Return the databases the company has registered or is about to register."""
    found = reader.register.current(ArgentineRegistration)
    return [one for one in found if one.kind is not RegistrationKind.RESPONSABLE]


def _letter(heading: str, *keys: str) -> Column[ArgentineRegistration]:
    if len(keys) == 1:
        return over(heading, *keys, _OURS, asked=True)
    return together(heading, *keys, sheet=_OURS)


FORM = Form(
    name="aaip",
    title=_("Databases by the letters of Ley 25.326 art. 21(2) (AAIP, Argentina)"),
    authority="Agencia de Acceso a la Información Pública",
    side=Role.CONTROLLER,
    notes=(
        _(
            "One row for each database, with what was declared of it. Filing itself is done on "
            "the authority's own site; this is what is declared there, by letter."
        ),
        _("What the activities do today stands in the record of processing activities."),
    ),
    tables=(
        Sheet[ArgentineRegistration](
            key="databases",
            title="Bases de datos",
            rows=databases,
            columns=(
                over("Nombre de la base", "database_name", _OURS, asked=True),
                over("Registro N°", "rl_number", _OURS, asked=True),
                _letter("a) Nombre y domicilio del responsable", "declared_responsable"),
                _letter(
                    "b) Características y finalidad del archivo",
                    "declared_characteristics",
                    "database_purpose",
                ),
                _letter(
                    "c) Naturaleza de los datos personales contenidos en cada archivo",
                    "declared_data",
                    "declared_categories",
                    "declared_sensitive",
                    "declared_criminal",
                ),
                _letter("d) Forma de recolección y actualización de datos", "declared_collection"),
                _letter(
                    "e) Destino de los datos y personas físicas o de existencia ideal a las que "
                    "pueden ser transmitidos",
                    "declared_recipients",
                ),
                _letter(
                    "f) Modo de interrelacionar la información registrada", "declared_interrelation"
                ),
                _letter(
                    "g) Medios utilizados para garantizar la seguridad de los datos, debiendo "
                    "detallar la categoría de personas con acceso al tratamiento",
                    "declared_security",
                ),
                _letter("h) Tiempo de conservación de los datos", "declared_retention"),
                _letter(
                    "i) Forma y condiciones en que las personas pueden acceder a los datos "
                    "referidos a ellas y los procedimientos para la rectificación o actualización",
                    "declared_access",
                ),
            ),
        ),
    ),
)
