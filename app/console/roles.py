"""The roles of the staff."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """AGENT: at a desk. ASSOCIATION: staff of an association. SUPERVISOR: reads the audit.
    ADMINISTRATOR: everything."""

    AGENT = "agent"
    ASSOCIATION = "association"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
