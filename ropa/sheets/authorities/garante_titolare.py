"""The simplified register of the Italian authority for controllers (Allegato 1)."""

from ropa.i18n import _
from ropa.sheets.authorities import parties
from ropa.sheets.authorities.form import REF, Activity, Form, controlled, over, together
from ropa.sheets.column import Sheet
from ropa.vocabulary import Role

CONTACT_HEADINGS = (
    ("Dati di contatto", "office"),
    ("Nome", "name"),
    ("Indirizzo", "address"),
    ("E-mail", "email"),
    ("Telefono", "phone"),
)
HEADER_NOTE = _(
    "The head of the form stands on a sheet of its own; the words of that sheet are ours, and the "
    "headings of the table are the authority's."
)

FORM = Form(
    name="garante_titolare",
    title=_("Simplified register for controllers (Garante, Italy)"),
    authority="Garante per la protezione dei dati personali",
    side=Role.CONTROLLER,
    notes=(HEADER_NOTE,),
    tables=(
        parties.block(
            "Intestazione",
            (
                ("Titolare", parties.company),
                ("Contitolare", parties.joint_controllers),
                ("Rappresentante", parties.representatives),
                ("Responsabile della protezione dei dati", parties.officers),
            ),
            CONTACT_HEADINGS,
        ),
        Sheet[Activity](
            key="register",
            title="Registro",
            rows=controlled,
            columns=(
                REF,
                over("Tipologia di trattamento", "name", asked=True),
                together("Finalità e basi legali del trattamento", "purposes", "bases"),
                over("Categorie di interessati", "subjects"),
                over("Categorie di dati personali", "categories"),
                together("Categorie di destinatari", "recipients", "engagements"),
                together(
                    "Trasferimento dati verso paesi terzi (o organizzazioni internazionali)",
                    "countries",
                    "safeguards",
                ),
                over("Termini ultimi di cancellazione previsti", "retention"),
                over("Misure di sicurezza tecniche e organizzative", "measures"),
            ),
        ),
    ),
)
