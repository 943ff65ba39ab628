"""The standard people before whom two rule books are compared: every paper, alone and with each fact that can matter.

For every row and kind of paper: everything else declined (the cell of the rule table), nothing else said, and one
variation at a time of VARIATIONS with the rest declined. People whom the book calls contradictory are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rules.admit import InvalidFact, admit, contradictions
from rules.facts import SITUATION, FactId, Facts, FactValue
from rules.rulebook import Rulebook

CELL = ""
"""The cell itself: every other fact declined."""
UNASKED = "nothing else said"

VARIATIONS: tuple[tuple[str, tuple[FactValue, ...]], ...] = (
    ("age", (10, 13, 14, 15, 16, 17, 18, 25, 31)),
    ("education", ("none", "primary_6", "college_3", "bac_year", "bac", "higher")),
    ("education_proof", (True, False)),
    ("activity_kind", ("craft", "excluded_profession")),
    ("declared_employee", (True, False)),
    ("pays_professional_tax", (True, False)),
    ("nationality", ("SN", "TN", "DZ", "PS", "ZZ")),
    ("spouse_of_moroccan", (True, False)),
    ("spouse_of_resident", (True, False)),
    ("years_resident", (1, 10)),
    ("born_in_morocco", (True, False)),
    ("company_owner_or_manager", (True, False)),
    ("seconded", (True, False)),
    ("first_card_from_regularisation", (True, False)),
    ("stateless", (True, False)),
    ("alone_minor", (True, False)),
    ("fears_return", (True, False)),
    ("exploitation_signs", (True, False)),
)


@dataclass(frozen=True)
class Persona:
    """`besides`: CELL, UNASKED, or the one fact told besides the paper, as in `age=31`."""

    situation: str
    besides: str
    facts: Facts


def personas(rulebook: Rulebook) -> Iterator[Persona]:
    for situation in rulebook.situations:
        base = Facts({**dict.fromkeys(rulebook.facts), SITUATION: situation})
        yield Persona(situation, CELL, base)
        yield Persona(situation, UNASKED, base.about(SITUATION))
        for fact, values in VARIATIONS:
            for value in values:
                told = base.learning(**{fact: value})
                if _is_possible(rulebook, fact, value) and not contradictions(rulebook, told):
                    yield Persona(situation, besides(fact, value), told)


def besides(fact: str, value: FactValue) -> str:
    return f"{fact}={str(value).lower() if isinstance(value, bool) else value}"


def _is_possible(rulebook: Rulebook, fact: str, value: FactValue) -> bool:
    """Books of other times know other facts and values."""
    if FactId(fact) not in rulebook.facts:
        return False
    try:
        admit(rulebook, {fact: value})
    except InvalidFact:
        return False
    return True
