"""The list in the words of schema.org, small, for search engines: who is on it, and where it is.

schema.org has no word for a sub-processor, so the list is an ItemList of Organizations, as others
publish it; what each does is in the JSON this points to.
"""

from collections.abc import Iterable
from typing import Any

import msgspec

from ropa.i18n import _
from ropa.publishing.lines import Status, Subprocessor
from ropa.publishing.page import Page


def schema_org_bytes(page: Page, address: str, downloads: Iterable[tuple[str, str]]) -> bytes:
    """Return the list as JSON-LD; ``downloads`` are media types with the address of each.

    Call it inside ``in_language``. What is not recorded is left out, as schema.org has it.
    """
    document = _known(
        {
            "@context": "https://schema.org",
            "@type": "WebPage",
            "@id": address,
            "url": address,
            "name": str(_("Sub-processors")),
            "inLanguage": page.language,
            "dateModified": page.modified_at.isoformat() if page.modified_at else None,
            "publisher": _publisher(page),
            "mainEntity": _items(page),
            "subjectOf": [
                {
                    "@type": "DataDownload",
                    "encodingFormat": media_type,
                    "contentUrl": where,
                }
                for media_type, where in downloads
            ],
        }
    )
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def _publisher(page: Page) -> dict[str, Any] | None:
    if page.publisher is None:
        return None
    own = page.publisher
    return _organisation(own.legal_name, own.trade_name, own.address, own.country) | _known(
        {"email": own.email}
    )


def _items(page: Page) -> dict[str, Any]:
    listed = [one for one in page.subprocessors if _is_listed(one)]
    return {
        "@type": "ItemList",
        "numberOfItems": len(listed),
        "itemListElement": [
            {"@type": "ListItem", "position": place, "item": _of(one)}
            for place, one in enumerate(listed, 1)
        ],
    }


def _is_listed(who: Subprocessor) -> bool:
    """Say whether it does anything for us now, or is about to."""
    return any(line.status is not Status.ENDED for line in who.engagements)


def _of(who: Subprocessor) -> dict[str, Any]:
    return _organisation(who.legal_name, who.name, who.address, who.country) | _known(
        {"identifier": who.id, "url": who.website, "parentOrganization": _parent(who)}
    )


def _parent(who: Subprocessor) -> dict[str, Any] | None:
    return _organisation(who.parent, None, None, None) if who.parent else None


def _organisation(
    legal_name: str | None, name: str | None, address: str | None, country: str | None
) -> dict[str, Any]:
    postal = _known({"streetAddress": address, "addressCountry": country})
    return {"@type": "Organization"} | _known(
        {
            "legalName": legal_name,
            "name": name or legal_name,
            "address": {"@type": "PostalAddress", **postal} if postal else None,
        }
    )


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in facts.items() if value is not None}
