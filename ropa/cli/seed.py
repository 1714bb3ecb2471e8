"""``ropa seed``: load the reference data and the shipped register."""

from pathlib import Path

import click
from sqlalchemy.orm import Session

from ropa.cli.context import COMMAND_LINE, open_for_writing
from ropa.config import HOME
from ropa.history import Acting, acting_as
from ropa.history.chain import lock_chain
from ropa.operations.seeding import load, read_reference, read_seed
from ropa.publishing import seal
from ropa.vocabulary import Door

SEED_DATA = HOME / "seed_data"
WHY = "Reference data and published policy"


@click.command()
@click.option(
    "--reference-only", is_flag=True, help="Leave out the shipped register; load reference data."
)
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=SEED_DATA,
    help="The folder that holds reference/ and register/.",
)
def seed(*, reference_only: bool, folder: Path) -> None:
    """Load reference data and the shipped register; what people changed is left alone.

    Safe to run again. Example: ropa seed --reference-only
    """
    records = [*read_reference(folder)]
    if not reference_only:
        records += read_seed(folder)
    with (
        open_for_writing() as session,
        acting_as(session, COMMAND_LINE, WHY, Door.SEED) as acting,
    ):
        loaded = load(session, records)
        session.commit()
        _seal_the_first(session, acting)
    click.echo(
        f"Seed: {loaded.created} created, {loaded.updated} updated, "
        f"{loaded.unchanged} unchanged, {loaded.left_alone} left alone."
    )


def _seal_the_first(session: Session, acting: Acting) -> None:
    """Seal the public list of a register that was there before lists were sealed."""
    lock_chain(session)
    seal(session, acting)
    session.commit()
