"""One database, SQLite or PostgreSQL: engine, short transactions, and what to do when it is busy or gone."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session, sessionmaker

from app.errors import Unavailable

log = logging.getLogger(__name__)

type Sessions = Callable[[], Session]
"""Anything that makes a session: usually `Database.sessions`."""

SHORTEST_PAUSE, LONGEST_PAUSE = 0.002, 0.1
"""Seconds between tries of a turn that somebody else overtook."""
PAUSES = (0.05, 0.25)
"""Seconds before the second and the third attempt."""


@dataclass(frozen=True)
class Database:
    """An engine and its sessions. Opened once, in the wiring; nothing connects at import."""

    engine: Engine
    sessions: sessionmaker[Session]

    def is_reachable(self) -> bool:
        try:
            with reading(self.sessions) as session:
                session.connection().exec_driver_sql("SELECT 1")
        except Unavailable:
            return False
        return True

    def close(self) -> None:
        self.engine.dispose()


def open_database(url: str, *, patience: float = 2.0) -> Database:
    """`patience`: seconds a statement waits for another writer before the attempt counts as failed."""
    parsed = driver_url(url)
    engine = _sqlite(parsed, patience) if parsed.get_backend_name() == "sqlite" else _postgresql(parsed, patience)
    return Database(engine, sessionmaker(engine, expire_on_commit=False))


def driver_url(url: str) -> URL:
    """The address with the driver we ship; `postgres://` is what many hosts hand out."""
    parsed = make_url(url)
    if parsed.drivername in {"postgres", "postgresql"}:
        return parsed.set(drivername="postgresql+psycopg")
    return parsed


def _sqlite(url: URL, patience: float) -> Engine:
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": patience}, pool_size=8, max_overflow=40, pool_timeout=5)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: SqliteConnection, _record: object) -> None:
    # The driver must not open transactions by itself: it would start them at the first write, after the reads.
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # IMMEDIATE takes the write lock before the first read: a deferred transaction that reads, then writes,
    # fails or loses the other writer's update.
    mode = connection.get_execution_options().get("sqlite_begin", "IMMEDIATE")
    connection.exec_driver_sql(f"BEGIN {mode}")


def _postgresql(url: URL, patience: float) -> Engine:
    milliseconds = int(patience * 1000)
    limits = f"-c lock_timeout={milliseconds} -c statement_timeout={5 * milliseconds}"
    connect_args: dict[str, Any] = {"connect_timeout": 3, "options": limits}
    return create_engine(
        url, connect_args=connect_args, pool_pre_ping=True, pool_size=8, max_overflow=24, pool_timeout=5
    )


@contextmanager
def transaction(sessions: Sessions) -> Iterator[Session]:
    """One write transaction: committed at the end, rolled back on any error. Unavailable when the database is."""
    with _telling_unavailable(), sessions() as session:
        session.connection()
        yield session
        session.commit()


@contextmanager
def reading(sessions: Sessions) -> Iterator[Session]:
    """One consistent read that blocks no writer. Nothing is committed."""
    with _telling_unavailable(), sessions() as session:
        session.connection(execution_options={"sqlite_begin": "DEFERRED"})
        yield session


@contextmanager
def _telling_unavailable() -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeout) as error:
        raise Unavailable from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise Unavailable from error
        raise


def persistently[T](work: Callable[[], T]) -> T:
    """`work` again after a pause while the database is busy or gone; Unavailable when it stays so.

    `work` holds the whole transaction and must be harmless to repeat."""
    for pause in PAUSES:
        try:
            return work()
        except Unavailable as error:
            log.warning("database unavailable, trying again: %s", type(error.__cause__).__name__)
            time.sleep(pause)
    return work()


def tries(times: int) -> Iterator[int]:
    """That many tries, with a growing random pause before each next one: two writers must not keep in step."""
    for number in range(times):
        if number:
            time.sleep(secrets.SystemRandom().uniform(0, min(LONGEST_PAUSE, SHORTEST_PAUSE * 2**number)))
        yield number
