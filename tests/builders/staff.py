"""Accounts with passwords that are quick to check, and a browser at the console's door."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from argon2 import PasswordHasher
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.adapters.database import Database
from app.adapters.limits import MemoryLimiter, RateLimiter
from app.console.accounts import Accounts
from app.console.passwords import Passwords
from app.console.routes import accounts_of, router
from app.i18n.texts import read_sentences
from app.i18n.translator import Translator
from app.turns import TurnServices
from tests.builders.turns import Desk, a_desk

PASSWORD = "correct horse battery"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass
class CountingHasher:
    """Counts the work; does it as the real one."""

    checks: int = 0
    hashes: int = 0

    def verify(self, password_hash: str, password: bytes) -> bool:
        self.checks += 1
        return QUICK.verify(password_hash, password)

    def hash(self, password: bytes) -> str:
        self.hashes += 1
        return QUICK.hash(password)

    def check_needs_rehash(self, password_hash: str) -> bool:
        return QUICK.check_needs_rehash(password_hash)


@dataclass
class Console:
    """What the console needs of the application's services."""

    database: Database
    turns: TurnServices
    translator: Translator
    limiter: RateLimiter


@dataclass
class Door:
    browser: TestClient
    accounts: Accounts
    desk: Desk

    def log_in(self, name: str = "amina", password: str = PASSWORD):
        """As a person does: open the page, fill the form, send it."""
        proof = proof_on(self.browser.get("/console/login").text)
        form = {"name": name, "password": password, "proof": proof}
        return self.browser.post("/console/login", data=form, follow_redirects=False)


def proof_on(page: str) -> str:
    found = re.search(r'name="proof" value="(\w+)"', page)
    assert found
    return found[1]


def quick_accounts(desk: Desk) -> Accounts:
    return Accounts(desk.database.sessions, desk.clock, Passwords(QUICK))


@cache
def the_translator() -> Translator:
    return Translator(read_sentences())


def a_door(database: Database) -> Door:
    desk = a_desk(database)
    accounts = quick_accounts(desk)
    app = FastAPI()
    app.state.services = Console(database, desk.services, the_translator(), MemoryLimiter())
    app.dependency_overrides[accounts_of] = lambda: accounts
    app.include_router(router)
    return Door(TestClient(app, base_url="http://127.0.0.1"), accounts, desk)
