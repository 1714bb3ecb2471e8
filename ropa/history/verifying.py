"""Whether the log is whole, and whether it explains the tables; says exactly where they part.

What a chain cannot show by itself is its own cut tail or a rebuilt whole: that needs an anchor,
a head that was printed somewhere outside (public page, every export).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import msgspec
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from ropa.history.acting import Acting, Actor
from ropa.history.canonical import GENESIS, digest_of, link_hash
from ropa.history.chain import Entry, header_of
from ropa.history.diff import differences
from ropa.history.holding import is_redacted, redacted_spans
from ropa.history.indexing import Line, indexed, lines_of
from ropa.history.redaction import REDACTION
from ropa.history.sifting import UNREADABLE, sift
from ropa.history.triggers import missing_guards
from ropa.history.upcast import read_state
from ropa.i18n import _
from ropa.models import TABLES, Blob, ExportLog, ExportPart, Root, Version
from ropa.models.revision import Revision, State
from ropa.models.rows import fetch, to_record
from ropa.records import Record


@dataclass(frozen=True)
class Breach:
    """One place where the log or the tables are not what they should be."""

    where: str
    sentence: str


@dataclass(frozen=True)
class Verified:
    """What was checked, and what was found."""

    links: int
    records: int
    head: str
    breaches: tuple[Breach, ...]


def verify(session: Session, anchors: tuple[str, ...] = ()) -> Verified:
    """Check chain, states, anchors ("seq:hash"), tables, and what left the house.

    Reads everything, writes nothing.
    """
    walk = _Walk(session)
    breaches = list(walk.links())
    breaches += walk.anchored(anchors)
    breaches += walk.tables()
    breaches += _foreign_keys(session)
    breaches += _documents(session)
    breaches += _guards(session)
    breaches += _what_left(session)
    return Verified(walk.seq, len(walk.newest), f"{walk.seq}:{walk.hash}", tuple(breaches))


class _Walk:
    """One pass over the chain, remembering the newest state of each record."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.seq = 0
        self.hash = GENESIS
        self.newest: dict[str, Record] = {}
        self.versions: dict[str, int] = {}
        self.hashes: dict[int, str] = {}
        self.spoilt: list[Breach] = []
        self.decided: set[int] = set()
        self.emptied: set[int] = set()

    def links(self) -> Iterator[Breach]:
        """Yield every breach of the chain itself."""
        seqs = self.session.scalars(select(Revision.seq).order_by(Revision.seq)).all()
        for revision, state in sift(seqs, self._read_links, self._spoilt_link):
            yield from self._link(revision)
            yield from self._state(revision, state)
        yield from self._told()
        for seq in sorted(self.emptied - self.decided):
            yield _breach(seq, _("The state was emptied, and no chained decision says so."))

    def _read_links(self, seqs: Sequence[int]) -> list[tuple[Revision, State | None]]:
        self.session.expunge_all()
        query = (
            select(Revision, State)
            .outerjoin(State, State.seq == Revision.seq)
            .where(Revision.seq.in_(seqs))
            .order_by(Revision.seq)
        )
        return [(revision, state) for revision, state in self.session.execute(query)]

    def _spoilt_link(self, seq: int, error: Exception) -> None:
        self.spoilt.append(_breach(seq, _("It cannot be read: %(error)s", error=str(error))))
        query = select(Revision.hash).where(Revision.seq == seq)
        self.seq, self.hash = seq, self.session.scalars(query).one()
        self.hashes[seq] = self.hash

    def _told(self) -> list[Breach]:
        """Return what could not be read so far, once."""
        told, self.spoilt = self.spoilt, []
        return told

    def _link(self, revision: Revision) -> Iterator[Breach]:
        if revision.seq != self.seq + 1:
            yield _breach(revision.seq, _("Links are missing before this one."))
        if revision.prev != self.hash:
            yield _breach(revision.seq, _("It does not follow from the link before it."))
        acting = Acting(
            Actor(revision.actor_id, revision.actor_name),
            revision.why,
            revision.door,
            revision.change_set,
        )
        entry = Entry(revision.noun, revision.record_id, revision.version, revision.workflow, "")
        header = header_of(revision.seq, revision.at, acting, entry, revision.digest)
        if not _fits(revision, header):
            yield _breach(revision.seq, _("The link was altered: its hash does not fit it."))
        self.seq, self.hash = revision.seq, revision.hash
        self.hashes[revision.seq] = revision.hash

    def _state(self, revision: Revision, state: State | None) -> Iterator[Breach]:
        where = f"{revision.seq} ({revision.noun} {revision.record_id})"
        if state is None:
            yield Breach(where, _("Its state is missing."))
        elif state.body is None or state.salt is None:
            self.emptied.add(revision.seq)
            self.newest.pop(revision.record_id, None)
        elif digest_of(state.salt, state.body) != revision.digest:
            yield Breach(where, _("Its state was altered: the digest does not fit it."))
        else:
            yield from self._keep(revision, state.body, where)

    def _keep(self, revision: Revision, body: str, where: str) -> Iterator[Breach]:
        if revision.noun == REDACTION:
            self.decided.update(msgspec.json.decode(body)["record"]["seqs"])
            return
        try:
            record = read_state(body)
        except (ValueError, msgspec.MsgspecError) as error:
            yield Breach(where, _("Its state cannot be read: %(error)s", error=str(error)))
            return
        if (record.id, record.noun) != (revision.record_id, revision.noun):
            yield Breach(where, _("Its state belongs to another record."))
        self.newest[revision.record_id] = record
        self.versions[revision.record_id] = revision.version

    def anchored(self, anchors: tuple[str, ...]) -> Iterator[Breach]:
        """Yield a breach for every anchor the chain does not contain."""
        for anchor in anchors:
            number, _colon, expected = anchor.strip().partition(":")
            if not number.isdigit() or not expected:
                yield Breach(anchor, _("This is not an anchor. It looks like 128:9f2c…"))
            elif int(number) == 0 and expected in (GENESIS, "0"):
                continue
            elif self.hashes.get(int(number)) != expected:
                yield Breach(
                    anchor, _("The chain does not contain this head: it was rebuilt or cut.")
                )

    def tables(self) -> Iterator[Breach]:
        """Yield every record whose table rows are not what the log says."""
        missing = dict(self.newest)
        for noun, table in TABLES.items():
            ids = self.session.scalars(select(table.id).order_by(table.id)).all()
            missing = {key: one for key, one in missing.items() if key not in set(ids)}
            yield from self._rows(noun, ids)
            yield from self._told()
        for record in missing.values():
            yield Breach(
                _name_of(record),
                _("The log knows this record and the tables do not."),
            )
        for key in sorted(indexed(self.session) - self.newest.keys()):
            yield Breach(f"search {key}", _("Search knows a record that the log does not."))

    def _rows(self, noun: str, ids: Sequence[str]) -> Iterator[Breach]:
        def read(ids: Sequence[str]) -> list[_Row]:
            self.session.expunge_all()
            lines = lines_of(self.session, ids)
            return [_Row.of(row, lines.get(row.id)) for row in fetch(self.session, noun, ids)]

        def spoilt(key: str, error: Exception) -> None:
            where = f"{noun} {key} ({self.newest[key].title})" if key in self.newest else noun
            self.spoilt.append(Breach(where, _("It cannot be read: %(error)s", error=str(error))))

        for row in sift(ids, read, spoilt):
            yield from _compare(row.record, self.newest.get(row.record.id))
            if row.version < self.versions.get(row.record.id, 0):
                yield Breach(_name_of(row.record), _("Its version is older than the log knows."))
            if not row.can_be_found:
                yield Breach(
                    _name_of(row.record),
                    _("What search knows of it is not what it says. Run: ropa db reindex"),
                )


@dataclass(frozen=True)
class _Row:
    """One record as the tables hold it, and whether search knows it as it is."""

    record: Record
    version: int
    can_be_found: bool

    @classmethod
    def of(cls, row: Root, line: Line | None) -> "_Row":
        record = to_record(row)
        return cls(record, row.version, line == Line.of(record))


def _name_of(record: Record) -> str:
    return f"{record.noun} {record.id} ({record.title})"


def _fits(revision: Revision, header: dict[str, Any]) -> bool:
    try:
        return link_hash(revision.prev, header) == revision.hash
    except UNREADABLE:  # the hash before it is none
        return False


def _compare(record: Record, kept: Record | None) -> Iterator[Breach]:
    where = _name_of(record)
    if kept is None:
        yield Breach(where, _("The tables hold this record and the log does not."))
    elif kept != record:
        paths = [one.path for one in differences(kept, record)] or ["provenance"]
        yield Breach(
            where,
            _("The tables differ from the log in: %(fields)s.", fields=", ".join(paths)),
        )


def _breach(seq: int, sentence: str) -> Breach:
    return Breach(str(seq), sentence)


def _hash(content: bytes | str) -> str:
    """Return the SHA-256 (hex); SQLite may hold text where a hand has put it."""
    return sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def _what_left(session: Session) -> Iterator[Breach]:
    """Yield every kept export and sealed version that is not what its row says."""
    spans = redacted_spans(session)
    exports = (
        select(ExportLog, Blob.content)
        .outerjoin(Blob, Blob.sha256 == ExportLog.sha256)
        .order_by(ExportLog.id)
        .execution_options(yield_per=1)
    )
    for export, content in session.execute(exports):
        kept: bytes | None = content  # an outer join may find none
        where = f"export {export.id} ({export.filename})"
        if kept is not None and _hash(kept) != export.sha256:
            yield Breach(where, _("The kept file is not the one that was handed out."))
        elif kept is None and not is_redacted(spans, export):
            yield Breach(where, _("The kept file is gone, and no redaction says so."))
        elif kept is not None and not _parts_fit(session, export, kept):
            yield Breach(where, _("The files named in the log are not those in the archive."))
    for version in session.scalars(select(Version).order_by(Version.entity_id, Version.number)):
        where = f"version {version.number} ({version.entity_id})"
        if version.body is None and not is_redacted(spans, version):
            yield Breach(where, _("The sealed list is gone, and no redaction says so."))
        elif version.body is not None and _hash(version.body) != version.sha256:
            yield Breach(where, _("The sealed list was altered: its hash does not fit it."))


def _parts_fit(session: Session, export: ExportLog, kept: bytes) -> bool:
    """Say whether the files that the log names of an archive are those in it; true for no parts."""
    query = select(ExportPart.filename, ExportPart.sha256).where(ExportPart.export_id == export.id)
    named = [tuple(row) for row in session.execute(query.order_by(ExportPart.number))]
    if not named:
        return True
    with ZipFile(BytesIO(kept)) as archive:
        return named == [(name, _hash(archive.read(name))) for name in archive.namelist()]


def _foreign_keys(session: Session) -> Iterator[Breach]:
    if session.get_bind().dialect.name != "sqlite":
        return
    for table, rowid, target, _number in session.execute(text("PRAGMA foreign_key_check")):
        yield Breach(
            f"{table} {rowid}", _("It names a row of %(table)s that is gone.", table=target)
        )


def _documents(session: Session) -> Iterator[Breach]:
    """Yield every file whose bytes are not those its name is the hash of."""
    for name in session.scalars(select(Blob.sha256).order_by(Blob.sha256)).all():
        content = session.scalars(select(Blob.content).where(Blob.sha256 == name)).one()
        if _hash(content) != name:
            yield Breach(f"blob {name}", _("The bytes of this file were altered."))


def _guards(session: Session) -> Iterator[Breach]:
    """Yield every trigger that is gone or asleep: what it would refuse could be done unseen."""
    for name, table in missing_guards(session.connection()):
        yield Breach(table, _("The trigger %(name)s is missing or off.", name=name))
