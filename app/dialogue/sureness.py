"""How sure is sure enough: which guess is acted on, and between which two the person is asked to choose."""

from __future__ import annotations

from collections.abc import Mapping

from app.dialogue.intents import HARMS
from app.dialogue.understanding import Intent, Understanding
from nlu.bands import Bands

UNMEASURED = Bands(answer=0.4, clarify=0.2)
"""For a way of speaking nobody has measured."""
CONCEIVABLE = 0.12
"""A guess fainter than this is not offered beside a better one."""
ASKED_ABOUT = 2
UNASKABLE = frozenset({"out_of_scope", "inform", "affirm", "deny"})
"""Nobody is asked whether they meant these: there is nothing to choose in them."""

type ByVariety = Mapping[str, Bands]


def meant(understood: Understanding, bands: ByVariety) -> Intent | None:
    """The guess to act on. Where the best is not sure, a danger that is likely enough comes before it."""
    needed = bands.get(understood.variety, UNMEASURED)
    if understood.intent.confidence >= needed.answer:
        return understood.intent
    danger = _danger_in(understood)
    return danger if danger and danger.confidence >= needed.danger else None


def between(understood: Understanding, bands: ByVariety) -> tuple[Intent, ...]:
    """What a doubtful message may have meant, best first, at most two; empty where it may be anything."""
    danger = _danger_in(understood)
    feared = danger is not None and danger.confidence >= CONCEIVABLE
    if understood.intent.confidence < bands.get(understood.variety, UNMEASURED).clarify and not feared:
        return ()
    likely = [each for each in _ranked(understood) if each.name not in UNASKABLE and each.confidence >= CONCEIVABLE]
    if danger is not None and feared and danger not in likely[:ASKED_ABOUT]:
        likely = [*likely[: ASKED_ABOUT - 1], danger]
    return tuple(likely[:ASKED_ABOUT])


def _danger_in(understood: Understanding) -> Intent | None:
    return next((each for each in _ranked(understood) if each.name in HARMS), None)


def _ranked(understood: Understanding) -> tuple[Intent, ...]:
    return understood.ranking or (understood.intent,)
