"""The use cases on a real database, with a dialogue that counts and a clock that can be set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.adapters.cipher import Cipher
from app.adapters.database import Database, Sessions, reading
from app.adapters.tables import Base
from app.dialogue.turn import Inbound
from app.referrals.service import Prospect, Wish
from app.turns import Begun, TurnResult, TurnServices, begin_conversation, take_turn
from rules.facts import Facts
from tests.builders.referrals import NOON, a_decision
from tests.fakes.dialogue import greet, render, respond

SECRET = b"a secret only tests know"


@dataclass
class SetClock:
    moment: datetime = NOON

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, **by: float) -> None:
        self.moment += timedelta(**by)


@dataclass(frozen=True)
class Desk:
    """What a test needs to talk: services, the clock behind them, and the database below them."""

    services: TurnServices
    clock: SetClock
    database: Database

    def begin(self, *, language: str | None = "fr") -> Begun:
        return begin_conversation(self.services, language=language, channel="web", render=render)

    def say(self, begun: Begun, text: str, *, key: str | None = None) -> TurnResult:
        inbound = Inbound(text=text)
        return take_turn(begun.id, begun.token, inbound, key=key, services=self.services, render=render)

    def with_sessions(self, wrap: Callable[[Sessions], Sessions]) -> Desk:
        return replace(self, services=replace(self.services, sessions=wrap(self.services.sessions)))

    def rows(self, table: type[Base]) -> int:
        with reading(self.database.sessions) as session:
            return session.execute(select(func.count()).select_from(table)).scalar_one()

    def everything_stored(self) -> str:
        """Each value of each row, as whoever steals the database reads it."""
        with reading(self.database.sessions) as session:
            return "\n".join(_values(session, table) for table in Base.metadata.sorted_tables)


def _values(session: Session, table: Any) -> str:
    return "\n".join(
        str([bytes(v) if isinstance(v, memoryview) else v for v in row]) for row in session.execute(select(table))
    )


def foresee(wish: Wish, _facts: Facts, **_on: date) -> Prospect:
    """The same decision for everybody, and every place is fit."""
    return Prospect(a_decision(wish.service))


def a_desk(database: Database) -> Desk:
    clock = SetClock()
    services = TurnServices(database.sessions, Cipher([SECRET]), clock, greet, respond, foresee)
    return Desk(services, clock, database)
