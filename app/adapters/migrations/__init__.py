"""Migrations: `migrate` brings a database to the newest tables, in process and safely from several processes."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

from app.adapters.database import open_database

FOLDER = Path(__file__).parent
PATIENCE = 60.0
"""Seconds to wait for another process that is migrating."""


def migrate(url: str, revision: str = "head") -> None:
    """Up to `revision`, from wherever the database is. Does nothing when it is there already."""
    database = open_database(url, patience=PATIENCE)
    try:
        migrate_engine(database.engine, revision)
    finally:
        database.close()


def migrate_engine(engine: Engine, revision: str = "head") -> None:
    with engine.begin() as connection:
        command.upgrade(config_for(connection), revision)


def config_for(connection: Connection) -> Config:
    """What Alembic needs to work within the transaction of `connection`."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
