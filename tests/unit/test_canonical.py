"""Hashes and shapes: what makes the log checkable for good."""

import json
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given, strategies as st

from ropa.history import upcast
from ropa.history.canonical import canonical, digest_of, link_hash, state_text
from ropa.history.upcast import read_state
from ropa.records import NOUNS
from ropa.records.base import SCHEMA
from tests.builders import a_full_house

FIXTURES = Path(__file__).parent.parent / "data" / "states"

text = st.text(st.characters(codec="utf-8"))
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | text,
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.from_regex(r"[a-z_/-]+", fullmatch=True), inner)
    ),
    max_leaves=20,
)


@given(plain)
def test_our_json_is_the_canonical_json(value):
    assert canonical(value).encode() == rfc8785.dumps(value)


@pytest.mark.parametrize("record", a_full_house(), ids=lambda one: one.noun)
def test_a_state_reads_back_as_the_record_it_was(record):
    body = state_text(record)
    assert read_state(body) == record
    assert rfc8785.dumps(json.loads(body)).decode() == body


def test_a_digest_depends_on_salt_and_body():
    assert digest_of("a", "b") != digest_of("b", "b") != digest_of("b", "a")


def test_a_link_depends_on_the_one_before_and_on_all_it_says():
    header = {"seq": 1, "why": "x"}
    hashes = {
        link_hash("0" * 64, header),
        link_hash("1" * 64, header),
        link_hash("0" * 64, {**header, "why": "y"}),
        link_hash("0" * 64, {**header, "seq": 2}),
    }
    assert len(hashes) == 4


@pytest.mark.parametrize("number", range(1, SCHEMA + 1))
def test_states_of_every_number_can_still_be_read(number):
    bodies = sorted((FIXTURES / str(number)).glob("*.json"))
    assert {path.stem for path in bodies} == set(NOUNS)
    for path in bodies:
        record = read_state(path.read_text(encoding="utf-8").strip())
        assert record.noun == path.stem


def test_an_older_state_is_brought_up_step_by_step(monkeypatch):
    def rename(state):
        record = state["record"]
        record["name"] = record.pop("label")
        return {**state, "schema": SCHEMA}

    monkeypatch.setitem(upcast.UPCASTERS, SCHEMA - 1, rename)
    body = canonical(
        {"schema": SCHEMA - 1, "noun": "vendor", "record": {"id": "x", "label": "Amazon"}}
    )
    assert read_state(body).title == "Amazon"


def test_a_number_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="schema 99"):
        read_state('{"noun":"vendor","record":{"id":"x"},"schema":99}')
