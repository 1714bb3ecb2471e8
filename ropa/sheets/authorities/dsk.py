"""The template of the German authorities for controllers: a front sheet, and one per activity."""

from ropa.i18n import _
from ropa.records import ProcessingActivity
from ropa.sheets import activity as said
from ropa.sheets.authorities import parties, values
from ropa.sheets.authorities.form import LINES, Fiche, Form, controlled, in_the_log, over, said_by
from ropa.sheets.column import Value
from ropa.sheets.reader import Reader
from ropa.vocabulary import AnswerKind, Role

NO_TRANSFER = "Datenübermittlung findet nicht statt und ist auch nicht geplant"
TRANSFER = "Datenübermittlung findet wie folgt statt"


def transfer(activity: ProcessingActivity, reader: Reader) -> Value:
    """Return which of the form's two sentences holds; the answer or the gap if neither is known."""
    if activity.transfers:
        return f"{TRANSFER}:\n{said.countries(activity, reader)}"
    given = activity.answer_to("transfers")
    if given and given.kind is AnswerKind.NONE:
        return NO_TRANSFER
    return reader.answered(activity, "transfers", [])


FORM = Form(
    name="dsk",
    title=_("Front sheet and a sheet for each activity (DSK, Germany)"),
    authority="Konferenz der unabhängigen Datenschutzaufsichtsbehörden des Bundes und der Länder",
    side=Role.CONTROLLER,
    notes=(
        LINES,
        _(
            "The form has boxes to tick for kinds of people; here the categories of the register "
            "stand by name."
        ),
    ),
    tables=(
        parties.block(
            "Vorblatt",
            (
                ("Angaben zum Verantwortlichen", parties.company),
                ("ggf. gemeinsam Verantwortlicher", parties.joint_controllers),
                ("Vertreter", parties.representatives),
                ("Datenschutzbeauftragter", parties.officers),
            ),
            (
                ("Vorblatt", "office"),
                ("Name", "name"),
                ("Straße", "address"),
                ("PLZ", "place"),
                ("Ort", "place"),
                ("Telefon", "phone"),
                ("E-Mail", "email"),
                ("Internet-Adresse", "website"),
            ),
        ),
    ),
    fiche=Fiche(
        key="sheet",
        title="Blatt",
        heads=("Angabe", "Inhalt"),
        activities=controlled,
        lines=(
            over("Benennung", "name"),
            over("lfd. Nr.", "ref"),
            in_the_log("Datum der Anlegung", "created"),
            in_the_log("Datum der letzten Änderung", "updated"),
            over("Verantwortliche Fachabteilung", "department"),
            over("Ansprechpartner, Telefon, E-Mail", "owner"),
            over("Zwecke der Verarbeitung (lit. b)", "purposes"),
            over("Name des eingesetzten Verfahrens", "systems"),
            over("Kategorien betroffener Personen", "subjects"),
            over("Kategorien personenbezogener Daten", "categories"),
            said_by(
                "Besondere Kategorien (Art. 9)",
                "sensitive",
                values.special_data,
                citation="GDPR Art. 9",
            ),
            said_by(
                "Kategorien von Empfängern: intern (Abteilung/Funktion)",
                "internal",
                values.internal_recipients,
                citation="GDPR Art. 30(1)(d)",
            ),
            said_by(
                "Kategorien von Empfängern: extern (Empfängerkategorie)",
                "external",
                values.all_external_recipients,
                citation="GDPR Art. 30(1)(d)",
            ),
            over("Kategorien von Empfängern: Drittland/intern. Organisation", "countries"),
            said_by("Übermittlung", "transfer", transfer, citation="GDPR Art. 30(1)(e)"),
            said_by(
                "Nennung der konkreten Datenempfänger",
                "importers",
                values.importers,
                citation="GDPR Art. 30(1)(e)",
            ),
            over("Dokumentation geeigneter Garantien (Art. 49 Abs. 1 UAbs. 2)", "safeguards"),
            over("Fristen für die Löschung", "retention"),
            over("TOM (Art. 32 Abs. 1)", "measures"),
        ),
    ),
)
