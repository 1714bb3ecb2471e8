"""Messages are signed as Standard Webhooks 1.0 says, judged by a receiver written from its text."""

import base64
import binascii
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from ropa.publishing.webhooks.signing import new_secret, signed_headers

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
TOLERANCE = timedelta(minutes=5)


def accepted(headers: Mapping[str, str], body: bytes, secret: str, now: datetime) -> bool:
    """Judge a message as the specification tells a receiver to.

    The secret is base64 after ``whsec_``, of 24 to 64 bytes; what is signed is id, time and body
    with full stops between; signatures are separated by blanks, each after its version and a comma;
    a message that is too old or too new is refused.
    """
    kind, _, encoded = secret.partition("_")
    key = base64.b64decode(encoded, validate=True)
    assert (kind, 24 <= len(key) <= 64) == ("whsec", True)
    sent = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
    if abs(now - sent) > TOLERANCE:
        return False
    content = b".".join(
        (headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body)
    )
    expected = hmac.digest(key, content, "sha256")
    return any(
        version == "v1" and hmac.compare_digest(_bytes_of(signature), expected)
        for version, _, signature in (
            one.partition(",") for one in headers["webhook-signature"].split(" ")
        )
    )


def _bytes_of(signature: str) -> bytes:
    try:
        return base64.b64decode(signature, validate=True)
    except binascii.Error:
        return b""


@given(st.binary(max_size=300), st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)))
def test_any_message_is_accepted_by_who_knows_the_secret_and_by_nobody_else(body, at):
    moment, secret = at.replace(tzinfo=UTC), new_secret()
    headers = signed_headers("msg_1", moment, body, [secret])
    assert accepted(headers, body, secret, moment)
    assert not accepted(headers, body, new_secret(), moment)
    assert not accepted(headers, body + b" ", secret, moment)


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp"])
def test_id_and_time_are_signed_too(name):
    secret = new_secret()
    headers = signed_headers("1", AT, b"{}", [secret])
    headers[name] = str(int(headers[name]) + 1)
    assert not accepted(headers, b"{}", secret, AT)


def test_old_messages_are_refused():
    secret = new_secret()
    headers = signed_headers("msg_1", AT, b"{}", [secret])
    assert accepted(headers, b"{}", secret, AT + TOLERANCE)
    assert not accepted(headers, b"{}", secret, AT + TOLERANCE + timedelta(seconds=1))


def test_while_a_secret_is_rotated_both_are_good():
    old, new = new_secret(), new_secret()
    headers = signed_headers("msg_1", AT, b"{}", [new, old])
    assert [accepted(headers, b"{}", one, AT) for one in (old, new)] == [True, True]
