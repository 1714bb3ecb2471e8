"""PR: what the public list of sub-processors promises its readers (GDPR Art. 28(2))."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from ropa.i18n import _
from ropa.lint.case import Case, goes_on, is_subprocessor
from ropa.lint.dates import months_after
from ropa.lint.rule import Seen, rule
from ropa.records import Engagement, LegalEntity, Vendor
from ropa.records.values import is_link
from ropa.vocabulary import Severity, ThresholdCode

_SHORT = 3
"""The most letters of a label like the “co” in co.uk, under which domains are sold."""


@rule(
    "PR-15",
    Severity.WARNING,
    "GDPR Art. 5(2), 28(2)",
    of=Engagement,
    says=_("This line of the public list is due for review."),
    remedy=_("Read it again; if it is still true, say so, or announce what changes."),
)
def line_not_reviewed(case: Case, engagement: Engagement) -> Iterator[Seen]:
    """Yield a public engagement that was not reviewed within its interval, or never."""
    public = is_subprocessor(engagement) and engagement.public is True
    months = engagement.review_months or case.threshold(ThresholdCode.REVIEW_MONTHS)
    since = engagement.last_reviewed_on or engagement.starts_on
    if not public or months is None or not goes_on(engagement, case.day):
        return
    if since is None or months_after(since, months) < case.day:
        yield Seen("last_reviewed_on")


@rule(
    "PR-16",
    Severity.INFO,
    "GDPR Art. 28(4); EDPB Opinion 22/2024",
    of=Vendor,
    says=_("The link leads to %(site)s, and the vendor's own site is %(own)s."),
    remedy=_("Open it: if it is the list or the agreement of somebody else, correct it."),
)
def link_of_another(_case: Case, vendor: Vendor) -> Iterator[Seen]:
    """Yield a link to a list or an agreement that stands on a site that is not the vendor's."""
    own = site_of(vendor.website)
    for name in ("own_list_url", "dpa_url"):
        site = site_of(getattr(vendor, name))
        if own and site and site != own:
            yield Seen(name, site=site, own=own)


@rule(
    "PR-17",
    Severity.WARNING,
    "GDPR Art. 28(2)",
    of=LegalEntity,
    says=_("The company publishes the list, and customers find no mailbox to write to."),
    remedy=_("Record the e-mail address at which objections and questions are read."),
)
def no_mailbox(_case: Case, entity: LegalEntity) -> Iterator[Seen]:
    """Yield a publishing company without an e-mail address."""
    if entity.publishes_list is True and not entity.email:
        yield Seen("email")


def site_of(address: str) -> str:
    """Return the domain somebody owns in a web address: example.com, example.co.uk; or nothing."""
    host = (urlsplit(address).hostname or "") if is_link(address) else ""
    labels = host.rstrip(".").split(".")
    *_rest, second, last = ["", *labels]
    shared = len(second) <= _SHORT and len(last) < _SHORT and len(labels) > 2  # noqa: PLR2004
    return ".".join(labels[-3 if shared else -2 :])
