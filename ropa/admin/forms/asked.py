"""What every field of a form has in common, whatever its shape.

A field starts from the record's own value and takes what was typed over it. What was not
touched, or not posted at all, keeps exactly the value it had; what cannot be read keeps its text
on the page and says what is wrong in a sentence.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from wtforms import Field as FormField

from ropa.admin.forms.options import Options
from ropa.records import Problem
from ropa.records.fields import Field
from ropa.records.text import without_unprintable


class Asked(FormField):
    """A field of a record, asked in a form.

    ``shape`` tells templates how to draw it; ``typed`` is the text to show again.
    """

    shape = ""

    def __init__(self, spec: Field, **options: Any) -> None:
        super().__init__(label=spec.label, description=spec.says.help, **options)
        self.spec = spec
        self.errors: list[str] = []
        self.hints: list[str] = []
        """What the rules say of the value that is saved; it keeps nobody from saving."""
        self.typed = ""
        self.fixed = False
        """Whether it was written once and cannot be changed any more."""
        self.is_touched = False
        """Whether something was just done here without saving: a row added, names looked for."""

    @property
    def options(self) -> Options:
        """Return what can be chosen in this form."""
        found: Options = self.meta.options
        return found

    @property
    def law(self) -> str:
        """Return the article behind the question."""
        return self.spec.says.law

    @property
    def typed_again(self) -> str:
        """Return what was typed, with signs that no page can carry made visible."""
        return without_unprintable(self.typed)

    @property
    def sentences(self) -> list[str]:
        """Return what is wrong here, each in a sentence."""
        return [without_unprintable(str(one)) for one in dict.fromkeys(self.errors)]

    @property
    def described_by(self) -> str:
        """Return the ids of the help and of the errors under the field."""
        found = [f"{self.id}-help"] * bool(self.description) + [f"{self.id}-error"] * bool(
            self.errors
        )
        return " ".join(found + [f"{self.id}-hint"] * bool(self.hints))

    @property
    def is_wrong(self) -> bool:
        """Say whether something is wrong here or inside."""
        return bool(self.errors)

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Start from the record's value, then take what was typed."""
        super().process(formdata, data, extra_filters)
        self.errors = list(self.process_errors)

    def complain(self, rest: Sequence[str], problem: Problem) -> None:
        """Say at this field what is wrong; ``rest`` is what its path says beyond the field."""
        del rest
        self.errors.append(problem.sentence)

    def hint(self, rest: Sequence[str], sentence: str) -> None:
        """Keep what a rule says of the value here, to be shown under the field."""
        del rest
        if sentence not in self.hints:
            self.hints.append(sentence)

    def complaints(self, trail: str = "") -> Iterator[tuple[str, str, str]]:
        """Yield what is wrong here and inside: the id to go to, the field's name, the sentence."""
        yield from ((self.first_id, f"{trail}{self.label.text}", one) for one in self.sentences)

    @property
    def first_id(self) -> str:
        """Return the id a link to this field leads to."""
        return str(self.id)
