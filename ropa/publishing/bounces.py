"""Letters that came back: reports of mail servers (RFC 3464) read, and the letters they are about.

A report names the letter by the Message-ID in the headers it returns, which nobody but its
recipient has seen. Anything else in the mailbox is left alone, answers of people among them.
"""

import mailbox
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from email.policy import compat32
from pathlib import Path

from ropa.errors import RopaError
from ropa.records.text import without_unprintable

_LONGEST = 300


class NoMailboxError(RopaError):
    """Something that is neither a message nor a mailbox."""


@dataclass(frozen=True)
class Bounce:
    """What a report says of one letter: which, why, and whether it will never be taken."""

    message_id: str
    says: str
    for_good: bool


def messages_in(path: Path) -> Iterator[Message]:
    """Yield the messages of a maildir, an mbox or a file that is one message.

    Raises NoMailboxError when it is none of them.
    """
    if path.is_dir():
        if not (path / "cur").is_dir() and not (path / "new").is_dir():
            raise NoMailboxError(f"{path} is a folder, but not a maildir: it has no cur or new.")
        yield from mailbox.Maildir(path, create=False)
    elif not path.is_file():
        raise NoMailboxError(f"There is no file {path}.")
    else:
        yield from messages_of(path.read_bytes())


def messages_of(content: bytes) -> Iterator[Message]:
    """Yield the messages of an mbox, or the one message the bytes are."""
    if not content.startswith(b"From "):
        yield message_from_bytes(content, policy=compat32)
        return
    part: list[bytes] = []
    for line in content.splitlines(keepends=True)[1:]:
        if line.startswith(b"From ") and (not part or not part[-1].strip()):
            yield message_from_bytes(b"".join(part), policy=compat32)
            part = []
        else:
            part.append(line[1:] if line.startswith(b">From ") else line)
    yield message_from_bytes(b"".join(part), policy=compat32)


def bounces_in(message: Message) -> Iterator[Bounce]:
    """Yield what a message reports as not delivered; one that is no report yields nothing.

    A delay is not a failure: the other server goes on trying.
    """
    try:
        status = _part(message, "message/delivery-status")
        message_id = _returned_id(message)
        if status is None or not message_id:
            return
        for fields in _recipients(status):
            if str(fields.get("Action", "")).strip().lower() == "failed":
                yield _bounce(message_id, fields)
    except (MessageError, ValueError, LookupError):
        return


def _bounce(message_id: str, fields: Message) -> Bounce:
    code = str(fields.get("Status", "")).strip()
    said = str(fields.get("Diagnostic-Code", "")).partition(";")[2] or code
    words = " ".join(without_unprintable(f"{code} {said}" if code not in said else said).split())
    return Bounce(message_id, words[:_LONGEST], for_good=not code.startswith("4"))


def _part(message: Message, kind: str) -> Message | None:
    return next((one for one in message.walk() if one.get_content_type() == kind), None)


def _recipients(status: Message) -> Iterator[Message]:
    """Yield the fields of each recipient; the first block is about the message as a whole."""
    blocks = status.get_payload()
    for one in blocks if isinstance(blocks, list) else ():
        if isinstance(one, Message) and "Final-Recipient" in one:
            yield one


def _returned_id(message: Message) -> str:
    """Return the Message-ID of the letter that came back, from what the report gives back of it."""
    whole = _part(message, "message/rfc822")
    if whole is not None:
        inner = whole.get_payload()
        letter = inner[0] if isinstance(inner, list) and inner else None
        return _id_of(letter if isinstance(letter, Message) else None)
    headers = _part(message, "text/rfc822-headers") or _part(message, "message/rfc822-headers")
    if headers is None:
        return ""
    content = headers.get_payload(decode=True)
    return _id_of(message_from_bytes(content)) if isinstance(content, bytes) else ""


def _id_of(letter: Message | None) -> str:
    return str(letter.get("Message-ID", "")).strip() if letter is not None else ""
