"""What the databases themselves refuse, whoever asks.

The log is written once: no update, no delete, no truncation; a state may only be emptied, and
only when a redaction names it; and the chain takes nothing but the next link (which also stops
``INSERT OR REPLACE``, for which SQLite fires no delete trigger by default). The name and purpose
of an Argentine database never change once written (Ley 25.326 art. 21, TAD form).

What left the house is written once too: the log of exports, and the sealed versions of the public
list, whose body alone may be emptied after a redaction.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, text

TRIGGERS_VERSION = 1
"""Raise it, and write a migration that calls ``install`` again, when a trigger changes."""

_FROZEN = ("revision", "redaction")
_WRITE_ONCE = ("database_name", "database_purpose")


def install(dialect: str) -> Iterator[str]:
    """Yield the statements that install every trigger on a database of this dialect."""
    yield from _sqlite() if dialect == "sqlite" else _postgresql()


def install_on_notices(dialect: str) -> Iterator[str]:
    """Yield the statements by which the database keeps an issued notice as it was sent.

    They come with the table, in a later migration; they leave with it.
    """
    told = ("ref", "name", "body", "entity_id", "issued_on")
    differs = "IS NOT" if dialect == "sqlite" else "IS DISTINCT FROM"
    changed = " OR ".join(f"NEW.{one} {differs} OLD.{one}" for one in told)
    if dialect == "sqlite":
        yield (
            "CREATE TRIGGER notice_written_once BEFORE UPDATE ON notice "
            f"WHEN OLD.issued_on IS NOT NULL AND ({changed}) "
            "BEGIN SELECT RAISE(ABORT, 'an issued notice stays as it was sent'); END"
        )
        return
    yield (
        "CREATE OR REPLACE FUNCTION ropa_notice_written_once() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$ BEGIN IF OLD.issued_on IS NOT NULL AND ({changed}) THEN "
        "RAISE EXCEPTION 'an issued notice stays as it was sent'; END IF; RETURN NEW; END $$"
    )
    yield (
        "CREATE TRIGGER notice_written_once BEFORE UPDATE ON notice "
        "FOR EACH ROW EXECUTE FUNCTION ropa_notice_written_once()"
    )


def install_on_changes(dialect: str) -> Iterator[str]:
    """Yield the statements that keep an announced change, and whether a version was material."""
    told = ("ref", "entity_id", "kind", "announced_on", "emergency", "emergency_reason")
    differs = "IS NOT" if dialect == "sqlite" else "IS DISTINCT FROM"
    changed = " OR ".join(f"NEW.{one} {differs} OLD.{one}" for one in told)
    for name, table, when, words in (
        (
            "change_written_once",
            "change",
            f"OLD.announced_on IS NOT NULL AND ({changed})",
            "an announced change stays as it was told",
        ),
        (
            "version_kept_material",
            "version",
            f"NEW.material {differs} OLD.material",
            "a sealed version is never altered",
        ),
    ):
        refuse = f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
        if dialect != "sqlite":
            refuse = f"FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION ropa_refuse('{words}')"
        condition = f"WHEN {when} " if dialect == "sqlite" else ""
        yield f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} {condition}{refuse}"


def install_on_officer_words(dialect: str) -> Iterator[str]:
    """Yield the statements that keep what the officer said as it was said."""
    if dialect == "sqlite":
        for act in ("delete", "update"):
            yield _sqlite_trigger("officer_word", act, "1", "a word of the officer stays")
        return
    for act in ("delete", "update", "truncate"):
        yield from _pg_trigger("officer_word", act, "ropa_refuse", "a word of the officer stays")


def install_on_export_parts(dialect: str) -> Iterator[str]:
    """Yield the statements that keep the files of an archive as they left, with the archive.

    They are written with the newest export, one after another, and never again.
    """
    kept, taken = "a file handed out is never altered", "only the next file of the newest export"
    if dialect == "sqlite":
        for act in ("delete", "update"):
            yield _sqlite_trigger("export_part", act, "1", kept)
        yield _sqlite_trigger("export_part", "insert", _NOT_NEXT_PART, taken)
        return
    yield (
        "CREATE OR REPLACE FUNCTION ropa_next_export_part() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {_NOT_NEXT_PART} THEN RAISE EXCEPTION USING MESSAGE = TG_ARGV[0]; END IF; "
        "RETURN NEW; END $$"
    )
    for act in ("delete", "update", "truncate"):
        yield from _pg_trigger("export_part", act, "ropa_refuse", kept)
    yield from _pg_trigger("export_part", "insert", "ropa_next_export_part", taken)


def remove(dialect: str) -> Iterator[str]:
    """Yield the statements that remove every trigger, for a downgrade."""
    for name, table in _names():
        on = "" if dialect == "sqlite" else f" ON {table}"
        yield f"DROP TRIGGER IF EXISTS {name}{on}"


def missing_guards(connection: Connection) -> Iterator[tuple[str, str]]:
    """Yield every trigger (name, table) that is missing from this database, or asleep."""
    dialect = connection.dialect.name
    there = {tuple(row) for row in connection.execute(text(_THERE[dialect]))}
    for name, table in (*_names(), *_later_names()):
        if dialect == "sqlite" and name.endswith("_truncate"):
            continue
        if (name, table) not in there:
            yield name, table


_THERE = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": (
        "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE tgenabled <> 'D' AND relnamespace = current_schema()::regnamespace"
    ),
}


def install_evidence(dialect: str) -> Iterator[str]:
    """Yield the statements that guard the log of exports and the sealed versions."""
    yield from _sqlite_evidence() if dialect == "sqlite" else _postgresql_evidence()


def remove_evidence(dialect: str) -> Iterator[str]:
    """Yield the statements that take these guards away, for a downgrade."""
    for name, table in _evidence_names():
        on = "" if dialect == "sqlite" else f" ON {table}"
        yield f"DROP TRIGGER IF EXISTS {name}{on}"


def _evidence_names() -> Iterator[tuple[str, str]]:
    for table in ("export_log", "version"):
        for act in ("update", "delete", "insert", "truncate"):
            yield f"{table}_no_{act}", table


def _later_names() -> Iterator[tuple[str, str]]:
    """Yield the triggers that came with a later migration than the first."""
    yield from _evidence_names()
    yield "notice_written_once", "notice"
    yield "change_written_once", "change"
    yield "version_kept_material", "version"
    for act in ("update", "delete", "truncate"):
        yield f"officer_word_no_{act}", "officer_word"
    for act in ("update", "delete", "insert", "truncate"):
        yield f"export_part_no_{act}", "export_part"


def _names() -> Iterator[tuple[str, str]]:
    for table in (*_FROZEN, "state"):
        for act in ("update", "delete", "insert", "truncate"):
            yield f"{table}_no_{act}", table
    yield "argentine_registration_write_once", "argentine_registration"


def _sqlite() -> Iterator[str]:
    for table in (*_FROZEN, "state"):
        yield _sqlite_trigger(table, "delete", "1", "the log is never deleted")
    for table in _FROZEN:
        yield _sqlite_trigger(table, "update", "1", "the log is never altered")
    emptied = (
        "NEW.seq = OLD.seq AND NEW.body IS NULL AND NEW.salt IS NULL "
        "AND EXISTS (SELECT 1 FROM redaction WHERE redaction.seq = OLD.seq)"
    )
    yield _sqlite_trigger("state", "update", f"NOT ({emptied})", "a state is never altered")
    yield _sqlite_trigger("revision", "insert", _NOT_NEXT, "only the next link is taken")
    yield _sqlite_trigger("state", "insert", _NOT_FRESH, "a state is written once")
    yield _sqlite_trigger("redaction", "insert", _NOT_DECIDED, "a redaction needs its decision")
    changed = " OR ".join(f"(OLD.{one} <> '' AND NEW.{one} <> OLD.{one})" for one in _WRITE_ONCE)
    yield (
        "CREATE TRIGGER argentine_registration_write_once "
        f"BEFORE UPDATE ON argentine_registration WHEN {changed} "
        "BEGIN SELECT RAISE(ABORT, 'name and purpose of a database are written once'); END"
    )


_NOT_NEXT = (
    "NEW.seq <> coalesce((SELECT max(seq) FROM revision), 0) + 1 "
    "OR NEW.prev <> coalesce((SELECT hash FROM revision ORDER BY seq DESC LIMIT 1), "
    "'0000000000000000000000000000000000000000000000000000000000000000')"
)
_NOT_FRESH = (
    "EXISTS (SELECT 1 FROM state WHERE state.seq = NEW.seq) "
    "OR NEW.seq <> coalesce((SELECT max(seq) FROM state), 0) + 1"
)
_NOT_DECIDED = (
    "EXISTS (SELECT 1 FROM redaction WHERE redaction.seq = NEW.seq) OR NOT EXISTS "
    "(SELECT 1 FROM revision WHERE revision.seq = NEW.decided_by "
    "AND revision.noun = 'redaction' AND NEW.seq < NEW.decided_by)"
)


_VERSION_KEEPS = (
    "entity_id",
    "number",
    "sealed_at",
    "actor_id",
    "actor_name",
    "why",
    "head_seq",
    "head_hash",
    "content_sha256",
    "sha256",
)
_ONLY_EMPTIED = (
    " AND ".join(f"NEW.{one} = OLD.{one}" for one in _VERSION_KEEPS)  # noqa: S608
    + " AND NEW.body IS NULL AND EXISTS "
    "(SELECT 1 FROM redaction WHERE redaction.seq <= OLD.head_seq)"
)
_NOT_NEXT_VERSION = (
    "NEW.body IS NULL OR NEW.number <> coalesce("
    "(SELECT max(number) FROM version WHERE version.entity_id = NEW.entity_id), 0) + 1"
)
_NOT_NEXT_PART = (
    "NEW.export_id <> coalesce((SELECT max(id) FROM export_log), 0) OR NEW.number <> coalesce("
    "(SELECT max(number) FROM export_part WHERE export_part.export_id = NEW.export_id), 0) + 1"
)
_NOT_NEXT_EXPORT = "NEW.id <> coalesce((SELECT max(id) FROM export_log), 0) + 1"


def _sqlite_evidence() -> Iterator[str]:
    for table, words in (("export_log", "an export handed out"), ("version", "a sealed version")):
        yield _sqlite_trigger(table, "delete", "1", f"{words} is never deleted")
    yield _sqlite_trigger("export_log", "update", "1", "an export handed out is never altered")
    yield _sqlite_trigger("export_log", "insert", _NOT_NEXT_EXPORT, "only the next export is taken")
    only_emptied = f"NOT ({_ONLY_EMPTIED})"
    yield _sqlite_trigger("version", "update", only_emptied, "a sealed version is never altered")
    yield _sqlite_trigger("version", "insert", _NOT_NEXT_VERSION, "only the next version is taken")


def _postgresql_evidence() -> Iterator[str]:
    for name, condition in (
        ("ropa_next_export", _NOT_NEXT_EXPORT),
        ("ropa_next_version", _NOT_NEXT_VERSION),
        ("ropa_version_kept", f"NOT ({_ONLY_EMPTIED})"),
    ):
        yield (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {condition} THEN RAISE EXCEPTION USING MESSAGE = TG_ARGV[0]; END IF; "
            "RETURN NEW; END $$"
        )
    for table, words in (("export_log", "an export handed out"), ("version", "a sealed version")):
        for act in ("delete", "truncate"):
            yield from _pg_trigger(table, act, "ropa_refuse", f"{words} is never deleted")
    for table, act, function, words in (
        ("export_log", "update", "ropa_refuse", "an export handed out is never altered"),
        ("export_log", "insert", "ropa_next_export", "only the next export is taken"),
        ("version", "update", "ropa_version_kept", "a sealed version is never altered"),
        ("version", "insert", "ropa_next_version", "only the next version is taken"),
    ):
        yield from _pg_trigger(table, act, function, words)


def _sqlite_trigger(table: str, act: str, when: str, words: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
    )


def _postgresql() -> Iterator[str]:
    yield (
        "CREATE OR REPLACE FUNCTION ropa_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_ARGV[0]; END $$"
    )
    for name, condition in (
        ("ropa_next_link", _NOT_NEXT),
        ("ropa_fresh_state", _NOT_FRESH),
        ("ropa_decided_redaction", _NOT_DECIDED),
    ):
        yield (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {condition} THEN RAISE EXCEPTION USING MESSAGE = TG_ARGV[0]; END IF; "
            "RETURN NEW; END $$"
        )
    for table in (*_FROZEN, "state"):
        yield from _pg_trigger(table, "delete", "ropa_refuse", "the log is never deleted")
        yield from _pg_trigger(table, "truncate", "ropa_refuse", "the log is never deleted")
    for table in _FROZEN:
        yield from _pg_trigger(table, "update", "ropa_refuse", "the log is never altered")
    yield (
        "CREATE OR REPLACE FUNCTION ropa_only_emptied() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN IF NEW.seq = OLD.seq AND NEW.body IS NULL AND NEW.salt IS NULL "
        "AND EXISTS (SELECT 1 FROM redaction WHERE redaction.seq = OLD.seq) THEN RETURN NEW; "
        "END IF; RAISE EXCEPTION USING MESSAGE = TG_ARGV[0]; END $$"
    )
    yield from _pg_trigger("state", "update", "ropa_only_emptied", "a state is never altered")
    yield from _pg_trigger("revision", "insert", "ropa_next_link", "only the next link is taken")
    yield from _pg_trigger("state", "insert", "ropa_fresh_state", "a state is written once")
    yield from _pg_trigger(
        "redaction", "insert", "ropa_decided_redaction", "a redaction needs its decision"
    )
    yield (
        "CREATE OR REPLACE FUNCTION ropa_write_once() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN IF "
        + " OR ".join(f"(OLD.{one} <> '' AND NEW.{one} <> OLD.{one})" for one in _WRITE_ONCE)
        + " THEN RAISE EXCEPTION 'name and purpose of a database are written once'; END IF; "
        "RETURN NEW; END $$"
    )
    yield (
        "CREATE TRIGGER argentine_registration_write_once BEFORE UPDATE ON "
        "argentine_registration FOR EACH ROW EXECUTE FUNCTION ropa_write_once()"
    )


def _pg_trigger(table: str, act: str, function: str, words: str) -> Iterator[str]:
    each = "STATEMENT" if act == "truncate" else "ROW"
    yield (
        f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
        f"FOR EACH {each} EXECUTE FUNCTION {function}('{words}')"
    )
    yield f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_{act}"
