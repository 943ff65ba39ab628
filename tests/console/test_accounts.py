"""Accounts: who may enter, until when, and what nobody learns."""

from __future__ import annotations

from dataclasses import replace

import pytest
from argon2 import PasswordHasher

from app.adapters.tables import AuditEventRow
from app.console.accounts import Accounts
from app.console.passwords import Passwords
from app.console.roles import Role
from app.errors import Conflict, InvalidInput, NotFound
from tests.builders.staff import PASSWORD, QUICK, CountingHasher, quick_accounts
from tests.builders.turns import a_desk


@pytest.fixture
def desk(database):
    return a_desk(database)


@pytest.fixture
def accounts(desk):
    return quick_accounts(desk)


def test_who_logs_in_is_known_by_the_session(accounts):
    added = accounts.add("Amina", Role.AGENT, PASSWORD)
    assert accounts.who_has(accounts.log_in("AMINA ", PASSWORD)) == added
    assert (added.name, added.role) == ("amina", Role.AGENT)


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("amina", "wrong password"),
        ("nobody", PASSWORD),
        ("", ""),
        ("\0", PASSWORD),
        ("\ud800", "\ud800"),
        ("amina", ""),
    ],
)
def test_a_wrong_name_or_password_opens_nothing(accounts, name, password):
    accounts.add("amina", Role.AGENT, PASSWORD)
    assert accounts.log_in(name, password) is None


def test_a_session_ends_after_twelve_hours(accounts, desk):
    accounts.add("amina", Role.AGENT, PASSWORD)
    token = accounts.log_in("amina", PASSWORD)
    desk.clock.advance(hours=11, minutes=59)
    assert accounts.who_has(token)
    desk.clock.advance(minutes=1)
    assert accounts.who_has(token) is None


def test_logging_out_ends_this_session_only(accounts):
    accounts.add("amina", Role.AGENT, PASSWORD)
    here, there = accounts.log_in("amina", PASSWORD), accounts.log_in("amina", PASSWORD)
    accounts.log_out(here)
    assert accounts.who_has(here) is None
    assert accounts.who_has(there)


def test_a_removed_account_is_out_at_once(accounts):
    accounts.add("amina", Role.AGENT, PASSWORD)
    token = accounts.log_in("amina", PASSWORD)
    accounts.remove("Amina")
    assert accounts.who_has(token) is None
    assert accounts.all() == ()
    with pytest.raises(NotFound):
        accounts.remove("amina")


def test_a_reset_password_ends_every_session_and_the_old_password(accounts):
    accounts.add("amina", Role.AGENT, PASSWORD)
    token = accounts.log_in("amina", PASSWORD)
    accounts.reset("amina", "another long one")
    assert accounts.who_has(token) is None
    assert accounts.log_in("amina", PASSWORD) is None
    assert accounts.log_in("amina", "another long one")


def test_a_name_is_given_once(accounts):
    accounts.add("amina", Role.AGENT, PASSWORD)
    with pytest.raises(Conflict):
        accounts.add("AMINA", Role.SUPERVISOR, PASSWORD)


@pytest.mark.parametrize("name", ["", "a", "x" * 33, "two words", "<b>", "-a", "a\0b", "a/b"])
def test_a_name_that_cannot_be_typed_safely_is_refused(accounts, name):
    with pytest.raises(InvalidInput):
        accounts.add(name, Role.AGENT, PASSWORD)


@pytest.mark.parametrize("name", ["amina", "أمينة", "jean-marie", "desk.2"])
def test_names_of_any_script_are_welcome(accounts, name):
    assert accounts.add(name, Role.AGENT, PASSWORD).name == name


@pytest.mark.parametrize("password", ["", "short", "x" * 513])
def test_a_password_too_short_or_too_long_is_refused(accounts, password):
    with pytest.raises(InvalidInput):
        accounts.add("amina", Role.AGENT, password)


def test_an_unknown_name_costs_the_same_work_as_a_wrong_password(desk):
    hasher = CountingHasher()
    counted = replace(quick_accounts(desk), passwords=Passwords(hasher))
    counted.add("amina", Role.AGENT, PASSWORD)
    counted.log_in("nobody", "x" * 10)

    def work(name):
        before = (hasher.checks, hasher.hashes)
        assert counted.log_in(name, "x" * 10) is None
        return hasher.checks - before[0], hasher.hashes - before[1]

    assert work("nobody") == work("amina") == (1, 0)


def test_a_hash_made_with_weaker_parameters_is_replaced_when_its_owner_logs_in(desk):
    old = quick_accounts(desk)
    old.add("amina", Role.AGENT, PASSWORD)
    before = desk.everything_stored()
    newer = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    assert Accounts(desk.database.sessions, desk.clock, Passwords(newer)).log_in("amina", PASSWORD)
    assert "m=8,t=1" in before
    assert "m=8,t=1" not in desk.everything_stored()
    assert old.log_in("amina", PASSWORD)


def test_neither_passwords_nor_session_tokens_are_stored(accounts, desk):
    accounts.add("amina", Role.AGENT, PASSWORD)
    token = accounts.log_in("amina", PASSWORD)
    assert PASSWORD not in desk.everything_stored()
    assert token not in desk.everything_stored()
    assert "$argon2id$" in desk.everything_stored()


def test_each_act_on_an_account_is_audited(accounts, desk):
    accounts.add("amina", Role.AGENT, PASSWORD)
    accounts.log_in("amina", PASSWORD)
    accounts.log_in("amina", "wrong password")
    accounts.reset("amina", PASSWORD)
    accounts.remove("amina")
    assert desk.rows(AuditEventRow) == 5


def test_the_usual_hasher_is_argon2id():
    assert Passwords().hash(PASSWORD).startswith("$argon2id$")
    assert not Passwords().is_outdated(Passwords().hash(PASSWORD))
    assert Passwords().is_outdated(QUICK.hash(PASSWORD))
