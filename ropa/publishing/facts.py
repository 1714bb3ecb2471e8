"""The facts a change can move, by name: what a reader compares before and after, side by side."""

from collections.abc import Callable, Iterator
from typing import Any

from ropa.i18n import _
from ropa.publishing.lines import Line, Subprocessor

COMPANY: dict[str, tuple[str, Callable[[Subprocessor], Any]]] = {
    "name": (_("Name"), lambda one: one.name),
    "legal_name": (_("Legal name"), lambda one: one.legal_name),
    "kind": (_("Kind"), lambda one: one.kind),
    "address": (_("Registered address"), lambda one: one.address),
    "country": (_("Country of establishment"), lambda one: one.country),
    "registration_number": (_("Registration number"), lambda one: one.registration_number),
    "parent": (_("Parent company"), lambda one: one.parent),
    "contact": (_("Contact person"), lambda one: one.contact),
    "privacy_contact": (_("Privacy contact"), lambda one: one.privacy_contact),
    "website": (_("Website"), lambda one: one.website),
    "dpa_url": (_("Its processing agreement"), lambda one: one.dpa_url),
    "subprocessors_url": (_("Its own sub-processor list"), lambda one: one.subprocessors_url),
    "certifications": (_("Certificates"), lambda one: one.certifications),
    "subprocessors": (_("Its own sub-processors"), lambda one: one.subprocessors),
}
"""Who it is: each fact with its label and what it is made of."""

ROW: dict[str, tuple[str, Callable[[Line], Any]]] = {
    "purpose": (_("What for"), lambda one: one.purpose),
    "group": (_("Part of the list"), lambda one: one.group),
    "applies": (_("Applies to"), lambda one: (one.services, one.applies_when)),
    "customer_can_disable": (
        _("A customer can switch it off"),
        lambda one: one.customer_can_disable,
    ),
    "data": (
        _("Data"),
        lambda one: (one.data_categories, one.answers.data_categories, one.special_categories),
    ),
    "data_subjects": (_("Whose data"), lambda one: (one.data_subjects, one.answers.data_subjects)),
    "places": (_("Where"), lambda one: (one.locations, one.answers.locations)),
    "transfers": (_("Transfer safeguard"), lambda one: (one.transfer, one.transfers)),
    "supplementary_measures": (
        _("Supplementary measures"),
        lambda one: one.supplementary_measures,
    ),
    "retention": (_("Kept for"), lambda one: one.retention),
    "ai_model_provider": (_("Provides an AI model"), lambda one: one.ai_model_provider),
    "ai_trains_on_customer_data": (
        _("Trains models on customer data"),
        lambda one: one.ai_trains_on_customer_data,
    ),
    "ai_retention": (_("Keeps prompts for"), lambda one: one.ai_retention),
    "since": (_("Since"), lambda one: (one.status, one.starts_on, one.ends_on)),
    "last_reviewed_on": (_("Last reviewed"), lambda one: one.last_reviewed_on),
}
"""What it does: each fact with its label and what it is made of."""


def moved_in_company(
    before: Subprocessor | None, after: Subprocessor | None
) -> list[tuple[str, str]]:
    """Return the name and label of each fact of who it is that differs."""
    return list(_moved(COMPANY, before, after))


def moved_in_row(before: Line | None, after: Line | None) -> list[tuple[str, str]]:
    """Return the name and label of each fact of a row that differs."""
    return list(_moved(ROW, before, after))


def _moved(facts: dict[str, Any], before: Any, after: Any) -> Iterator[tuple[str, str]]:
    """Yield the facts in which two of a kind differ; None has none of them.

    Against nothing, what was never recorded is told as well: readers judge by gaps too.
    """
    for name, (label, made_of) in facts.items():
        if before is None or after is None or made_of(before) != made_of(after):
            yield name, label
