"""Databases for tests: made once with all tables, then copied for each test, which takes milliseconds."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from app.adapters.migrations import migrate

ENGINES = ("sqlite", "postgresql")


@dataclass
class SqliteMaker:
    folder: Path
    _numbers: count[int] = field(default_factory=count)

    def empty(self) -> str:
        return f"sqlite:///{self._path()}"

    def migrated(self) -> str:
        template = self.folder / "template.sqlite3"
        if not template.exists():
            migrate(f"sqlite:///{template}")
        return f"sqlite:///{shutil.copy(template, self._path())}"

    def drop(self, url: str) -> None:
        for path in self.folder.glob(f"{Path(_name(url)).name}*"):
            path.unlink()

    def _path(self) -> Path:
        return self.folder / f"test{next(self._numbers)}.sqlite3"


@dataclass
class PostgresqlMaker:
    """`folder` holds the server's socket."""

    folder: Path
    _numbers: count[int] = field(default_factory=count)
    _template: str | None = None

    def empty(self) -> str:
        return self._create("template0")

    def migrated(self) -> str:
        if self._template is None:
            url = self.empty()
            migrate(url)
            self._template = _name(url)
        return self._create(self._template)

    def drop(self, url: str) -> None:
        self._run(f'DROP DATABASE "{_name(url)}" WITH (FORCE)')

    def cut_connections(self, url: str) -> None:
        """As a server does that restarts."""
        with psycopg.connect(self._address(), autocommit=True) as connection:
            cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            connection.execute(cut, [_name(url)])

    def _create(self, template: str) -> str:
        name = f"test{next(self._numbers)}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def _address(self) -> str:
        return f"postgresql://postgres@/postgres?host={self.folder}"

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._address(), autocommit=True) as connection:
            connection.execute(statement.encode())


type Maker = SqliteMaker | PostgresqlMaker


def _name(url: str) -> str:
    return make_url(url).database or ""
