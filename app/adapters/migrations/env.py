"""Alembic's entry point: runs inside the connection it is handed, and nowhere else."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from app.adapters.migrations.metadata import METADATA

ONE_AT_A_TIME = 4_207_311_001
"""Key of the PostgreSQL lock that lets one process migrate while the others wait."""


def run(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})")
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        transactional_ddl=True,
        render_as_batch=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
