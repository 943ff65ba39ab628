"""A database that is busy, slow or briefly gone: answered after all, or told to send again; never half saved."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from app.adapters.database import Database, open_database, reading, transaction
from app.adapters.stores import ReferralStore
from app.adapters.tables import AuditEventRow, ConversationRow, ProcessedMessageRow, ReferralRow
from app.errors import Unavailable
from app.turns import read_conversation
from tests.builders.turns import a_desk

GONE = OperationalError("COMMIT", None, Exception("the database is gone"))


def failing_sessions(sessions, *, times, after_commit=False):
    """Sessions whose first `times` commits fail, before or after the database has taken them."""
    left = iter(range(times))

    class Failing(Session):
        def commit(self):
            if next(left, None) is None:
                return super().commit()
            if after_commit:
                super().commit()
            raise GONE

    return sessionmaker(sessions.kw["bind"], class_=Failing, expire_on_commit=False)


def rows(desk):
    return [desk.rows(table) for table in (ProcessedMessageRow, ReferralRow, AuditEventRow)]


def test_when_no_commit_succeeds_nothing_is_saved_and_the_person_is_told_to_send_again(desk):
    begun = desk.begin()
    broken = desk.with_sessions(lambda sessions: failing_sessions(sessions, times=100))
    with pytest.raises(Unavailable):
        broken.say(begun, "refer", key="k")
    assert rows(desk) == [0, 0, 0]
    assert read_conversation(begun.id, begun.token, desk.services).conversation.turn == 0
    assert desk.say(begun, "refer", key="k").answer["turn"] == 1


def test_a_commit_that_fails_twice_is_tried_again(desk):
    begun = desk.begin()
    shaky = desk.with_sessions(lambda sessions: failing_sessions(sessions, times=2))
    assert shaky.say(begun, "refer").answer["turn"] == 1
    assert rows(desk) == [1, 1, 1]


def test_a_commit_whose_confirmation_was_lost_is_not_done_twice(desk):
    begun = desk.begin()
    shaky = desk.with_sessions(lambda sessions: failing_sessions(sessions, times=1, after_commit=True))
    assert shaky.say(begun, "refer").answer["turn"] == 1
    assert rows(desk) == [1, 1, 1]


def test_a_failure_between_the_writes_of_a_turn_undoes_all_of_them(desk, monkeypatch):
    begun = desk.begin()

    def create(_store, referral, **_conversation):
        raise LookupError(referral.code)

    monkeypatch.setattr(ReferralStore, "create", create)
    with pytest.raises(LookupError):
        desk.say(begun, "refer", key="k")
    assert rows(desk) == [0, 0, 0]
    assert read_conversation(begun.id, begun.token, desk.services).conversation.turn == 0


def hold(database: Database, conversation: str, held: threading.Event, free: threading.Event) -> None:
    with transaction(database.sessions) as session:
        session.execute(text("UPDATE conversation SET language = 'en' WHERE id = :id"), {"id": conversation})
        held.set()
        free.wait(20)


@pytest.fixture
def impatient_desk(database_url):
    database = open_database(database_url, patience=0.1)
    yield a_desk(database)
    database.close()


def test_a_database_locked_for_good_is_unavailable_and_nothing_is_lost(impatient_desk):
    begun = impatient_desk.begin()
    held, free = threading.Event(), threading.Event()
    other = threading.Thread(target=hold, args=(impatient_desk.database, begun.id, held, free))
    other.start()
    held.wait(20)
    try:
        with pytest.raises(Unavailable):
            impatient_desk.say(begun, "hello", key="k")
    finally:
        free.set()
        other.join()
    assert impatient_desk.say(begun, "hello", key="k").answer["turn"] == 1


def test_a_database_locked_for_a_moment_answers_after_all(desk):
    begun = desk.begin()
    held, free = threading.Event(), threading.Event()
    other = threading.Thread(target=hold, args=(desk.database, begun.id, held, free))
    other.start()
    held.wait(20)
    threading.Timer(0.3, free.set).start()
    assert desk.say(begun, "hello").answer["turn"] == 1
    other.join()


def test_reading_waits_for_no_writer(impatient_desk):
    begun = impatient_desk.begin()
    held, free = threading.Event(), threading.Event()
    other = threading.Thread(target=hold, args=(impatient_desk.database, begun.id, held, free))
    other.start()
    held.wait(20)
    try:
        assert impatient_desk.rows(ConversationRow) == 1
    finally:
        free.set()
        other.join()


def test_connections_cut_by_the_server_are_replaced(postgresql_maker):
    url = postgresql_maker.migrated()
    database = open_database(url)
    desk = a_desk(database)
    begun = desk.begin()
    postgresql_maker.cut_connections(url)
    assert desk.say(begun, "hello").answer["turn"] == 1
    database.close()
    postgresql_maker.drop(url)


def test_a_server_that_is_not_there_is_unavailable(tmp_path):
    database = open_database(f"postgresql://postgres@/nothing?host={tmp_path}")
    assert not database.is_reachable()
    with pytest.raises(Unavailable), reading(database.sessions):
        pytest.fail("no connection can be had")
    database.close()


def test_a_reachable_database_says_so(database):
    assert database.is_reachable()
