"""What leaves the house as a file: which downloads there are, and what each may hold."""

from ropa.exports.as_of import moment_wanted, parse_as_of
from ropa.exports.authorities import AUTHORITIES
from ropa.exports.catalogue import EVIDENCE, EXPORTS, FICHE, LISTS, TITLES, exports_table
from ropa.exports.checking import Checked, Standing, check_file
from ropa.exports.evidence import EvidenceRequest
from ropa.exports.handing import HandedOut, Handing, hand_out
from ropa.exports.pack import for_authority
from ropa.exports.packing import Part
from ropa.exports.recognising import PublicFile
from ropa.exports.remaking import Outcome, Remade, remake
from ropa.exports.request import Export, ExportRequest, FicheRequest, ListRequest
from ropa.exports.since import with_last_delivery
from ropa.exports.wish import Wish, request_for, takes_long

__all__ = [
    "AUTHORITIES",
    "EVIDENCE",
    "EXPORTS",
    "FICHE",
    "LISTS",
    "TITLES",
    "Checked",
    "EvidenceRequest",
    "Export",
    "ExportRequest",
    "FicheRequest",
    "HandedOut",
    "Handing",
    "ListRequest",
    "Outcome",
    "Part",
    "PublicFile",
    "Remade",
    "Standing",
    "Wish",
    "check_file",
    "exports_table",
    "for_authority",
    "hand_out",
    "moment_wanted",
    "parse_as_of",
    "remake",
    "request_for",
    "takes_long",
    "with_last_delivery",
]
