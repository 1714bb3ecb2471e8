"""The four answers to a question of Art. 30: not recorded, none, does not apply, or a list.

An empty list is no answer. Whoever says that there is nothing puts name and day to it.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from werkzeug.datastructures import MultiDict

from ropa.i18n import _
from ropa.records import Answer, Problem
from ropa.records.text import without_unprintable
from ropa.vocabulary import AnswerKind


class AnswerField:
    """What is answered instead of a list."""

    def __init__(self, question: str, label: str, given: Answer | None) -> None:
        self.question = question
        self.label = label
        self.given = given
        self.name = self.id = f"answer-{question}"
        self.because_name = f"because-{question}"
        self.kind = given.kind.value if given else ""
        self.because = given.because if given else ""
        self.errors: list[str] = []

    def take(self, typed: MultiDict[str, str]) -> None:
        """Take what was chosen and written."""
        kind = typed.get(self.name, self.kind)
        self.because = typed.get(self.because_name, self.because)
        if kind not in {"", *AnswerKind}:
            self.errors.append(_("Choose one of the answers."))
            return
        self.kind = kind
        if not kind and self.because.strip():
            self.errors.append(_("Choose “does not apply”, or delete the reason."))

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Return the answers: value and words."""
        return [
            ("", str(_("Not recorded"))),
            (AnswerKind.NONE.value, str(_("None"))),
            (AnswerKind.NOT_APPLICABLE.value, str(_("Does not apply, because …"))),
        ]

    @property
    def because_again(self) -> str:
        """Return the reason as it can be shown."""
        return without_unprintable(self.because)

    @property
    def sentences(self) -> list[str]:
        """Return what is wrong with the answer."""
        return [without_unprintable(str(one)) for one in dict.fromkeys(self.errors)]

    def read(self, by: str, on: date) -> Answer | None:
        """Return the answer, signed and dated, or None; one that stands keeps who gave it."""
        because = self.because.replace("\r\n", "\n").strip()
        if not self.kind:
            return None
        if self.given and (self.given.kind, self.given.because.strip()) == (self.kind, because):
            return self.given
        return Answer(
            question=self.question, kind=AnswerKind(self.kind), because=because, by=by, on=on
        )

    def complain(self, rest: Sequence[str], problem: Problem) -> None:
        """Say here what is wrong."""
        del rest
        self.errors.append(problem.sentence)

    def complaints(self) -> Iterator[tuple[str, str, str]]:
        """Yield what is wrong: the id to go to, the question, the sentence."""
        yield from ((self.id, self.label, one) for one in self.sentences)
