"""Rule books so small that every way to ask can be tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hypothesis import strategies as st

from rules.conditions import ALWAYS, AllOf, Condition, InRow, Test
from rules.facts import SITUATION, FactId, FactValue
from rules.load import load_rulebook
from rules.model import Confirmer, RuleId, ServiceId, Status, TextId
from rules.population import Holders, Population, Shares
from rules.reading.values import telling_values
from rules.rulebook import FactDefinition, Rule, Rulebook, ServiceRules

BOOK = load_rulebook()
ROWS = ("irregular", "short_stay")
VALUES: Mapping[str, tuple[FactValue, ...]] = {"one": (True, False), "two": (True, False), "three": ("a", "b", "c")}
ASKED = tuple(FactId(name) for name in VALUES)
SINCE = date(2020, 1, 1)
EVERYBODY: frozenset[str] = frozenset()


def a_fact(name: str, *, stage: int = 5, sensitivity: int = 1) -> FactDefinition:
    like = BOOK.facts[FactId("born_in_morocco" if VALUES[name][0] is True else "education")]
    values = frozenset(value for value in VALUES[name] if isinstance(value, str))
    return replace(like, fact=FactId(name), values=values, stage=stage, sensitivity=sensitivity)


def a_rule(name: str, status: Status, when: Condition = ALWAYS) -> Rule:
    return Rule(RuleId(name), when, status, TextId("reason.x"), (), SINCE, None, SINCE)


def is_true(fact: str) -> Test:
    return Test(FactId(fact), "equals", operand=True)


def a_service(name: str, rules: Sequence[Rule], facts: Mapping[FactId, FactDefinition]) -> ServiceRules:
    conditions = [rule.when for rule in rules]
    read = frozenset[FactId]().union(*(when.reads() for when in conditions))
    return ServiceRules(
        service=ServiceId(name),
        name=TextId(f"service.{name}"),
        confirm_with=Confirmer("x", TextId("x")),
        rules=tuple(rules),
        deciding=read,
        reads=read | {SITUATION},
        values=telling_values(conditions, (), facts, ROWS),
    )


def a_book(
    *services: Sequence[Rule], population: Population | None = None, facts: Sequence[FactDefinition] = ()
) -> Rulebook:
    asked = facts or [a_fact(name) for name in VALUES]
    known = {SITUATION: BOOK.facts[SITUATION], **{each.fact: each for each in asked}}
    built = [a_service(f"s{place}", rules, known) for place, rules in enumerate(services)]
    return replace(
        BOOK,
        services={service.service: service for service in built},
        facts=known,
        contradictions=(),
        unasked_when={},
        population=population or a_population(),
    )


def a_population(**parts: Sequence[float]) -> Population:
    """`parts`: how many give each answer; evenly where nothing is said."""
    shares = {
        FactId(name): (Shares(EVERYBODY, dict(zip(values, parts.get(name, [1.0] * len(values)), strict=True))),)
        for name, values in VALUES.items()
    }
    return Population(tuple(Holders(row, (row,), 1.0) for row in ROWS), shares)


counts = st.integers(1, 4).map(float)


@st.composite
def populations(draw: st.DrawFn) -> Population:
    shares = {}
    for name, values in VALUES.items():
        of_row, of_all = ({value: draw(counts) for value in values} for _ in range(2))
        shares[FactId(name)] = (Shares(frozenset(ROWS[:1]), of_row), Shares(EVERYBODY, of_all))
    # Nobody declines to say which paper they hold: what else such people say is not for the tests to guess.
    declines = (0.0, draw(st.sampled_from([0.0, 0.25])), 0.0, draw(st.sampled_from([0.0, 0.5])))
    return Population(tuple(Holders(row, (row,), draw(counts)) for row in ROWS), shares, declines)


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    facts = draw(st.lists(st.sampled_from(ASKED), min_size=1, max_size=2, unique=True))
    tests: list[Condition] = [Test(fact, "equals", draw(st.sampled_from(VALUES[fact]))) for fact in facts]
    if draw(st.booleans()):
        tests.append(InRow(frozenset({draw(st.sampled_from(ROWS))})))
    return AllOf(tuple(tests))


@st.composite
def tiny_books(draw: st.DrawFn) -> Rulebook:
    statuses = st.sampled_from([Status.ELIGIBLE, Status.NOT_ELIGIBLE, Status.UNCERTAIN])
    services = []
    for place in range(draw(st.integers(1, 2))):
        rules = [a_rule(f"s{place}.r{n}", draw(statuses), draw(conditions())) for n in range(draw(st.integers(1, 3)))]
        services.append([*rules, a_rule(f"s{place}.else", draw(statuses))])
    facts = [
        a_fact(name, stage=draw(st.sampled_from([4, 5])), sensitivity=draw(st.sampled_from([1, 3]))) for name in VALUES
    ]
    return a_book(*services, population=draw(populations()), facts=facts)


@dataclass(frozen=True)
class Somebody:
    """One kind of person of a population: what they would answer to each question, and how many they are."""

    answers: Mapping[FactId, FactValue | None]
    people: float
