"""Which passwords are accepted, and how they are kept."""

import threading

import pytest
from argon2 import PasswordHasher, extract_parameters

from ropa.accounts import passwords
from ropa.accounts.passwords import (
    hash_password,
    is_outdated,
    is_right,
    problems_with,
    words_about,
)


def refused(password: str, *context: str) -> bool:
    return bool(list(problems_with(password, *context)))


@pytest.mark.parametrize(
    "password",
    [
        "walnut quiet river lamp",
        "seven grey pebbles singing",
        "lluvia fina sobre el tejado",
        "xkT9vqLm2RbW",
        "zanahoria-piano-17-niebla",
        "ünïcödé wörks töö 日本語",
        "word " * 25,
        "maple otter " * 21,
    ],
)
def test_a_long_password_is_accepted_whatever_it_is_made_of(password: str):
    assert not refused(password)


@pytest.mark.parametrize("password", ["", "short", "elevenchars", "x" * 257])
def test_too_short_and_too_long_are_refused(password: str):
    assert refused(password)


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "Password2026!",
        "P@ssw0rd2026!",
        "passwordpassword",
        "PasswordPassword1",
        "administrator",
        "Administrator1!",
        "welcome123456",
        "contraseña2026",
        "Contrasena1234",
        "senhasenha123",
        "iloveyou12345",
        "sunshine!!!!2025",
        "liverpool1234",
        "2026september!",
        "qwertyuiop12",
        "qwertyuiop[]",
        "1q2w3e4r5t6y",
        "1qaz2wsx3edc",
        "asdfghjkl123",
        "123456789012",
        "987654321098",
        "abcdefghijkl",
        "zyxwvutsrqponm",
        "aaaaaaaaaaaaaa",
        "abababababab",
        "111111222222",
        "qwerty123456",
    ],
)
def test_what_is_guessed_first_is_refused(password: str):
    assert refused(password)


@pytest.mark.parametrize("password", ["companyname2026!", "C0mpanyN4me-rules", "my companyname is"])
def test_what_others_know_about_the_person_is_refused(password: str):
    assert refused(password, *words_about("ana.ruiz@companyname.example", "Ana Ruiz"))


def test_the_words_about_a_person_are_those_others_would_try():
    words = words_about("ana.ruiz@house.example.org", "Ana María")
    assert {"ana", "ruiz", "house", "example", "Ana", "María"} <= set(words)
    assert "org" not in words


def test_a_password_is_kept_as_argon2id_at_the_strength_we_ask_for():
    parameters = extract_parameters(hash_password("walnut quiet river lamp"))
    assert parameters.type.name == "ID"
    assert parameters.time_cost >= 2
    assert 19 * 1024 <= parameters.memory_cost <= 46 * 1024
    assert parameters.parallelism == 1


def test_the_same_password_is_kept_differently_each_time():
    assert hash_password("walnut quiet river lamp") != hash_password("walnut quiet river lamp")


def test_only_the_password_itself_is_right():
    kept = hash_password("walnut quiet river lamp " * 5)
    assert is_right(kept, "walnut quiet river lamp " * 5)
    assert not is_right(kept, "walnut quiet river lamp " * 4)
    assert not is_right(kept, "Walnut quiet river lamp " * 5)
    assert not is_right(None, "walnut quiet river lamp")
    assert not is_right("not a hash", "walnut quiet river lamp")


def test_letters_typed_in_two_ways_are_the_same_password():
    assert is_right(hash_password("lluvia en la maña\u006e\u0303ana"), "lluvia en la maña\u00f1ana")


def test_a_weaker_hash_is_noticed():
    assert is_outdated(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("x"))
    assert not is_outdated(hash_password("x"))


def test_no_more_than_two_are_compared_at_once(monkeypatch):
    inside, most, lock, gate = 0, 0, threading.Lock(), threading.Barrier(2)

    class Slow:
        def verify(self, *_given: object) -> bool:
            nonlocal inside, most
            with lock:
                inside += 1
                most = max(most, inside)
            gate.wait(timeout=10)  # two must be here at the same time, and then two more
            with lock:
                inside -= 1
            return True

    monkeypatch.setattr(passwords, "_HASHER", Slow())
    threads = [threading.Thread(target=is_right, args=("kept", "password")) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=20)
    assert most == 2
