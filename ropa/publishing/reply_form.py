"""The form of those who reply to a change: what it asks, read and judged as plain values."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import msgspec

from ropa.i18n import _
from ropa.operations.files import HandedIn
from ropa.publishing.subscribing import address_in
from ropa.records.base import SHORT
from ropa.records.text import without_unprintable
from ropa.vocabulary import ObjectionGround, ReplyKind

LONGEST = {"organisation": 200, "contract": 100, "name": 200, "role": 200, "text": 10_000}
"""The most characters each answer may have."""

LARGEST_FILE = 5_000_000
"""The most bytes a file may have."""


@dataclass(frozen=True)
class Written:
    """What somebody wrote into the form."""

    kind: ReplyKind | None = None
    organisation: str = ""
    contract: str = ""
    name: str = ""
    role: str = ""
    address: str = ""
    """As it was typed; ``mailbox`` is the address it stands for."""
    grounds: tuple[ObjectionGround, ...] = ()
    text: str = ""
    file: HandedIn | None = None

    @cached_property
    def mailbox(self) -> str:
        """Return the address letters go to, or "" when what was typed is none."""
        return address_in(self.address)

    def sha256(self, change_id: str, language: str) -> str:
        """Return the hash of all of it: the same form sent twice has the same."""
        content = self.file.content if self.file else b""
        said = [
            *(change_id, language, self.kind, self.organisation, self.contract, self.name),
            *(self.role, self.mailbox, self.grounds, self.text),
            *(self.file.filename if self.file else "", hashlib.sha256(content).hexdigest()),
        ]
        return hashlib.sha256(msgspec.json.encode(said)).hexdigest()


def written_in(
    fields: Mapping[str, str], grounds: Sequence[str], file: HandedIn | None = None
) -> Written:
    """Return what stands in the fields of a form; what no text may hold shows as U+FFFD."""
    lines = {
        name: _line(fields.get(name, ""))
        for name in ("organisation", "contract", "name", "role", "address")
    }
    return Written(
        kind=next((one for one in ReplyKind if one.value == fields.get("kind")), None),
        grounds=tuple(one for one in ObjectionGround if one.value in grounds),
        text=_lines(fields.get("text", "")),
        file=file,
        **lines,
    )


def wrong_in(written: Written) -> dict[str, str]:
    """Return a sentence for each field that must be put right before it can be sent."""
    return dict(_wrong(written))


def _wrong(written: Written) -> Iterator[tuple[str, str]]:
    if written.kind is None:
        yield "kind", _("Say whether you object, or have no objection.")
    if not written.organisation:
        yield "organisation", _("Say for which organisation you write.")
    if not written.name:
        yield "name", _("Say who you are.")
    if not written.mailbox:
        yield "address", _("This is not an e-mail address, such as ana@example.org.")
    if written.kind is ReplyKind.OBJECTION and not (written.grounds or written.text):
        yield "grounds", _("Choose a ground, or say in your own words why you object.")
    for name, most in LONGEST.items():
        if (length := len(getattr(written, name))) > most:
            yield (
                name,
                _(
                    "This text has %(length)s characters; at most %(limit)s fit. Shorten it.",
                    length=length,
                    limit=most,
                ),
            )


def _line(text: str) -> str:
    return " ".join(without_unprintable(text[: SHORT * 10]).split())


def _lines(text: str) -> str:
    """Return a text with one kind of line break, as browsers send two signs for each."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return without_unprintable(plain).strip()
