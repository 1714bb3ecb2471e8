"""What a page may not do unseen: break its policy, call another house, or complain to itself."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request

AXE = Path(__file__).parent.parent / "vendor" / "axe.min.js"

REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => console.error(
  `Policy broken: ${event.effectiveDirective} refused ${event.blockedURI} at ${event.sourceFile}`));
"""


@dataclass
class Watch:
    """Listens to one page and keeps what it should not have done."""

    origin: str
    complaints: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        """Start listening."""
        page.add_init_script(REPORT_VIOLATIONS)
        page.on("console", lambda said: self._hear(page, said))
        page.on("pageerror", lambda error: self.complaints.append(f"Script failed: {error}"))
        page.on("request", self._see)

    def _hear(self, page: Page, said: ConsoleMessage) -> None:
        if said.type != "error":
            return
        # A page that answers 403 or 404 on purpose is reported as a failed resource of itself.
        if said.text.startswith("Failed to load resource") and said.location["url"] == page.url:
            return
        self.complaints.append(f"{said.location['url']} on {page.url}: {said.text}")

    def _see(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("data", "blob", "about"):
            return
        if f"{parts.scheme}://{parts.netloc}" != self.origin:
            self.complaints.append(f"Another house was called: {request.url}")


def axe(page: Page) -> list[str]:
    """Return what axe-core finds wrong on the page, one sentence each, with where it is."""
    page.wait_for_load_state()  # a press of a button returns before the style of the next page
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']} ({one['impact']}): {one['help']} {json.dumps(node['target'])}"
        for one in found["violations"]
        for node in one["nodes"]
    ]
