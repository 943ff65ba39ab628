"""Every intent, alone and with each service named: a useful answer, cited where it is about a service."""

from __future__ import annotations

import pytest

from app.dialogue.intents import HARMS, NEEDS, PLAIN, TOPICS
from tests.builders.conversations import a_talk, cards, cited_facts, offers, says, the_rulebook
from tests.dialogue.test_laws import check
from tests.fakes.parser import understood

INTENTS = sorted({*PLAIN, *NEEDS, *HARMS, *(f"ask_{topic}" for topic in TOPICS), "ask_eligibility"})
ABOUT_A_SERVICE = {"ask_eligibility", *(f"ask_{topic}" for topic in TOPICS), "inform", "affirm", "greet", "dont_know"}
NEEDS_WITH_RULES = {need for need in NEEDS if need not in HARMS}


@pytest.mark.parametrize("intent", INTENTS)
@pytest.mark.parametrize("service", [None, *the_rulebook().services])
def test_every_intent_with_every_service_is_answered(intent, service):
    talk = a_talk(situation="refugee_with_residence_card", age=30, education="bac")
    entities = (("service", service),) if service else ()
    turn = talk.say("a question", understood(intent, *entities))
    check(turn)
    assert "missed" not in says(turn) or (intent == "inform" and service is None)
    if service and (intent in ABOUT_A_SERVICE or intent in NEEDS_WITH_RULES):
        assert turn.step.service == service
        assert cited_facts(turn) or turn.step.kind == "ask" or names_who_knows(turn)
    if intent in HARMS:
        assert turn.step.kind == "protect"
        assert cited_facts(turn)
    assert any(offer.split(".")[0] in {"human", "go_on", "decline", "needs", "language"} for offer in offers(turn)) or (
        intent in {"delete_data", "make_referral"}
    )


def names_who_knows(turn) -> bool:
    """Where nothing is known, the answer says who to ask."""
    confirmations = {organisation.confirm for organisation in the_rulebook().organisations.values()}
    return bool(confirmations & set(says(turn))) and bool(cards(turn) or says(turn))
