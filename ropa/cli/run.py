"""``ropa run``: serve the register."""

import os
from datetime import UTC, datetime

import click
from granian.constants import Interfaces
from granian.server import Server

from ropa.cli.context import open_for_writing
from ropa.cli.users import first_link
from ropa.config import Settings

THREADS = 8
"""Requests one process answers at the same time; each may hold a connection to the database."""


@click.command()
def run() -> None:
    """Serve the register, and print where it is.

    Settings come from the environment; see the README. Example: ROPA_PORT=9000 ropa run
    """
    settings = Settings.from_environment()
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


def _serve(settings: Settings) -> None:
    os.environ.setdefault("ROPA_INSTANCE", str(settings.instance))
    Server(
        "ropa.app:create_app",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=THREADS,
        backpressure=THREADS * 16,
        websockets=False,
    ).serve()
