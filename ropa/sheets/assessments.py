"""What was weighed and what came of it: impact, interests, transfers (GDPR Art. 35, 6(1)(f))."""

from ropa.i18n import _
from ropa.records import Assessment, ScreeningAnswer
from ropa.sheets import words
from ropa.sheets.column import Column, Sheet, Value, Width, field
from ropa.sheets.reader import Reader


def rows(reader: Reader) -> tuple[Assessment, ...]:
    """Return the assessments of what the company does."""
    return reader.register.current(Assessment)


def _screening(one: Assessment, reader: Reader) -> Value:
    return words.bullets([_criterion(answer, reader) for answer in one.screening])


def _criterion(answer: ScreeningAnswer, reader: Reader) -> str:
    asked = reader.label(answer.criterion) or reader.not_recorded
    met = reader.yes_no(answer.met) or reader.not_recorded
    return f"{asked}: {met}; {answer.reason}" if answer.reason else f"{asked}: {met}"


SHEET = Sheet[Assessment](
    key="assessments",
    title=_("Assessments"),
    rows=rows,
    columns=(
        field(Assessment, "ref", width=Width.SHORT, help=_("Names the assessment on every sheet.")),
        field(
            Assessment,
            "name",
            heading=_("Assessment"),
            write=lambda one, reader: reader.title(one),
        ),
        field(Assessment, "kind", width=Width.LIST, help=_("Which question was weighed.")),
        Column(
            key="activities",
            heading=_("Activities"),
            write=lambda one, reader: ", ".join(reader.activities_by_assessment.get(one.id, ())),
            width=Width.SHORT,
            help=_("The references of the activities it is about, or whose interests it weighs."),
        ),
        Column(
            key="transfers",
            heading=_("Transfers"),
            citation="SCC 2021/914 clause 14",
            write=lambda one, reader: ", ".join(reader.transfers_by_assessment.get(one.id, ())),
            width=Width.SHORT,
            help=_("The references of the transfers whose safeguards lean on it."),
        ),
        field(
            Assessment,
            "screening",
            write=_screening,
            width=Width.TEXT,
            help=_("Each criterion of a high risk, whether it is met, and why."),
        ),
        field(Assessment, "result", width=Width.SHORT, help=_("What was concluded.")),
        field(
            Assessment,
            "residual_risk",
            width=Width.SHORT,
            help=_("The risk that stays after the measures; a high one calls for consultation."),
        ),
        field(Assessment, "decided_on", help=_("The day the result was settled.")),
        field(Assessment, "decided_by", width=Width.SHORT, help=_("Who settled the result.")),
        field(
            Assessment,
            "consulted_on",
            help=_("When the supervisory authority was asked before processing began."),
        ),
        field(Assessment, "consultation", width=Width.SHORT),
        field(Assessment, "summary", help=_("What was weighed, in short.")),
        field(Assessment, "document", help=_("The document kept of it, by name.")),
    ),
)
