"""People as the rules see them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from rules.facts import FactId, Facts, FactValue
from rules.model import Decision
from rules.rulebook import Rulebook

type Decide = Callable[..., Decision]
"""A service and what was told about oneself, to the decision."""
type Cells = Mapping[tuple[str, str], str]
"""(situation, service) to status, as the fact base has it."""

TODAY = date(2026, 11, 21)


def someone(**told: FactValue | None) -> Facts:
    """A person who told exactly this; everything else is unknown and may be asked."""
    return Facts({FactId(fact): value for fact, value in told.items()})


def telling_only(rulebook: Rulebook, **told: FactValue | None) -> Facts:
    """A person who told this and declined everything else."""
    return Facts({**dict.fromkeys(rulebook.facts), **someone(**told)})
