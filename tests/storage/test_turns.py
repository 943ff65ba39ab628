"""A turn is stored once and whole."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from app.adapters.tables import AuditEventRow, ConversationRow, ProcessedMessageRow, ReferralRow
from app.dialogue.turn import CallHuman, CreateReferral, Inbound
from app.errors import InvalidInput, NotAllowed, NotFound
from app.referrals.model import ReferralStatus, SharedField
from app.turns import end_conversation, find_referral, make_referral, read_conversation, take_turn
from tests.builders.referrals import a_wish
from tests.fakes.dialogue import render, respond


def turn_of(desk, begun):
    return read_conversation(begun.id, begun.token, desk.services).conversation.turn


def test_each_message_moves_the_conversation_one_turn(desk):
    begun = desk.begin()
    assert [desk.say(begun, "hello").answer["turn"] for _ in range(3)] == [1, 2, 3]


def test_tokens_carry_at_least_128_bits_and_differ(desk):
    tokens = {desk.begin().token for _ in range(20)}
    assert len(tokens) == 20
    assert all(len(token) * 6 >= 128 for token in tokens)


def test_a_wrong_token_is_refused(desk):
    begun = replace(desk.begin(), token="x" * 43)
    with pytest.raises(NotAllowed):
        desk.say(begun, "hello")


@pytest.mark.parametrize("identifier", ["0" * 32, "", "x" * 5000, "\0" * 32, "\ud800" * 32, "1' OR '1'='1", "١" * 32])
def test_an_unknown_conversation_is_not_found_whatever_its_id(desk, identifier):
    begun = replace(desk.begin(), id=identifier)
    with pytest.raises(NotFound):
        desk.say(begun, "hello")


@pytest.mark.parametrize("text", ["\0", "\ud800", "\u202e\u200b", "x" * 100_000, "'; DROP TABLE conversation; --"])
def test_any_text_can_be_taken_and_repeated(desk, text):
    begun = desk.begin()
    assert desk.say(begun, text, key=text).answer == desk.say(begun, text, key=text).answer


def test_the_same_key_gives_the_same_answer_and_acts_once(desk):
    begun = desk.begin()
    first = desk.say(begun, "refer", key="k")
    again = desk.say(begun, "refer", key="k")
    assert again.answer == first.answer
    assert (again.repeated, again.effects) == (True, ())
    assert turn_of(desk, begun) == desk.rows(ReferralRow) == 1


def test_a_key_used_for_another_message_is_refused_and_nothing_is_done(desk):
    begun = desk.begin()
    desk.say(begun, "hello", key="k")
    with pytest.raises(InvalidInput):
        desk.say(begun, "refer", key="k")
    assert turn_of(desk, begun) == 1


def test_a_typed_choice_is_not_the_same_message_as_a_tapped_one(desk):
    begun = desk.begin()
    desk.say(begun, "1.greet", key="k")
    with pytest.raises(InvalidInput):
        take_turn(begun.id, begun.token, Inbound(choice="1.greet"), key="k", services=desk.services, render=render)


def test_two_conversations_may_use_the_same_key(desk):
    assert not desk.say(desk.begin(), "hello", key="k").repeated
    assert not desk.say(desk.begin(), "hello", key="k").repeated


def test_threads_writing_to_one_conversation_lose_no_message(desk):
    begun = desk.begin()
    with ThreadPoolExecutor(2) as pool:
        turns = list(pool.map(lambda _: desk.say(begun, "hello").answer["turn"], range(30)))
    assert sorted(turns) == list(range(1, 31))
    assert turn_of(desk, begun) == 30


def test_the_same_key_eight_times_at_once_acts_once(desk):
    begun, together = desk.begin(), Barrier(8)

    def send(_):
        together.wait()
        return desk.say(begun, "refer", key="k")

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(send, range(8)))
    assert len({str(result.answer) for result in results}) == 1
    assert [result.repeated for result in results].count(False) == 1
    assert desk.rows(ReferralRow) == turn_of(desk, begun) == 1


def test_the_other_message_is_understood_again_when_one_was_saved_first(desk):
    begun, seen = desk.begin(), []

    def respond_late(conversation, inbound, *, today):
        seen.append(conversation.turn)
        if len(seen) == 1:
            desk.say(begun, "I was faster")
        return respond(conversation, inbound, today=today)

    slow = replace(desk, services=replace(desk.services, respond=respond_late))
    assert slow.say(begun, "hello").answer["turn"] == 2
    assert seen == [0, 1]


def test_no_transaction_is_open_while_a_message_is_understood(desk):
    begun = desk.begin()

    def respond_slowly(conversation, inbound, *, today):
        assert desk.database.engine.pool.checkedout() == 0
        return respond(conversation, inbound, today=today)

    watched = replace(desk, services=replace(desk.services, respond=respond_slowly))
    assert watched.say(begun, "hello").answer["turn"] == 1


def test_a_consented_referral_is_stored_with_the_turn(desk):
    (effect,) = desk.say(desk.begin(), "refer papers").effects
    assert isinstance(effect, CreateReferral)
    found = find_referral(effect.code, desk.services)
    assert found.status is ReferralStatus.CONSENTED
    assert found.consent.fields == {SharedField.PAPERS}
    assert found.slip.papers
    assert found.slip.status is None


def test_a_code_is_found_however_it_is_typed(desk):
    (effect,) = desk.say(desk.begin(), "refer").effects
    assert find_referral(effect.code.lower().replace("-", " "), desk.services).code == effect.code
    assert find_referral("no such code", desk.services) is None
    assert find_referral("\0", desk.services) is None


def test_a_call_for_a_human_is_noted_by_category(desk):
    (effect,) = desk.say(desk.begin(), "human").effects
    assert effect == CallHuman("asked")
    assert desk.rows(AuditEventRow) == 1


def test_erasing_by_message_leaves_nothing_of_the_person(desk):
    begun = desk.begin()
    desk.say(begun, "refer")
    assert desk.say(begun, "erase").answer["turn"] == 2
    assert [desk.rows(table) for table in (ConversationRow, ProcessedMessageRow, ReferralRow)] == [0, 0, 0]
    assert begun.id not in desk.everything_stored()
    with pytest.raises(NotFound):
        desk.say(begun, "hello")


def test_ending_a_conversation_leaves_nothing_of_it_and_touches_no_other(desk):
    mine, other = desk.begin(), desk.begin()
    desk.say(mine, "refer")
    desk.say(other, "refer")
    end_conversation(mine.id, mine.token, desk.services)
    assert [desk.rows(table) for table in (ConversationRow, ProcessedMessageRow, ReferralRow)] == [1, 1, 1]
    with pytest.raises(NotFound):
        end_conversation(mine.id, mine.token, desk.services)


def test_a_referral_asked_for_outside_the_chat_is_made_once_per_key(desk):
    begun = desk.begin()

    def send():
        return make_referral(begun.id, begun.token, a_wish(), key="k", services=desk.services)

    assert send() == send()
    assert desk.rows(ReferralRow) == 1
    assert len(read_conversation(begun.id, begun.token, desk.services).conversation.referrals) == 1
    with pytest.raises(InvalidInput):
        make_referral(begun.id, begun.token, a_wish(place="sal_2"), key="k", services=desk.services)


def test_a_code_already_taken_is_replaced_by_another(desk):
    begun, codes = desk.begin(), iter(["7K3D-M9QX-P", "7K3D-M9QX-P", "0000-0000-0"])
    made = [
        make_referral(
            begun.id, begun.token, a_wish(), key=None, services=desk.services, make_code=lambda: next(codes)
        ).code
        for _ in range(2)
    ]
    assert made == ["7K3D-M9QX-P", "0000-0000-0"]
