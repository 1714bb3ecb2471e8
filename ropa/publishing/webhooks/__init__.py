"""Other programs are told of changes at once, by signed messages (Standard Webhooks)."""

from ropa.publishing.webhooks.calling import queue_in_effect, tell_webhooks
from ropa.publishing.webhooks.delivering import due, note, take
from ropa.publishing.webhooks.keeping import (
    add_webhook,
    enable,
    replay,
    rotate,
    switch_off,
)
from ropa.publishing.webhooks.reaching import BadAddressError, Reach, UnreachableError

__all__ = [
    "BadAddressError",
    "Reach",
    "UnreachableError",
    "add_webhook",
    "due",
    "enable",
    "note",
    "queue_in_effect",
    "replay",
    "rotate",
    "switch_off",
    "take",
    "tell_webhooks",
]
