"""The basic register of the French authority: who keeps it, the list, and a fiche for each."""

from ropa.i18n import _
from ropa.sheets.authorities import parties, values
from ropa.sheets.authorities.form import (
    LINES,
    REF,
    Activity,
    Fiche,
    Form,
    controlled,
    in_the_log,
    over,
    said_by,
)
from ropa.sheets.column import Sheet
from ropa.vocabulary import Role

FORM = Form(
    name="cnil",
    title=_("Basic register with a sheet for each activity (CNIL, France)"),
    authority="Commission nationale de l'informatique et des libertés",
    side=Role.CONTROLLER,
    notes=(
        LINES,
        _(
            "The authority's form has boxes to tick for kinds of data and of measures; here the "
            "categories and measures of the register stand by name."
        ),
        _(
            "The form asks for no legal basis. The French authority recommends two registers to a "
            "company that is both controller and processor: this is the controller's."
        ),
    ),
    tables=(
        parties.block(
            "Coordonnées",
            (
                ("Responsable", parties.company),
                ("DPO", parties.officers),
            ),
            (
                ("Coordonnées du responsable", "office"),
                ("Nom", "name"),
                ("Prénom", ""),
                ("Adresse", "address"),
                ("CP", "place"),
                ("Ville", "place"),
                ("Téléphone", "phone"),
                ("E-mail", "email"),
            ),
        ),
        Sheet[Activity](
            key="activities",
            title="Registre",
            rows=controlled,
            columns=(over("Activité", "ref"), over("Désignation", "name")),
        ),
    ),
    fiche=Fiche(
        key="fiche",
        title="Fiche",
        heads=("Rubrique", "Contenu"),
        activities=controlled,
        lines=(
            REF,
            over("Nom de l'activité", "name"),
            in_the_log("Date de création de la fiche", "created"),
            in_the_log("Date de dernière mise à jour", "updated"),
            over("Nom du responsable conjoint", "joint_controllers"),
            over("Nom du logiciel ou de l'application (si pertinent)", "systems"),
            over("Objectifs poursuivis", "purposes"),
            over("Catégories de personnes concernées", "subjects"),
            over("Catégories de données collectées", "categories"),
            said_by(
                "Des données sensibles sont-elles traitées ?",
                "sensitive",
                values.sensitive,
                citation="GDPR Art. 9, 10",
            ),
            over("Durées de conservation des catégories de données", "retention"),
            said_by(
                "Catégories de destinataires : Destinataires internes",
                "internal",
                values.internal_recipients,
                citation="GDPR Art. 30(1)(d)",
            ),
            said_by(
                "Catégories de destinataires : Organismes externes",
                "external",
                values.external_recipients,
                citation="GDPR Art. 30(1)(d)",
            ),
            said_by(
                "Catégories de destinataires : Sous-traitants",
                "processors",
                values.processors,
                citation="GDPR Art. 30(1)(d)",
            ),
            said_by(
                "Transferts des données hors UE",
                "transfers",
                values.transfers,
                citation="GDPR Art. 30(1)(e)",
            ),
            over("Mesures de sécurité", "measures"),
        ),
    ),
)
