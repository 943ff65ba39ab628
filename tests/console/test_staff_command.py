"""`python -m app.staff`, as an administrator types it."""

from __future__ import annotations

import io

import pytest

from app import staff
from app.console.roles import Role
from tests.builders.staff import PASSWORD


@pytest.fixture
def command(database_url, monkeypatch, capsys):
    """Runs the command; gives its exit code and what it said."""
    monkeypatch.setenv("BOUSSOLE_DATABASE_URL", database_url)
    monkeypatch.setenv("BOUSSOLE_SECRET_KEY", "k" * 40)

    def run(*arguments, typed=""):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        try:
            code = staff.main(arguments)
        except SystemExit as left:
            return left.code, capsys.readouterr().out
        return code, capsys.readouterr().out

    return run


def add(command, name="amina", role="agent", password=PASSWORD):
    return command("add", name, "--role", role, "--password-stdin", typed=f"{password}\n")


@pytest.mark.parametrize("role", list(Role))
def test_an_added_account_is_listed_with_its_role(command, role):
    assert add(command, role=role)[0] == 0
    code, said = command("list")
    assert (code, said) == (0, f"amina\t{role}\n")


def test_a_removed_account_is_no_longer_listed(command):
    add(command)
    assert command("remove", "amina")[0] == 0
    assert "amina" not in command("list")[1]


def test_a_password_is_reset(command):
    add(command)
    assert command("reset", "amina", "--password-stdin", typed="another horse\n")[0] == 0


def test_what_cannot_be_done_is_said_and_fails(command):
    add(command)
    assert "amina" in add(command)[0]
    assert "nobody" in command("remove", "nobody")[0]
    assert "10" in add(command, name="omar", password="short")[0]
    assert "2 to 32" in add(command, name="o")[0]


def test_a_password_typed_twice_differently_changes_nothing(command, monkeypatch):
    typed = iter(["correct horse", "corect horse"])
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(typed))
    assert command("add", "amina", "--role", "agent")[0] == "The two passwords differ. Nothing was changed."
    assert "amina" not in command("list")[1]


def test_a_password_is_asked_for_without_showing_it(command, monkeypatch):
    monkeypatch.setattr("getpass.getpass", lambda _prompt: "correct horse")
    assert command("add", "amina", "--role", "agent")[0] == 0


def test_an_unknown_role_is_refused(command):
    assert command("add", "amina", "--role", "king", "--password-stdin")[0] == 2
