"""Who asks for a school asks for a child: the age is that of the pupil, nobody's else."""

from __future__ import annotations

import pytest

from tests.builders.conversations import a_talk, answered, says
from tests.fakes.parser import understood


def test_a_school_for_a_child_asks_no_age_and_shows_second_chance_with_its_condition():
    talk = a_talk()
    talk.say("school for my child", understood("need_schooling"))
    turn = answered(talk)
    assert "age" not in {each.step.fact for each in talk.turns}
    assert ("second_chance_school", "conditional") in turn.step.decisions


def a_parent_asked_for_the_age(**facts):
    talk = a_talk(**{"situation": "card_work", **facts})
    turn = talk.say("second chance", understood("ask_eligibility", ("service", "second_chance_school")))
    assert turn.step.fact == "age"
    return talk


def test_the_second_chance_school_asks_how_old_the_child_is():
    talk = a_parent_asked_for_the_age()
    assert "ask.age_of_pupil" in says(talk.turns[-1])
    assert "ask.age.question" not in says(talk.turns[-1])
    turn = talk.say("14 ans")
    assert turn.step.decisions == (("second_chance_school", "conditional"),)


def test_the_age_of_a_child_contradicts_no_paper_of_the_parent():
    talk = a_parent_asked_for_the_age()
    turn = talk.say("14 ans")
    assert not any(each.startswith("contradiction.") for each in says(turn))


def test_the_age_of_a_child_is_forgotten_when_the_parent_asks_for_themselves():
    talk = a_parent_asked_for_the_age()
    talk.say("14 ans")
    talk.say("and work for me", understood("need_job"))
    assert "age" not in talk.facts


def test_the_age_of_a_child_said_with_the_wish_is_named_as_the_pupils():
    talk = a_talk()
    talk.say("my son is 10, school", understood("need_schooling", ("age", 10)))
    (noted,) = [say for say in talk.turns[-1].messages[0].paragraphs if say.id == "told.noted"]
    assert noted.values["facts"][0].values["fact"].id == "fact.age_of_pupil"


def test_an_age_already_told_stays_the_persons_own():
    talk = a_talk(age=24, situation="card_work")
    talk.say("school for my child", understood("need_schooling"))
    talk.say("training", understood("need_training"))
    assert talk.facts["age"] == 24


def test_a_child_who_asks_for_a_school_is_asked_as_one():
    talk = a_talk(situation="minor_with_family")
    turn = talk.say("second chance", understood("ask_eligibility", ("service", "second_chance_school")))
    assert turn.step.fact == "age"
    assert "ask.age.question" in says(turn)


def test_a_slip_for_a_pupil_speaks_of_the_pupil():
    talk = a_parent_asked_for_the_age(city="city_rabat")
    talk.say("14 ans")
    turn = talk.choose("refer.second_chance_school")
    assert turn.step.kind == "refer"
    assert "refer.minor.pupil" in says(turn)
    assert "refer.minor" not in says(turn)


@pytest.mark.parametrize("named", ["6e", "5ème", "4e"])
def test_a_school_class_is_no_place_in_the_list_of_answers(named):
    talk = a_talk(situation="card_work", age=24)
    asking = talk.say("training", understood("ask_eligibility", ("service", "ofppt_training")))
    assert asking.step.fact == "education"
    talk.say(named, understood("inform"))
    assert "education" not in talk.facts
