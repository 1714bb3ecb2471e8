"""The authorities a pack is made for: what each is called, whose form it has, what it speaks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ropa.exports.request import Export, ExportRequest
from ropa.i18n import _
from ropa.records import LegalEntity
from ropa.records.text import fold
from ropa.vocabulary import Role


@dataclass(frozen=True, kw_only=True)
class Authority:
    """One authority: its name in its own language, the usual language of a pack, and the law.

    ``country`` is where a company of ours would have it. Its forms are those of the catalogue
    whose ``authority`` is ``form_of``, its name unless said; ``known_as`` are words by which a
    company's record may name it. ``law`` is what it may ask for the record by. ``many`` says that
    the entry stands for several authorities, of which the company's record may name one.
    """

    code: str
    name: str
    country: str
    language: str
    law: str
    known_as: tuple[str, ...] = ()
    form_of: str = ""
    many: bool = False

    def forms(
        self, exports: Mapping[str, Export[ExportRequest]], role: Role | None
    ) -> Iterator[Export[ExportRequest]]:
        """Yield the authority's forms for one side of Art. 30, or (None) for both."""
        for one in exports.values():
            theirs = bool(one.authority) and one.authority == (self.form_of or self.name)
            if theirs and (one.side is None or role in (None, one.side)):
                yield one


GDPR = _("GDPR Art. 30(4)")

AUTHORITIES: dict[str, Authority] = {
    one.code: one
    for one in (
        Authority(
            code="aepd",
            name="Agencia Española de Protección de Datos",
            country="ES",
            language="es",
            law=GDPR,
            known_as=("aepd", "Spanish Data Protection Agency", "Spanish Agency for Data"),
        ),
        Authority(
            code="ico",
            name="Information Commissioner's Office",
            country="GB",
            language="en",
            law="UK GDPR Art. 30(4)",
            known_as=("ico", "Information Commissioner"),
        ),
        Authority(
            code="cnil",
            name="Commission nationale de l'informatique et des libertés",
            country="FR",
            language="en",
            law=GDPR,
            known_as=("cnil",),
        ),
        Authority(
            code="garante",
            name="Garante per la protezione dei dati personali",
            country="IT",
            language="en",
            law=GDPR,
            known_as=("garante", "gpdp"),
        ),
        Authority(
            code="dsk",
            name="Zuständige Datenschutzaufsichtsbehörde (Deutschland)",
            country="DE",
            language="en",
            law=GDPR,
            known_as=("dsk", "bfdi", "lfd", "lfdi", "bayerisches landesamt", "datenschutz"),
            form_of="Konferenz der unabhängigen Datenschutzaufsichtsbehörden des Bundes und der "
            "Länder",
            many=True,
        ),
        Authority(
            code="apd",
            name="Autorité de protection des données / Gegevensbeschermingsautoriteit",
            country="BE",
            language="en",
            law=GDPR,
            known_as=("apd", "gba", "Gegevensbeschermingsautoriteit"),
        ),
        Authority(
            code="cnpd",
            name="Commission nationale pour la protection des données",
            country="LU",
            language="en",
            law=GDPR,
            known_as=("cnpd luxembourg",),
        ),
        Authority(
            code="aaip",
            name="Agencia de Acceso a la Información Pública",
            country="AR",
            language="es",
            law="Ley 25.326 art. 21(2)",
            known_as=("aaip", "Agency for Access to Public Information"),
        ),
        Authority(
            code="anpd",
            name="Autoridade Nacional de Proteção de Dados",
            country="BR",
            language="pt",
            law="LGPD Art. 37",
            known_as=("anpd",),
        ),
        Authority(
            code="ccpa",
            name="California Privacy Protection Agency",
            country="US",
            language="en",
            law="Cal. Civ. Code 1798.130(a)(5)",
            known_as=("cppa", "calprivacy"),
            form_of="Cal. Civ. Code 1798.130(a)(5)",
        ),
        Authority(
            code="other",
            name=_("Another authority"),
            country="",
            language="en",
            law=GDPR,
            many=True,
        ),
    )
}
"""Every authority, by its code; for any other one there is the pack without a form."""


def authority_for(code: str, entity: LegalEntity) -> Authority:
    """Return the authority of a code; for no code, the one a company would answer to.

    That is the competent one its record names; when none is named, its country's; when neither is
    in the table, another authority.
    """
    return AUTHORITIES.get(code) or _named(entity) or _of_country(entity) or AUTHORITIES["other"]


def recipient_of(authority: Authority, entity: LegalEntity) -> str:
    """Return whom a pack is for when nobody says: the authority by its name.

    Where the entry stands for many, the one that the company's record names; nothing for another
    authority that it does not name.
    """
    if authority.many and authority is _named(entity):
        return entity.supervisory_authority
    return authority.name if authority.country else ""


def _named(entity: LegalEntity) -> Authority | None:
    """Return the authority that a company's record names; another one when it is not ours."""
    said = f" {_plain(entity.supervisory_authority)} "
    if not said.strip():
        return None
    for one in AUTHORITIES.values():
        if one.country and any(f" {_plain(name)} " in said for name in (one.name, *one.known_as)):
            return one
    return AUTHORITIES["other"]


def _of_country(entity: LegalEntity) -> Authority | None:
    return next((one for one in AUTHORITIES.values() if one.country == entity.country != ""), None)


def _plain(text: str) -> str:
    """Return a name as names are compared: words only, no accents, no case."""
    return " ".join("".join(sign if sign.isalnum() else " " for sign in fold(text)).split())
