"""The need a message names beside its papers, its facts or its danger is kept."""

from __future__ import annotations

import pytest

from tests.builders.conversations import a_talk, answered, offers, says, the_rulebook
from tests.fakes.parser import understood


def services_of(need):
    return the_rulebook().needs[need]


@pytest.mark.parametrize(
    ("top", "confidence", "ranking"),
    [
        ("inform", 0.59, (("need_papers", 0.28), ("need_job", 0.06))),
        ("need_papers", 0.65, (("need_job", 0.2),)),
        ("affirm", 0.6, (("need_job", 0.3),)),
        ("ask_eligibility", 0.5, (("need_papers", 0.2), ("need_job", 0.15))),
    ],
)
def test_a_need_within_reach_outweighs_words_about_papers(top, confidence, ranking):
    talk = a_talk()
    heard = understood(top, ("situation", "irregular"), confidence=confidence, ranking=ranking)
    talk.say("no papers here but work would be fine", heard)
    assert talk.conversation.thread.needs[0] == "anapec_job_search"


@pytest.mark.parametrize(
    ("top", "ranking"),
    [("need_papers", (("need_health", 0.2),)), ("inform", (("need_papers", 0.2), ("need_health", 0.15)))],
)
def test_residence_papers_are_offered_beside_the_need(top, ranking):
    talk = a_talk(situation="card_work", age=30)
    heard = understood(top, ("city", "city_fes"), confidence=0.6, ranking=ranking)
    talk.say("the card of my husband and a doctor in Fes", heard)
    turn = answered(talk)
    assert turn.step.decisions[0][0] == "primary_health_care"
    assert "subject.residence_papers" in offers(turn)


def test_a_clear_wish_for_papers_stays_one():
    talk = a_talk()
    sure = understood("need_papers", ("situation", "card_work"), confidence=0.93, ranking=(("need_job", 0.05),))
    talk.say("renewing my card for work", sure)
    assert talk.conversation.thread.needs[0] == "residence_papers"


def test_papers_without_another_need_in_reach_stay_papers():
    talk = a_talk()
    faint = understood("need_papers", ("situation", "irregular"), confidence=0.5, ranking=(("need_job", 0.06),))
    talk.say("no papers", faint)
    assert talk.conversation.thread.needs[0] == "residence_papers"


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("mon mari a la carte de résidence de 10 ans, je veux travailler à Fès", "je veux travailler à Fès"),
        ("I no get paper, I dey Tangier, I wan work", "I wan work"),
        ("ما عنديش الوراق وبغيت نخدم", "وبغيت نخدم"),
        ("ma3ndich lwra9 w bghit nkhdem", "bghit nkhdem"),
        ("ليس لدي وثائق وأريد العمل", "وأريد العمل"),
    ],
)
def test_the_wish_at_the_end_of_a_message_is_the_need(text, wish):
    talk = a_talk()
    talk.script.script[wish] = understood("need_job", confidence=0.97)
    talk.say(text, understood("need_papers", ("city", "city_fes"), confidence=0.6))
    assert talk.conversation.thread.needs[0] == "anapec_job_search"


def test_asking_for_asylum_with_facts_is_not_taken_for_another_need():
    talk = a_talk()
    heard = understood("need_asylum", ("nationality", "SD"), confidence=0.6, ranking=(("need_housing", 0.2),))
    assert talk.say("I am Sudanese and ask for protection", heard).step.kind == "protect"
    assert talk.conversation.thread.needs[0] == "unhcr_asylum_registration"


@pytest.mark.parametrize("intent", ["correct_answer", "inform", "need_papers", "deny"])
def test_a_corrected_paper_keeps_the_open_need(intent):
    talk = a_talk()
    talk.say("work, I have a receipt", understood("need_job", ("situation", "paper_receipt")))
    assert talk.turns[-1].step.fact == "situation"
    heard = understood(intent, ("situation", "card_work"), confidence=0.55)
    turn = talk.say("no, that is no receipt, it is a residence card for work", heard)
    assert talk.facts["situation"] == "card_work"
    assert "told.changed" in says(turn)
    assert talk.conversation.thread.needs == services_of("need_job")
    assert answered(talk).step.decisions


def test_the_paper_given_as_an_answer_keeps_the_open_need():
    talk = a_talk()
    talk.say("work", understood("need_job"))
    heard = understood("need_papers", ("situation", "card_work"), confidence=0.9)
    talk.say("well it is the residence card that is made for people who work", heard)
    assert talk.conversation.thread.needs == services_of("need_job")


def test_another_wish_said_instead_of_an_answer_opens_that_need():
    talk = a_talk()
    talk.say("work", understood("need_job"))
    heard = understood("need_papers", ("situation", "card_expired"), confidence=0.95)
    talk.say("I want to renew my card because it expired", heard)
    assert talk.conversation.thread.needs[0] == "residence_papers"
