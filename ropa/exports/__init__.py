"""What leaves the house as a file: which downloads there are, and what each may hold."""

from ropa.exports.as_of import moment_wanted, parse_as_of
from ropa.exports.catalogue import EXPORTS
from ropa.exports.request import Export, ExportRequest

__all__ = ["EXPORTS", "Export", "ExportRequest", "moment_wanted", "parse_as_of"]
