"""The letter that goes with a pack: a draft, in which everything comes from the register."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.shared import Pt

from ropa.exports.packing import MANIFEST, Part
from ropa.exports.request import ExportRequest
from ropa.exports.word_file import add_heading, add_table, begin, bytes_of, put
from ropa.i18n import LANGUAGE_NAMES, _
from ropa.records.text import without_unprintable
from ropa.sheets import Reader, words
from ropa.vocabulary import Role

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

WIDTHS = (5.4, 4.0, 1.8, 5.4)
"""Of the columns of the table of files, in centimetres."""


@dataclass(frozen=True)
class Said:
    """What the letter says: who reads the register, what was asked, each file and what it is."""

    reader: Reader
    request: ExportRequest
    law: str
    parts: Sequence[tuple[Part, str]]
    missing: Sequence[tuple[str, str]]

    @property
    def title(self) -> str:
        """Return what the letter is about."""
        return str(_("Record of processing activities: %(name)s", name=self.name))

    @property
    def name(self) -> str:
        """Return the name of the company."""
        return self.reader.entity.legal_name


def plain(text: str) -> str:
    """Return a text as the log keeps it: no sign that cannot be printed, no space around it."""
    return without_unprintable(text).strip()


def write(said: Said) -> bytes:
    """Return the letter as a Word document; what nobody recorded is left to be written."""
    request = said.request
    document = begin(said.title, said.name, request.language, request.generated_at)
    _open(document, said)
    _facts(document, said)
    _files(document, said)
    _what_is_missing(document, said)
    _how_to_verify(document, said)
    _close(document, said)
    return bytes_of(document)


def _open(document: WordDocument, said: Said) -> None:
    marked = _(
        "Draft: read it, complete what is marked, delete this line, sign, and only then send."
    )
    put(document.add_paragraph(), str(marked), bold=True, to_do=True)
    put(document.add_paragraph(), said.reader.own_identity)
    put(document.add_paragraph(), _blank(_("Place and date")), to_do=True)
    _addressed(document, str(_("To")), plain(said.request.recipient))
    _addressed(document, str(_("Case number")), plain(said.request.case_ref))
    add_heading(document, said.title, level=1)
    put(
        document.add_paragraph(),
        str(
            _(
                "With this letter, %(name)s makes its record of processing activities available to "
                "you (%(law)s), as it stood at the moment named below.",
                name=said.name,
                law=said.law,
            )
        ),
    )


def _addressed(document: WordDocument, label: str, value: str) -> None:
    paragraph = document.add_paragraph()
    put(paragraph, f"{label}: ", bold=True)
    put(paragraph, value or _blank(label), to_do=not value)


def _blank(what: str) -> str:
    return f"[{what}]"


def _facts(document: WordDocument, said: Said) -> None:
    add_heading(document, str(_("This record")), level=2)
    for label, value in _facts_of(said):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        put(paragraph, f"{label}: ", bold=True)
        put(paragraph, value or said.reader.not_recorded)


def _facts_of(said: Said) -> Iterator[tuple[str, str]]:
    request, head = said.request, said.request.register.head
    side, approved = _side(request.role), request.register.approved
    drafts = _("as written, drafts included")
    yield str(_("As of")), words.moment(request.moment, said.reader.entity.time_zone)
    yield str(_("As of, in universal time")), words.utc_moment(request.moment)
    yield str(_("Side of Art. 30")), side
    yield str(_("States")), str(_("only what somebody approved") if approved else drafts)
    yield str(_("Language")), LANGUAGE_NAMES[request.language]
    yield str(_("Version of the register")), str(head.seq)
    yield str(_("Head of the chain")), str(head) if head.hash else ""


def _side(role: Role | None) -> str:
    return str(role.label if role else _("both"))


def _files(document: WordDocument, said: Said) -> None:
    add_heading(document, str(_("What is delivered")), level=2)
    headings = [str(one) for one in (_("File"), _("What it is"), _("Bytes"), _("SHA-256"))]
    rows = [(one.name, what, str(len(one.content)), one.sha256) for one, what in said.parts]
    add_table(document, str(_("What is delivered")), headings, rows, WIDTHS)
    also = _(
        "The archive also holds the draft of this letter, and %(manifest)s, which names every file "
        "with its SHA-256.",
        manifest=MANIFEST,
    )
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(6)
    put(paragraph, str(also))


def _what_is_missing(document: WordDocument, said: Said) -> None:
    if not said.missing:
        return
    add_heading(document, str(_("What is not in it")), level=2)
    for what, why in said.missing:
        paragraph = document.add_paragraph(style="List Bullet")
        put(paragraph, f"{what}: ", bold=True)
        put(paragraph, why)


def _how_to_verify(document: WordDocument, said: Said) -> None:
    add_heading(document, str(_("How to verify")), level=2)
    for sentence in _verification(said):
        put(document.add_paragraph(), sentence)


def _verification(said: Said) -> Iterator[str]:
    yield str(
        _("Any program that computes SHA-256 shows whether a file is the one in the table above.")
    )
    yield str(
        _(
            "We keep every file as it left. Given a copy, the command “ropa verify FILE” says "
            "whether it is unchanged, or where it was edited."
        )
    )
    if said.request.register.head.hash:
        yield str(
            _(
                "The command “ropa verify --anchor %(head)s” says whether this version of the "
                "register is part of our log, and whether anything before it was altered.",
                head=str(said.request.register.head),
            )
        )


def _close(document: WordDocument, said: Said) -> None:
    add_heading(document, str(_("Contact")), level=2)
    paragraph = document.add_paragraph()
    put(paragraph, f"{_('Data protection officer')}: ", bold=True)
    put(paragraph, said.reader.dpo or said.reader.not_recorded)
    line = document.add_paragraph()
    line.paragraph_format.space_before = Pt(36)
    line.paragraph_format.keep_with_next = True
    put(line, "_" * 40)
    signed = document.add_paragraph()
    put(signed, _blank(_("Name and position of who signs")), to_do=True)
    put(signed, f"\n{said.name}")
