"""Whatever a register holds, every file of it opens again and says it; ``make fuzz`` tries more."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st

from ropa.exports import EXPORTS, LISTS
from ropa.i18n import LANGUAGES
from ropa.records import NOUNS
from ropa.records.fields import texts_in
from tests.builders_exports import an_export, spanish_company
from tests.fuzz.promises import SLOW, keeps, ways
from tests.fuzz.registers import MARK, Fuzzed, registers
from tests.fuzz.texts import SAMPLES
from tests.fuzz.workbooks import texts_of_workbook

WAYS = tuple(ways())


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
@given(registers(), st.sampled_from(LANGUAGES))
def test_every_file_of_any_register_opens_again_and_says_every_text(fuzzed: Fuzzed, language: str):
    for way in WAYS:
        keeps(way, fuzzed, language)


@pytest.mark.parametrize("way", WAYS, ids=lambda one: one.name)
def test_each_known_trick_is_met_in_every_file(way):
    some = len(SAMPLES) if way.name in SLOW else 6
    for place in range(0, len(SAMPLES), some):
        pool = tuple(one.replace("~", "") for one in SAMPLES[place : place + some])
        seed = 0 if way.name in SLOW else 4 * place - len(way.name) % 4
        keeps(way, Fuzzed(seed=seed, pool=pool, many=1), "en")


def test_every_download_is_among_the_files():
    assert set(EXPORTS) | set(LISTS) <= {one.name for one in WAYS}


def test_every_noun_is_in_a_register_and_most_of_its_texts_are_marked():
    fuzzed = Fuzzed(seed=1, pool=("=1",))
    assert {one.noun for one in fuzzed.register} == set(NOUNS)
    texts = [text for one in fuzzed.register for _path, text, _long in texts_in(one) if text]
    assert sum(bool(MARK.search(text)) for text in texts) > len(texts) / 2
    assert len(fuzzed.texts) > 100


def test_the_twin_has_the_same_records_and_of_each_text_the_mark():
    fuzzed = Fuzzed(seed=1, pool=("=1",))
    twin = {one.id: one for one in fuzzed.twin}
    for one in fuzzed.register:
        ours, theirs = list(texts_in(one)), list(texts_in(twin[one.id]))
        assert [path for path, *_ in ours] == [path for path, *_ in theirs]
        assert [MARK.findall(text) for _path, text, _ in ours] == [
            MARK.findall(text) for _path, text, _ in theirs
        ]


def test_what_looks_like_an_escape_is_read_back_on_the_cover_and_in_the_notes():
    name, long = "_x0041_ S.L.", "_x0041_ and " * 4_000
    made = an_export(spanish_company(legal_name=name, address=long))
    texts = list(texts_of_workbook(made))
    assert name in texts
    assert any(long in text for text in texts)
    assert not any("_x005F_" in text for text in texts)


def test_a_title_of_too_many_lines_does_not_break_the_cover():
    made = an_export(spanish_company(legal_name="\n" * 300))
    assert list(texts_of_workbook(made))
