"""Fields that lead to other records, chosen from a list or found by name."""

from collections.abc import Sequence
from typing import Any

from ropa.admin.forms.asked import Asked
from ropa.admin.forms.options import MOST_BOXES, MOST_IN_A_SELECT, Option
from ropa.i18n import _
from ropa.records import NOUNS
from ropa.records.text import without_unprintable


class Linking(Asked):
    """What links to other records share: finding them by name when they are too many to list."""

    found: tuple[Option, ...] = ()
    sought = ""
    looked_for = ""

    @property
    def to(self) -> str:
        """Return the noun the link leads to."""
        return self.spec.says.to

    @property
    def makes(self) -> str:
        """Return what a missing record is called, if one can be made from here, or nothing."""
        return str(NOUNS[self.to].name_of_noun) if self.to in self.options.makes else ""

    @property
    def linked(self) -> tuple[str, ...]:
        """Return the ids that are chosen now."""
        raise NotImplementedError

    @property
    def searches(self) -> bool:
        """Say whether there are too many records to list them all."""
        raise NotImplementedError

    @property
    def find_name(self) -> str:
        """Return the name of the box with the words to look for."""
        return f"find-{self.name}"

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take the choice, and the words typed to look for others."""
        super().process(formdata, data, extra_filters)
        if formdata is not None and self.searches:
            self.sought = next(iter(formdata.getlist(self.find_name)), "")[:100]
            self.looked_for = next(iter(formdata.getlist(f"found-{self.name}")), "")
            if self.looked_for:
                self.find(self.looked_for)

    @property
    def sought_again(self) -> str:
        """Return the words to look for, as they can be shown."""
        return without_unprintable(self.sought)

    def find(self, words: str | None = None) -> None:
        """Look for records by the words typed."""
        self.looked_for = self.sought if words is None else words
        self.found = self.options.search(self.to, self.looked_for, without=self.linked)

    def chosen(self) -> tuple[Option, ...]:
        """Return the records chosen now, by name."""
        return self.options.find_all(self.to, self.linked)

    def offered(self) -> tuple[Option, ...]:
        """Return every record that can be chosen."""
        return self.options.with_linked(self.to, (*self.linked, *self._before()))

    def _before(self) -> tuple[str, ...]:
        raise NotImplementedError

    def _refuse_unknown(self, ids: Sequence[str]) -> None:
        for one in ids:
            option = self.options.find(self.to, one)
            if option is None:
                raise ValueError(_("The record chosen here does not exist."))
            if option.retired:
                raise ValueError(_("“%(name)s” is out of use. Choose another.", name=option.label))


class LinkField(Linking):
    """A link to one record."""

    shape = "link"

    @property
    def linked(self) -> tuple[str, ...]:
        """Return the id that is chosen now."""
        return (self.data,) if self.data else ()

    @property
    def searches(self) -> bool:
        """Say whether there are too many records for a select."""
        return self.options.count(self.to) > MOST_IN_A_SELECT

    def _before(self) -> tuple[str, ...]:
        return (self.object_data,) if self.object_data else ()

    def process_data(self, value: Any) -> None:
        """Show the record's link."""
        self.data = value or None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the record chosen; one that does not exist, or is retired, is refused."""
        if not valuelist or valuelist[0] == (self.data or ""):
            return
        if valuelist[0]:
            self._refuse_unknown(valuelist[:1])
        self.data = valuelist[0] or None


class LinksField(Linking):
    """Links to several records, each with a box."""

    shape = "links"

    @property
    def linked(self) -> tuple[str, ...]:
        """Return the ids that are chosen now."""
        return tuple(self.data)

    @property
    def searches(self) -> bool:
        """Say whether there are too many records for a box each."""
        return self.options.count(self.to) > MOST_BOXES

    def _before(self) -> tuple[str, ...]:
        return tuple(self.object_data or ())

    def process_data(self, value: Any) -> None:
        """Tick the record's links."""
        self.data = tuple(value or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the records ticked; an empty one always comes along and says that we were asked."""
        if not valuelist:
            return
        chosen = frozenset(filter(None, valuelist))
        if chosen == frozenset(self.data):
            return
        self._refuse_unknown(sorted(chosen - frozenset(self.data)))
        self.data = tuple(sorted(chosen))
