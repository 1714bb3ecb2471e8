"""Somebody at a browser with script off: reads a page, writes what it asks, presses its buttons.

Only what the page really offers can be filled, ticked, chosen or pressed.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Self

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

VOID = frozenset({"input", "br", "hr", "img", "link", "meta", "datalist"})


@dataclass
class Control:
    """One control of a form, as it would be sent."""

    tag: str
    kind: str
    name: str
    value: str = ""
    on: bool = True
    offered: list[str] = field(default_factory=list)


class Page(HTMLParser):
    """A page as it is read: its forms, its texts, its ids."""

    def __init__(self, response: TestResponse) -> None:
        super().__init__(convert_charrefs=True)
        self.response = response
        self.status = response.status_code
        self.ids: list[str] = []
        self.forms: list[tuple[dict[str, str], list[Control]]] = []
        self.words: list[str] = []
        self.focused: list[str] = []
        self.links: list[str] = []
        """Where links within the page lead."""
        self._text: Control | None = None
        self._select: Control | None = None
        self.feed(response.get_data(as_text=True).replace("\r\n", "\n"))  # as browsers read it
        twice = {one for one in self.ids if self.ids.count(one) > 1}
        assert not twice, f"ids stand twice: {sorted(twice)}"

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if "id" in said:
            self.ids.append(said["id"])
        if "autofocus" in said:
            self.focused.append(said.get("id") or said.get("value", ""))
        if said.get("href", "").startswith("#"):
            self.links.append(said["href"][1:])
        if tag == "form":
            self.forms.append((said, []))
        elif self.forms:
            self._control(tag, said)

    def _control(self, tag: str, said: dict[str, str]) -> None:
        name, value = said.get("name", ""), said.get("value", "")
        controls = self.forms[-1][1]
        if tag == "input" and name:
            kind = said.get("type", "text")
            on = "checked" in said if kind in ("checkbox", "radio") else True
            controls.append(Control(tag, kind, name, value or "", on))
        elif tag == "button":
            controls.append(Control(tag, "button", name, value, on=False))
        elif tag == "textarea":
            self._text = Control(tag, "textarea", name)
            controls.append(self._text)
        elif tag == "select":
            self._select = Control(tag, "select", name)
            controls.append(self._select)
        elif tag == "option" and self._select:
            if "selected" in said or not self._select.offered:
                self._select.value = value
            self._select.offered.append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._text = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.value += data.removeprefix("\n") if not self._text.value else data
        else:
            self.words.append(data)


class Hands:
    """The page somebody has open, and what they have written on it so far."""

    def __init__(self, client: FlaskClient, url: str) -> None:
        self.client = client
        self.url = url
        self.page = Page(client.get(url))

    @property
    def controls(self) -> list[Control]:
        return next(
            controls
            for form, controls in self.page.forms
            if {"record-form", "choosing", "kept-form"} & set(form.get("class", "").split())
        )

    def named(self, name: str) -> list[Control]:
        found = [one for one in self.controls if one.name == name]
        assert found, f"the page does not ask for {name}"
        return found

    def value(self, name: str) -> str:
        """What stands in a control."""
        shown = [one for one in self.named(name) if one.on and one.kind != "button"]
        return shown[-1].value if shown else ""

    def ticked(self, name: str) -> set[str]:
        return {one.value for one in self.named(name) if one.kind == "checkbox" and one.on}

    def asks(self, name: str) -> bool:
        return any(one.name == name for one in self.controls)

    def offers(self, press: str) -> bool:
        return any(one.kind == "button" and one.value == press for one in self.controls)

    def write(self, **texts: str) -> Self:
        """Write into the controls of these names; ``__`` stands for a hyphen."""
        for name, text in texts.items():
            self.put(name.replace("__", "-"), text)
        return self

    def put(self, name: str, text: str) -> Self:
        (control,) = [one for one in self.named(name) if one.kind not in ("radio", "checkbox")]
        if control.tag == "select":
            assert text in control.offered, f"{name} offers {control.offered}, not {text}"
        control.value = text
        return self

    def tick(self, name: str, *values: str, on: bool = True) -> Self:
        for value in values:
            (control,) = [
                one for one in self.named(name) if one.value == value and one.kind != "hidden"
            ]
            if control.kind == "radio":
                for one in self.named(name):
                    one.on = False
            control.on = on
        return self

    def press(self, value: str = "save", *, follow: bool = True) -> Page:
        """Press the button of this value, and read what comes, following to the next page."""
        assert self.offers(value), f"there is no button {value}"
        action = next(
            form.get("action", "")
            for form, controls in self.page.forms
            if controls is self.controls
        )
        sent: MultiDict[str, str] = MultiDict()
        for one in self.controls:
            if one.kind != "button" and one.on:
                text = one.value
                if one.kind == "textarea":  # as browsers send them
                    text = text.replace("\r\n", "\n").replace("\n", "\r\n")
                sent.add(one.name, text)
        if value:
            sent.add("do", value)
        self.page = Page(self.client.post(action or self.url, data=sent, follow_redirects=follow))
        return self.page
