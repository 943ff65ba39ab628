"""The people for whom questions are chosen: what is written of them, and how likely each answer is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from rules.errors import RulebookError
from rules.facts import FactId, Facts
from rules.load import BOOK as FOLDER
from rules.load import load_rulebook
from rules.model import ServiceId
from rules.population import Population
from rules.questions.crowd import Crowd
from rules.questions.even import even_population, population_of
from rules.questions.verdicts import programs_of
from tests.builders.facts import TODAY, someone
from tests.builders.strangers import strangers

BOOK = load_rulebook()
SERVICES = tuple(ServiceId(name) for name in ("ofppt_training", "auto_entrepreneur", "attestation_activite_exemption"))
WRITTEN = (FOLDER / "population.yaml").read_text("utf-8")


def odds(fact: str, facts: Facts | None = None, population: Population | None = None) -> dict[object, float]:
    crowd = Crowd(BOOK, population or population_of(BOOK), programs_of(BOOK, SERVICES, TODAY))
    return dict(crowd.odds(FactId(fact), facts or Facts()))


ASKED = ("situation", "age", "education", "nationality", "spouse_of_moroccan", "stateless", "declared_employee")


@settings(max_examples=60, deadline=None)
@given(strangers(BOOK, silent=15))
def test_something_is_always_answered(person: Facts) -> None:
    for fact in (fact for fact in ASKED if person.is_unknown(FactId(fact))):
        found = odds(fact, person)
        assert sum(found.values()) == pytest.approx(1)
        assert all(part > 0 for part in found.values())


def test_in_the_even_population_every_kind_of_answer_is_as_likely_and_nobody_declines() -> None:
    even = even_population(BOOK)
    assert odds("declared_employee", population=even) == {True: 0.5, False: 0.5}
    assert odds("education", population=even) == {"none": 0.5, "bac": 0.5}
    assert {holders.people for holders in even.holders} == {1.0}
    assert {holders.says for holders in even.holders} >= {
        ("irregular",),
        ("paper_card", "card_work"),
        ("paper_unhcr", "refugee_bra_card_only"),
    }
    assert not any(holders.says == ("paper_card",) for holders in even.holders)


def test_answers_that_the_services_cannot_tell_apart_are_one() -> None:
    ages = odds("age", someone(situation="irregular"))
    assert set(ages) == {15, 16, 18, 19, 31, None}


def test_the_more_sensitive_a_question_the_more_people_decline_it() -> None:
    assert odds("declared_employee")[None] == pytest.approx(0.03)
    assert odds("situation")[None] == pytest.approx(0.06)
    assert odds("stateless")[None] == pytest.approx(0.15)


def test_who_holds_a_paper_answers_as_its_holders_do() -> None:
    family, other = (odds("spouse_of_moroccan", someone(situation=row)) for row in ("family_of_moroccan", "card_work"))
    assert family[True] == pytest.approx(0.70 * 0.94)
    assert other[True] == pytest.approx(0.04 * 0.94)


def test_an_answer_that_would_contradict_the_paper_is_not_expected() -> None:
    assert max(age for age in odds("age", someone(situation="minor_with_family")) if age is not None) < 18
    assert max(age for age in odds("age", someone(alone_minor=True)) if age is not None) < 18
    assert min(age for age in odds("age", someone(situation="card_work")) if age is not None) >= 16


def test_what_was_told_makes_some_papers_more_likely() -> None:
    before, child, adult = (odds("situation", facts) for facts in (Facts(), someone(age=10), someone(age=40)))
    assert child["minor_with_family"] > before["minor_with_family"]
    assert set(child) == {"minor_with_family", "unaccompanied_minor", None}
    assert "minor_with_family" not in adult
    assert odds("situation", someone(age=40, city="city_fes")) == adult


def test_the_campaign_narrows_the_card() -> None:
    assert set(odds("situation", someone(situation="paper_card"))) >= {"card_work", "regularised_card_valid"}
    yes, no = (
        odds("situation", someone(situation="paper_card", first_card_from_regularisation=told))
        for told in (True, False)
    )
    assert yes == {
        "regularised_card_valid": pytest.approx(0.6 * 0.94),
        "regularised_card_expired": pytest.approx(0.4 * 0.94),
        None: pytest.approx(0.06),
    }
    assert "card_work" in no
    assert not any(str(answer).startswith("regularised") for answer in no)
    assert odds("first_card_from_regularisation", someone(situation="card_work"))[False] == pytest.approx(0.94)


def test_of_who_holds_a_campaign_card_some_only_say_that_it_has_expired() -> None:
    card = odds("situation", someone(situation="paper_card"))
    assert card["card_expired"] > card["card_student"]
    assert "regularised_card_expired" not in card


def test_who_cannot_tell_which_card_answers_as_all_its_holders_together() -> None:
    unsure = odds("spouse_of_moroccan", someone(situation="paper_card", first_card_from_regularisation=None))
    assert 0.04 * 0.94 < unsure[True] < 0.70 * 0.94
    alone = odds("spouse_of_moroccan", someone(situation=None))
    assert alone[True] == pytest.approx(0.04 * 0.94)


def test_what_nobody_of_the_population_says_tells_nothing() -> None:
    assert odds("situation", someone(nationality="CM")) == odds("situation")


def test_a_book_without_a_population_takes_everybody_for_equally_likely() -> None:
    old = replace(BOOK, population=None)
    assert population_of(old).shares == even_population(old).shares
    assert population_of(old).declines == (0, 0, 0, 0)


def test_what_the_population_does_not_speak_of_is_even() -> None:
    silent = replace(BOOK, population=Population((), {}, (0.5,) * 4))
    assert population_of(silent).shares == even_population(silent).shares
    assert population_of(silent).holders == even_population(silent).holders
    assert population_of(silent).declines == (0.5,) * 4


def test_every_question_that_can_move_a_verdict_has_shares() -> None:
    asked = {fact for service in BOOK.services.values() for fact in service.deciding}
    silent = {fact for fact in asked if BOOK.facts[fact].volunteered} - {"stateless"}
    assert BOOK.population is not None
    assert asked - silent - {"situation"} <= BOOK.population.shares.keys()


# What is wrong with a population

SPOUSE = "  - {fact: spouse_of_moroccan, answers:"
EVERY_SECONDED = "  - {fact: seconded, answers: [{value: true, people: 1}, {value: false, people: 99}]"
BAD = {
    "unknown card": ("says: [paper_card, card_work]", "says: [paper_card, card_wrok]", "unknown situation 'card_wrok'"),
    "unknown row": (
        "row: regularised_card_expired",
        "row: paper_card",
        "unknown situation 'paper_card'",
    ),
    "unknown fact": ("{fact: seconded,", "{fact: secondd,", "secondd is no fact to give shares of"),
    "the paper": ("{fact: seconded,", "{fact: situation,", "situation is no fact to give shares of"),
    "a text": ("{fact: seconded,", "{fact: city,", "city is no fact to give shares of"),
    "unknown group": ("rows: [minors]", "rows: [minrs]", "unknown situation or group 'minrs'"),
    "no source": (
        "people: 1363, cite: [F-028]}",
        "people: 1363}",
        "a figure rests on a source",
    ),
    "no reason": (
        'people: 3000, assumed: true, why: "No count in the sources."}',
        "people: 3000, assumed: true}",
        "assumed for no reason",
    ),
    "unknown source": ("cite: [F-033]", "cite: [F-999]", "unknown citation F-999"),
    "no such answer": ("{value: SN, people: 19}", "{value: XX, people: 19}", "'XX' is no answer to it"),
    "yes for true": (
        EVERY_SECONDED,
        EVERY_SECONDED.replace("true", '"true"'),
        "'true' is no answer to it",
    ),
    "no range": ("{from: 61, to: 120, people: 1}", "{from: 61, people: 1}", "a range of numbers is needed"),
    "turned range": ("{from: 61, to: 120, people: 1}", "{from: 61, to: 60, people: 1}", "a range of numbers is needed"),
    "too old": ("{from: 61, to: 120, people: 1}", "{from: 61, to: 121, people: 1}", "a range of numbers is needed"),
    "nobody": (EVERY_SECONDED, EVERY_SECONDED.replace("99", "0").replace("1}", "0}"), "nobody answers"),
    "nobody else": (SPOUSE, SPOUSE.replace("answers", "rows: [minors], answers"), "nothing is said of everybody else"),
    "too few": ("declines: [1, 3, 6, 15]", "declines: [1, 3, 6]", "declines"),
    "too many decline": ("declines: [1, 3, 6, 15]", "declines: [1, 3, 6, 100]", "declines"),
    "below nothing": ("sensitivity_weight: 0.5", "sensitivity_weight: -0.5", "sensitivity_weight"),
    "less than nobody": ("people: 1363,", "people: -1,", "people"),
}


@pytest.mark.parametrize("wrong", BAD)
def test_a_bad_population_is_refused_with_its_line(wrong: str, book: Path) -> None:
    right, written, reason = BAD[wrong]
    assert right in WRITTEN
    (book / "population.yaml").write_text(WRITTEN.replace(right, written, 1), encoding="utf-8")
    with pytest.raises(RulebookError) as raised:
        load_rulebook(book)
    assert reason in str(raised.value)
    assert raised.value.file == "population.yaml"


def test_an_entry_after_the_one_about_everybody_is_refused(book: Path) -> None:
    extra = '  - {fact: stateless, rows: [minors], answers: [{value: true, people: 1}], assumed: true, why: "x"}\n'
    (book / "population.yaml").write_text(WRITTEN + extra, encoding="utf-8")
    with pytest.raises(RulebookError, match="it comes after the entry about everybody"):
        load_rulebook(book)


def test_the_years_of_a_range_share_its_people(book: Path) -> None:
    assert BOOK.population is not None
    (everybody,) = (each for each in BOOK.population.shares[FactId("age")] if not each.rows)
    assert everybody.people[15] == pytest.approx(2 / 3)
    assert everybody.people[120] == pytest.approx(1 / 60)
    assert sum(everybody.people.values()) == pytest.approx(100)
    (book / "population.yaml").unlink()
    assert load_rulebook(book).population is None
