"""What can be said about a service or a door besides the decision: what it is, steps, cost, time, place."""

from __future__ import annotations

from dataclasses import dataclass

from rules.explain import unique
from rules.facts import SITUATION, FactId, Facts
from rules.model import Citation, Confirmer, TextId
from rules.rulebook import Rulebook

FEARS_RETURN = FactId("fears_return")
NOBODY = Facts()


@dataclass(frozen=True)
class Answer:
    """`known` is false where some of it is not known; then `confirm_with` names who knows."""

    sentences: tuple[TextId, ...]
    citations: tuple[Citation, ...]
    known: bool
    confirm_with: Confirmer | None


def answer(rulebook: Rulebook, subject: str, topic: str, facts: Facts = NOBODY) -> Answer:
    """`topic`: definition, steps, cost, time or place. Facts keep embassy advice from those it could endanger."""
    topics = rulebook.topics[subject]
    protected = is_protected(rulebook, facts)
    entries = tuple(entry for entry in topics.entries[topic] if not (entry.embassy and protected))
    known = bool(entries) and not any(entry.unknown for entry in entries)
    return Answer(
        sentences=tuple(entry.say for entry in entries),
        citations=unique(citation for entry in entries for citation in entry.citations),
        known=known,
        confirm_with=None if known else topics.confirm_with,
    )


def is_protected(rulebook: Rulebook, facts: Facts) -> bool:
    """Fears return, or asked for or has protection: no embassy, consulate or national passport (F-181, F-195)."""
    said = facts.get(SITUATION)
    return facts.get(FEARS_RETURN) is True or (isinstance(said, str) and rulebook.situations[said].protected)
