"""Every sentence the program can say, it can say in each of its languages."""

import re
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from ropa.i18n import LANGUAGES
from tests.architecture.checkout import ROOT

TRANSLATIONS = ROOT / "ropa" / "translations"
BLANK = re.compile(r"%\((\w+)\)[sd]")
KEYWORDS: dict[str, None] = {"_": None}


@cache
def said() -> frozenset[str]:
    """Return every message found in the code and in the templates."""
    with (TRANSLATIONS / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = (
        message
        for folder in ("ropa", "templates")
        for _file, _line, message, *_rest in extract_from_dir(
            ROOT / folder, methods, options, keywords=KEYWORDS
        )
    )
    return frozenset(one for one in found if isinstance(one, str))


@cache
def catalogue(language: str) -> Catalog:
    file = TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"
    with file.open("rb") as opened:
        return read_po(opened, locale=language)


def messages(language: str) -> list[Message]:
    return [one for one in catalogue(language) if one.id]


@pytest.fixture(params=[one for one in LANGUAGES if one != "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_sentence_is_in_the_catalogue(language: str):
    assert sorted(said() - {one.id for one in messages(language)}) == []


def test_no_sentence_is_left_untranslated(language: str):
    assert [one.id for one in messages(language) if not one.string] == []


def test_no_translation_is_a_guess(language: str):
    # A catalogue without its header counts as a guess whole, and is never compiled.
    assert not catalogue(language).fuzzy
    assert [one.id for one in messages(language) if one.fuzzy] == []


def test_a_translation_fills_the_same_blanks(language: str):
    wrong = [
        one.id
        for one in messages(language)
        if sorted(set(BLANK.findall(str(one.id)))) != sorted(set(BLANK.findall(str(one.string))))
    ]
    assert wrong == []
