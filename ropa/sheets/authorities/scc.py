"""The annexes of the standard contractual clauses that describe what is done, and by whom."""

from collections.abc import Callable, Iterable

from ropa.i18n import _
from ropa.records import Engagement, Measure, Transfer, Vendor
from ropa.sheets import activity as said, measures, processor, recipients, retention
from ropa.sheets.authorities import values
from ropa.sheets.authorities.form import UNVERIFIED, Activity, Form, ours, over, said_by, together
from ropa.sheets.column import Column, Sheet, Value, field
from ropa.sheets.reader import Reader
from ropa.sheets.recipients import Receives
from ropa.vocabulary import EngagementRole, Instrument

Say = Callable[[Activity, Reader], Value]


def by_clauses(reader: Reader) -> list[Transfer]:
    """Return the transfers that lean on the standard contractual clauses."""
    return [
        one
        for one in reader.register.current(Transfer)
        if any(leant.instrument is Instrument.A46_2_C for leant in one.safeguards)
    ]


def subprocessors(reader: Reader) -> list[Receives]:
    """Return what vendors do as sub-processors, in the order of their names."""
    return [
        one
        for one in recipients.rows(reader)
        if one.engagement and one.engagement.role is EngagementRole.SUBPROCESSOR
    ]


def _of_activities(say: Say) -> Callable[[Transfer, Reader], Value]:
    """Return how a transfer says what the activities say that name it, each line once."""

    def write(transfer: Transfer, reader: Reader) -> Value:
        texts = (
            str(say(one, reader) or "") for one in reader.activities if transfer.id in one.transfers
        )
        return "\n".join(dict.fromkeys(_lines(texts)))

    return write


def _lines(texts: Iterable[str]) -> Iterable[str]:
    return (line for text in texts for line in text.split("\n") if line)


def _sensitive(transfer: Transfer, reader: Reader) -> Value:
    some = [one for one in reader.activities if transfer.id in one.transfers and one.data]
    texts = (str(said.protected(one, reader) or "") for one in some)
    found = "\n".join(dict.fromkeys(_lines(texts)))
    return values.yes_with(found, reader) if some else ""


def _nature(activity: Activity, reader: Reader) -> Value:
    if not activity.processing_categories:
        return ""
    return ours("processing_categories", processor.SHEET).write(activity, reader)


def _duration(engagement: Engagement, reader: Reader) -> str:
    days = (engagement.starts_on, engagement.ends_on)
    from_to = " - ".join(day.isoformat() for day in days if day)
    parts = (reader.title(engagement), from_to, reader.text(engagement.retention))
    return ", ".join(part for part in parts if part)


def _engaged(transfer: Transfer, reader: Reader) -> Value:
    engagement = reader.register.find(Engagement, transfer.engagement)
    if engagement is None:
        return ""
    vendor = reader.register.find(Vendor, engagement.vendor)
    name = reader.party(vendor) if vendor else reader.not_recorded
    return f"{name}: {_duration(engagement, reader)}"


def _described(row: Receives, reader: Reader) -> Value:
    if row.engagement is None:
        return ""
    said_of_it = (reader.text(row.engagement.purpose), reader.text(row.engagement.delimitation))
    return "\n".join(part for part in said_of_it if part)


def _described_by(heading: str, key: str, say: Say) -> Column[Transfer]:
    return said_by(heading, key, _of_activities(say), citation="SCC 2021/914 Annex I.B")


FORM = Form(
    name="scc_annexes",
    title=_("Annexes I.B, II and III of the standard contractual clauses (EU)"),
    authority="Decisions (EU) 2021/914, 2021/915",
    notes=(
        UNVERIFIED,
        _(
            "Annex III of 2021/914 and Annex IV of 2021/915 ask the same of a sub-processor: one "
            "sheet serves for both. Annex III is needed only under specific authorisation."
        ),
        _("Parties and signatures (Annex I.A) are those of each contract, and are not made here."),
    ),
    tables=(
        Sheet[Transfer](
            key="annex_1b",
            title="Annex I.B",
            rows=by_clauses,
            columns=(
                field(Transfer, "ref"),
                field(Transfer, "name", write=lambda one, reader: reader.title(one)),
                _described_by("Categories of data subjects", "subjects", said.subjects),
                _described_by("Categories of data", "categories", said.categories),
                said_by(
                    "Sensitive data", "protected", _sensitive, citation="SCC 2021/914 Annex I.B"
                ),
                field(Transfer, "frequency", heading="Frequency", mandatory=True),
                _described_by("Nature", "nature", _nature),
                _described_by("Purpose", "purposes", said.purposes),
                _described_by("Retention", "retention", retention.summary),
                said_by(
                    "Sub-processor subject matter, nature and duration",
                    "engaged",
                    _engaged,
                    citation="SCC 2021/914 Annex I.B",
                ),
            ),
        ),
        Sheet[Measure](
            key="annex_2",
            title="Annex II",
            rows=measures.rows,
            columns=(
                over("Technical and organisational measures", "name", measures.SHEET),
                over("Description", "description", measures.SHEET),
            ),
        ),
        Sheet[Receives](
            key="annex_3",
            title="Annex III, Annex IV",
            rows=subprocessors,
            columns=(
                over("Name", "name", recipients.SHEET),
                together("Address", "address", "country", sheet=recipients.SHEET),
                over(
                    "Contact person's name, position and contact details",
                    "contact",
                    recipients.SHEET,
                    asked=True,
                ),
                said_by(
                    "Description of the processing",
                    "purpose",
                    _described,
                    citation="SCC 2021/914 Annex III; 2021/915 Annex IV",
                ),
            ),
        ),
    ),
)
