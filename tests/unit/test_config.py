"""Settings are read once, and refused with a sentence when they cannot be used."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from ropa import config, i18n
from ropa.config import BadSettingError, Settings, settings_table

KEY = "9fQ-2xkVw_7LmZr4TtYb8NcHs6GpJd3A"
OLDER = "older-9fQ-2xkVw_7LmZr4TtYb8NcHs6"


def read(**given: str) -> Settings:
    return Settings.from_environment({f"ROPA_{name}": value for name, value in given.items()})


def test_nothing_needs_to_be_set(tmp_path: Path):
    settings = read(INSTANCE=str(tmp_path))
    assert settings.database == f"sqlite:///{tmp_path}/ropa.sqlite"
    assert settings.owner_database == settings.database
    assert settings.base_url == "http://127.0.0.1:8000"
    assert not settings.is_https
    assert settings.languages == ("en", "es", "pt")
    assert settings.proxies == 0


def test_what_others_put_in_the_environment_is_left_alone():
    assert Settings.from_environment({"PATH": "/bin", "HOME": "/"}).port == 8000


def test_an_empty_value_counts_as_not_given():
    assert read(PORT="").port == 8000


def test_a_name_that_is_no_setting_is_refused_with_the_nearest():
    with pytest.raises(
        BadSettingError, match=r"ROPA_DATABSE_URL .* Did you mean ROPA_DATABASE_URL"
    ):
        read(DATABSE_URL="sqlite://")


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("postgresql://a@b/c", "postgresql+psycopg://a@b/c"),
        ("postgres://a@b/c", "postgresql+psycopg://a@b/c"),
        ("postgresql+psycopg://a@b/c", "postgresql+psycopg://a@b/c"),
        ("sqlite:////var/ropa.sqlite", "sqlite:////var/ropa.sqlite"),
    ],
)
def test_a_database_address_is_said_in_one_way(given: str, address: str):
    assert read(DATABASE_URL=given).database == address
    assert read(OWNER_DATABASE_URL=given).owner_database == address


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://a@b/c"),
        ("DATABASE_URL", "ropa.sqlite"),
        ("DATABASE_URL", "postgresql://"),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", ","),
        ("SECRET_KEY", "a" * 64),
        ("SECRET_KEY", "changeme" * 5),
        ("SECRET_KEY", "192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf"),
        ("SECRET_KEY", "django-insecure-9fQ2xkVw7LmZr4TtYb8NcHs6GpJd3A"),
        ("SECRET_KEY", f"{KEY},short"),
        ("BASE_URL", "register.example.org"),
        ("BASE_URL", "ftp://register.example.org"),
        ("BASE_URL", "https://register.example.org/ropa"),
        ("BASE_URL", "https://ana@register.example.org"),
        ("LANGUAGES", "de"),
        ("LANGUAGES", ","),
        ("PROXIES", "-1"),
        ("PROXIES", "many"),
        ("PROXIES", "²"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("WORKERS", "0"),
        ("TRUSTED_HOSTS", "https://register.example.org"),
        ("TRUSTED_HOSTS", "a b"),
        ("SMTP_URL", "mail.example.org"),
        ("HOST", "http://0.0.0.0"),
    ],
)
def test_a_bad_value_is_refused_by_name(name: str, value: str):
    with pytest.raises(BadSettingError, match=f"ROPA_{name} "):
        read(**{name: value})


def test_a_refused_key_is_not_repeated():
    with pytest.raises(BadSettingError) as refused:
        read(SECRET_KEY="changeme-but-mine-and-longer-than-32")
    assert "mine" not in str(refused.value)


def test_secrets_do_not_show_in_what_is_printed():
    shown = repr(read(SECRET_KEY=KEY, DATABASE_URL="postgresql://ana:walnut@b/c"))
    assert KEY not in shown
    assert "walnut" not in shown


def test_keys_are_listed_newest_first():
    flask = read(SECRET_KEY=f"{KEY}, {OLDER}").for_flask()
    assert flask["SECRET_KEY"] == KEY
    assert flask["SECRET_KEY_FALLBACKS"] == [OLDER]


def test_a_missing_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path):
    settings = Settings(instance=tmp_path / "new")
    with ThreadPoolExecutor(8) as starters:
        keys = set(starters.map(lambda _: settings.keys(), range(8)))
    assert len(keys) == 1
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["secret_key"]
    assert stat.S_IMODE((tmp_path / "new" / "secret_key").stat().st_mode) == 0o600
    assert settings.keys() in keys


def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path):
    settings = Settings(instance=tmp_path)
    settings.keys()
    os.chmod(tmp_path / "secret_key", 0o644)  # noqa: PTH101
    with pytest.raises(BadSettingError, match="chmod 600"):
        settings.keys()


def test_a_spoilt_key_file_is_refused(tmp_path: Path):
    (tmp_path / "secret_key").write_text("short\n")
    (tmp_path / "secret_key").chmod(0o600)
    with pytest.raises(BadSettingError, match="shorter than 32"):
        Settings(instance=tmp_path).keys()


def test_a_key_that_was_made_is_strong_enough_to_be_set(tmp_path: Path):
    (made,) = Settings(instance=tmp_path).keys()
    assert read(SECRET_KEY=made).secret_key == (made,)


def test_https_makes_cookies_secure(tmp_path: Path):
    flask = read(SECRET_KEY=KEY, BASE_URL="https://register.example.org/").for_flask()
    assert flask["SESSION_COOKIE_NAME"] == "__Host-ropa"
    assert flask["SESSION_COOKIE_SECURE"] is True
    assert flask["ROPA_BASE_URL"] == "https://register.example.org"


def test_only_our_own_host_names_are_answered_to():
    assert read(BASE_URL="https://register.example.org").hosts == (
        "register.example.org",
        "127.0.0.1",
        "localhost",
        "::1",
    )
    assert read(TRUSTED_HOSTS="a.example, .b.example").hosts == ("a.example", ".b.example")


def test_the_debugger_is_refused_beyond_this_machine():
    with pytest.raises(BadSettingError, match="FLASK_DEBUG"):
        Settings.from_environment({"ROPA_HOST": "192.0.2.1", "FLASK_DEBUG": "1"})
    Settings.from_environment({"ROPA_HOST": "192.0.2.1", "FLASK_DEBUG": "0"})
    Settings.from_environment({"FLASK_DEBUG": "1"})


def test_settings_cannot_be_changed_afterwards():
    with pytest.raises(FrozenInstanceError):
        read().port = 1  # type: ignore[misc]


def test_the_languages_are_those_of_the_house():
    assert config.LANGUAGES == i18n.LANGUAGES
    assert read(LANGUAGES="es, en").languages == ("es", "en")


def test_the_table_names_every_setting_with_its_default_and_meaning():
    table = settings_table()
    assert [name for name, _default, _meaning in table] == [
        f"ROPA_{one.name.upper()}" for one in fields(Settings)
    ]
    assert all(default and meaning.endswith(".") for _name, default, meaning in table)
