"""``ropa export``: the record as a file that leaves the house."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy.orm import Session

from ropa.cli.bar import shown, stoppable
from ropa.cli.context import COMMAND_LINE, open_for_writing, open_session
from ropa.errors import RopaError
from ropa.exports import (
    AUTHORITIES,
    EXPORTS,
    ExportRequest,
    Handing,
    exports_table,
    for_authority,
    hand_out,
    with_last_delivery,
)
from ropa.exports.as_of import moment_wanted
from ropa.i18n import LANGUAGES, in_language
from ropa.lint.preflight import Verdict, preflight
from ropa.records import Customer, LegalEntity
from ropa.register import Register, read_register
from ropa.sheets.words import day_of
from ropa.vocabulary import Door, Role


@click.command()
@click.argument("name", required=False)
@click.option("--list", "listing", is_flag=True, help="List what can be exported.")
@click.option("--entity", help="Which of our companies, by its short name.")
@click.option(
    "--customer",
    metavar="NAME-OR-ID",
    help="Of export customer: which customer, by its legal name or its id.",
)
@click.option(
    "--role",
    type=click.Choice([Role.CONTROLLER.value, Role.PROCESSOR.value]),
    help="One side only.",
)
@click.option(
    "--as-of",
    "as_of",
    metavar="WHEN",
    help="A day (its end, in the company's time zone) or a moment (2026-03-31T12:00:00+02:00).",
)
@click.option(
    "--lang",
    "language",
    type=click.Choice(LANGUAGES),
    help=f"By default {LANGUAGES[0]}; of a pack, the usual language of the authority.",
)
@click.option(
    "--authority",
    type=click.Choice(list(AUTHORITIES)),
    help="Of a pack: for which authority; by default the company's own.",
)
@click.option("--for", "recipient", metavar="TEXT", default="", help="For whom it is made.")
@click.option("--case", "case_ref", metavar="TEXT", default="", help="Case number or reason.")
@click.option("--approved", is_flag=True, help="Only states that somebody approved.")
@click.option("--check", "checking", is_flag=True, help="Only ask what a regulator would ask.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="The file to write; by default one named after company, day, language and version.",
)
@stoppable()
def export(  # noqa: PLR0913  # one argument an option
    name: str | None,
    *,
    listing: bool,
    entity: str | None,
    customer: str | None,
    role: str | None,
    as_of: str | None,
    language: str | None,
    authority: str | None,
    recipient: str,
    case_ref: str,
    approved: bool,
    checking: bool,
    output: Path | None,
) -> None:
    """Write the record as a file; that it was handed out is logged, and its bytes are kept.

    Twelve questions a regulator would ask are asked first; when errors stand behind one of them,
    it is printed on standard error, and the file is written all the same. On a terminal one sees
    how far it is; Ctrl-C stops it, and then no file is written and nothing logged.

    Example: ropa export article30 --entity defense-balance --as-of 2026-03-31 -o record.xlsx

    Example: ropa export pack --entity defense-balance --authority aepd --case "E/01234/2026"
    """
    if listing or name is None:
        _say_all()
        return
    if name not in EXPORTS:
        raise click.UsageError(f"There is no export “{name}”. See: ropa export --list")
    if EXPORTS[name].for_customer != (customer is not None):
        raise click.UsageError("Name the customer with --customer; only “customer” is about one.")
    if authority and name != "pack":
        raise click.UsageError("--authority is of a pack. See: ropa export pack --help")
    if (why := EXPORTS[name].why_not()) and not checking:
        raise RopaError(why)
    with open_session() as session:
        company = _company(read_register(session), entity)
        moment = moment_wanted(as_of or "", company.time_zone, datetime.now(UTC))
        request = ExportRequest(
            register=_register(session, moment, company.time_zone, approved=approved),
            entity=company,
            generated_at=datetime.now(UTC),
            language=language or LANGUAGES[0],
            role=Role(role) if role else None,
            as_of=moment,
        )
        request = with_last_delivery(session, name, request)
    then = _then(request)
    if customer is not None:
        request = replace(
            request,
            entity=then,
            customer=_customer(request.register, customer),
            role=request.role or Role.PROCESSOR,
        )
    if name == "pack":
        asked = replace(request, entity=then)
        request = for_authority(asked, authority or "", recipient, case_ref, language or "")
        recipient = request.recipient
    handing = Handing(actor=COMMAND_LINE, door=Door.COMMAND, recipient=recipient, case_ref=case_ref)
    if checking or customer is None:
        _say_checks(request, then, every=checking)
    if not checking:
        _write(name, request, handing, output)


def _say_all() -> None:
    """Print what can be exported: the name to ask for it by, and what it is."""
    table = exports_table()
    width = max(len(name) for name, _title, _authority in table)
    for name, title, _authority in table:
        click.echo(f"{name:<{width}}  {title}")


def _company(register: Register, slug: str | None) -> LegalEntity:
    """Return the company of a short name, as it is called now; raise UsageError for none.

    A company that was retired is still asked for its past.
    """
    retired_first = sorted(register.entities, key=lambda one: not one.is_retired)
    companies = {one.slug: one for one in retired_first}
    if slug in companies:
        return companies[slug or ""]
    known = ", ".join(sorted(companies)) or "none; run: ropa seed"
    raise click.UsageError(f"Name one of our companies with --entity: {known}.")


def _register(
    session: Session, moment: datetime | None, time_zone: str, *, approved: bool
) -> Register:
    on_day = day_of(moment or datetime.now(UTC), time_zone)
    return read_register(session, known_at=moment, on_day=on_day, approved=approved)


def _then(request: ExportRequest) -> LegalEntity:
    """Return the company as it was then; raise RopaError when it was not in the register."""
    entity = request.register.find(LegalEntity, request.entity.id)
    if entity is None:
        raise RopaError(
            f"{request.entity.legal_name} was not in the register at that moment, "
            "or no state of it had been approved."
        )
    return entity


def _customer(register: Register, said: str) -> Customer:
    """Return the customer of a name or id, as it was then; raise RopaError for none or several."""
    if found := register.find(Customer, said):
        return found
    wanted = said.strip().casefold()
    named = [
        one
        for one in register.customers
        if wanted and wanted in (one.legal_name.casefold(), one.trade_name.casefold())
    ]
    if len(named) == 1:
        return named[0]
    if named:
        ids = ", ".join(one.id for one in named)
        raise RopaError(f"Several customers are called “{said}”. Name one by its id: {ids}.")
    raise RopaError(
        f"No customer called “{said}” was in the register at that moment, or no state of it had "
        "been approved. Write its legal name as it is recorded, or its id."
    )


def _say_checks(request: ExportRequest, entity: LegalEntity, *, every: bool) -> None:
    """Print the twelve checks, or on standard error only those with errors behind them."""
    day = day_of(request.as_of or request.generated_at, entity.time_zone)
    with in_language(request.language):
        for one in preflight(request.register, entity, day):
            if every or one.errors:
                click.echo(f"{one.number:>2}. {one.question} {one.verdict.label}", err=not every)
            if every and one.verdict is Verdict.LOOK:
                for finding in one.findings:
                    said = finding.sentence(request.language)
                    click.echo(f"      {finding.rule.id} {finding.record.title}: {said}")


def _write(name: str, request: ExportRequest, handing: Handing, output: Path | None) -> None:
    with open_for_writing() as session:
        with shown(name):
            made = hand_out(session, EXPORTS[name], request, handing)
        path = output or Path(made.name)
        with _written(path, made.content):
            session.commit()
    click.echo(f"{path}: {len(made.content):,} bytes, register version {request.register.head}")


@contextmanager
def _written(path: Path, content: bytes) -> Iterator[None]:
    """Write a file; a new one does not stay when the block ends in an error."""
    new = not path.exists()
    try:
        _write_bytes(path, content)
        yield
    except BaseException:
        if new and path.exists():
            path.unlink()
        raise


def _write_bytes(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise RopaError(f"{path} cannot be written: {error.strerror}.") from None
