"""What is drawn can be trusted: valid, escaped, named, without style of its own on a page."""

import re
from pathlib import Path

import pytest

from ropa.pictures import PICTURES, png_of, svg_of
from ropa.pictures.pen import COLOURS
from ropa.pictures.text import shortened, width_of, wrapped
from tests.builders import a_vendor, an_activity, an_engagement, an_entity
from tests.unit.pictures.seeing import SVG, address, as_a_file, drawn, on_a_page, texts

STATIC = Path(__file__).parents[3] / "ropa" / "static"

HOSTILE = {
    "markup": '</text><script>alert("x")</script>&amp;]]><style>*{}</style>',
    "attribute": '" onload="alert(1)',
    "long": "W" * 300,
    "right to left": "شركة معالجة البيانات المحدودة " * 9,
    "override": "safe\u202eexe.fdp",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈" * 40,
    "control": "a\x00b\x0bc\ufffe",
    "empty": " ",
}


@pytest.mark.parametrize("name", HOSTILE.values(), ids=list(HOSTILE))
@pytest.mark.parametrize("code", PICTURES)
def test_a_hostile_name_stays_a_name(code: str, name: str):
    entity, vendor = an_entity(legal_name=name), a_vendor(name=name)
    engagement = an_engagement(vendor, entity=entity.id)
    for language in ("en", "es", "pt"):
        picture = drawn(code, vendor, entity, engagement, language=language)
        for svg in (on_a_page(picture, language), as_a_file(picture, language)):
            assert not list(svg.iter(f"{SVG}script"))
            names = {key for one in svg.iter() for key in one.attrib}
            assert not [one for one in names if one.startswith("on") or one == "style"]


@pytest.mark.parametrize("name", HOSTILE.values(), ids=list(HOSTILE))
def test_no_line_is_wider_than_its_room(name: str):
    for lines in (1, 3):
        found = wrapped(name, 13, 140, lines)
        assert len(found) <= lines
        assert [one for one in found if width_of(one, 13) > 140] == []
    assert width_of(shortened(name, 13, 140), 13) <= 140


def test_on_a_page_it_is_a_group_of_links_with_names_and_no_style():
    entity = an_entity()
    activity = an_activity(entity)
    svg = on_a_page(drawn("flow", activity, entity))
    assert svg.get("role") == "group"
    assert svg.get("lang") == "en"
    assert svg.find(f"{SVG}title") is not None
    assert svg.find(f"{SVG}desc") is not None
    assert not list(svg.iter(f"{SVG}style"))
    links = {one.get("href"): one.findtext(f"{SVG}title") for one in svg.iter(f"{SVG}a")}
    assert links == {
        f"/legal_entity/{entity.id}": "Company, Acme S.L.",
        f"/activity/{activity.id}": "Processing activity, C-01 Payroll, Controller",
    }


def test_a_file_is_one_image_that_asks_for_nothing():
    entity = an_entity()
    picture = drawn("flow", an_activity(entity), entity)
    svg = as_a_file(picture)
    assert svg.get("role") == "img"
    assert not list(svg.iter(f"{SVG}a"))
    assert picture.title in texts(svg)
    text = svg_of(picture, "en").replace("http://www.w3.org/2000/svg", "")
    assert "://" not in text
    assert re.findall(r"url\((?!#)", text) == []
    assert "href" not in text


def test_every_link_inside_leads_to_something_inside():
    entity = an_entity()
    text = svg_of(drawn("flow", an_activity(entity), entity), "en", address)
    ids = set(re.findall(r'id="([^"]+)"', text))
    assert set(re.findall(r"url\(#([^)]+)\)", text)) <= ids
    assert {"picture-title", "picture-says"} <= ids


def test_the_colours_are_those_of_the_house_by_day_and_by_night():
    day, night = (STATIC / "tokens.css").read_text(encoding="utf-8").split("@media (prefers")
    for name, (light, dark) in COLOURS.items():
        assert f"--{name}: {light};" in day
        assert f"--{name}: {dark};" in night.split("@media print")[0]
    sheet = (STATIC / "pictures.css").read_text(encoding="utf-8")
    for name in COLOURS:
        assert f".f-{name} {{ fill: var(--{name}); }}" in sheet
        assert f".s-{name} {{ stroke: var(--{name}); }}" in sheet


def test_words_are_said_in_the_language_asked_for():
    entity = an_entity()
    picture = drawn("flow", an_activity(entity), entity, language="es")
    assert "Nuestra empresa" in texts(on_a_page(picture, "es"))


def test_it_can_be_had_as_png():
    content = png_of(svg_of(drawn("time", a_vendor()), "en"))
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
