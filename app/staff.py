"""`python -m app.staff`: add, list, remove staff accounts, reset a password."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from app.adapters.database import open_database
from app.adapters.migrations import migrate
from app.console.accounts import Accounts
from app.console.passwords import SHORTEST
from app.console.roles import Role
from app.errors import Conflict, InvalidInput, NotFound
from app.i18n.languages import SOURCE_LANGUAGE
from app.i18n.texts import read_sentences
from app.i18n.translator import Translator
from app.settings import BadSetting, Settings

type Tell = Callable[..., str]


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        settings = Settings.from_env(os.environ)
    except BadSetting as error:
        sys.exit(str(error))
    translator = Translator(read_sentences())
    migrate(settings.database_url)
    database = open_database(settings.database_url)
    accounts = Accounts(database.sessions, lambda: datetime.now(UTC))
    try:
        told = run(options, accounts, lambda sentence, **values: translator.say(sentence, SOURCE_LANGUAGE, **values))
    finally:
        database.close()
    sys.stdout.write(f"{told}\n")
    return 0


def run(options: argparse.Namespace, accounts: Accounts, tell: Tell) -> str:
    """Does it and says what was done; leaves with a message when it cannot be done."""
    try:
        return _ACTIONS[options.action](options, accounts, tell)
    except Conflict:
        sys.exit(tell("staff.taken", name=options.name))
    except NotFound:
        sys.exit(tell("staff.unknown", name=options.name))
    except InvalidInput as error:
        sys.exit(tell(f"staff.bad_{error.field}", least=SHORTEST))


def _add(options: argparse.Namespace, accounts: Accounts, tell: Tell) -> str:
    member = accounts.add(options.name, Role(options.role), _password(options, tell))
    return tell("staff.added", name=member.name, role=member.role.value)


def _list(_options: argparse.Namespace, accounts: Accounts, tell: Tell) -> str:
    members = accounts.all()
    return "\n".join(f"{member.name}\t{member.role}" for member in members) or tell("staff.nobody")


def _remove(options: argparse.Namespace, accounts: Accounts, tell: Tell) -> str:
    accounts.remove(options.name)
    return tell("staff.removed", name=options.name)


def _reset(options: argparse.Namespace, accounts: Accounts, tell: Tell) -> str:
    accounts.reset(options.name, _password(options, tell))
    return tell("staff.reset", name=options.name)


_ACTIONS: dict[str, Callable[[argparse.Namespace, Accounts, Tell], str]] = {
    "add": _add,
    "list": _list,
    "remove": _remove,
    "reset": _reset,
}


def _password(options: argparse.Namespace, tell: Tell) -> str:
    """From standard input when asked so, else typed twice without being shown."""
    if options.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass(f"{tell('staff.password')} ")
    if first != getpass.getpass(f"{tell('staff.password_again')} "):
        sys.exit(tell("staff.passwords_differ"))
    return first


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m app.staff", description=__doc__)
    actions = parser.add_subparsers(dest="action", required=True)
    for action in _ACTIONS:
        command = actions.add_parser(action)
        if action != "list":
            command.add_argument("name")
        if action == "add":
            command.add_argument("--role", choices=[role.value for role in Role], required=True)
        if action in {"add", "reset"}:
            command.add_argument("--password-stdin", action="store_true")
    return parser


if __name__ == "__main__":
    sys.exit(main())
