"""Nothing is kept longer than promised, whatever time it is."""

from __future__ import annotations

import pytest

from app.adapters.database import transaction
from app.adapters.stores import AuditLog, StaffRecord, StaffStore
from app.adapters.stores.audit import AuditKind
from app.adapters.tables import AuditEventRow, Base, ConversationRow, ReferralRow, StaffSessionRow
from app.console.accounts import SESSION
from app.privacy.retention import AUDIT, CONVERSATION, REFERRAL
from app.turns import purge

KEPT = [(ConversationRow, CONVERSATION), (ReferralRow, REFERRAL), (AuditEventRow, AUDIT), (StaffSessionRow, SESSION)]


@pytest.fixture
def full(desk):
    """One of each."""
    desk.say(desk.begin(), "refer")
    now = desk.clock()
    with transaction(desk.database.sessions) as session:
        staff = StaffStore(session)
        staff.add(StaffRecord("a" * 32, "amina", "agent", "hash", now))
        staff.open_session("a" * 32, "token", now=now, until=now + SESSION)
    return desk


@pytest.mark.parametrize(("table", "lifetime"), KEPT)
def test_it_stays_until_its_time_and_not_longer(full, table, lifetime):
    full.clock.advance(seconds=lifetime.total_seconds() - 1)
    purge(full.services)
    assert full.rows(table) == 1
    full.clock.advance(seconds=2)
    purge(full.services)
    assert full.rows(table) == 0


def test_a_rehearsal_counts_and_deletes_nothing(full):
    full.clock.advance(days=400)
    counted = purge(full.services, dry_run=True)
    assert counted == {"conversation": 1, "referral": 1, "receipt": 0, "audit_event": 1, "staff_session": 1}
    assert [full.rows(table) for table, _ in KEPT] == [1, 1, 1, 1]
    assert purge(full.services) == counted
    assert set(purge(full.services).values()) == {0}


def test_after_everything_is_over_nothing_of_a_person_is_left(full):
    full.clock.advance(days=400)
    purge(full.services)
    assert [table.__tablename__ for table in Base.__subclasses__() if full.rows(table)] == ["staff_account"]


def test_the_trail_says_what_happened_by_category(desk):
    with transaction(desk.database.sessions) as session:
        AuditLog(session).record(AuditKind.HUMAN_CALLED, desk.clock(), category="asked")
    assert "human_called" in desk.everything_stored()


def test_no_column_is_made_for_personal_data():
    personal = {"phone", "email", "address", "birth", "age", "nationality", "situation", "text", "facts", "ip"}
    columns = {
        (table.name, part)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        for part in column.name.split("_")
    }
    assert {found for found in columns if found[1] in personal} == set()
    assert {table for table, part in columns if part == "name"} == {"staff_account"}
