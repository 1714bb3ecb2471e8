"""How tests look at a picture: its SVG read as XML, and the words in it."""

from datetime import date
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from ropa.pictures import PICTURES, Graph, Link, Picture, picture_of, svg_of
from ropa.records import Record
from ropa.register import Register

TODAY = date(2026, 11, 24)
SVG = "{http://www.w3.org/2000/svg}"


def drawn(code: str, record: Record, *others: Record, language: str = "en") -> Picture:
    """A picture of a record in a register of these."""
    register = Register.of(record, *others)
    return picture_of(PICTURES[code], register, record, TODAY, language)


def address(link: Link) -> str:
    return f"/{link.noun}/{link.id}"


def on_a_page(picture: Picture, language: str = "en") -> Element:
    found: Element = fromstring(svg_of(picture, language, address))
    return found


def as_a_file(picture: Picture, language: str = "en") -> Element:
    found: Element = fromstring(svg_of(picture, language))
    return found


def texts(svg: Element) -> list[str]:
    return [one.text or "" for one in svg.iter(f"{SVG}text")]


def graph_of(picture: Picture) -> Graph:
    assert isinstance(picture.drawing, Graph)
    return picture.drawing


def arrows(picture: Picture) -> set[tuple[str, str]]:
    """The lines of a graph, by what is written at both ends."""
    graph = graph_of(picture)
    words = {one.key: one.words for one in graph.nodes}
    return {(words[one.start], words[one.end]) for one in graph.edges}


def words_of(picture: Picture) -> list[str]:
    return [one.words for one in graph_of(picture).nodes]
