"""Long work on a terminal: how far it is, and a way to stop it that leaves nothing half done."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from ropa.exports.progress import CancelledError, watched


@contextmanager
def shown(label: str) -> Iterator[None]:
    """Draw how far the file is that is made in this block, where somebody sits at a terminal.

    It is drawn on standard error, so that standard output holds only what was asked for.
    """
    if not sys.stderr.isatty():
        yield
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def draw(done: int, total: int) -> bool:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)
            return True

        with watched(draw):
            yield


@contextmanager
def stoppable() -> Iterator[None]:
    """Say in a sentence that Ctrl-C has stopped the work, instead of how far it had come."""
    try:
        yield
    except KeyboardInterrupt:
        raise CancelledError from None
