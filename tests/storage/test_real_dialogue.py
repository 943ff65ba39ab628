"""The real dialogue on a real database: what is kept of what a person wrote, and what is left after erasing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import pytest

from app.adapters.database import reading
from app.adapters.stores import ReferralStore
from app.adapters.tables import ConversationRow, ProcessedMessageRow, ReferralRow
from app.dialogue.conversation import Conversation
from app.dialogue.respond import open_conversation, respond
from app.dialogue.turn import CreateReferral, Inbound, Turn
from app.referrals.codes import new_code
from app.turns import begin_conversation, read_conversation, take_turn
from tests.builders.conversations import choice_id, some_ports
from tests.fakes.parser import ScriptedParser, understood

PLANTED = ("0612345678", "٠٦١٢٣٤٥٦٧٨", "AB123456", "moussa@example.org", "MA6401178000001200050005349211", "Moussa")


@dataclass
class Person:
    """Somebody who talks to the real dialogue."""

    desk: object
    begun: object

    def says(self, text=None, choice=None) -> Turn:
        turns = []

        def render(turn):
            turns.append(turn)
            return {"turn": turn.conversation.turn}

        take_turn(
            self.begun.id,
            self.begun.token,
            Inbound(text=text, choice=choice),
            key=None,
            services=self.desk.services,
            render=render,
        )
        return turns[-1]

    def taps(self, key) -> Turn:
        return self.says(choice=choice_id(self.state(), key))

    def state(self) -> Conversation:
        return read_conversation(self.begun.id, self.begun.token, self.desk.services).conversation


@pytest.fixture
def person(desk):
    ports = replace(some_ports(ScriptedParser({"delete my data": understood("delete_data")})), new_code=new_code)
    services = replace(desk.services, greet=open_conversation, respond=partial(respond, ports=ports))
    begun = begin_conversation(services, language="en", channel="web", render=lambda _turn: {})
    return Person(replace(desk, services=services), begun)


@pytest.mark.parametrize("planted", PLANTED)
def test_no_personal_data_stays_in_a_conversation(person, planted):
    for text in (f"my name is Moussa, {planted}", planted, f"{planted} I want to learn sewing in Casablanca"):
        person.says(text)
    assert planted.casefold() not in str(person.state().to_dict()).casefold()


def test_what_was_said_moves_the_stored_conversation(person):
    assert person.says("hello").conversation.turn == 1
    assert person.state().turn == 1


WAY_TO_A_SLIP = ("consent.", "refer.", "answer.situation.refugee_card", "decline", "subject", "answer")
"""What to tap, the best first."""


def consent_to_training(person) -> CreateReferral:
    person.taps("need.need_training")
    for _ in range(12):
        offered = [offer.move.key for offer in person.state().offered]
        turn = person.taps(next(key for way in WAY_TO_A_SLIP for key in offered if key.startswith(way)))
        if turn.effects:
            return turn.effects[0]
    raise AssertionError(offered)


def test_a_consented_referral_is_found_with_its_papers(person):
    effect = consent_to_training(person)
    with reading(person.desk.database.sessions) as session:
        referral = ReferralStore(session, person.desk.services.cipher).get(effect.code)
    assert referral.service == effect.service
    assert referral.consent.fields


def test_erasing_in_the_chat_leaves_no_row(person):
    consent_to_training(person)
    person.says("delete my data")
    offered = [offer.move.key for offer in person.state().offered]
    person.taps(next(key for key in offered if key.startswith("erase_now")))
    assert [person.desk.rows(table) for table in (ConversationRow, ProcessedMessageRow, ReferralRow)] == [0, 0, 0]
