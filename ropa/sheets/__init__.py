"""Columns over the register: what a heading says, and how a row says its value. Pure."""

from ropa.sheets import (
    assessments,
    brazil,
    california,
    controller,
    customers,
    measures,
    processor,
    recipients,
    registrations,
    retention,
    transfers,
)
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

ASSESSMENTS = (assessments.SHEET,)
"""What stands behind the record: what was weighed (GDPR Art. 35, 6(1)(f))."""

REGISTRATIONS = (registrations.SHEET,)
"""What is registered in Argentina; only for who has something to register there."""

CALIFORNIA = (california.SHEET,)
"""The twelve-month lists of California; only for who has something to say there."""

BRAZIL = (brazil.SHEET,)
"""The record in the fields of the Brazilian authority; only for activities under its law."""

ALL = (*ARTICLE_30, *ASSESSMENTS, *REGISTRATIONS, *CALIFORNIA, *BRAZIL)
"""Every sheet a workbook may have, in order; the change log (``ropa.sheets.changes``) follows.

Nobody outside is shown internal notes, waivers, notes on published texts, or where notices of
changes go; breaches are a register of their own (GDPR Art. 33(5)). ``ropa.sheets.left_out`` names
every field that is on no sheet, with the reason.
"""

__all__ = [
    "ALL",
    "ARTICLE_30",
    "ASSESSMENTS",
    "BOTH",
    "BRAZIL",
    "CALIFORNIA",
    "CONTROLLER",
    "MARK",
    "PROCESSOR",
    "REGISTRATIONS",
    "Column",
    "Reader",
    "Sheet",
    "Value",
    "Width",
    "legend",
]
