"""``python -m tests.bench.peak NAME URL``: make one download, and print the most memory it took."""

import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from ropa.exports import EXPORTS, ExportRequest
from ropa.models.engine import guard_engine
from ropa.records import LegalEntity
from ropa.register import Register, read_register


def main() -> None:
    """Print the largest size this process had, in kilobytes; 0 where the system does not say."""
    name, url = sys.argv[1:]
    engine = create_engine(url)
    guard_engine(engine)
    with Session(engine) as session:
        register = read_register(session)
    made_of(name, register)
    print(_largest_size())  # noqa: T201


def _largest_size() -> int:
    # getrusage would count what the process that started this one had.
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s*(\d+)", status.read_text()) if status.exists() else None
    return int(found[1]) if found else 0


def largest(register: Register) -> LegalEntity:
    """Return the company with most activities."""
    return max(
        register.all(LegalEntity),
        key=lambda one: sum(activity.entity == one.id for activity in register.activities),
    )


def made_of(name: str, register: Register) -> bytes:
    """Return a download of the largest company."""
    asked = ExportRequest(
        register=register, entity=largest(register), generated_at=datetime.now(UTC)
    )
    return EXPORTS[name].make(asked)


if __name__ == "__main__":
    main()
