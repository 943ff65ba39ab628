"""One value of each kind stands for all: whoever comes gets what the one who stands for them gets."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.admit import contradictions
from rules.evaluate import evaluate
from rules.facts import SITUATION, FactId, Facts, FactValue
from rules.load import load_rulebook
from rules.model import Decision, ServiceId
from rules.papers import NOT_SAID
from rules.proof.space import Space, space_of
from rules.rulebook import FactDefinition, FactType
from tests.builders.facts import TODAY

BOOK = load_rulebook()
SPACES: dict[ServiceId, Space] = {name: space_of(BOOK, service, TODAY) for name, service in BOOK.services.items()}
KINDS_OF_PAPER = {kind for kind, situation in BOOK.situations.items() if situation.rows}


def raw_values(definition: FactDefinition) -> st.SearchStrategy[FactValue | None]:
    """Anything a person may say."""
    told: st.SearchStrategy[FactValue]
    match definition.type:
        case FactType.BOOLEAN:
            told = st.booleans()
        case FactType.INTEGER:
            told = st.integers(definition.minimum, definition.maximum)
        case FactType.CHOICE:
            told = st.sampled_from(sorted(definition.values - KINDS_OF_PAPER))
        case FactType.TEXT:
            letters = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=2)
            told = letters | st.sampled_from(["DZ", "TN", "SN", "MA", "PS", "EH", "ZZ"])
    return st.none() | told


people = st.fixed_dictionaries({}, optional={fact: raw_values(each) for fact, each in BOOK.facts.items()})


def representative(space: Space, person: Facts) -> Facts:
    """Only what the service reads, each value replaced by the one that stands for it."""
    told = dict(person)
    if person.is_declined(SITUATION):
        told[SITUATION] = NOT_SAID
    return Facts({axis.fact: axis.representative(told[axis.fact]) for axis in space.axes if axis.fact in told})


def verdict(decision: Decision) -> tuple[object, ...]:
    return decision.status, decision.because[0].rule, decision.missing, decision.if_met, decision.lean


@settings(max_examples=150, deadline=None)
@given(people)
def test_everybody_gets_the_verdict_of_who_stands_for_them(told: dict[FactId, FactValue | None]) -> None:
    person = Facts(told)
    for service, space in SPACES.items():
        about = Facts({fact: value for fact, value in person.items() if fact in space.facts})
        stand_in = representative(space, person)
        assert bool(contradictions(BOOK, about)) == bool(contradictions(BOOK, stand_in)), service
        seen, said = (verdict(evaluate(BOOK, service, facts, on=TODAY)) for facts in (person, stand_in))
        assert seen == said, (service, dict(stand_in))


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(SPACES)), st.data())
def test_a_value_and_the_one_that_stands_for_it_pass_the_same_tests(service: ServiceId, data: st.DataObject) -> None:
    axis = data.draw(st.sampled_from(SPACES[service].axes))
    value = data.draw(raw_values(BOOK.facts[axis.fact]).filter(lambda each: axis.fact != "situation" or each))
    stand_in = axis.representative(value)
    for test, _ in axis.tests:
        assert (value is not None and test.of(value) == 4) == (stand_in is not None and test.of(stand_in) == 4)


def test_everybody_is_numbered_once() -> None:
    space = SPACES[ServiceId("legal_aid")]
    persons = [tuple(space.person(number).items()) for number in range(space.size)]
    assert len(set(persons)) == space.size == 90
    assert {number for number, _ in space.people()} == set(range(space.size)) - space.impossible
