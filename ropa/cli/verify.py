"""``ropa verify``: whether the log is whole, and whether a file is ours and unaltered."""

from pathlib import Path

import click

from ropa.cli.context import open_session
from ropa.errors import RopaError
from ropa.exports import TITLES, Checked, PublicFile, check_file, remake
from ropa.history.verifying import verify as verify_log
from ropa.i18n import LANGUAGES, _, in_language
from ropa.models import ExportLog
from ropa.publishing import PublicLists
from ropa.records import LegalEntity
from ropa.register import read_register
from ropa.sheets.words import utc_moment

LARGEST = 200_000_000
"""The most bytes of a file that is read."""


@click.command()
@click.argument(
    "files", nargs=-1, type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
)
@click.option(
    "--anchor",
    "anchors",
    multiple=True,
    metavar="HEAD",
    help="A head printed outside (128:9f2c…), or a file that holds one per line.",
)
@click.option(
    "--remake",
    "number",
    type=click.IntRange(min=1, max=2**62),
    metavar="NUMBER",
    help="Make an export again from the log, and say whether its bytes are the same.",
)
@click.option("--lang", "language", type=click.Choice(LANGUAGES), default=LANGUAGES[0])
def verify(
    files: tuple[Path, ...], anchors: tuple[str, ...], number: int | None, language: str
) -> None:
    """Check the log; or, given FILES, whether we handed them out and nobody altered them since.

    Of the log: the chain, every state, the anchors, and that the log explains the tables. Of a
    file: ours and unchanged; ours but edited, naming sheet and cell; or not ours. The exit status
    is 1 when anything is not as it was.

    Example: ropa verify --anchor 128:9f2c…  (the head printed on every export)

    Example: ropa verify RAT_ACME_2026-03-31_en_v14.xlsx

    Example: ropa verify --remake 12  (the number of an export, under Handed out)
    """
    if sum(map(bool, (files, anchors, number))) > 1:
        raise click.UsageError("Give files, --anchor or --remake: one of the three.")
    if number:
        good = _make_again(number, language)
    else:
        good = _check_files(files, language) if files else _check_log(anchors)
    if not good:
        raise SystemExit(1)


def _check_log(anchors: tuple[str, ...]) -> bool:
    heads = tuple(head for given in anchors for head in _heads_in(given))
    with open_session() as session:
        found = verify_log(session, heads)
    for breach in found.breaches:
        click.echo(f"{breach.where}: {breach.sentence}", err=True)
    click.echo(
        f"{found.links} links, {found.records} records, {len(heads)} anchors: "
        f"{len(found.breaches)} breaches. Head {found.head}"
    )
    return not found.breaches


def _make_again(number: int, language: str) -> bool:
    with in_language(language), open_session() as session:
        row = session.get(ExportLog, number)
        if row is None:
            raise RopaError(_("There is no export %(number)s in the log.", number=number))
        remade = remake(session, row)
        click.echo(
            f"{row.filename}: {remade.outcome.label}{f' {remade.why}' if remade.why else ''}"
        )
    return remade.same


def _check_files(files: tuple[Path, ...], language: str) -> bool:
    with in_language(language), open_session() as session:
        names = {one.id: one.legal_name for one in read_register(session).all(LegalEntity)}
        lists = PublicLists(session)
        answers = {path: check_file(session, path.name, _content_of(path), lists) for path in files}
        for path, answer in answers.items():
            _say(path, answer, names)
    return all(answer.good for answer in answers.values())


def _content_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise RopaError(f"{path} is larger than any file we hand out. It was not read.")
        return path.read_bytes()
    except OSError as error:
        raise RopaError(f"{path} cannot be read: {error.strerror}.") from None


def _say(path: Path, answer: Checked, names: dict[str, str]) -> None:
    click.echo(f"{path}: {answer.standing.label}{f' {answer.why}' if answer.why else ''}")
    for one in answer.differences:
        click.echo(f"  {one}".replace("\n", " ⏎ "))
    if answer.more:
        click.echo(f"  {_('and %(count)s more', count=answer.more)}")
    for label, value in _told(answer, names):
        click.echo(f"  {label}: {value}")


def _told(answer: Checked, names: dict[str, str]) -> list[tuple[str, str]]:
    if answer.row is not None:
        within = [(str(_("File in it")), answer.part.filename)] if answer.part else []
        return [*within, *_facts(answer.row, names)]
    return _facts_of_list(answer.published, names) if answer.published else []


def _facts(row: ExportLog, names: dict[str, str]) -> list[tuple[str, str]]:
    return [
        (str(label), str(value))
        for label, value in (
            (_("Export"), f"{_('Export %(number)s', number=row.id)}, {_title(row)}"),
            (_("When"), utc_moment(row.at)),
            (_("Company"), names.get(row.entity_id) or (row.entity_id or _("all"))),
            (_("As of"), utc_moment(row.as_of)),
            (_("For whom"), row.recipient or _("not said")),
            (_("Case number or reason"), row.case_ref or _("not said")),
            (_("SHA-256"), row.sha256),
        )
    ]


def _facts_of_list(file: PublicFile, names: dict[str, str]) -> list[tuple[str, str]]:
    version = file.version
    until = utc_moment(file.until) if file.until else _("it stands today")
    facts = [
        (_("Public list"), _("Version %(number)s", number=version.number)),
        (_("Company"), names.get(version.entity_id) or version.entity_id),
        (_("In force from"), utc_moment(version.sealed_at)),
        (_("In force until"), until),
    ]
    if file.day:
        facts.append((_("As dates had changed it by"), file.day.isoformat()))
    return [(str(label), str(value)) for label, value in facts]


def _title(row: ExportLog) -> str:
    return str(TITLES.get(row.export, row.export))


def _heads_in(given: str) -> list[str]:
    path = Path(given)
    if not path.is_file():
        return [given]
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]
