"""A program on loopback that listens to webhooks, and answers as a test asks it to."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Heard:
    """One message as it came in."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Listener:
    """What it heard, and the statuses it answers with next; 204 once they are used up."""

    url: str = ""
    heard: list[Heard] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    location: str = ""
    upon_hearing: Callable[[], object] | None = None
    wrap: Callable[[ssl.SSLContext], None] = lambda _context: None
    """Puts the listener behind TLS."""


@contextmanager
def a_listener() -> Iterator[Listener]:
    """Lend a program that listens on loopback until the block ends."""
    listener = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            listener.heard.append(Heard(self.path, headers, body))
            if listener.upon_hearing:
                listener.upon_hearing()
            self.send_response(listener.answers.pop(0) if listener.answers else 204)
            if listener.location:
                self.send_header("Location", listener.location)
            self.end_headers()

        def log_message(self, *_said: object) -> None:
            """Say nothing on the terminal of the tests."""

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *_said: object) -> None:
            """Say nothing of who hung up."""

    server = Quiet(("127.0.0.1", 0), Handler)

    def wrap(context: ssl.SSLContext) -> None:
        server.socket = context.wrap_socket(server.socket, server_side=True)

    listener.wrap = wrap
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        listener.url = f"http://127.0.0.1:{server.server_port}/hooks?of=ours"
        yield listener
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
