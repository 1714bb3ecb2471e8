"""Where the public pages of changes stand: whatever tells of one leads to the same address."""

from dataclasses import dataclass
from urllib.parse import quote

from ropa.i18n import LANGUAGES
from ropa.publishing.page import Page

ANY_REF = "{ref}"
"""Stands for the reference of any change (RFC 6570)."""


@dataclass(frozen=True)
class Addresses:
    """The public addresses of one list in one language.

    ``base`` is that of the register, without a slash; ``company`` the short name of whose list it
    is, empty for the one at the plain address.
    """

    base: str
    language: str = LANGUAGES[0]
    company: str = ""

    @classmethod
    def of(cls, page: Page, base: str) -> "Addresses":
        """Return the addresses for the readers of a page."""
        return cls(base, page.language, page.company)

    @property
    def _root(self) -> str:
        prefix = "" if self.language == LANGUAGES[0] else f"/{self.language}"
        return f"{self.base}{prefix}/subprocessors"

    @property
    def list(self) -> str:
        """Return where the list of sub-processors stands."""
        return f"{self._root}/of/{self.company}" if self.company else self._root

    def changes(self, ending: str = "") -> str:
        """Return where all changes stand; ``ending`` names another form, such as ``.atom``."""
        return f"{self.list}/changes{ending}"

    def change(self, ref: str, ending: str = "") -> str:
        """Return where one change stands for ever, whichever company announced it."""
        known = ref if ref == ANY_REF else quote(ref, safe="")
        return f"{self._root}/changes/{known}{ending}"

    def objection(self, ref: str) -> str:
        """Return where one objects to a change."""
        return self.change(ref, "/object")
