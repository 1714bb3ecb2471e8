"""Where the text of each law stands, as its own publisher keeps it."""

import re
from collections.abc import Iterator

_CALIFORNIA = (
    "https://leginfo.legislature.ca.gov/faces/codes_displayText.xhtml"
    "?division=3.&part=4.&lawCode=CIV&title=1.81.5"
)

_TEXTS = (
    (r"UK GDPR", "https://www.legislation.gov.uk/eur/2016/679/contents"),
    (r"(?<!UK )\bGDPR", "https://eur-lex.europa.eu/eli/reg/2016/679/oj"),
    (
        r"(?:Decision|SCC) (?:\(EU\) )?2021/914",
        "https://eur-lex.europa.eu/eli/dec_impl/2021/914/oj",
    ),
    (r"LOPDGDD", "https://www.boe.es/eli/es/lo/2018/12/05/3"),
    (r"LSSI", "https://www.boe.es/eli/es/l/2002/07/11/34"),
    (
        r"Ley 25\.326",
        "https://servicios.infoleg.gob.ar/infolegInternet/anexos/60000-64999/64790/texact.htm",
    ),
    (r"FADP", "https://www.fedlex.admin.ch/eli/cc/2022/491/en"),
    (r"LGPD", "https://www.planalto.gov.br/ccivil_03/_ato2015-2018/2018/lei/l13709.htm"),
    (r"Civ\. Code", _CALIFORNIA),
    (r"EDPB", "https://www.edpb.europa.eu/"),
)


def link_of(law: str) -> str:
    """Return the address of the official text a citation names first, or nothing if none is known.

    ``"GDPR Art. 30(1)(a); LOPDGDD 34.3"`` leads to the GDPR.
    """
    return min(_found(law), default=(0, ""))[1]


def _found(law: str) -> Iterator[tuple[int, str]]:
    for name, address in _TEXTS:
        if found := re.search(name, law):
            yield found.start(), address
