"""The record read whole: now, or at any moment in the past, through the same code."""

from ropa.register.live import LiveRegister
from ropa.register.reading import head_at, read_register
from ropa.register.register import Head, Register, Use

__all__ = ["Head", "LiveRegister", "Register", "Use", "head_at", "read_register"]
