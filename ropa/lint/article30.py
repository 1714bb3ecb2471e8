"""Whether each thing Art. 30 asks of an activity is answered, letter by letter.

The letters are those of Art. 30(1), for controllers. What Art. 30(2) asks of processors stands
under the letter that asks the same thing: transfers under (e), security under (g).

An answer may be "none" or "does not apply, because": that is an answer, but not to what is asked of
everybody, such as the purposes. An empty list is none.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ropa.i18n import _
from ropa.records import ActivityData, LegalEntity, ProcessingActivity, Transfer
from ropa.register import Register
from ropa.vocabulary import Role, Term


class Letter(Term):
    """One of the things Art. 30 asks."""

    A = "a", _("who"), "GDPR Art. 30(1)(a), 30(2)(a)"
    B = "b", _("why"), "GDPR Art. 30(1)(b), 30(2)(b)"
    C = "c", _("whom, what"), "GDPR Art. 30(1)(c)"
    D = "d", _("to whom"), "GDPR Art. 30(1)(d)"
    E = "e", _("where to"), "GDPR Art. 30(1)(e), 30(2)(c)"
    F = "f", _("how long"), "GDPR Art. 30(1)(f)"
    G = "g", _("how safe"), "GDPR Art. 30(1)(g), 30(2)(d)"


class Standing(Term):
    """How far one of these things is answered."""

    FULL = "full", _("recorded")
    PART = "part", _("partly recorded")
    VOID = "void", _("not recorded")
    NOT_ASKED = "not_asked", _("not asked")


SECTIONS: dict[Letter, str] = {
    Letter.A: "who",
    Letter.B: "purposes",
    Letter.C: "data",
    Letter.D: "recipients",
    Letter.E: "transfers",
    Letter.F: "data",
    Letter.G: "security",
}
"""The section of the record in which a controller's letter is answered."""


RULES_OF: dict[Letter, tuple[str, ...]] = {
    Letter.A: ("ID-01", "ID-03", "ID-04", "A30-08"),
    Letter.B: ("A30-01", "A30-09"),
    Letter.C: ("A30-02", "A30-03"),
    Letter.D: ("A30-04",),
    Letter.E: ("A30-05",),
    Letter.F: ("A30-06",),
    Letter.G: ("A30-07", "A30-10"),
}
"""The rules that say whether a letter is answered, at the activity or its company."""


ALWAYS_ASKED = frozenset(("purposes", "data", "processing_categories", "joint_controllers"))
"""What Art. 30 asks of everybody a rule asks it of: only what is recorded answers it."""


@dataclass(frozen=True)
class Tally:
    """How many activities answer a letter in full, of how many that are asked."""

    full: int = 0
    asked: int = 0

    @property
    def standing(self) -> Standing:
        """Return the standing of all of them together."""
        if not self.asked:
            return Standing.NOT_ASKED
        if self.full == self.asked:
            return Standing.FULL
        return Standing.PART if self.full else Standing.VOID


def letters(register: Register, activity: ProcessingActivity) -> dict[Letter, Standing]:
    """Return how far each letter is answered for one activity."""
    judged = _PROCESSOR if activity.role is Role.PROCESSOR else _CONTROLLER
    return {
        letter: judged[letter](register, activity) if letter in judged else Standing.NOT_ASKED
        for letter in Letter
    }


def section_of(letter: Letter, activity: ProcessingActivity) -> str:
    """Return the section of the record in which a letter is answered."""
    if activity.role is Role.PROCESSOR and letter in (Letter.A, Letter.B):
        return "on_behalf"
    return SECTIONS[letter]


def tally(all_letters: Iterable[dict[Letter, Standing]]) -> dict[Letter, Tally]:
    """Return, for each letter, how many of these activities answer it of how many asked."""
    counts = dict.fromkeys(Letter, Tally())
    for one in all_letters:
        for letter, standing in one.items():
            if standing is not Standing.NOT_ASKED:
                was = counts[letter]
                counts[letter] = Tally(was.full + (standing is Standing.FULL), was.asked + 1)
    return counts


def _is_answered(activity: ProcessingActivity, question: str) -> bool:
    if getattr(activity, question):
        return True
    return question not in ALWAYS_ASKED and activity.answer_to(question) is not None


def _together(*answered: bool) -> Standing:
    if all(answered):
        return Standing.FULL
    return Standing.PART if any(answered) else Standing.VOID


def _names_itself(entity: LegalEntity | None) -> bool:
    """Say whether a company's name and contact details are recorded.

    Representative and officer are asked only "where applicable", which a company's record alone
    cannot show; their absence is for a rule to judge.
    """
    if entity is None:
        return False
    return bool(entity.legal_name and entity.address and (entity.email or entity.phone))


def _controller(register: Register, activity: ProcessingActivity) -> Standing:
    """Art. 30(1)(a): the controller and, where there are any, joint controllers."""
    named = _names_itself(register.find(LegalEntity, activity.entity))
    if activity.role is Role.JOINT_CONTROLLER:
        return _together(named, _is_answered(activity, "joint_controllers"))
    return _together(named)


def _processor(register: Register, activity: ProcessingActivity) -> Standing:
    """Art. 30(2)(a): the processor, and each controller on whose behalf it acts."""
    named = _names_itself(register.find(LegalEntity, activity.entity))
    return _together(named, _is_answered(activity, "customers"))


def _purposes(_register: Register, activity: ProcessingActivity) -> Standing:
    """Art. 30(1)(b): the purposes; their legal bases are asked by other articles."""
    return _together(_is_answered(activity, "purposes"))


def _categories_of_processing(_register: Register, activity: ProcessingActivity) -> Standing:
    """Art. 30(2)(b): the categories of processing."""
    return _together(_is_answered(activity, "processing_categories"))


def _people_and_data(_register: Register, activity: ProcessingActivity) -> Standing:
    """Art. 30(1)(c): categories of data subjects, and of personal data."""
    rows = activity.data
    return _together(any(one.subject for one in rows), any(one.category for one in rows))


def _recipients(_register: Register, activity: ProcessingActivity) -> Standing:
    """Art. 30(1)(d): categories of recipients; processors are recipients too."""
    if activity.recipients or activity.engagements:
        return Standing.FULL
    return _together(
        _is_answered(activity, "recipients"),
        _is_answered(activity, "engagements"),
    )


def _transfers(register: Register, activity: ProcessingActivity) -> Standing:
    """Art. 30(1)(e), 30(2)(c): transfers, each with its third country or organisation."""
    if not activity.transfers:
        return _together(_is_answered(activity, "transfers"))
    found = (register.find(Transfer, one) for one in activity.transfers)
    placed = all(one is not None and (one.country or one.organisation) for one in found)
    return Standing.FULL if placed else Standing.PART


def _time_limits(_register: Register, activity: ProcessingActivity) -> Standing:
    """Art. 30(1)(f): a time limit, or a criterion, for each category of data."""
    return (
        _together(*(is_limited(row) for row in activity.data)) if activity.data else (Standing.VOID)
    )


def is_limited(row: ActivityData) -> bool:
    """Say whether how long these data are kept is recorded, as a time or as a criterion."""
    return any(rule.criterion or rule.worst_case is not None for rule in row.retention)


def _security(_register: Register, activity: ProcessingActivity) -> Standing:
    """Art. 30(1)(g), 30(2)(d): a general description of the security measures."""
    return _together(_is_answered(activity, "measures"))


_Judge = Callable[[Register, ProcessingActivity], Standing]

_CONTROLLER: dict[Letter, _Judge] = {
    Letter.A: _controller,
    Letter.B: _purposes,
    Letter.C: _people_and_data,
    Letter.D: _recipients,
    Letter.E: _transfers,
    Letter.F: _time_limits,
    Letter.G: _security,
}

_PROCESSOR: dict[Letter, _Judge] = {
    Letter.A: _processor,
    Letter.B: _categories_of_processing,
    Letter.E: _transfers,
    Letter.G: _security,
}
