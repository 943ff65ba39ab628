"""What is kept, how, and for how long."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.cipher import CannotOpen, Cipher
from app.adapters.database import transaction
from app.adapters.stores import ConversationStore, ReferralStore
from app.adapters.tables import ConversationRow, ProcessedMessageRow
from app.dialogue.conversation import Conversation, Thread
from app.errors import Conflict, NotFound
from app.referrals.model import ReferralStatus
from app.turns import read_conversation
from rules.facts import Facts
from tests.builders.referrals import NOON, a_referral
from tests.builders.turns import SECRET


def told(conversation: Conversation, **facts) -> Conversation:
    return replace(conversation, thread=Thread(facts=Facts().learning(**facts)))


def test_what_was_told_comes_back_as_it_was(desk):
    conversation = told(Conversation(id="c" * 32, language="ar"), situation="refugee_card", age=24, city=None)
    with transaction(desk.database.sessions) as session:
        ConversationStore(session, desk.services.cipher).create(conversation, "token", now=NOON)
    kept = read_conversation(conversation.id, "token", desk.services)
    assert kept.conversation == replace(conversation, version=kept.version)


def test_neither_facts_nor_replies_nor_tokens_can_be_read_in_the_database(desk):
    def respond(conversation, inbound, *, today):
        turn = desk.services.respond(conversation, inbound, today=today)
        return replace(turn, conversation=told(turn.conversation, situation="trafficking_victim", nationality="GN"))

    open_desk = replace(desk, services=replace(desk.services, respond=respond))
    begun = open_desk.begin()
    open_desk.say(begun, "refer decision papers", key="a key of the widget")
    stored = desk.everything_stored()
    assert begun.id in stored
    for secret in (begun.token, "trafficking_victim", "GN", "heard", "a key of the widget", "eligible"):
        assert f"{secret}'" not in stored
        assert f'"{secret}"' not in stored


def test_saving_over_a_newer_version_is_a_conflict(desk):
    begun = desk.begin()
    kept = read_conversation(begun.id, begun.token, desk.services)
    desk.say(begun, "hello")
    with pytest.raises(Conflict), transaction(desk.database.sessions) as session:
        ConversationStore(session, desk.services.cipher).save(kept.conversation, kept.version, now=NOON)


def test_a_conversation_lives_24_hours_after_the_last_message(desk):
    begun = desk.begin()
    desk.clock.advance(hours=23)
    desk.say(begun, "still here")
    desk.clock.advance(hours=23, minutes=59)
    assert read_conversation(begun.id, begun.token, desk.services).conversation.turn == 1
    desk.clock.advance(minutes=1)
    with pytest.raises(NotFound):
        desk.say(begun, "too late")


def test_purging_removes_expired_conversations_with_their_answers_and_keeps_the_others(desk):
    old = desk.begin()
    desk.say(old, "hello")
    desk.clock.advance(hours=24)
    young = desk.begin()
    with transaction(desk.database.sessions) as session:
        assert ConversationStore(session, desk.services.cipher).purge_expired(desk.clock()) == 1
    assert (desk.rows(ConversationRow), desk.rows(ProcessedMessageRow)) == (1, 0)
    assert read_conversation(young.id, young.token, desk.services).conversation.id == young.id


def test_a_conversation_of_another_version_of_the_dialogue_starts_again(desk):
    begun = desk.begin()
    with transaction(desk.database.sessions) as session:
        row = session.get_one(ConversationRow, begun.id)
        row.state = desk.services.cipher.seal({"schema": -1}, about=f"conversation {begun.id}")
    with pytest.raises(NotFound):
        desk.say(begun, "hello")


def test_a_state_copied_from_another_conversation_does_not_open(desk):
    mine, other = desk.begin(), desk.begin()
    with transaction(desk.database.sessions) as session:
        session.get_one(ConversationRow, mine.id).state = session.get_one(ConversationRow, other.id).state
    with pytest.raises(NotFound):
        desk.say(mine, "hello")


def test_a_referral_comes_back_as_it_was(desk):
    referral = a_referral()
    with transaction(desk.database.sessions) as session:
        ReferralStore(session, desk.services.cipher).create(referral, conversation=None)
    with transaction(desk.database.sessions) as session:
        assert ReferralStore(session, desk.services.cipher).get(referral.code) == referral


def test_a_referral_outlives_its_conversation_without_pointing_to_it(desk):
    begun = desk.begin()
    (effect,) = desk.say(begun, "refer").effects
    desk.clock.advance(hours=25)
    with transaction(desk.database.sessions) as session:
        ConversationStore(session, desk.services.cipher).purge_expired(desk.clock())
    assert begun.id not in desk.everything_stored()
    with transaction(desk.database.sessions) as session:
        assert ReferralStore(session, desk.services.cipher).get(effect.code)


def test_of_two_steps_taken_at_once_the_second_is_a_conflict(desk):
    referral = a_referral()
    later = NOON + timedelta(hours=1)
    with transaction(desk.database.sessions) as session:
        store = ReferralStore(session, desk.services.cipher)
        store.create(referral, conversation=None)
        assert store.change(referral, ReferralStatus.WITHDRAWN, at=later).status is ReferralStatus.WITHDRAWN
        with pytest.raises(Conflict):
            store.change(referral, ReferralStatus.EXPIRED, at=later)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(JSON)
def test_whatever_is_sealed_opens_for_its_owner_only(value):
    cipher = Cipher([SECRET])
    sealed = cipher.seal(value, about="mine")
    assert cipher.open(sealed, about="mine") == value
    with pytest.raises(CannotOpen):
        cipher.open(sealed, about="yours")


def test_a_replaced_secret_still_opens_what_the_old_one_sealed():
    sealed = Cipher([SECRET]).seal("kept", about="row")
    new = b"another secret for tests"
    assert Cipher([new, SECRET]).open(sealed, about="row") == "kept"
    with pytest.raises(CannotOpen):
        Cipher([new]).open(sealed, about="row")


@pytest.mark.parametrize("secrets", [[], [b"short"], [SECRET, b""]])
def test_a_weak_secret_is_refused(secrets):
    with pytest.raises(ValueError, match="16 bytes"):
        Cipher(secrets)
