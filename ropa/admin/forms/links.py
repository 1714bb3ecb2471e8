"""Fields that lead to other records, chosen from a list or found by name."""

from collections.abc import Sequence
from typing import Any

from ropa.admin.forms.asked import Asked
from ropa.admin.forms.options import (
    MOST_BOXES,
    MOST_IN_A_SELECT,
    MOST_MATCHES,
    MOST_WITHOUT_FINDER,
    Option,
)
from ropa.i18n import _
from ropa.records import NOUNS
from ropa.records.text import without_unprintable

LONGEST_LIST = 4000
"""A list of names to look for may have so many characters,"""

MOST_NAMES = 50
"""and so many names."""


def names_in(text: str) -> list[str]:
    """Return the names in a list: one on each line, or between semicolons."""
    names = (one.strip()[:100] for one in text.replace("\n", ";").split(";"))
    return list(dict.fromkeys(one for one in names if one))[:MOST_NAMES]


class Linking(Asked):
    """What links to other records share: finding them by name when they are too many to list."""

    data: Any
    found: tuple[Option, ...] = ()
    taken: tuple[Option, ...] = ()
    """What was just chosen by its name."""
    missing: tuple[str, ...] = ()
    """The names that no record has."""
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
    def has_finder(self) -> bool:
        """Say whether there are so many that one looks for them by name."""
        return self.searches

    @property
    def find_name(self) -> str:
        """Return the name of the box with the words to look for."""
        return f"find-{self.name}"

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take the choice, and the words typed to look for others."""
        super().process(formdata, data, extra_filters)
        if formdata is not None and self.has_finder:
            self.sought = next(iter(formdata.getlist(self.find_name)), "")[:LONGEST_LIST]
            self.looked_for = next(iter(formdata.getlist(f"found-{self.name}")), "")
            if self.looked_for:
                self._look(names_in(self.looked_for))

    @property
    def sought_again(self) -> str:
        """Return the words to look for, as they can be shown."""
        return without_unprintable(self.sought)

    def find(self) -> None:
        """Look for records by the names typed; of a list, choose those that are called just so."""
        self.looked_for = self.sought
        names = names_in(self.sought)
        if len(names) > 1 or not self.searches:
            exact = filter(None, (self.options.exactly(self.to, one) for one in names))
            self.taken = tuple(one for one in exact if one.id not in self.linked)
            self.take([one.id for one in self.taken])
        self._look(names)

    def take(self, ids: Sequence[str]) -> None:
        """Choose these records."""
        raise NotImplementedError

    def _look(self, names: Sequence[str]) -> None:
        """Note what has these names in its own, and which names nothing has."""
        settled = [one for one in names if len(names) > 1 and self.options.exactly(self.to, one)]
        matches = {one: self.options.search(self.to, one) for one in names if one not in settled}
        found = {one.id: one for some in matches.values() for one in some}
        self.found = tuple(one for one in found.values() if one.id not in self.linked)
        self.found = self.found[:MOST_MATCHES]
        self.missing = tuple(without_unprintable(one) for one, some in matches.items() if not some)

    def usual(self) -> tuple[Option, ...]:
        """Return what was lately chosen in records like this one, and is not chosen here."""
        return () if self.found else self.options.usual(self.spec, self.linked)

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

    def take(self, ids: Sequence[str]) -> None:
        """Choose a record, when it is the only one."""
        if len(ids) == 1:
            self.data = ids[0]

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

    @property
    def has_finder(self) -> bool:
        """Say whether there are so many that one looks for them by name."""
        return self.options.count(self.to) > MOST_WITHOUT_FINDER

    def take(self, ids: Sequence[str]) -> None:
        """Choose these records besides those chosen before."""
        if ids:
            self.data = tuple(sorted({*self.data, *ids}))

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
