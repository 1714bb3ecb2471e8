"""What one customer is given: what is done on its behalf, by whom, where and how protected.

GDPR Art. 28(3)(h) asks the processor for all information a customer needs; Art. 28(2) for the
sub-processors. The pack holds a workbook, the annexes of the standard clauses, the same as JSON,
and a manifest.
"""

from datetime import UTC

from ropa.errors import RopaError
from ropa.exports import authority, pages, records_json
from ropa.exports.book import Book, Cover
from ropa.exports.customer_scope import scope_of_customer
from ropa.exports.digest import digest_of
from ropa.exports.naming import plain_name, stem
from ropa.exports.packing import Part, packed
from ropa.exports.request import XLSX, ExportRequest
from ropa.exports.workbook import write
from ropa.i18n import _, in_language
from ropa.records import Customer
from ropa.register import Register
from ropa.sheets import customer_pack, legend, words
from ropa.sheets.authorities import scc
from ropa.sheets.cover import Facts, sections
from ropa.vocabulary import Role

WORKBOOK = "processing.xlsx"
ANNEXES = "scc_annexes.xlsx"
RECORDS = "records.json"
"""What the files in the pack are called: by what they are, in every language."""

_LONGEST_NAME = 60


def filename(request: ExportRequest) -> str:
    """Return the name of the file: CUSTOMER-CLIENT-GMBH_ACME_2026-03-31_en_v14.zip."""
    name = plain_name(request.customer.legal_name if request.customer else "")[:_LONGEST_NAME]
    begins = "-".join(part for part in ("CUSTOMER", name) if part)
    return f"{stem(begins, request, None)}.zip"


def make(request: ExportRequest) -> bytes:
    """Return the pack of a customer.

    Raises RopaError when no customer is named, when another side of Art. 30 is asked for than the
    processor's, or when the customer has no agreement with the company on that day.
    """
    customer = _customer(request)
    with in_language(request.language):
        day = words.day_of(request.moment, request.entity.time_zone)
        scope = scope_of_customer(request.register, request.entity, customer, day)
        parts = (
            Part(WORKBOOK, XLSX, write(_book(request, scope))),
            Part(ANNEXES, XLSX, authority.made_of(scc.FORM, request, Role.PROCESSOR, scope)),
            Part(RECORDS, "application/json", records_json.made_of(request, scope)),
        )
    return packed(parts, _about(request, customer, scope))


def _customer(request: ExportRequest) -> Customer:
    if request.customer is None:
        raise RopaError(_("Say for which customer: this file is about one alone."))
    if request.role not in (None, Role.PROCESSOR):
        raise RopaError(
            _("A customer is told what the company does as processor; leave the other side out.")
        )
    return request.customer


def _about(request: ExportRequest, customer: Customer, scope: Register) -> dict[str, object]:
    """Return what the manifest says before it names the files."""
    return {
        "export": "customer",
        "customer": customer.legal_name,
        "company": request.entity.legal_name,
        "as_of": request.moment.astimezone(UTC).isoformat(),
        "made_at": request.generated_at.astimezone(UTC).isoformat(),
        "language": request.language,
        "approved_only": scope.approved,
        "register_version": scope.head.seq,
        "register_head": str(scope.head),
        "content_sha256": digest_of(scope),
    }


def _book(request: ExportRequest, scope: Register) -> Book:
    reader = pages.reader_of(request, scope)
    (customer,) = scope.customers
    facts = Facts(
        request.moment,
        request.generated_at,
        digest_of(scope),
        Role.PROCESSOR,
        customer.legal_name,
    )
    sheets = customer_pack.SHEETS
    filled = pages.pages_of((legend(sheets), *sheets), reader)
    contents = tuple(pages.opens(page) for page in filled)
    as_of = words.moment(request.moment, reader.entity.time_zone)
    name, title = reader.entity.legal_name, customer_pack.title(customer)
    said = (*customer_pack.sections(customer, reader), *sections(reader, facts, contents))
    return Book(
        cover=Cover(str(_("Cover")), title, said),
        pages=filled,
        subject=str(_("GDPR Art. 28(3)(h), as of %(moment)s", moment=as_of)),
        language=request.language,
        author=name,
        made_at=request.generated_at,
        gap=reader.not_recorded,
        footer=(f"{customer.legal_name} · {as_of}", f"SHA-256 {facts.sha256[:16]}"),
    )
