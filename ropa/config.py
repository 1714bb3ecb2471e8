"""Settings: read from the environment once, checked, and never read again.

Each field says its own line of the table in the README: its default and what it means.
"""

import difflib
import os
import re
import secrets
import stat
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from ropa.errors import RopaError

PACKAGE = Path(__file__).resolve().parent
"""The folder of the program itself."""

_CHECKOUT = (PACKAGE.parent / "pyproject.toml").exists()

HOME = PACKAGE.parent if _CHECKOUT else PACKAGE
"""Where ``templates/`` and ``seed_data/`` stand: beside the program, or inside it if installed."""

LANGUAGES = ("en", "es", "pt")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
SHORTEST_KEY = 32
MEBIBYTE = 1024 * 1024

_WELL_KNOWN = (
    "192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf",  # Flask's own manual
    "changeme",
    "change-me",
    "change_me",
    "replace-me",
    "insecure",
    "example",
    "password",
    "secret-key",
    "secret_key",
    "secretkey",
    "your-secret",
    "supersecret",
    "not-so-secret",
)
_FEWEST_SIGNS = 10
_ADDRESS = re.compile(r"^[^\s@<>()\[\],;:\\\"]+@[A-Za-z0-9.-]+$")
_HOST = re.compile(r"^\.?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$|^\[?[0-9a-f:]+\]?$", re.IGNORECASE)


class BadSettingError(RopaError):
    """The environment holds a setting that cannot be used."""


def _setting(
    read: Callable[[str], object], default: object, shown: str, says: str, *, shy: bool = False
) -> Any:
    """Declare a setting: how its text is read, its default, how that is shown, what it means."""
    told = {"read": read, "shown": shown, "says": says}
    return field(default=default, metadata=told, repr=not shy)


def _folder(text: str) -> Path:
    return Path(text).expanduser().resolve()


def _database(text: str) -> str:
    scheme, mark, rest = text.partition("://")
    if not mark or (not rest and scheme != "sqlite"):
        raise ValueError("is not a database address, such as postgresql://ropa@localhost/ropa")
    if scheme in {"postgres", "postgresql", "postgresql+psycopg"}:
        return f"postgresql+psycopg://{rest}"
    if scheme in {"sqlite", "sqlite+pysqlite"}:
        return text
    raise ValueError(f"names the database “{scheme}”; only sqlite and postgresql are known")


def _keys(text: str) -> tuple[str, ...]:
    keys = tuple(key.strip() for key in text.split(",") if key.strip())
    if not keys:
        raise ValueError("holds no key")
    for place, key in enumerate(keys, 1):
        _refuse_weak(key, place)
    return keys


def _refuse_weak(key: str, place: int) -> None:
    """Raise ValueError, without repeating the key, when it could be guessed."""
    if len(key) < SHORTEST_KEY:
        raise ValueError(f"holds a key (number {place}) shorter than {SHORTEST_KEY} characters")
    if any(known in key.lower() for known in _WELL_KNOWN) or len(set(key)) < _FEWEST_SIGNS:
        raise ValueError(f"holds a key (number {place}) that others know or can guess")


def _base_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("is not an address such as https://register.example.org")
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise ValueError("may hold a scheme, a host and a port, and nothing after them")
    return f"{parts.scheme}://{parts.netloc}"


def _languages(text: str) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(code.strip().lower() for code in text.split(",") if code.strip()))
    if not wanted or set(wanted) - set(LANGUAGES):
        raise ValueError(f"may hold some of {', '.join(LANGUAGES)}, separated by commas")
    return wanted


def _hosts(text: str) -> tuple[str, ...]:
    hosts = tuple(host.strip().lower() for host in text.split(",") if host.strip())
    if not hosts or not all(_HOST.match(host) for host in hosts):
        raise ValueError("may hold host names without scheme or port, separated by commas")
    return hosts


def _host(text: str) -> str:
    if not _HOST.match(text):
        raise ValueError("is not a host name or an address")
    return text


def _smtp(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("is not a mail server, such as smtps://name:password@mail.example.org:465")
    return text


def _mail_from(text: str) -> str:
    if not _ADDRESS.match(text):
        raise ValueError("is not an e-mail address, such as notices@example.org")
    return text


def _yes_or_no(text: str) -> bool:
    said = {"yes": True, "no": False}.get(text.lower())
    if said is None:
        raise ValueError("may be yes or no")
    return said


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = int(text) if text.isascii() and text.isdigit() else -1
        if not least <= number <= most:
            raise ValueError(f"may be a whole number from {least} to {most}")
        return number

    return read


USUAL_INSTANCE = (HOME if _CHECKOUT else Path.cwd()) / "instance"
"""The instance folder of the checkout or, when the register is installed, where it is started."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything the register needs to be told before it starts."""

    instance: Path = _setting(  # noqa: RUF009  # it declares a field
        _folder,
        USUAL_INSTANCE,
        "`instance` in the checkout",
        "The folder for what belongs to this installation: the SQLite file and the secret key.",
    )
    database_url: str = _setting(
        _database,
        "",
        "`ropa.sqlite` in the instance folder",
        "Where the register is kept: SQLite or PostgreSQL, as the account that serves.",
        shy=True,
    )
    owner_database_url: str = _setting(
        _database,
        "",
        "the same database",
        "PostgreSQL, as the account that owns the tables: used by `ropa db upgrade` alone.",
        shy=True,
    )
    secret_key: tuple[str, ...] = _setting(
        _keys,
        (),
        "the file `secret_key` in the instance folder, made on the first start",
        "Signs cookies and links: one or more keys of 32 characters or more, separated by "
        "commas, the newest first; older ones still open what they signed.",
        shy=True,
    )
    base_url: str = _setting(
        _base_url,
        "http://127.0.0.1:8000",
        "`http://127.0.0.1:8000`, with the port of `ROPA_PORT`",
        "The address people use; with https, cookies are `Secure` and `__Host-`, and HSTS is sent.",
    )
    languages: tuple[str, ...] = _setting(
        _languages,
        LANGUAGES,
        "`en,es,pt`",
        "The languages offered, the usual one first.",
    )
    proxies: int = _setting(
        _whole(0, 10),
        0,
        "`0`",
        "How many proxies of ours stand in front; only then are `X-Forwarded-…` headers believed.",
    )
    trusted_hosts: tuple[str, ...] = _setting(
        _hosts,
        (),
        "the host of `ROPA_BASE_URL`, and loopback names",
        "The host names answered to, separated by commas; `.example.org` means all below it.",
    )
    smtp_url: str = _setting(
        _smtp,
        "",
        "none",
        "The mail server through which `ropa notices send` delivers letters: `smtp://` (TLS when "
        "offered) or `smtps://`, with user, password and port.",
        shy=True,
    )
    mail_from: str = _setting(
        _mail_from,
        "",
        "the e-mail address of the company that writes",
        "The address letters come from, when the mail server insists on one of its own.",
    )
    webhooks_loopback: bool = _setting(
        _yes_or_no,
        False,  # noqa: FBT003  # a default, as in every other line here
        "`no`",
        "`yes` lets webhooks go to this machine, also without TLS: to try them out, never where "
        "people work.",
    )
    host: str = _setting(_host, "127.0.0.1", "`127.0.0.1`", "The address the server listens on.")
    port: int = _setting(_whole(1, 65535), 8000, "`8000`", "The port the server listens on.")
    workers: int = _setting(
        _whole(1, 64), 2, "`2`", "How many processes answer requests at the same time."
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Self:
        """Read ``ROPA_*``; raise BadSettingError on a name that is unknown or a value that is bad.

        An empty value counts as not given.
        """
        environment = os.environ if environment is None else environment
        known = {name_of(one): one for one in fields(cls)}
        given = {name: text for name, text in environment.items() if name.startswith("ROPA_")}
        for stranger in sorted(given.keys() - known.keys()):
            raise BadSettingError(_unknown(stranger, list(known)))
        told = {known[name].name: _read(known[name], text) for name, text in given.items() if text}
        if "port" in told:
            told.setdefault("base_url", f"http://127.0.0.1:{told['port']}")
        settings = cls(**told)
        _refuse_open_debugging(settings, environment)
        return settings

    @property
    def is_https(self) -> bool:
        """Say whether people reach the register through TLS."""
        return self.base_url.startswith("https://")

    @property
    def database(self) -> str:
        """Return the address of the database, the SQLite file of the instance by default."""
        return self.database_url or f"sqlite:///{self.instance / 'ropa.sqlite'}"

    @property
    def owner_database(self) -> str:
        """Return the address of the database as its owner, for migrations."""
        return self.owner_database_url or self.database

    @property
    def hosts(self) -> tuple[str, ...]:
        """Return the host names answered to."""
        if self.trusted_hosts:
            return self.trusted_hosts
        return tuple(dict.fromkeys((urlsplit(self.base_url).hostname or "", *LOOPBACK)))

    def keys(self) -> tuple[str, ...]:
        """Return the signing keys, newest first; make the key file when there is none yet."""
        return self.secret_key or (_key_in(self.instance / "secret_key"),)

    def for_flask(self) -> dict[str, object]:
        """Return what Flask and its extensions need to know, by their own names."""
        newest, *older = self.keys()
        return {
            "SECRET_KEY": newest,
            "SECRET_KEY_FALLBACKS": older,
            "SESSION_COOKIE_NAME": "__Host-ropa" if self.is_https else "ropa",
            "SESSION_COOKIE_SECURE": self.is_https,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_PATH": "/",
            "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
            "PREFERRED_URL_SCHEME": "https" if self.is_https else "http",
            "TRUSTED_HOSTS": list(self.hosts),
            "MAX_CONTENT_LENGTH": 10 * MEBIBYTE,
            "MAX_FORM_MEMORY_SIZE": 2 * MEBIBYTE,  # an activity with many rows is a long form
            "MAX_FORM_PARTS": 5000,
            "SQLALCHEMY_DATABASE_URI": self.database,
            "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True},  # values stay out of messages
            "WTF_CSRF_TIME_LIMIT": None,  # as long as the sign-in session, which ends by itself
            "BABEL_DEFAULT_LOCALE": self.languages[0],
            "ROPA_BASE_URL": self.base_url,
            "ROPA_HTTPS": self.is_https,
            "ROPA_LANGUAGES": self.languages,
            "ROPA_SENDS_MAIL": bool(self.smtp_url),
            "ROPA_MAIL_FROM": self.mail_from,
            "ROPA_WEBHOOKS_LOOPBACK": self.webhooks_loopback,
        }


def name_of(one: "Field[Any]") -> str:
    """Return the name a setting has in the environment."""
    return f"ROPA_{one.name.upper()}"


def settings_table() -> list[tuple[str, str, str]]:
    """Return (name, default, meaning) of every setting, for the table in the README."""
    return [(name_of(one), one.metadata["shown"], one.metadata["says"]) for one in fields(Settings)]


def _read(one: "Field[Any]", text: str) -> Any:
    try:
        return one.metadata["read"](text.strip())
    except ValueError as problem:
        raise BadSettingError(f"{name_of(one)} {problem}.") from None


def _unknown(stranger: str, known: list[str]) -> str:
    nearest = difflib.get_close_matches(stranger, known, n=1)
    hint = f" Did you mean {nearest[0]}?" if nearest else ""
    return f"{stranger} is not a setting of the register.{hint}"


def _refuse_open_debugging(settings: Settings, environment: Mapping[str, str]) -> None:
    """Refuse Flask's debugger, which runs any code a visitor types, beyond this machine."""
    asked = environment.get("FLASK_DEBUG", "").lower() not in {"", "0", "false", "no"}
    if asked and settings.host not in LOOPBACK:
        raise BadSettingError("FLASK_DEBUG may not be on while ROPA_HOST is open to others.")


def _key_in(path: Path) -> str:
    """Return the key in a file, which is made when missing, readable by its owner only."""
    if not path.exists():
        _make_key(path)
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise BadSettingError(f"{path} can be read by others. Say: chmod 600 {path}")
    try:
        return _keys(path.read_text(encoding="ascii"))[0]
    except ValueError as problem:
        raise BadSettingError(f"{path} {problem}. Remove it, and a new one is made.") from None


def _make_key(path: Path) -> None:
    """Write a fresh key whole or not at all; of two processes starting at once, one wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48) + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass  # another process was quicker; its key is the one
    except OSError:
        draft.replace(path)  # a file system without hard links
    finally:
        draft.unlink(missing_ok=True)
