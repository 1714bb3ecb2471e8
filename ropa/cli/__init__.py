"""The hatch: ``ropa`` on the command line. Exit status 0 fine, 1 refused, 2 wrong use."""

import sys
from importlib import import_module

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

from ropa.errors import RopaError

COMMANDS = {
    "db": "ropa.cli.db:db",
    "export": "ropa.cli.export:export",
    "lint": "ropa.cli.lint:lint",
    "notices": "ropa.cli.notices:notices",
    "redact": "ropa.cli.redact:redact",
    "run": "ropa.cli.run:run",
    "seed": "ropa.cli.seed:seed",
    "users": "ropa.cli.users:users",
    "verify": "ropa.cli.verify:verify",
}
"""Every command and where it lives; a module is loaded when its command is asked for."""


class _Lazily(click.Group):
    """A group that loads a command only when it is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        del ctx
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a name, or None."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, _colon, name = COMMANDS[cmd_name].partition(":")
        command = getattr(import_module(module), name)
        return command if isinstance(command, click.Command) else None


@click.group(cls=_Lazily)
@click.version_option(package_name="ropa")
def ropa() -> None:
    """A record of processing activities (GDPR Art. 30) and sub-processor registry.

    Example: ropa export article30 --entity defense-balance -o record.xlsx
    """


def main() -> None:
    """Run ``ropa``; a refusal is one sentence on standard error and exit status 1."""
    try:
        ropa()
    except RopaError as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(1)
    except (OperationalError, ProgrammingError) as error:
        click.echo(f"The database did not answer as expected: {error.orig}.", err=True)
        click.echo("If it is new or older than the program, run: ropa db upgrade", err=True)
        sys.exit(1)
