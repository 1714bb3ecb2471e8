"""``ropa redact``: take the words of past states out of the register, by a logged decision."""

import click

from ropa.cli.context import COMMAND_LINE, open_for_writing
from ropa.config import Settings
from ropa.history import acting_as, redact as take_out
from ropa.vocabulary import Door


@click.command()
@click.argument("numbers", nargs=-1, type=click.IntRange(min=1), required=True)
@click.option("--why", required=True, help="The reason, for example the request it answers.")
def redact(numbers: tuple[int, ...], why: str) -> None:
    """Empty the states of these revisions; their links stay, and the chain still checks.

    Sealed versions of the public list and kept exports that hold their words are emptied too.

    The newest state of a record cannot be emptied: change the record first. On PostgreSQL this
    runs as the account that owns the tables.

    Example: ropa redact 128 131 --why "request 7, Art. 17"
    """
    settings = Settings.from_environment()
    with (
        open_for_writing(settings, settings.owner_database) as session,
        acting_as(session, COMMAND_LINE, why, Door.COMMAND) as acting,
    ):
        link = take_out(session, acting, numbers)
        session.commit()
    click.echo(f"{len(set(numbers))} states emptied. Head {link.seq}:{link.hash}")
