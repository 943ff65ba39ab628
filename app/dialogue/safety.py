"""Danger first: which door at once, for whom the authorities are a risk, what must never be proposed."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from app.dialogue.conversation import ADULT, AGE, Conversation, Thread
from rules.facts import SITUATION, FactId, Facts
from rules.rulebook import Rulebook

FEARS_RETURN = FactId("fears_return")
EXPLOITATION = FactId("exploitation_signs")
ALONE_MINOR = FactId("alone_minor")
RETURN = "assisted_return_iom"
MINORS = ("unaccompanied_minor", "minor_with_family")


class Harm(StrEnum):
    """What a person must be protected from. Each has its sentences `protect.<harm>.*` and its numbers."""

    EMERGENCY = "emergency"
    ASYLUM = "asylum"
    CHILD = "child"
    EXPLOITATION = "exploitation"
    VIOLENCE = "violence"
    ARREST = "arrest"
    JOURNEY = "journey"
    PROTECTION = "protection"


NEED_OF: dict[Harm, str] = {
    Harm.ASYLUM: "need_asylum",
    Harm.CHILD: "need_protection",
    Harm.EXPLOITATION: "need_protection",
    Harm.VIOLENCE: "need_protection",
    Harm.ARREST: "need_protection",
    Harm.PROTECTION: "need_protection",
}
"""Dangers whose door stays open; the others end with their numbers."""


def help_in(harm: Harm) -> str:
    """The service whose places help: nobody is sent near the authorities."""
    return "unhcr_asylum_registration" if harm is Harm.ASYLUM else "legal_aid"


def is_under_age(facts: Facts) -> bool:
    age = facts.get(AGE)
    return (
        (isinstance(age, int) and age < ADULT)
        or facts.get(ALONE_MINOR) is True
        or (facts.get(SITUATION) == "unaccompanied_minor" and age is None)
    )


def is_known_child(facts: Facts) -> bool:
    """Whether the person said that they are a child themselves, other than by an age."""
    return facts.get(ALONE_MINOR) is True or facts.get(SITUATION) in MINORS


def is_exploited(facts: Facts) -> bool:
    return facts.get(EXPLOITATION) is True or facts.get(SITUATION) == "trafficking_victim"


def avoids_authorities(facts: Facts, rulebook: Rulebook) -> bool:
    """True where a place that works with the authorities could harm: no valid paper, or the paper was not told."""
    situation = rulebook.situations.get(str(facts.get(SITUATION)))
    return (
        (situation is not None and situation.without_papers)
        or facts.is_declined(SITUATION)
        or is_exploited(facts)
        or facts.get(ALONE_MINOR) is True
    )


def may_propose(service: str, facts: Facts) -> bool:
    """Return is never proposed to somebody who fears it or who is exploited."""
    return service != RETURN or not (facts.get(FEARS_RETURN) is True or is_exploited(facts))


def harm_due(thread: Thread, protected: Iterable[str]) -> Harm | None:
    """A danger the facts speak of that nobody has answered yet."""
    facts, answered = thread.facts, frozenset(protected)
    told = (
        (Harm.CHILD, facts.get(ALONE_MINOR) is True or facts.get(SITUATION) == "unaccompanied_minor"),
        (Harm.EXPLOITATION, is_exploited(facts)),
        (Harm.ASYLUM, facts.get(FEARS_RETURN) is True),
    )
    return next((harm for harm, is_told in told if is_told and harm not in answered), None)


def harm_before_referral(conversation: Conversation) -> Harm | None:
    """Children and people who are exploited see the protective doors before any slip."""
    facts = conversation.thread.own_facts
    due = Harm.EXPLOITATION if is_exploited(facts) else Harm.CHILD if is_under_age(facts) else None
    return None if due is None or due in conversation.protected else due
