"""The record read whole: now, or at any moment in the past, through the same code."""

from ropa.register.changes import (
    closes_at,
    end_of,
    last_day,
    notice_days,
    services_touched,
    state_of,
    zone_of,
)
from ropa.register.live import LiveRegister
from ropa.register.reading import head_at, read_register
from ropa.register.register import Head, Register, Use

__all__ = [
    "Head",
    "LiveRegister",
    "Register",
    "Use",
    "closes_at",
    "end_of",
    "head_at",
    "last_day",
    "notice_days",
    "read_register",
    "services_touched",
    "state_of",
    "zone_of",
]
