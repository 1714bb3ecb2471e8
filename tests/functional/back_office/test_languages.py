"""In Spanish and Portuguese no English word of ours is left on any page of the back office."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient

from ropa.i18n import TRANSLATIONS
from ropa.records import NOUNS
from ropa.records.fields import texts_in
from tests.functional.back_office.house import a_register, key
from tests.people import send

pytestmark = pytest.mark.parametrize("server", ["sqlite"], indirect=True)

UNSPOKEN = frozenset({"script", "style", "template"})
SHORT = 3
"""Words as short as this are names and abbreviations as often as they are English."""


class Spoken(HTMLParser):
    """The words of a page that are said in the page's own language."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._foreign: list[bool] = []
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        for name in ("title", "aria-label", "placeholder"):
            if given.get(name) and not self._is_foreign():
                self._say(str(given[name]))
        if tag in {"input", "br", "hr", "img", "link", "meta"}:
            return
        inner = self._is_foreign() if tag == "html" or "lang" not in given else True
        self._open.append(tag)
        self._foreign.append(inner or tag in UNSPOKEN)

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            self._foreign.pop()
            if self._open.pop() == tag:
                return

    def handle_data(self, data: str) -> None:
        if not self._is_foreign():
            self._say(data)

    def _is_foreign(self) -> bool:
        return bool(self._foreign and self._foreign[-1])

    def _say(self, text: str) -> None:
        for line in re.split(r"[\n·:]", text):
            words = " ".join(line.split()).strip(" ().,")
            if len(words) > SHORT:
                self.said.append(words)


def english(language: str) -> frozenset[str]:
    """Return the sentences and words that are said otherwise in a language."""
    path = Path(TRANSLATIONS, language, "LC_MESSAGES", "messages.po")
    with path.open("rb") as file:
        catalogue = read_po(file)
    said = {str(one.string).strip(" ().,:") for one in catalogue if one.id}
    return (
        frozenset(
            str(one.id).strip(" ().,:")
            for one in catalogue
            if one.id and "%(" not in str(one.id) and one.id != one.string
        )
        - said
    )


def content() -> frozenset[str]:
    """Return what people wrote into the register: that is in the language they wrote it in."""
    return frozenset(text for record in a_register() for _path, text, _long in texts_in(record))


def addresses(house: Flask) -> Iterator[str]:
    """Yield every page of the back office that needs no address of its own, and every record."""
    for rule in house.url_map.iter_rules():
        if str(rule).startswith("/admin") and "GET" in (rule.methods or ()) and not rule.arguments:
            yield str(rule)
    for noun in NOUNS:
        for page in ("details", "edit", "history", "retire"):
            yield f"/admin/{noun}/{page}/?id={key(noun)}"


@pytest.mark.parametrize("language", ["es", "pt"])
def test_no_english_is_left(house: Flask, dora: FlaskClient, language: str):
    send(dora, "/admin/language/", language=language)
    wanted = english(language) - content()
    left: dict[str, str] = {}
    for address in addresses(house):
        answer = dora.get(address)
        if answer.mimetype != "text/html" or answer.status_code != 200:
            continue
        assert f'<html lang="{language}"' in answer.text, address
        for words in Spoken(answer.text).said:
            if words in wanted:
                left.setdefault(words, address)
    assert left == {}
