"""Danger is answered first, at once, with or without a parser."""

from __future__ import annotations

import pytest

from app.dialogue.turn import CallHuman
from app.dialogue.understanding import Danger
from tests.builders.conversations import a_talk, a_talk_without_parser, answered, cited_facts, numbers, offers, says
from tests.fakes.parser import AbsentParser, understood
from tests.fakes.places import some_places

EMERGENCIES = [
    "Au secours, il saigne beaucoup, appelez une ambulance",
    "help, he is bleeding and not breathing",
    "je veux mourir",
    "I want to kill myself",
]
VIOLENCE = ["Mon mari me frappe", "my husband beats me every night", "راجلي كيضربني", "rajli kaydrebni"]
FEARS = ["J'ai peur de retourner dans mon pays", "I am afraid to go back to my country, they will kill me"]


@pytest.mark.parametrize("text", EMERGENCIES)
@pytest.mark.parametrize("talk_of", [a_talk, a_talk_without_parser, lambda: a_talk(parser=AbsentParser())])
def test_an_emergency_gets_15_and_141_together_and_is_counted_whatever_the_parser(text, talk_of):
    turn = talk_of().say(text)
    assert turn.step.kind == "protect"
    assert numbers(turn)[:2] == ["15", "141"]
    assert {"19", "112", "177"} <= set(numbers(turn))
    assert turn.effects == (CallHuman("danger.emergency"),)
    assert "protect.machine" in says(turn)


@pytest.mark.parametrize("text", VIOLENCE)
def test_violence_gets_8350_and_words_for_those_who_fear_the_police(text):
    turn = a_talk_without_parser().say(text)
    assert turn.step.kind == "protect"
    assert numbers(turn)[0] == "8350"
    assert "protect.authorities" in says(turn)


def test_a_cry_for_help_at_the_end_of_a_very_long_text_is_heard():
    turn = a_talk().say("bla " * 5000 + "mon mari me frappe")
    assert turn.step.kind == "protect"


def test_violence_names_an_association_first_to_a_person_without_papers():
    turn = a_talk_without_parser(situation="irregular").say("Mon mari me frappe")
    assert numbers(turn)[:2] == ["+212 5 37 77 03 32", "+212 5 37 54 54 00"]
    assert "8350" in numbers(turn)


def test_a_child_alone_gets_2511_first_and_is_known_to_be_alone():
    talk = a_talk()
    turn = talk.say("j'ai 15 ans et je suis seul ici", understood("inform", ("age", 15)))
    assert numbers(turn)[0] == "2511"
    assert talk.facts["alone_minor"] is True


def test_a_child_somebody_speaks_of_is_not_taken_for_the_person():
    talk = a_talk()
    turn = talk.say("il y a un enfant tout seul dans la rue")
    assert numbers(turn)[0] == "2511"
    assert "alone_minor" not in talk.facts


def test_exploitation_names_associations_before_the_state_line():
    talk = a_talk()
    turn = talk.say("Mon patron a confisqué mon passeport")
    assert numbers(turn).index("0800 00 47 47") > numbers(turn).index("+212 5 37 54 54 00")
    assert talk.facts["exploitation_signs"] is True


def test_an_arrest_is_answered_with_rights():
    turn = a_talk().say("mon frère est arrêté par la police")
    assert "protect.arrest.rights" in says(turn)
    assert "F-183" in cited_facts(turn)


def test_violence_alone_does_not_say_that_the_person_is_exploited():
    talk = a_talk()
    talk.say("Mon mari me frappe")
    assert "exploitation_signs" not in talk.facts


@pytest.mark.parametrize("text", FEARS)
def test_fear_of_return_is_answered_without_questions(text):
    turn = a_talk_without_parser().say(text)
    assert turn.step.kind == "protect"
    assert turn.step.fact is None


def test_fear_of_return_becomes_a_fact_and_phone_comes_first():
    talk = a_talk_without_parser()
    turn = talk.say("J'ai peur de retourner dans mon pays")
    assert numbers(turn) == ["+212 5 37 54 54 00", "+212 6 66 04 56 06"]
    assert talk.facts["fears_return"] is True
    assert {"protect.asylum.phone", "protect.asylum.embassy"} <= set(says(turn))


def test_a_danger_the_parser_hears_counts_too():
    turn = a_talk().say("something terrible", understood("inform", danger=Danger.PROTECTION))
    assert turn.step.kind == "protect"


@pytest.mark.parametrize(
    ("intent", "first"),
    [("emergency", "15"), ("need_asylum", "+212 5 37 54 54 00"), ("need_protection", "8350")],
)
def test_the_protective_intents_open_their_door_without_questions(intent, first):
    turn = a_talk().say("anything", understood(intent))
    assert turn.step.kind == "protect"
    assert numbers(turn)[0] == first


def test_asking_for_asylum_does_not_say_that_the_person_fears_return():
    talk = a_talk()
    talk.say("anything", understood("need_asylum"))
    assert "fears_return" not in talk.facts


def test_the_conversation_goes_on_afterwards():
    talk = a_talk()
    asked = talk.say("I want to learn a trade", understood("need_training")).step.fact
    turn = talk.say("my husband beats me every night")
    assert {"human", "go_on"} <= set(offers(turn))
    assert talk.choose("go_on").step.fact == asked


def test_the_need_said_together_with_a_danger_stays_open():
    talk = a_talk()
    turn = talk.say("my boss took my passport, I need a job", understood("need_job"))
    assert turn.step.kind == "protect"
    assert talk.choose("go_on").step.kind == "ask"
    assert talk.conversation.thread.needs


def an_exploited_talk():
    talk = a_talk()
    talk.say("my boss lock me in house and dont pay me", understood("need_protection"))
    return talk


def test_a_locked_in_worker_is_heard_as_exploited_and_never_asked_about_it():
    talk = an_exploited_talk()
    assert talk.facts["exploitation_signs"] is True
    assert numbers(talk.turns[-1])[:4] == ["+212 5 37 77 03 32", "+212 5 37 54 54 00", "0800 00 47 47", "8350"]
    talk.say("I want to learn a trade", understood("need_training", ("situation", "irregular")))
    answered(talk)
    assert "exploitation_signs" not in {turn.step.fact for turn in talk.turns}


def test_a_call_for_protection_that_names_exploitation_is_one_without_danger_words():
    talk = a_talk()
    turn = talk.say("they forced us to beg", understood("need_protection"))
    assert "protect.exploitation.first" in says(turn)


@pytest.mark.parametrize(
    ("text", "intent", "first"),
    [
        ("my boss lock me in house and dont pay me", "need_protection", "protect.exploitation.first"),
        ("I am afraid to go back to my country", "need_asylum", "protect.asylum.first"),
        ("Mon mari me frappe", "need_protection", "protect.violence.first"),
        ("I ask for asylum", "need_asylum", "protect.asylum.first"),
    ],
)
def test_continue_after_a_danger_repeats_the_door_and_asks_nothing(text, intent, first):
    talk = a_talk()
    talk.say(text, understood(intent))
    turn = talk.choose("go_on")
    assert turn.step.kind == "protect"
    assert turn.step.fact is None
    assert says(turn)[0] == first
    assert numbers(turn)
    assert "go_on" not in offers(turn)
    assert "needs" in offers(turn)


def test_the_door_shown_again_has_its_place_once_the_city_is_known():
    talk = a_talk(city="city_rabat", places=some_places("unhcr_asylum_registration"))
    talk.say("I am afraid to go back to my country", understood("need_asylum"))
    assert talk.choose("go_on").step.places


def test_the_city_is_asked_where_a_place_is_wanted_and_nothing_else_is():
    talk = a_talk(places=some_places("legal_aid"))
    talk.say("my boss took my passport", understood("need_protection"))
    talk.choose("go_on")
    assert talk.choose("topic.legal_aid.place").step.fact == "city"
    assert talk.say("Rabat", understood("inform", ("city", "city_rabat"))).step.places
    turn = talk.say("ok", understood("affirm"))
    assert turn.step.kind == "protect"
    assert turn.step.places


def test_facts_told_after_a_danger_start_no_questions():
    talk = a_talk()
    talk.say("my boss took my passport", understood("need_protection"))
    turn = talk.say("I have a work card", understood("inform", ("situation", "card_work")))
    assert turn.step.kind == "protect"
    assert "told.noted" in says(turn)


def test_where_after_the_door_of_asylum_means_that_door():
    talk = a_talk(language="ar", places=some_places("unhcr_asylum_registration"))
    talk.say("أريد طلب اللجوء", understood("need_asylum", ("service", "unhcr_asylum_registration")))
    turn = talk.say("أين أتصل؟", understood("ask_place"))
    assert turn.step.fact == "city"
    turn = talk.say("الرباط", understood("inform", ("city", "city_rabat")))
    assert turn.step.service == "unhcr_asylum_registration"
    assert turn.step.places


def test_what_stands_behind_the_door_can_be_opened_and_is_then_asked_about():
    talk = a_talk()
    talk.say("I ask for asylum", understood("need_asylum"))
    talk.choose("go_on")
    turn = talk.choose("subject.legal_aid")
    assert turn.step.service == "legal_aid"


@pytest.mark.parametrize("ranking", [(("need_schooling", 0.3),), ()])
def test_a_school_wished_for_together_with_a_danger_goes_on(ranking):
    talk = a_talk(language="fr")
    talk.script.script["je veux aller à l'école"] = understood("need_schooling", confidence=0.96)
    heard = understood("need_protection", ("age", 16), ("situation", "unaccompanied_minor"), ranking=ranking)
    turn = talk.say("j'ai 16 ans je suis seul à Casablanca je veux aller à l'école", heard)
    assert numbers(turn)[0] == "2511"
    turn = talk.choose("go_on")
    assert "child_schooling" in [service for service, _ in turn.step.decisions]


def test_a_danger_does_not_close_the_need_that_was_open():
    talk = a_talk()
    asked = talk.say("I want to learn a trade", understood("need_training")).step.fact
    talk.say("my husband beats me every night", understood("need_protection"))
    assert talk.choose("go_on").step.fact == asked


def test_a_danger_answered_by_button_is_answered_with_its_door():
    talk = a_talk(situation="asylum_seeker_certificate")
    talk.say("I want to go home", understood("need_return"))
    turn = talk.choose("answer.fears_return.true")
    assert turn.step.kind == "protect"
    assert numbers(turn)[0] == "+212 5 37 54 54 00"


def test_return_is_never_proposed_to_somebody_who_fears_it():
    talk = a_talk(situation="irregular", fears_return=True)
    talk.say("I want to go home", understood("need_return"))
    turn = talk.choose("go_on")
    assert "assisted_return_iom" not in [service for service, _ in turn.step.decisions]
    assert not any("assisted_return_iom" in offer for offer in offers(turn))


def test_return_is_never_answered_before_fear_was_asked():
    turn = a_talk(situation="card_work").say("I want to go home", understood("need_return"))
    assert turn.step.fact == "fears_return"
