"""The year: what is due, when, for which company and whose; computed from dates when read.

Everything here is given a register and a moment, and asks no database.
"""

from ropa.calendar.days import Days
from ropa.calendar.due import SOON, Due, When, around, falling_due, never_reviewed, next_review
from ropa.calendar.feed import calendar_bytes
from ropa.calendar.sifting import Asked, counts, sift
from ropa.calendar.whose import Whose
from ropa.calendar.writing import MEDIA_TYPE, calendar_file, in_moment, in_text, whole_day

__all__ = [
    "MEDIA_TYPE",
    "SOON",
    "Asked",
    "Days",
    "Due",
    "When",
    "Whose",
    "around",
    "calendar_bytes",
    "calendar_file",
    "counts",
    "falling_due",
    "in_moment",
    "in_text",
    "never_reviewed",
    "next_review",
    "sift",
    "whole_day",
]
