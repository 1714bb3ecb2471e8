"""A register of a given size to measure: made once, kept beside the environment, copied to use."""

import hashlib
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from ropa.history import remember
from ropa.models.engine import guard_engine, writing
from tests.bench.generate import grow
from tests.conftest import seed

ROOT = Path(__file__).resolve().parents[2]
KEPT = Path(sys.prefix) / "bench"
SHAPED_BY = (
    "ropa/records",
    "ropa/models",
    "ropa/history",
    "ropa/migrations",
    "seed_data",
    "tests/bench/generate.py",
)


@contextmanager
def register_of(size: int) -> Iterator[str]:
    """Lend the address of a SQLite database with the seed and this many activities."""
    kept = KEPT / f"{_shape()}-{size}.db"
    if not kept.exists():
        print(f"Making a register of {size:,} activities …", file=sys.stderr, flush=True)  # noqa: T201
        _make(kept, size)
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "bench.db"
        shutil.copyfile(kept, copy)
        yield f"sqlite:///{copy}"


def _make(kept: Path, size: int) -> None:
    for other in KEPT.glob("*.db"):
        if not other.name.startswith(_shape()):
            other.unlink()
    KEPT.mkdir(parents=True, exist_ok=True)
    draft = kept.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    url = f"sqlite:///{draft}"
    seed(url)
    engine = create_engine(url)
    guard_engine(engine)
    with writing(), Session(engine) as session:
        remember(session)
        grow(session, size)
    engine.dispose()
    draft.rename(kept)


def _shape() -> str:
    """Return a digest of all that decides what such a database holds."""
    digest = hashlib.sha256()
    for one in SHAPED_BY:
        path = ROOT / one
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and file.suffix != ".pyc":
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
