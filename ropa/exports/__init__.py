"""What leaves the house as a file: which downloads there are, and what each may hold."""

from ropa.exports.as_of import moment_wanted, parse_as_of
from ropa.exports.catalogue import EVIDENCE, EXPORTS, LISTS, TITLES, exports_table
from ropa.exports.checking import Checked, Standing, check_file
from ropa.exports.evidence import EvidenceRequest
from ropa.exports.handing import HandedOut, Handing, hand_out
from ropa.exports.packing import Part
from ropa.exports.request import Export, ExportRequest, ListRequest

__all__ = [
    "EVIDENCE",
    "EXPORTS",
    "LISTS",
    "TITLES",
    "Checked",
    "EvidenceRequest",
    "Export",
    "ExportRequest",
    "HandedOut",
    "Handing",
    "ListRequest",
    "Part",
    "Standing",
    "check_file",
    "exports_table",
    "hand_out",
    "moment_wanted",
    "parse_as_of",
]
