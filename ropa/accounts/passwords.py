"""Passwords: which are accepted, how they are kept, how they are compared.

Argon2id with two passes over 32 MiB (OWASP asks for 19 at least), and never more than two at
once in a process, so that guessing cannot take the machine's memory. A name nobody has is
compared with a hash nobody knows, so that it takes as long as one that exists.
"""

import re
import secrets
import unicodedata
from collections.abc import Iterator
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from ropa.accounts.common import ROWS, WORDS
from ropa.i18n import _

SHORTEST = 12
LONGEST = 256
SHORTEST_WORD = 4

_HASHER = PasswordHasher(time_cost=2, memory_cost=32 * 1024, parallelism=1)
_AT_ONCE = BoundedSemaphore(2)
_FEWEST_SIGNS = 5
_LEET = str.maketrans("01345789@$!|€", "oleastbgasiie")


def hash_password(password: str) -> str:
    """Return the hash to keep."""
    with _AT_ONCE:
        return _HASHER.hash(_plain(password))


def is_right(kept: str | None, password: str) -> bool:
    """Say whether this is the password; where none is kept, take as long and say no."""
    try:
        with _AT_ONCE:
            _HASHER.verify(kept or _nobodys_hash(), _plain(password))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Say whether a hash was made with other parameters than we use now."""
    return _HASHER.check_needs_rehash(kept)


def problems_with(password: str, *context: str) -> Iterator[str]:
    """Yield why a password is not accepted; ``context`` is what others know about the person.

    No rule asks for capitals, digits or signs: length is what counts.
    """
    if len(password) < SHORTEST:
        yield _("Use at least %(least)s characters. A few words work well.", least=SHORTEST)
    elif len(password) > LONGEST:
        yield _("Use at most %(most)s characters.", most=LONGEST)
    elif word := _word_inside(password, context):
        yield _("Leave out “%(word)s”: others would try it first.", word=word)
    elif _is_common(password):
        yield _("This is among the passwords that are tried first. Choose another.")


def words_about(email: str, name: str) -> tuple[str, ...]:
    """Return the words that others would try for this person."""
    return (*re.split(r"[^\w]+", email.rpartition(".")[0]), *name.split())


def _plain(password: str) -> bytes:
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


@cache
def _nobodys_hash() -> str:
    return _HASHER.hash(secrets.token_bytes(32))


def _word_inside(password: str, context: tuple[str, ...]) -> str:
    read = {_bare(password), _bare(password).translate(_LEET)}
    for word in context:
        bare = _bare(word)
        if len(bare) >= SHORTEST_WORD and any(bare in one for one in read):
            return word
    return ""


def _bare(text: str) -> str:
    """Return the text without accents and case."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _is_common(password: str) -> bool:
    plain = _bare(password)
    core = re.sub(r"[^a-z]+", "", plain)
    return (
        len(set(plain)) < _FEWEST_SIGNS
        or _lies_in_a_row(re.sub(r"[^a-z0-9]+", "", plain))
        or _is_usual_words(core)
        or _is_usual_words(re.sub(r"[^a-z]+", "", plain.translate(_LEET)))
        or _is_usual_words(re.sub(r"[\d\W_]+$", "", plain).translate(_LEET))
    )


def _lies_in_a_row(text: str) -> bool:
    """Say whether the text is made of runs of neighbouring keys, forwards or backwards."""
    runs = [run for row in ROWS for run in (row, row[::-1])]
    pieces = 0
    while text:
        length = max(_common_start(text, run) for run in runs)
        text = text[length:]
        pieces += 1
        if length < SHORTEST_WORD and text:
            return False
    return pieces > 0


def _common_start(text: str, run: str) -> int:
    """Return how many of the first characters of the text stand together in the run."""
    length = 1
    while length < len(text) and text[: length + 1] in run:
        length += 1
    return length


def _is_usual_words(text: str) -> bool:
    """Say whether the text is one usual word, or two, or one said again and again."""
    if not text:
        return False
    if any(text == word * (len(text) // len(word)) for word in WORDS):
        return True
    return any(text.startswith(word) and text[len(word) :] in WORDS for word in WORDS)
