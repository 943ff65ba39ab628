"""Checks the seed and loads it: `python -m referral_directory.ingest [--database URL]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Table, create_engine, delete, func, insert, select, tuple_, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from referral_directory.check import problems_in
from referral_directory.errors import SeedInvalid
from referral_directory.models import Base, DirectoryState
from referral_directory.rows import TableRow, rows_of
from referral_directory.seed import DATA, Seed, read_seed, seed_hash
from referral_directory.service_types import load_service_types

BATCH = 400
"""Keys in one DELETE; SQLite takes 32766 parameters, PostgreSQL 65535."""

ONE_LOADER = 7_301_977
"""Any number, as long as nobody else locks it."""


@dataclass(frozen=True)
class Change:
    """What loading did to one table."""

    total: int
    added: int = 0
    changed: int = 0
    removed: int = 0


@dataclass(frozen=True)
class Report:
    """What a load did; `skipped` when this very seed was loaded already."""

    skipped: bool = False
    tables: Mapping[str, Change] = field(default_factory=dict)


def checked_seed(folder: Path = DATA) -> Seed:
    """The seed, once nothing in it is wrong. Raises SeedInvalid."""
    seed = read_seed(folder)
    if problems := problems_in(seed, load_service_types(folder)):
        raise SeedInvalid(problems)
    return seed


def load_if_changed(session: Session, folder: Path = DATA) -> Report:
    """At every start: one hash and one query when there is nothing to do. The caller commits."""
    state = session.get(DirectoryState, 1)
    if state is not None and state.seed_hash == seed_hash(folder):
        return Report(skipped=True)
    return load(session, checked_seed(folder))


def load(session: Session, seed: Seed) -> Report:
    """Makes the tables say what the seed says, touching only rows that differ. The caller commits."""
    _wait_for_other_loaders(session)
    state = session.get(DirectoryState, 1, populate_existing=True)
    if state is not None and state.seed_hash == seed.hash:
        return Report(skipped=True)
    wanted = {_table(model): rows for model, rows in rows_of(seed).items()}
    differences = {table: _difference(session, table, rows) for table, rows in wanted.items()}
    for table in reversed(differences):
        _remove(session, table, differences[table].obsolete)
    for table, difference in differences.items():
        _write(session, table, difference)
    session.merge(DirectoryState(id=1, seed_hash=seed.hash, revision=state.revision + 1 if state else 1))
    session.flush()
    return Report(tables={table.name: difference.as_change() for table, difference in differences.items()})


def _wait_for_other_loaders(session: Session) -> None:
    # Several workers start at once; SQLite lets in one writer at a time anyway.
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(ONE_LOADER)))


type Key = tuple[Any, ...]


@dataclass(frozen=True)
class _Difference:
    total: int
    new: Sequence[TableRow]
    changed: Mapping[Key, TableRow]
    obsolete: Sequence[Key]

    def as_change(self) -> Change:
        return Change(self.total, len(self.new), len(self.changed), len(self.obsolete))


def _table(model: type[Base]) -> Table:
    return Base.metadata.tables[model.__tablename__]


def _difference(session: Session, table: Table, rows: Sequence[TableRow]) -> _Difference:
    names = [column.name for column in table.primary_key]
    present = {tuple(row[name] for name in names): row for row in session.execute(select(table)).mappings()}
    wanted = {tuple(row[name] for name in names): row for row in rows}
    return _Difference(
        total=len(wanted),
        new=[row for key, row in wanted.items() if key not in present],
        changed={key: row for key, row in wanted.items() if key in present and dict(present[key]) != dict(row)},
        obsolete=[key for key in present if key not in wanted],
    )


def _remove(session: Session, table: Table, keys: Sequence[Key]) -> None:
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        session.execute(delete(table).where(tuple_(*table.primary_key).in_(batch)))


def _write(session: Session, table: Table, difference: _Difference) -> None:
    for key, row in difference.changed.items():
        same = [column == value for column, value in zip(table.primary_key, key, strict=True)]
        session.execute(update(table).where(*same).values(dict(row)))
    if difference.new:
        session.execute(insert(table), [dict(row) for row in difference.new])


def main(arguments: Sequence[str] | None = None) -> int:
    """Reports counts, then problems as file:line; with --database loads. 0 when all is well."""
    parser = argparse.ArgumentParser(prog="python -m referral_directory.ingest", description=__doc__)
    parser.add_argument("--database", metavar="URL", help="load into this (migrated) database")
    parser.add_argument("--data", metavar="FOLDER", type=Path, default=DATA, help="another folder of seed files")
    options = parser.parse_args(arguments)
    try:
        seed = checked_seed(options.data)
    except SeedInvalid as invalid:
        sys.stderr.write(f"{invalid}\n{len(invalid.problems)} problems\n")
        return 1
    for file, rows in seed.files.items():
        sys.stdout.write(f"{file}: {len(rows)} rows\n")
    return _load_into(options.database, seed) if options.database else 0


def _load_into(url: str, seed: Seed) -> int:
    engine = create_engine(url)
    try:
        with Session(engine) as session, session.begin():
            report = load(session, seed)
    except SQLAlchemyError as error:
        sys.stderr.write(f"not loaded (is the database migrated?): {type(error).__name__}\n")
        return 2
    finally:
        engine.dispose()
    if report.skipped:
        sys.stdout.write("this seed is loaded already\n")
    for table, change in report.tables.items():
        counts = f"{change.total} rows, {change.added} new, {change.changed} changed, {change.removed} removed"
        sys.stdout.write(f"{table}: {counts}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
