"""``ropa notices evidence``: what proves that customers were told, in one archive."""

from datetime import UTC, datetime
from pathlib import Path

import click

from ropa.cli.context import COMMAND_LINE, open_for_writing, open_session
from ropa.config import HOME, Settings
from ropa.errors import RopaError
from ropa.exports import EVIDENCE, EvidenceRequest, Handing, Part, hand_out
from ropa.i18n import LANGUAGES
from ropa.publishing.evidence import (
    Asking,
    Case,
    Files,
    evidence_between,
    evidence_of,
    months_before,
)
from ropa.records import LegalEntity, Notice
from ropa.register import Register, read_register
from ropa.vocabulary import Door


@click.command()
@click.option("--entity", metavar="NAME", help="Which of our companies, by its short name.")
@click.option("--notice", "ref", metavar="REF", help="One notice alone, by its reference.")
@click.option("--months", type=click.IntRange(1, 600), default=12, show_default=True)
@click.option("--lang", "language", type=click.Choice(LANGUAGES), default=LANGUAGES[0])
@click.option("--for", "recipient", metavar="TEXT", default="", help="For whom it is made.")
@click.option("--case", "case_ref", metavar="TEXT", default="", help="Case number or reason.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="The file to write; by default one named after company, months and version.",
)
def evidence(  # noqa: PLR0913  # one argument an option
    *,
    entity: str | None,
    ref: str | None,
    months: int,
    language: str,
    recipient: str,
    case_ref: str,
    output: Path | None,
) -> None:
    """Write what proves that customers were told, of the last months or of one notice.

    The archive is for the house and its auditors: it names customers. That it was handed out is
    logged, and its bytes are kept.

    Example: ropa notices evidence --entity defense-balance --months 12 -o evidence.zip
    """
    settings, now = Settings.from_environment(), datetime.now(UTC)
    files = Files.at(HOME / "templates", settings.base_url, settings.mail_from)
    handing = Handing(actor=COMMAND_LINE, door=Door.COMMAND, recipient=recipient, case_ref=case_ref)
    with open_session(settings) as session:
        asking = Asking(session, read_register(session), files, now, language)
        case = _case(asking, ref, entity, months)
    name = "evidence_notice" if ref else "evidence_months"
    with open_for_writing(settings) as session:
        made = hand_out(session, EVIDENCE[name], _asked(case, now, language), handing)
        path = output or Path(made.name)
        try:
            path.write_bytes(made.content)
        except OSError as error:
            raise RopaError(f"{path} cannot be written: {error.strerror}.") from None
        session.commit()
    click.echo(f"{path}: {len(made.content):,} bytes, register version {case.register.head}")


def _case(asking: Asking, ref: str | None, entity: str | None, months: int) -> Case:
    if ref:
        return evidence_of(asking, _notice(asking.register, ref))
    company = _company(asking.register, entity)
    return evidence_between(asking, company, months_before(asking.today(company), months))


def _asked(case: Case, now: datetime, language: str) -> EvidenceRequest:
    return EvidenceRequest(
        register=case.register,
        entity=case.company,
        name=case.name,
        about=case.about,
        parts=[Part(one.name, one.media_type, one.content) for one in case.exhibits],
        generated_at=now,
        language=language,
    )


def _notice(register: Register, ref: str) -> Notice:
    found = [one for one in register.all(Notice) if one.ref == ref]
    if not found:
        raise click.UsageError(f"There is no notice “{ref}”.")
    return found[0]


def _company(register: Register, slug: str | None) -> LegalEntity:
    companies = {one.slug: one for one in register.all(LegalEntity)}
    if slug in companies:
        return companies[slug or ""]
    known = ", ".join(sorted(companies)) or "none; run: ropa seed"
    raise click.UsageError(f"Name one of our companies with --entity: {known}.")
