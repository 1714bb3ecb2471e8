"""What forms ask for and none of our own columns says by itself."""

from collections.abc import Iterable

from msgspec.structs import replace

from ropa.i18n import _
from ropa.records import Assessment, DataCategory, Engagement, ProcessingActivity, Transfer, Vendor
from ropa.sheets import activity as said, customers, transfers as transfer_sheet, words
from ropa.sheets.authorities.form import ours
from ropa.sheets.column import Value
from ropa.sheets.reader import Reader
from ropa.sheets.transfers import Leans
from ropa.vocabulary import AnswerKind, AssessmentKind, AssessmentResult, DataKind, RecipientKind

Activity = ProcessingActivity


def _of_kinds(activity: Activity, reader: Reader, kinds: Iterable[RecipientKind | None]) -> str:
    wanted = set(kinds)
    some = tuple(one for one in activity.recipients if one.kind in wanted)
    return str(said.recipients(replace(activity, recipients=some), reader) or "")


def internal_recipients(activity: Activity, reader: Reader) -> Value:
    """Return the recipients inside the company."""
    return _of_kinds(activity, reader, (RecipientKind.INTERNAL,))


def external_recipients(activity: Activity, reader: Reader) -> Value:
    """Return the recipients outside the company that are no processors."""
    inside = (RecipientKind.INTERNAL, RecipientKind.PROCESSOR)
    return _of_kinds(activity, reader, {*RecipientKind, None}.difference(inside))


def processors(activity: Activity, reader: Reader) -> Value:
    """Return the vendors engaged, and the recipients recorded as processors."""
    engaged = str(said.processors(activity, reader) or "")
    if not any(one.kind is RecipientKind.PROCESSOR for one in activity.recipients):
        return engaged
    named = _of_kinds(activity, reader, (RecipientKind.PROCESSOR,))
    return "\n".join(line for line in (engaged, named) if line)


def agreements(activity: Activity, reader: Reader) -> Value:
    """Return how far the agreement with each vendor engaged has come, and the document kept."""
    lines = []
    for one in reader.find_all(Engagement, activity.engagements):
        vendor = reader.register.find(Vendor, one.vendor)
        if vendor:
            status = reader.label(vendor.dpa_status) or reader.not_recorded
            parts = (status, reader.name(vendor.dpa_document), vendor.dpa_url)
            known = ", ".join(part for part in parts if part)
            lines.append(f"{reader.party(vendor)}: {known}")
    return words.bullets(list(dict.fromkeys(lines)))


def sensitive(activity: Activity, reader: Reader) -> Value:
    """Return whether special categories or criminal data are among the data, and which."""
    if not activity.data:
        return reader.answered(activity, "data", [])
    return yes_with(str(said.protected(activity, reader) or ""), reader)


def transfers(activity: Activity, reader: Reader) -> Value:
    """Return whether data go to third countries, to which, and what each transfer leans on."""
    given = activity.answer_to("transfers")
    if not activity.transfers:
        no = given is not None and given.kind is AnswerKind.NONE
        return reader.yes_no(value=False) if no else reader.answered(activity, "transfers", [])
    places = str(said.countries(activity, reader))
    leans = str(said.safeguards(activity, reader))
    return yes_with(f"{places}\n{_('Safeguards of transfers')}:\n{leans}", reader)


def yes_with(found: str, reader: Reader) -> str:
    """Return yes and what was found, or no."""
    answer = reader.yes_no(value=bool(found))
    return f"{answer}\n{found}" if found else answer


def served(activity: Activity, reader: Reader) -> Value:
    """Return the controllers on whose behalf an activity is done, with contact details."""
    lines = [
        "\n".join((reader.title(one), customers.reached_at(one) or reader.not_recorded))
        for one in customers.served_by(activity, reader)
    ]
    lines += reader.astray(activity.customers)
    return reader.answered(activity, "customers", lines)


def their_representatives(activity: Activity, reader: Reader) -> Value:
    """Return the representatives of the controllers served, where one is recorded."""
    some = customers.served_by(activity, reader)
    lines = [f"{reader.title(one)}: {one.representative}" for one in some if one.representative]
    return words.bullets(lines)


def balancing_tests(activity: Activity, reader: Reader) -> Value:
    """Return the assessments in which interests were weighed."""
    weighed = [reader.name(one.balancing_test) for one in activity.purposes if one.balancing_test]
    made = [
        f"{one.ref}: {reader.title(one)}"
        for one in reader.assessments_by_activity.get(activity.id, ())
        if one.kind is AssessmentKind.LIA
    ]
    return words.bullets(list(dict.fromkeys((*weighed, *made))))


def _impact(activity: Activity, reader: Reader) -> list[Assessment]:
    made = reader.assessments_by_activity.get(activity.id, ())
    return [one for one in made if one.kind is AssessmentKind.DPIA]


def impact_required(activity: Activity, reader: Reader) -> Value:
    """Return whether an impact assessment was found to be required; nothing if nobody asked."""
    results = [one.result for one in _impact(activity, reader) if one.result]
    if not results:
        return ""
    return reader.yes_no(any(one is not AssessmentResult.NOT_REQUIRED for one in results))


def impact_progress(activity: Activity, reader: Reader) -> Value:
    """Return what each impact assessment has come to, and when."""
    lines = []
    for one in _impact(activity, reader):
        day = one.decided_on.isoformat() if one.decided_on else ""
        parts = (reader.label(one.result) or reader.not_recorded, day)
        lines.append(f"{one.ref}: {', '.join(part for part in parts if part)}")
    return words.bullets(lines)


def impact_named(activity: Activity, reader: Reader) -> Value:
    """Return the impact assessments by reference and name."""
    return words.bullets([f"{one.ref}: {reader.title(one)}" for one in _impact(activity, reader)])


def special_data(activity: Activity, reader: Reader) -> Value:
    """Return whether special categories are among the data, and which (GDPR Art. 9)."""
    if not activity.data:
        return reader.answered(activity, "data", [])
    found = reader.find_all(DataCategory, [one.category for one in activity.data if one.category])
    names = [reader.title(one) for one in found if one.kind is DataKind.SPECIAL]
    return yes_with(words.bullets(list(dict.fromkeys(names))), reader)


def all_external_recipients(activity: Activity, reader: Reader) -> Value:
    """Return the recipients outside the company, processors among them."""
    some = (external_recipients(activity, reader), processors(activity, reader))
    return "\n".join(dict.fromkeys(str(one) for one in some if one))


def importers(activity: Activity, reader: Reader) -> Value:
    """Return who receives the data of each transfer."""
    found = reader.find_all(Transfer, activity.transfers)
    names = [str(_IMPORTER.read(Leans(one), reader)) for one in found]
    return reader.answered(activity, "transfers", list(dict.fromkeys(names)))


_IMPORTER = ours("importer", transfer_sheet.SHEET)
