"""People of every kind, who tell some things, decline others and leave the rest open."""

from __future__ import annotations

from hypothesis import strategies as st

from rules.facts import SITUATION, FactId, Facts, FactValue
from rules.rulebook import FactDefinition, FactType, Rulebook

AGES = (8, 13, 15, 16, 17, 18, 19, 30, 31, 60)
NATIONALITIES = ("CM", "DZ", "MA", "PS", "SN", "ZZ")


def answers(definition: FactDefinition) -> st.SearchStrategy[FactValue | None]:
    if definition.type is FactType.BOOLEAN:
        return st.none() | st.booleans()
    if definition.type is FactType.INTEGER:
        return st.none() | st.sampled_from(AGES)
    if definition.fact == "nationality":
        return st.none() | st.sampled_from(NATIONALITIES)
    return st.none() | st.sampled_from(sorted(definition.values) or ["city_rabat"])


@st.composite
def strangers(draw: st.DrawFn, rulebook: Rulebook, *, silent: int) -> Facts:
    """`silent`: how many facts they leave open at most."""
    left = draw(st.sets(st.sampled_from(sorted(rulebook.facts)), max_size=silent))
    return Facts({fact: draw(answers(each)) for fact, each in rulebook.facts.items() if fact not in left})


@st.composite
def settled_strangers(draw: st.DrawFn, rulebook: Rulebook) -> Facts:
    """They answered or declined everything and hold one paper."""
    person = draw(strangers(rulebook, silent=0))
    return person.learning(**{SITUATION: draw(st.sampled_from(rulebook.rows))})


def open_facts(rulebook: Rulebook, person: Facts) -> set[FactId]:
    return {fact for fact in rulebook.facts if person.is_unknown(fact)}
