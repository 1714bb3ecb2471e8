"""The record read whole: now, or at any moment in the past, through the same code."""

from ropa.register.register import Head, Register, Use

__all__ = ["Head", "Register", "Use"]
