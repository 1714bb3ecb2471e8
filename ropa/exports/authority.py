"""The form of an authority as a workbook: a cover, a legend, then their headings over our values.

The headings are in the authority's language, the values in the one asked for.
"""

from functools import partial

from ropa.errors import RopaError
from ropa.exports import pages
from ropa.exports.book import Book, Cover
from ropa.exports.digest import digest_of
from ropa.exports.request import XLSX, Export, ExportRequest
from ropa.exports.scope import in_scope
from ropa.exports.workbook import write
from ropa.i18n import _, in_language
from ropa.register import Register
from ropa.sheets import words
from ropa.sheets.authorities import Form
from ropa.sheets.cover import Facts, Line, Section, sections
from ropa.sheets.legend import legend_of_form
from ropa.vocabulary import Role


def export_of(form: Form) -> Export[ExportRequest]:
    """Return the download of a form."""
    return Export(
        name=form.name,
        title=form.title,
        media_type=XLSX,
        filename=partial(_filename, form),
        make=partial(_make, form),
        authority=form.authority,
        side=form.side,
    )


def _filename(form: Form, request: ExportRequest) -> str:
    begins = form.name.upper().replace("_", "-")
    return pages.filename(begins, request, _side(form, request) if not form.side else None)


def _make(form: Form, request: ExportRequest) -> bytes:
    with in_language(request.language):
        side = _side(form, request)
        return made_of(
            form, request, side, in_scope(request.register, request.entity, side, form.also)
        )


def made_of(form: Form, request: ExportRequest, side: Role | None, scope: Register) -> bytes:
    """Return the form filled in with what is in scope, in the language that is being spoken."""
    return write(_book(form, request, side, scope))


def _side(form: Form, request: ExportRequest) -> Role | None:
    """Return the side of Art. 30 the file is of; raise RopaError when the form has only another."""
    if form.side and request.role and request.role is not form.side:
        raise RopaError(
            _(
                "This form is of the other side of Art. 30: %(side)s. Ask for no side, or for that "
                "one.",
                side=form.side.label,
            )
        )
    return form.side or request.role


def _book(form: Form, request: ExportRequest, side: Role | None, scope: Register) -> Book:
    reader = pages.reader_of(request, scope)
    customer = request.customer.legal_name if request.customer else ""
    facts = Facts(request.moment, request.generated_at, digest_of(scope), side, customer)
    filled = [
        *pages.pages_of([legend_of_form(form.explained(), form.notes)], reader),
        *pages.pages_of(list(form.sheets(reader)), reader, as_theirs=True),
    ]
    contents = tuple(pages.opens(page) for page in filled)
    as_of = words.moment(request.moment, reader.entity.time_zone)
    name = reader.entity.legal_name
    first, *others = sections(reader, facts, contents)
    title = f"{form.title}: {name}"
    return Book(
        cover=Cover(str(_("Cover")), title, (_about(form), first, *others)),
        pages=filled,
        subject=f"{form.title}, {as_of}",
        language=request.language,
        author=name,
        made_at=request.generated_at,
        gap=reader.not_recorded,
        footer=(f"{name} · {as_of}", f"SHA-256 {facts.sha256[:16]}"),
    )


def _about(form: Form) -> Section:
    notes = "\n".join(f"{words.BULLET}{note}" for note in form.notes)
    lines = (Line(str(_("Whose form")), form.authority), Line(str(_("What to know")), notes))
    return Section(str(_("This form")), lines)
