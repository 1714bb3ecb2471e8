"""The record itself, one catalogue for each side of Art. 30, and its context."""

from collections.abc import Sequence

from ropa.exports import dpv
from ropa.exports.digest import digest_of
from ropa.exports.linked.names import Node, quoted, to
from ropa.exports.linked.values import moment
from ropa.exports.linked.whole import Whole
from ropa.i18n import _
from ropa.records import ProcessingActivity


def head(whole: Whole, side: str, activities: Sequence[ProcessingActivity]) -> Node:
    """Return the record of one side: whose it is, as of when, and its activities."""
    article = "GDPR Art. 30(2)" if side == "processor" else "GDPR Art. 30(1)"
    title = str(_("Record of processing activities: %(name)s", name=whole.entity.legal_name))
    return {
        "@id": f"urn:ropa:register:{quoted(whole.entity.id)}:{side}",
        "@type": ["dpcat:ROPA", "dpv:ROPA", "dcat:Catalog"],
        "dct:title": {
            "@value": f"{title} ({article})",
            "@language": whole.request.language,
        },
        "dct:publisher": to(whole.entity),
        "dct:conformsTo": {"@id": dpv.VERSION},
        "dcat:dataset": [to(one) for one in activities],
        "ropa:asOf": moment(whole.request.moment),
        "ropa:head": str(whole.scope.head),
        "ropa:sha256": digest_of(whole.scope),
        "ropa:approvedOnly": whole.scope.approved,
    }
