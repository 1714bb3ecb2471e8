"""What leaves the house as a file: which downloads there are, and what each may hold."""

from ropa.exports.as_of import moment_wanted, parse_as_of
from ropa.exports.catalogue import EXPORTS, FICHE, LISTS, TITLES, exports_table
from ropa.exports.checking import Checked, Standing, check_file
from ropa.exports.handing import HandedOut, Handing, hand_out
from ropa.exports.request import Export, ExportRequest, FicheRequest, ListRequest

__all__ = [
    "EXPORTS",
    "FICHE",
    "LISTS",
    "TITLES",
    "Checked",
    "Export",
    "ExportRequest",
    "FicheRequest",
    "HandedOut",
    "Handing",
    "ListRequest",
    "Standing",
    "check_file",
    "exports_table",
    "hand_out",
    "moment_wanted",
    "parse_as_of",
]
