"""Columns over the register: what a heading says, and how a row says its value. Pure."""

from ropa.sheets import controller, customers, measures, processor, recipients, retention, transfers
from ropa.sheets.column import MARK, Column, Sheet, Value, Width
from ropa.sheets.legend import legend
from ropa.sheets.reader import Reader

CONTROLLER = (controller.SHEET,)
"""What only the record of a controller holds."""

PROCESSOR = (processor.SHEET, customers.SHEET)
"""What only the record of a processor holds."""

BOTH = (recipients.SHEET, transfers.SHEET, retention.SHEET, measures.SHEET)
"""What the record of either holds."""

ARTICLE_30 = (*CONTROLLER, *PROCESSOR, *BOTH)
"""The sheets of the record of processing activities, in order."""

__all__ = [
    "ARTICLE_30",
    "BOTH",
    "CONTROLLER",
    "MARK",
    "PROCESSOR",
    "Column",
    "Reader",
    "Sheet",
    "Value",
    "Width",
    "legend",
]
