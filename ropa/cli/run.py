"""``ropa run``: serve the register."""

import os
import socket
from datetime import UTC, datetime

import click
from granian.constants import Interfaces
from granian.server import Server

from ropa.cli.context import open_for_writing
from ropa.cli.users import first_link
from ropa.config import Settings
from ropa.errors import RopaError

THREADS = 2 * (os.cpu_count() or 1) + 1
"""How many requests one worker answers at a time; more would only wait for one another."""

WAITING = 64
"""How many requests one worker holds before others have to wait at the door."""


class AddressTakenError(RopaError):
    """The register cannot be served where the settings say."""


@click.command()
def run() -> None:
    """Serve the register, and print where it is.

    Settings come from the environment; see the README. Example: ROPA_PORT=9000 ropa run
    """
    settings = Settings.from_environment()
    _refuse_taken(settings)
    settings.keys()  # make the key file before several workers want it
    with open_for_writing(settings) as session:
        link = first_link(session, settings.base_url, datetime.now(UTC))
        session.commit()
    click.echo(f"Public page:  {settings.base_url}/subprocessors")
    click.echo(f"Back office:  {settings.base_url}/admin/")
    if link:
        click.echo("Nobody can sign in yet. Set the first administrator's password, once, at:")
        click.echo(f"  {link}")
    _serve(settings)


def _refuse_taken(settings: Settings) -> None:
    """Raise AddressTakenError when somebody else already listens there."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((settings.host.strip("[]"), settings.port))
        except OSError as why:
            raise AddressTakenError(
                f"Nothing can be served on {settings.host}:{settings.port}: {why.strerror}. "
                "Choose another port, for example ROPA_PORT=8001."
            ) from None


def _serve(settings: Settings) -> None:
    os.environ.setdefault("ROPA_INSTANCE", str(settings.instance))
    Server(
        "ropa.app:serve_app",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=THREADS,
        backpressure=WAITING,
        websockets=False,
    ).serve()
