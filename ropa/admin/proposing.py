"""What a person who announces a change has typed so far, as it travels from page to page."""

import hashlib
from dataclasses import dataclass

from flask import request

from ropa.admin.typed import localised_typed, text_typed
from ropa.i18n import LANGUAGES
from ropa.operations.rows import is_id
from ropa.records import LocalisedText, new_id

NEW = "new"
"""The choice of a notice that is still to be made."""

_EMPTY = LocalisedText()


@dataclass(frozen=True)
class Asked:
    """What was typed so far, as text; what is empty has not been asked yet."""

    change: str
    record: str = ""
    kind: str = ""
    drafts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    name: LocalisedText = _EMPTY
    body: LocalisedText = _EMPTY
    announced_on: str = ""
    effective_on: str = ""
    emergency: bool = False
    emergency_reason: str = ""
    notice: str = NEW
    notice_id: str = ""
    seen: int = 0
    made_from: str = ""

    @property
    def source(self) -> str:
        """Return what its first words and days were made from."""
        return " ".join((self.kind, *sorted(self.drafts), "-", *sorted(self.ends)))

    def hidden(self) -> list[tuple[str, str]]:
        """Return everything as hidden inputs carry it to the next page."""
        texts = [
            (f"{name}-{code}", getattr(getattr(self, name), code))
            for name in ("name", "body")
            for code in LocalisedText.__struct_fields__
        ]
        plain = ("change", "record", "kind", "announced_on", "effective_on", "emergency_reason")
        rest = ("notice", "notice_id", "made_from")
        return [
            *((name, str(getattr(self, name))) for name in (*plain, *rest)),
            *(("draft", one) for one in self.drafts),
            *(("ends", one) for one in self.ends),
            *([("emergency", "1")] if self.emergency else []),
            *texts,
        ]


def asked_in() -> Asked:
    """Return what the form says."""
    posted = request.form
    change, notice = posted.get("change", ""), posted.get("notice_id", "")
    return Asked(
        change=change if is_id(change) else new_id(),
        record=posted.get("record", ""),
        kind=posted.get("kind", ""),
        drafts=tuple(dict.fromkeys(posted.getlist("draft"))),
        ends=tuple(dict.fromkeys(posted.getlist("ends"))),
        name=localised_typed("name", long=False),
        body=localised_typed("body", long=True),
        announced_on=text_typed("announced_on"),
        effective_on=text_typed("effective_on"),
        emergency=bool(posted.get("emergency")),
        emergency_reason=text_typed("emergency_reason", long=True),
        notice=posted.get("notice", NEW),
        notice_id=notice if is_id(notice) else new_id(),
        seen=posted.get("seen", 0, type=int),
        made_from=posted.get("made_from", ""),
    )


def digest_of(asked: Asked) -> str:
    """Return what tells whether somebody touched the words that were made."""
    words = [getattr(text, code) for text in (asked.name, asked.body) for code in LANGUAGES]
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:16]
