"""Facts are values: told, declined, unknown; changing them makes new ones."""

from __future__ import annotations

from rules.facts import FactId, Facts
from tests.builders.facts import someone

AGE, CITY = FactId("age"), FactId("city")


def test_unknown_declined_and_told_are_three_things() -> None:
    person = someone(age=None, city="city_fes")
    assert person.is_declined(AGE)
    assert not person.is_unknown(AGE)
    assert person.is_unknown(FactId("education"))
    assert not person.is_declined(CITY)
    assert not person.is_declined(FactId("education"))


def test_learning_and_forgetting_leave_the_original_alone() -> None:
    person = someone(city="city_fes")
    older = person.learning(age=30)
    assert (len(person), len(older)) == (1, 2)
    assert older.forgetting(AGE) == person
    assert older.about(AGE, FactId("education")) == someone(age=30)


def test_equal_facts_are_the_same_key() -> None:
    assert {someone(age=30, city="city_fes"): 1}[someone(city="city_fes", age=30)] == 1
    assert someone(age=30) != {"age": 30}
    assert Facts() != someone(age=None)
