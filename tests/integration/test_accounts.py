"""People, links, sessions and attempts, as the database keeps them."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ropa.accounts import attempts, people, sessions, tokens, welcome
from ropa.accounts.errors import AccountError, DeadLinkError
from ropa.accounts.people import Standing
from ropa.models.account import LoginAttempt, OneTimeLink, SignIn, User
from ropa.models.engine import writing
from ropa.vocabulary import LinkPurpose, UserRole
from tests.people import a_person

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
ADDRESS = "203.0.113.7"


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


# People


def test_an_address_is_one_however_it_is_written(session: Session):
    user = a_person(session)
    assert people.find(session, "  ANA@Example.ORG ") is user
    with pytest.raises(AccountError, match="already"):
        people.add(session, "Ana@example.org", Standing(name="A", role=UserRole.VIEWER), NOON)


@pytest.mark.parametrize("email", ["", "ana", "ana@", "@example.org", "a b@c", "a@b@c", "a\n@b.c"])
def test_what_is_no_address_is_refused(session: Session, email: str):
    with pytest.raises(AccountError, match="not an e-mail address"):
        people.add(session, email, Standing(name="Ana", role=UserRole.VIEWER), NOON)


@pytest.mark.parametrize("name", ["", "   ", "x" * 201, "a\nb", "a\x00b", "a\u202eb"])
def test_a_name_that_cannot_be_shown_is_refused(session: Session, name: str):
    with pytest.raises(AccountError, match="name"):
        people.add(session, "ana@example.org", Standing(name=name, role=UserRole.VIEWER), NOON)


def test_an_auditor_has_a_last_day_and_nobody_else(session: Session):
    with pytest.raises(AccountError, match="until which day"):
        people.add(session, "a@b.c", Standing(name="Aldo", role=UserRole.AUDITOR), NOON)
    ended = Standing(name="Aldo", role=UserRole.AUDITOR, ends_on=date(2026, 11, 23))
    with pytest.raises(AccountError, match="in the past"):
        people.add(session, "a@b.c", ended, NOON)
    editor = Standing(name="Ana", role=UserRole.EDITOR, ends_on=date(2027, 1, 1))
    with pytest.raises(AccountError, match="Only an auditor"):
        people.add(session, "a@b.c", editor, NOON)


def test_an_auditor_comes_in_until_the_end_of_the_last_day(session: Session):
    aldo = a_person(session, UserRole.AUDITOR)
    aldo.ends_on = date(2026, 11, 24)
    assert people.may_come_in(aldo, NOON)
    assert people.may_come_in(aldo, datetime(2026, 11, 24, 23, 59, tzinfo=UTC))
    assert not people.may_come_in(aldo, datetime(2026, 11, 25, tzinfo=UTC))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda user: setattr(user, "ends_on", None),
        lambda user: setattr(user, "role", UserRole.EDITOR),
        lambda user: setattr(user, "email", "Aldo@example.org"),
    ],
)
def test_the_database_itself_refuses_what_may_not_be(
    session: Session, spoil: Callable[[User], None]
):
    spoil(a_person(session, UserRole.AUDITOR))
    with pytest.raises(IntegrityError):
        session.flush()


def test_the_last_administrator_stays(session: Session):
    ada = a_person(session, UserRole.ADMIN)
    for standing in (
        Standing(name="Ada", role=UserRole.EDITOR),
        Standing(name="Ada", role=UserRole.ADMIN, active=False),
    ):
        with pytest.raises(AccountError, match="only administrator"):
            people.change(session, ada, standing, NOON, by="somebody else")
    assert (ada.role, ada.active) == (UserRole.ADMIN, True)


def test_an_administrator_who_was_only_invited_does_not_count(session: Session):
    ada = a_person(session, UserRole.ADMIN)
    people.add(session, "b@example.org", Standing(name="B", role=UserRole.ADMIN), NOON)
    with pytest.raises(AccountError, match="only administrator"):
        people.change(session, ada, Standing(name="Ada", role=UserRole.DPO), NOON, by="x")


def test_nobody_changes_their_own_role(session: Session):
    dora = a_person(session, UserRole.DPO)
    with pytest.raises(AccountError, match="another administrator"):
        people.change(session, dora, Standing(name="D", role=UserRole.ADMIN), NOON, by=dora.id)
    assert not people.change(
        session, dora, Standing(name="Dora R", role=UserRole.DPO), NOON, by=dora.id
    )
    assert dora.name == "Dora R"


# Links


def test_a_link_works_once(session: Session):
    user = a_person(session, password=None)
    token = tokens.make_link(session, LinkPurpose.INVITATION, NOON, user)
    found = tokens.find_link(session, token, NOON)
    assert found is not None
    assert found.user is user
    tokens.use_link(session, token, NOON)
    assert tokens.find_link(session, token, NOON) is None
    with pytest.raises(DeadLinkError):
        tokens.use_link(session, token, NOON)


@pytest.mark.parametrize(
    ("purpose", "lasts"),
    [
        (LinkPurpose.RESET, minutes(60)),
        (LinkPurpose.INVITATION, timedelta(hours=24)),
        (LinkPurpose.FIRST_ADMINISTRATOR, timedelta(hours=24)),
    ],
)
def test_a_link_expires(session: Session, purpose: LinkPurpose, lasts: timedelta):
    token = tokens.make_link(session, purpose, NOON)
    assert tokens.find_link(session, token, NOON + lasts - minutes(1))
    assert tokens.find_link(session, token, NOON + lasts) is None
    with pytest.raises(DeadLinkError):
        tokens.use_link(session, token, NOON + lasts)


def test_a_newer_link_replaces_the_older_of_the_same_person_only(session: Session):
    ana, ruth = a_person(session), a_person(session, UserRole.VIEWER)
    of_ruth = tokens.make_link(session, LinkPurpose.RESET, NOON, ruth)
    older = tokens.make_link(session, LinkPurpose.RESET, NOON, ana)
    newer = tokens.make_link(session, LinkPurpose.RESET, NOON, ana)
    assert tokens.find_link(session, older, NOON) is None
    assert tokens.find_link(session, newer, NOON)
    assert tokens.find_link(session, of_ruth, NOON)


def test_a_link_has_256_bits_and_only_their_hash_is_kept(session: Session):
    token = tokens.make_link(session, LinkPurpose.RESET, NOON)
    assert len(token) >= 43
    kept = session.scalars(select(OneTimeLink)).one()
    assert token not in {kept.id, kept.token_hash}
    assert tokens.find_link(session, kept.token_hash, NOON) is None


def test_the_first_link_is_given_until_somebody_can_come_in(session: Session):
    first = welcome.first_link(session, "http://localhost:8000/", NOON)
    assert first is not None
    assert first.startswith("http://localhost:8000/welcome/")
    second = welcome.first_link(session, "http://localhost:8000", NOON)
    assert second not in {None, first}
    assert tokens.find_link(session, first.rpartition("/")[2], NOON) is None
    a_person(session, UserRole.ADMIN, password=None)
    assert welcome.first_link(session, "http://localhost:8000", NOON)
    a_person(session, UserRole.EDITOR)
    assert welcome.first_link(session, "http://localhost:8000", NOON) is None


# Sessions


def test_a_session_is_found_by_its_token_and_by_nothing_else(session: Session):
    user = a_person(session)
    token = sessions.start(session, user, NOON, "Firefox, Linux")
    found = sessions.find(session, token, NOON)
    assert found is not None
    assert found.user is user
    for other in ("", "x", found.id, found.token_hash, user.id, token.lower(), "\ud800"):
        assert sessions.find(session, other, NOON) is None


def test_a_session_ends_when_idle_and_in_any_case(session: Session):
    token = sessions.start(session, a_person(session), NOON)
    assert sessions.find(session, token, NOON + minutes(59))
    assert sessions.find(session, token, NOON + minutes(60)) is None
    row = session.scalars(select(SignIn)).one()
    row.last_seen_at = NOON + timedelta(hours=11, minutes=59)
    assert sessions.find(session, token, NOON + timedelta(hours=11, minutes=59))
    assert sessions.find(session, token, NOON + timedelta(hours=12)) is None


def test_a_session_ends_with_the_account(session: Session):
    aldo = a_person(session, UserRole.AUDITOR)
    token = sessions.start(session, aldo, NOON)
    aldo.active = False
    assert sessions.find(session, token, NOON) is None
    aldo.active, aldo.ends_on = True, date(2026, 11, 23)
    assert sessions.find(session, token, NOON) is None


def test_ended_sessions_are_forgotten_when_another_begins(session: Session):
    user = a_person(session)
    sessions.start(session, user, NOON)
    sessions.start(session, user, NOON + minutes(90))
    assert count(session, SignIn) == 1


def test_sessions_are_listed_and_ended(session: Session):
    ana, ruth = a_person(session), a_person(session, UserRole.VIEWER)
    first = sessions.start(session, ana, NOON)
    sessions.start(session, ana, NOON + minutes(1))
    of_ruth = sessions.start(session, ruth, NOON)
    newest, oldest = sessions.sessions_of(session, ana.id, NOON + minutes(2))
    assert newest.started_at > oldest.started_at
    assert not sessions.end(session, oldest.id, ruth.id)
    assert sessions.find(session, first, NOON)
    assert sessions.end_all(session, ana.id, keep=newest.id) == 1
    assert sessions.find(session, first, NOON) is None
    assert sessions.end(session, newest.id, ana.id)
    assert sessions.sessions_of(session, ana.id, NOON + minutes(2)) == []
    assert sessions.find(session, of_ruth, NOON)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox, Linux",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/17 Safari/605.1", "Safari, Mac"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/140.0 Mobile Safari/537", "Chrome, Android"),
        ("<script>", ""),
        ("", ""),
    ],
)
def test_a_device_is_named_in_words(header: str, words: str):
    assert sessions.device_of(header) == words


# Attempts


def miss(session: Session, times: int, email: str = "ana@example.org", address: str = ADDRESS):
    for _time in range(times):
        assert attempts.take_turn(session, email, address, NOON) == 0


@pytest.mark.parametrize(
    ("misses", "seconds"),
    [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (8, 8), (9, 16), (10, 32), (11, 60), (10**9, 60)],
)
def test_waiting_doubles_up_to_a_minute(misses: int, seconds: int):
    assert attempts.delay_after(misses) == seconds


def test_after_five_misses_one_waits_a_second_and_then_longer(session: Session):
    miss(session, 5)
    assert attempts.take_turn(session, "ana@example.org", ADDRESS, NOON) == 1
    later = NOON + timedelta(seconds=1)
    assert attempts.take_turn(session, "ana@example.org", ADDRESS, later) == 0
    assert attempts.take_turn(session, "ana@example.org", ADDRESS, later) == 2


def at_once(engine: Engine, number: int, act: Callable[[Session], object]) -> list[object]:
    """What so many sessions get that act at the same moment and commit."""
    start = threading.Barrier(number)

    def run(_number: int) -> object:
        with writing(), Session(engine) as session:
            start.wait(timeout=10)
            try:
                answer = act(session)
            except DeadLinkError as refused:
                return type(refused)
            session.commit()
            return answer

    with ThreadPoolExecutor(number) as crowd:
        return list(crowd.map(run, range(number)))


def test_eight_tries_at_once_are_eight_tries(engine: Engine):
    waits = at_once(
        engine, 8, lambda session: attempts.take_turn(session, "a@example.org", ADDRESS, NOON)
    )
    assert sorted(map(str, waits)) == ["0"] * 5 + ["1"] * 3


def test_a_link_used_twice_at_once_works_once(session: Session, engine: Engine):
    token = tokens.make_link(session, LinkPurpose.RESET, NOON)
    session.commit()
    answers = at_once(engine, 4, lambda session: tokens.use_link(session, token, NOON))
    assert answers.count(None) == 1
    assert answers.count(DeadLinkError) == 3


def test_a_try_that_came_too_early_does_not_count(session: Session):
    miss(session, 5)
    for _time in range(50):
        assert attempts.take_turn(session, "ana@example.org", ADDRESS, NOON) == 1
    assert attempts.take_turn(session, "ana@example.org", ADDRESS, NOON + minutes(1)) == 0


def test_nobody_waits_longer_than_a_minute_whatever_was_tried(session: Session):
    at = NOON
    for _time in range(40):
        wait = attempts.take_turn(session, "ana@example.org", ADDRESS, at)
        assert wait <= 60
        at += timedelta(seconds=wait or 1)
    assert attempts.take_turn(session, "ana@example.org", ADDRESS, at + minutes(1)) == 0


def test_a_clock_set_back_does_not_lock_anyone_out(session: Session):
    miss(session, 5)
    assert attempts.take_turn(session, "ana@example.org", ADDRESS, NOON - timedelta(days=9)) <= 60


def test_one_account_is_slowed_down_from_everywhere(session: Session):
    for number in range(5):
        miss(session, 1, address=f"198.51.{number}.1")
    assert attempts.take_turn(session, "ANA@example.org", "192.0.2.1", NOON) == 1
    assert attempts.take_turn(session, "ruth@example.org", "192.0.2.1", NOON) == 0


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("203.0.113.7", "203.0.113.250", True),
        ("203.0.113.7", "203.0.114.7", False),
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:203.0.113.7", "203.0.113.8", True),
        ("", "not an address", True),
    ],
)
def test_one_network_is_slowed_down_for_every_name(
    session: Session, one: str, other: str, *, together: bool
):
    for number in range(5):
        miss(session, 1, email=f"p{number}@example.org", address=one)
    assert bool(attempts.take_turn(session, "new@example.org", other, NOON)) is together


def test_a_right_password_clears_the_account_and_one_try_of_the_network(session: Session):
    miss(session, 5)
    attempts.forgive(session, "ana@example.org", ADDRESS)
    assert session.get(LoginAttempt, attempts.account_key("ana@example.org")) is None
    network = session.get(LoginAttempt, attempts.network_key(ADDRESS), populate_existing=True)
    assert network is not None
    assert network.misses == 4


def test_old_misses_are_forgotten(session: Session):
    miss(session, 5)
    tomorrow = NOON + timedelta(hours=24)
    assert attempts.take_turn(session, "ana@example.org", ADDRESS, tomorrow) == 0
    assert attempts.take_turn(session, "ana@example.org", ADDRESS, tomorrow) == 0
    assert count(session, LoginAttempt) == 2


def test_neither_names_nor_addresses_are_kept_in_plain(session: Session):
    miss(session, 1)
    kept = [f"{row.key} {row.misses}" for row in session.scalars(select(LoginAttempt))]
    assert len(kept) == 2
    assert not any("ana" in row or "203" in row.split()[1] for row in kept)
