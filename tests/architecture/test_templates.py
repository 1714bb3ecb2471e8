"""What the content security policy would refuse, and what a form may not forget."""

import re

from tests.architecture.checkout import templates

INLINE = {
    "an inline style": re.compile(r"<style\b|<[^>]+\sstyle\s*=", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc\s*=)[^>]*>", re.IGNORECASE),
    "an inline handler": re.compile(r"<[^>]+\son[a-z]+\s*=", re.IGNORECASE),
    "a script address": re.compile(r"javascript:", re.IGNORECASE),
    "another house": re.compile(r"<(?:script|link|img|iframe)\b[^>]*(?:https?:)?//", re.IGNORECASE),
    "text that is not escaped": re.compile(r"\|\s*safe\b|autoescape\s+false"),
}

POSTING = re.compile(r"<form\b[^>]*method=[\"']?post\b.*?</form>", re.IGNORECASE | re.DOTALL)
TOKEN = re.compile(r"csrf_token|hidden_tag|form_token|signed_token|letter_token")
"""A page that a letter leads to carries the letter's own token in its address."""


def test_no_template_holds_what_the_content_security_policy_refuses():
    found = [
        f"{path}:{text.count(chr(10), 0, hit.start()) + 1} holds {what}"
        for path, text in templates()
        for what, pattern in INLINE.items()
        for hit in pattern.finditer(text)
    ]
    assert found == []


def test_every_form_that_changes_something_carries_a_token():
    found = [
        f"{path}:{text.count(chr(10), 0, form.start()) + 1}"
        for path, text in templates()
        for form in POSTING.finditer(text)
        if not TOKEN.search(form[0])
    ]
    assert found == []
