"""Which need a message names beside its facts: these, and words about papers, outweigh it in a parser's eyes."""

from __future__ import annotations

from collections.abc import Callable

from app.dialogue.intents import HARMS, NEEDS
from app.dialogue.moves import Move, Verb
from app.dialogue.understanding import Intent, Understanding
from app.dialogue.wishes import wish_in

PAPERS = "need_papers"
PAPERS_DOOR = "residence_papers"
ABOUT_FACTS = frozenset({"inform", "affirm", "greet", "ask_eligibility", "correct_answer", PAPERS, *HARMS})
"""What a parser hears in facts, in papers and in danger."""
WITHIN_REACH = 0.12
FAINT, MOST_OF_THE_REST = 0.05, 0.4
"""A fainter guess counts where it holds most of what facts and papers leave over."""
CERTAIN = 0.8
PLAIN_WISH = 0.5

type Parse = Callable[[str], Understanding | None]


def need_beside(text: str, understood: Understanding, parse: Parse) -> str | None:
    """The need that was wished for at the end of the message, else the likeliest one in it."""
    wish = wish_in(text)
    wished = parse(wish) if wish else None
    if wished is not None and _is_a_need(wished.intent) and wished.intent.confidence >= PLAIN_WISH:
        return wished.intent.name
    return _likeliest(understood)


def _likeliest(understood: Understanding) -> str | None:
    likely = next((intent for intent in understood.ranking if _is_a_need(intent)), None)
    if likely is None:
        return None
    rest = 1 - sum(intent.confidence for intent in understood.ranking if intent.name in ABOUT_FACTS)
    within = likely.confidence >= WITHIN_REACH
    faint = likely.confidence >= FAINT and likely.confidence >= MOST_OF_THE_REST * rest
    return likely.name if within or faint else None


def _is_a_need(intent: Intent) -> bool:
    return intent.name in NEEDS and intent.name not in ABOUT_FACTS


def gives_way(move: Move | None, understood: Understanding, *, in_danger: bool) -> bool:
    """Whether a message that tells facts or a danger may be about another need than the one heard first."""
    if move is None:
        return False
    if move.verb is Verb.NEED and move.about in HARMS:
        return in_danger
    if move.verb is Verb.NEED:
        return move.about == PAPERS and understood.intent.confidence < CERTAIN
    return move in (Move(Verb.INFORM), Move(Verb.YES), Move(Verb.GREET), Move(Verb.SUBJECT))


def opening(need: str, understood: Understanding) -> Move:
    """The need, with residence papers offered beside it where they were spoken of."""
    papers = (each.confidence >= WITHIN_REACH for each in understood.ranking if each.name == PAPERS)
    return Move(Verb.NEED, need, PAPERS_DOOR if any(papers) else None)
