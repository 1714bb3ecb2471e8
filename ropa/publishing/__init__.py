"""What the public is shown: the list of sub-processors, and the forms in which it leaves."""

from ropa.publishing.formats import (
    content_sha256,
    csv_bytes,
    json_bytes,
    json_schema,
)
from ropa.publishing.listing import zone_of
from ropa.publishing.page import Group, Page, Row, publisher_of, subprocessor_page
from ropa.publishing.saying import Said, Saying

__all__ = [
    "Group",
    "Page",
    "Row",
    "Said",
    "Saying",
    "content_sha256",
    "csv_bytes",
    "json_bytes",
    "json_schema",
    "publisher_of",
    "subprocessor_page",
    "zone_of",
]
