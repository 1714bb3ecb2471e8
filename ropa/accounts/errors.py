"""What accounts refuse, in words for the person who asked."""

from ropa.errors import RopaError


class AccountError(RopaError):
    """Something about people or signing in that cannot be done as asked."""


class DeadLinkError(AccountError):
    """A one-time link that was used, has expired, was replaced, or never existed."""
