"""What the public is shown: the list of sub-processors, and the forms in which it leaves."""

from ropa.publishing.formats import (
    content_sha256,
    csv_bytes,
    json_bytes,
    json_schema,
)
from ropa.publishing.page import (
    Group,
    Page,
    Row,
    Sealed,
    page_with_changes,
    publisher_of,
    publishers,
    subprocessor_page,
)
from ropa.publishing.published import PublicLists
from ropa.publishing.saying import Said, Saying
from ropa.publishing.versions import find_version, page_of, seal, seal_versions, versions_of
from ropa.register import zone_of

__all__ = [
    "Group",
    "Page",
    "PublicLists",
    "Row",
    "Said",
    "Saying",
    "Sealed",
    "content_sha256",
    "csv_bytes",
    "find_version",
    "json_bytes",
    "json_schema",
    "page_of",
    "page_with_changes",
    "publisher_of",
    "publishers",
    "seal",
    "seal_versions",
    "subprocessor_page",
    "versions_of",
    "zone_of",
]
