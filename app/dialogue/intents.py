"""The 42 intents as moves."""

from __future__ import annotations

from app.dialogue.moves import Move, Verb

TOPICS = ("documents", "steps", "place", "cost", "time", "definition")
ELIGIBILITY = "ask_eligibility"
NEEDS = (
    "need_training",
    "need_job",
    "need_business",
    "need_papers",
    "need_health",
    "need_schooling",
    "need_social_help",
    "need_housing",
    "need_language_course",
    "need_legal_help",
    "need_asylum",
    "need_protection",
    "need_return",
)
"""As they stand in the menu: the most asked first."""
HARMS = {"emergency": "emergency", "need_asylum": "asylum", "need_protection": "protection"}
"""Needs that are answered by a protective door, without questions."""

PLAIN = {
    "inform": Verb.INFORM,
    "affirm": Verb.YES,
    "deny": Verb.NO,
    "dont_know": Verb.DONT_KNOW,
    "greet": Verb.GREET,
    "goodbye": Verb.GOODBYE,
    "thank": Verb.THANK,
    "choose_language": Verb.LANGUAGES,
    "talk_to_human": Verb.HUMAN,
    "restart": Verb.RESTART,
    "go_back": Verb.BACK,
    "correct_answer": Verb.CORRECT,
    "ask_why": Verb.WHY,
    "repeat": Verb.REPEAT,
    "ask_identity": Verb.IDENTITY,
    "ask_privacy": Verb.PRIVACY,
    "delete_data": Verb.ERASE,
    "make_referral": Verb.REFER,
    "referral_status": Verb.STATUS,
    "complaint": Verb.COMPLAINT,
    "out_of_scope": Verb.OUT_OF_SCOPE,
}
ABOUT_A_SUBJECT = frozenset({Verb.REFER})
GIVES_WAY = frozenset({Verb.INFORM, Verb.YES, Verb.GREET, Verb.OUT_OF_SCOPE, Verb.DONT_KNOW})
"""Said together with the name of a service, these mean: tell me about that service."""


def move_for(intent: str, subject: str | None) -> Move | None:
    """The move an intent stands for, about the service or door that was named. None for an unknown intent."""
    if intent == "emergency":
        return Move(Verb.PROTECT, HARMS[intent])
    if intent.startswith("need_"):
        return _need(intent, subject)
    if intent == ELIGIBILITY:
        return Move(Verb.SUBJECT, subject or "")
    topic = intent.removeprefix("ask_")
    if topic in TOPICS:
        return Move(Verb.TOPIC, subject or "", topic)
    return _plain(PLAIN.get(intent), subject)


def _need(need: str, subject: str | None) -> Move:
    return Move(Verb.SUBJECT, subject) if subject and need not in HARMS else Move(Verb.NEED, need)


def _plain(verb: Verb | None, subject: str | None) -> Move | None:
    if verb is None:
        return None
    if subject and verb in GIVES_WAY:
        return Move(Verb.SUBJECT, subject)
    return Move(verb, subject or "") if verb in ABOUT_A_SUBJECT else Move(verb)
