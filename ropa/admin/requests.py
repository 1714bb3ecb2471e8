"""How the house reads a form: a byte that is no text shows as U+FFFD, and the form says so.

Werkzeug would hand such a byte on as “%FF”, five keys nobody pressed, and it would be saved.
"""

from typing import IO
from urllib.parse import parse_qsl

from flask import Request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.formparser import FormDataParser

Parsed = tuple[IO[bytes], "MultiDict[str, str]", "MultiDict[str, FileStorage]"]


class _Parser(FormDataParser):
    def _parse_urlencoded(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str],
    ) -> Parsed:
        del mimetype, content_length, options
        pairs = parse_qsl(stream.read().decode(), keep_blank_values=True, errors="replace")
        return stream, self.cls(pairs), self.cls()


class WholeRequest(Request):
    """A request whose form holds what was sent, with what is no text marked as lost."""

    form_data_parser_class = _Parser
