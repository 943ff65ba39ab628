"""What a person hears after a no: the way, the door where it begins, and why, when they ask."""

from __future__ import annotations

from app.dialogue.messages import DecisionCard
from app.dialogue.turn import Turn
from rules.ways.told import NoWay, Way
from tests.builders.conversations import a_talk, answered, cards, offers, says
from tests.fakes.parser import understood


def decisions(turn: Turn) -> list[DecisionCard]:
    return [card for card in cards(turn) if isinstance(card, DecisionCard)]


def asked_about(service: str, **facts: object) -> tuple[Turn, DecisionCard]:
    talk = a_talk(**facts)
    talk.say("may I?", understood("ask_eligibility", ("service", service)))
    turn = answered(talk)
    return turn, decisions(turn)[0]


def steps(card: DecisionCard) -> list[str]:
    assert isinstance(card.way, Way)
    return [step.change for step in card.way.steps]


def test_a_no_comes_with_the_way_to_yes() -> None:
    _, card = asked_about("ofppt_training", situation="card_expired", fears_return=False)
    assert steps(card) == ["way.renew_card", "way.renewed_card"]


def test_the_door_where_the_way_begins_is_offered() -> None:
    turn, _ = asked_about("ofppt_training", situation="card_expired", fears_return=False)
    assert "subject.legal_aid" in offers(turn)


def test_without_a_way_the_best_open_door_is_offered() -> None:
    turn, card = asked_about("ofppt_training", situation="irregular", fears_return=False)
    assert isinstance(card.way, NoWay)
    assert "subject.entraide_training" in offers(turn)


def test_a_way_that_several_services_share_is_told_once() -> None:
    talk = a_talk(situation="card_expired", fears_return=False)
    talk.say("I want to work", understood("need_job"))
    shown = decisions(answered(talk))
    assert len(shown) > 1
    ways = [steps(card) for card in shown if card.way]
    assert ways
    assert len(ways) == len({tuple(way) for way in ways})


def test_why_tells_what_stands_in_the_way() -> None:
    talk = a_talk(situation="card_expired", fears_return=False)
    talk.say("may I?", understood("ask_eligibility", ("service", "ofppt_training")))
    assert not decisions(answered(talk))[0].why_not
    turn = talk.say("why?", understood("ask_why"))
    assert says(turn)[0] == "why.decision"
    (card,) = decisions(turn)
    assert [each.say for each in card.why_not] == ["why_not.card_expired"]
    assert card.decision.because


def test_why_is_an_aside_and_what_was_shown_comes_back_as_it_was() -> None:
    talk = a_talk(situation="card_expired", fears_return=False)
    talk.say("may I?", understood("ask_eligibility", ("service", "ofppt_training")))
    answered(talk)
    talk.say("why?", understood("ask_why"))
    (card,) = decisions(talk.say("thanks, go on", understood("greet")))
    assert not card.why_not


def test_why_after_several_answers_explains_each() -> None:
    talk = a_talk(situation="card_expired", fears_return=False)
    talk.say("I want to work", understood("need_job"))
    answered(talk)
    turn = talk.say("why?", understood("ask_why"))
    assert all(card.why_not for card in decisions(turn))


def test_a_child_of_the_family_is_shown_the_way_by_its_own_age() -> None:
    talk = a_talk(situation="card_work")
    talk.say("second chance", understood("ask_eligibility", ("service", "second_chance_school")))
    (card,) = decisions(talk.say("11 ans"))
    assert steps(card) == ["way.age_13"]
