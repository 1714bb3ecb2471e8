"""What proves that customers were told: of one notice, or of all notices of some months.

    case = evidence_of(Asking(session, register, files, now, "en"), notice)

It is for the house and its auditors, never for the public: it names customers.
"""

from ropa.publishing.evidence.case import (
    Asking,
    Case,
    Files,
    evidence_between,
    evidence_of,
    months_before,
)
from ropa.publishing.evidence.exhibits import Exhibit
from ropa.publishing.evidence.known import NoEvidenceError

__all__ = [
    "Asking",
    "Case",
    "Exhibit",
    "Files",
    "NoEvidenceError",
    "evidence_between",
    "evidence_of",
    "months_before",
]
