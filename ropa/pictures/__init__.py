"""Pictures of the register: what flows where, what stands how, what happened when.

A Register goes in and a Picture comes out: plain facts and the table that says the same. Then it
is drawn, as SVG text. Nothing here queries, and nothing here knows an address of the site.
"""

from ropa.pictures.catalogue import PICTURES, Kind, picture_of, pictures_for
from ropa.pictures.destinations import destinations
from ropa.pictures.picture import Cell, Graph, Lanes, Line, Link, Picture, Table, Told
from ropa.pictures.png import NoFontsError, png_of
from ropa.pictures.svg import svg_of

__all__ = [
    "PICTURES",
    "Cell",
    "Graph",
    "Kind",
    "Lanes",
    "Line",
    "Link",
    "NoFontsError",
    "Picture",
    "Table",
    "Told",
    "destinations",
    "picture_of",
    "pictures_for",
    "png_of",
    "svg_of",
]
