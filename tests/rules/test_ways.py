"""The way to yes: it really leads there, step by step, nothing is nearer, and nobody is told to be someone else."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.admit import contradictions
from rules.answers import FEARS_RETURN
from rules.conditions import TRUE, holds
from rules.evaluate import evaluate
from rules.facts import SITUATION, FactId, Facts, FactValue
from rules.load import load_rulebook
from rules.model import ServiceId, Status
from rules.reading.ways import CHANGEABLE
from rules.ways.search import LONGEST, YES, changed, effort_of, is_possible, way_to_yes
from rules.ways.told import NoWay, Way
from rules.ways_model import Change
from tests.builders.facts import TODAY, telling_only

BOOK = load_rulebook()
CHANGES = {change.id: change for change in BOOK.ways.changes}
PEOPLE: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("ways.yaml").read_text("utf-8"))["people"]
AGE = FactId("age")
SOMEONE: tuple[dict[str, FactValue], ...] = (
    {},
    {"fears_return": True},
    {"fears_return": False, "spouse_of_moroccan": True},
    {"spouse_of_resident": True, "education_proof": False},
    {"pays_professional_tax": True, "declared_employee": True},
    {"age": 12, "education": "none"},
    {"age": 16, "education": "none"},
    {"age": 40, "activity_kind": "excluded_profession"},
    {"nationality": "SN", "exploitation_signs": True},
)
"""What people say beside their paper."""


@cache
def everyone() -> tuple[tuple[Facts, ServiceId], ...]:
    return tuple(_everyone())


def _everyone() -> Iterator[tuple[Facts, ServiceId]]:
    for row, told, service in product(BOOK.rows, SOMEONE, BOOK.services):
        person = telling_only(BOOK, **{"situation": row, **told})
        if not contradictions(BOOK, person):
            yield person, service


@cache
def ways() -> tuple[tuple[Facts, Way], ...]:
    found = ((person, way_to_yes(BOOK, service, person, on=TODAY)) for person, service in everyone())
    return tuple((person, way) for person, way in found if isinstance(way, Way))


def walked(person: Facts, way: Way) -> list[Facts]:
    """The person before the first step and after each."""
    stations = [person]
    for step in way.steps:
        stations.append(changed(stations[-1], CHANGES[step.change]))
    return stations


@pytest.mark.parametrize("told", PEOPLE, ids=[each["name"] for each in PEOPLE])
def test_the_way_of_a_person_is_the_one_the_facts_give(told: dict[str, Any]) -> None:
    way = way_to_yes(BOOK, told["service"], telling_only(BOOK, **told["facts"]), on=TODAY)
    if not told["way"]:
        assert not isinstance(way, Way)
        offered = {each.service for each in way.alternatives} if way else set()
        assert set(told.get("open", ())) <= offered
        return
    assert isinstance(way, Way)
    assert [step.change.removeprefix("way.") for step in way.steps] == told["way"]
    assert way.reaches == told["reaches"]
    assert set(told.get("documents", ())) <= {paper.say for step in way.steps for paper in step.documents}
    assert set(told.get("cites", ())) <= {citation.fact for step in way.steps for citation in step.citations}
    heard = {*way.warnings, *(warning for step in way.steps for warning in step.warnings)}
    assert set(told.get("warned", ())) <= heard


def test_every_way_ends_in_a_yes_and_passes_no_place_twice() -> None:
    for person, way in ways():
        stations = walked(person, way)
        assert evaluate(BOOK, way.service, stations[-1], on=TODAY).status == way.reaches
        assert way.reaches in YES
        assert len(set(stations)) == len(stations)


def test_every_step_can_be_taken_when_its_turn_comes() -> None:
    for person, way in ways():
        for facts, step in zip(walked(person, way), way.steps, strict=False):
            change = CHANGES[step.change]
            assert holds(change.when, facts)
            if step.service:
                assert evaluate(BOOK, step.service, facts, on=TODAY).status in YES


def test_nobody_is_told_to_be_someone_else() -> None:
    for person, way in ways():
        *_, last = walked(person, way)
        for fact in BOOK.facts:
            assert last.get(fact) == person.get(fact) or fact in CHANGEABLE, (way, fact)
        assert (last.get(AGE) or 0) >= (person.get(AGE) or 0)  # type: ignore[operator]  # ages are numbers
        assert not contradictions(BOOK, last)


def test_nothing_nearer_leads_to_yes() -> None:
    for person, service in everyone():
        way = way_to_yes(BOOK, service, person, on=TODAY)
        if way is None:
            continue
        found = _by_trying_everything(service, person)
        if isinstance(way, NoWay):
            assert found is None, (service, dict(person), found)
        else:
            told = tuple(CHANGES[step.change] for step in way.steps)
            assert found is not None
            assert _cost(told) == _cost(found), (service, told, found)


def _by_trying_everything(service: ServiceId, person: Facts) -> tuple[Change, ...] | None:
    """Every sequence of changes, without the memory and the order that the search relies on."""
    found: list[tuple[Change, ...]] = []
    paths: list[tuple[tuple[Change, ...], Facts]] = [((), person)]
    for _ in range(LONGEST):
        paths = [
            ((*path, change), changed(facts, change))
            for path, facts in paths
            for change in BOOK.ways.changes
            if change not in path and is_possible(BOOK, change, facts, on=TODAY)
        ]
        found += [path for path, facts in paths if evaluate(BOOK, service, facts, on=TODAY).status in YES]
    return min(found, key=_cost, default=None)


def _cost(changes: tuple[Change, ...]) -> tuple[int, int]:
    return sum(effort_of(change) for change in changes), len(changes)


def test_who_has_no_way_hears_what_is_open_or_who_may_help() -> None:
    for person, service in everyone():
        decision = evaluate(BOOK, service, person, on=TODAY)
        way = way_to_yes(BOOK, service, person, on=TODAY)
        if decision.status is Status.NOT_ELIGIBLE and not BOOK.services[service].door_of:
            assert way is not None
        if isinstance(way, NoWay):
            assert way.helps.say in BOOK.texts
            assert way.alternatives, (service, dict(person))


def test_what_is_offered_instead_is_open_today() -> None:
    for person, service in everyone():
        way = way_to_yes(BOOK, service, person, on=TODAY)
        for door in way.alternatives if way else ():
            decision = evaluate(BOOK, door.service, person, on=TODAY)
            assert (decision.status, decision.proposable) == (door.status, True)
            assert door.service != service


def test_nobody_is_led_to_fear_to_exploitation_or_back() -> None:
    doors = {service for service, rules in BOOK.services.items() if rules.door_of}
    assert doors == {"unhcr_asylum_registration", "trafficking_protection", "assisted_return_iom"}
    for person, service in everyone():
        way = way_to_yes(BOOK, service, person, on=TODAY)
        if service in doors:
            assert way is None
        else:
            assert not doors & {each.service for each in (way.alternatives if way else ())}


def test_only_who_fears_return_is_led_to_unhcr() -> None:
    for person, way in ways():
        if way.steps[0].change == "way.register_with_unhcr":
            assert person.get(FEARS_RETURN) is True or person.get(SITUATION) == "asylum_seeker_unregistered"


def test_who_fears_return_hears_of_unhcr_before_any_other_way_out_of_being_without_papers() -> None:
    for person, way in ways():
        without_papers = BOOK.situations[str(person.get(SITUATION))].without_papers
        first = way.steps[0]
        if person.get(FEARS_RETURN) is True and without_papers and CHANGES[first.change].authorities:
            assert "step.unhcr_first" in first.warnings


def test_nobody_without_papers_goes_to_the_authorities_alone() -> None:
    for change in BOOK.ways.changes:
        risky = [
            row
            for row in BOOK.rows
            if BOOK.situations[row].without_papers and change.when.given({SITUATION: row}) & TRUE
        ]
        if change.authorities and risky:
            assert change.helps is not None
            assert "alone" in BOOK.texts[change.say]


def test_the_embassy_is_only_named_to_keep_people_away() -> None:
    for change in BOOK.ways.changes:
        for text in (change.say, *(line.say for line in change.warnings)):
            words = BOOK.texts[text].lower()
            assert "embassy" not in words or words.startswith("never ask your embassy")


def test_a_paper_from_the_embassy_is_not_asked_of_who_fears_return() -> None:
    renewing = {"situation": "regularised_card_expired"}
    plain, fearing = (
        way_to_yes(BOOK, ServiceId("anapec_job_search"), telling_only(BOOK, **renewing, fears_return=fear), on=TODAY)
        for fear in (False, True)
    )
    assert isinstance(plain, Way)
    assert isinstance(fearing, Way)
    assert plain.steps[0].documents
    assert not fearing.steps[0].documents


def test_renewal_is_warned_of_before_any_way_to_the_auto_entrepreneur_status() -> None:
    found = [way for _, way in ways() if way.service == "auto_entrepreneur"]
    assert found
    for way in found:
        assert "warning.auto_entrepreneur_and_renewal" in way.warnings


def test_an_answer_that_waits_has_no_way_yet() -> None:
    assert way_to_yes(BOOK, ServiceId("ofppt_training"), Facts(), on=TODAY) is None


def test_a_known_bar_has_a_way_although_other_facts_are_open() -> None:
    told = Facts({SITUATION: "card_expired"})
    way = way_to_yes(BOOK, ServiceId("ofppt_training"), told, on=TODAY)
    assert isinstance(way, Way)
    assert "condition.age_15" in way.reached.conditions


def test_family_is_the_least_that_a_card_opens() -> None:
    """A card not seen yet is taken for one of family: with work or an activity on it no answer is worse."""
    worth = {Status.ELIGIBLE: 3, Status.CONDITIONAL: 2, Status.UNCERTAIN: 1, Status.NOT_ELIGIBLE: 0}
    for service in BOOK.services:
        family, work, activity = (
            evaluate(BOOK, service, telling_only(BOOK, situation=row), on=TODAY).status
            for row in ("card_family", "card_work", "card_activity")
        )
        assert worth[family] <= min(worth[work], worth[activity]), service


def told_by(fact: FactId) -> st.SearchStrategy[FactValue | None]:
    definition = BOOK.facts[fact]
    if definition.values:
        return st.sampled_from(sorted(definition.values))
    return st.integers(5, 60) if definition.maximum else st.sampled_from([True, False, None])


@st.composite
def people(draw: st.DrawFn) -> Facts:
    asked = [fact for fact in BOOK.facts if fact != "city"]
    told = draw(st.sets(st.sampled_from(asked), max_size=7)) | {SITUATION}
    person = Facts({fact: draw(told_by(fact)) for fact in sorted(told)})
    return person.forgetting(*(fact for clash in contradictions(BOOK, person) for fact in clash.facts))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(people(), st.sampled_from(tuple(BOOK.services)))
def test_a_way_holds_for_whoever_comes(person: Facts, service: ServiceId) -> None:
    way = way_to_yes(BOOK, service, person, on=TODAY)
    decision = evaluate(BOOK, service, person, on=TODAY)
    if decision.status not in (Status.NOT_ELIGIBLE, Status.UNCERTAIN):
        assert way is None
    if isinstance(way, Way):
        told = Facts({**dict.fromkeys(BOOK.facts), **person})
        *_, last = walked(told, way)
        assert evaluate(BOOK, service, last, on=TODAY).status == way.reaches
        assert all(last[fact] == told[fact] for fact in BOOK.facts if fact not in CHANGEABLE)
