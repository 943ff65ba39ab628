"""Migrations and models tell the same story on both engines."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from app.adapters.database import open_database
from app.adapters.migrations import migrate
from app.adapters.migrations.metadata import METADATA


def differences(url: str) -> list[object]:
    database = open_database(url)
    with database.engine.begin() as connection:
        context = MigrationContext.configure(connection, opts={"target_metadata": METADATA, "compare_type": True})
        found = compare_metadata(context, METADATA)
    database.close()
    return list(found)


def tables(url: str) -> set[str]:
    database = open_database(url)
    names = set(inspect(database.engine).get_table_names())
    database.close()
    return names


def test_upgrading_an_empty_database_gives_exactly_the_models(empty_database_url):
    migrate(empty_database_url)
    assert differences(empty_database_url) == []


def test_a_missing_column_would_be_noticed(database_url):
    database = open_database(database_url)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE referral DROP COLUMN place")
    database.close()
    assert differences(database_url) != []


def test_migrating_twice_changes_nothing(empty_database_url):
    migrate(empty_database_url)
    before = tables(empty_database_url)
    migrate(empty_database_url)
    assert tables(empty_database_url) == before


def test_several_processes_may_migrate_at_the_same_time(empty_database_url):
    migrate_together(empty_database_url)
    assert differences(empty_database_url) == []


def migrate_together(url: str) -> None:
    code = f"from app.adapters.migrations import migrate; migrate({url!r})"
    command = [sys.executable, "-c", code]
    with ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(lambda _: subprocess.run(command, check=False), range(2)))
    assert [run.returncode for run in runs] == [0, 0]
