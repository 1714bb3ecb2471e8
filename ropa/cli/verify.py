"""``ropa verify``: whether the log is whole and explains the tables."""

from pathlib import Path

import click

from ropa.cli.context import open_session
from ropa.history.verifying import verify as verify_log


@click.command()
@click.option(
    "--anchor",
    "anchors",
    multiple=True,
    metavar="HEAD",
    help="A head printed outside (128:9f2c…), or a file that holds one per line.",
)
def verify(anchors: tuple[str, ...]) -> None:
    """Check the chain, every state, the anchors, and that the log explains the tables.

    Example: ropa verify --anchor 128:9f2c…  (the head printed on every export)
    """
    heads = tuple(head for given in anchors for head in _heads_in(given))
    with open_session() as session:
        found = verify_log(session, heads)
    for breach in found.breaches:
        click.echo(f"{breach.where}: {breach.sentence}", err=True)
    click.echo(
        f"{found.links} links, {found.records} records, {len(heads)} anchors: "
        f"{len(found.breaches)} breaches. Head {found.head}"
    )
    if found.breaches:
        raise SystemExit(1)


def _heads_in(given: str) -> list[str]:
    path = Path(given)
    if not path.is_file():
        return [given]
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]
