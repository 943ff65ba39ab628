"""Replies that need no parser: the number or label of a choice, yes, no, and the bare answer to a question."""

from __future__ import annotations

from app.dialogue.choosing import place_named
from app.dialogue.conversation import AGE, Conversation
from app.dialogue.moves import Move, Offer, Verb
from app.dialogue.ports import Words
from nlu.text.bare import Declined, bare_fact, yes_or_no
from nlu.text.normalise import fold, words_of
from rules.facts import FactId

LAST_DIGIT = 9
EDUCATION = FactId("education")
SHORTEST_NAME = 3
"""Letters a typed part of an answer needs."""


def short_answer(text: str, conversation: Conversation, words: Words | None) -> Move | None:
    """A number or label of a choice, a yes or no, or the bare answer to the question asked."""
    asked = conversation.asked
    # School classes are named by the same words: "6e" is no sixth choice.
    place = None if asked == EDUCATION else place_named(text)
    if place is not None and place <= len(conversation.offered):
        return conversation.offered[place - 1].move
    if asked is not None and (answer := _bare(text, asked, conversation)) is not None:
        return answer
    offer = _chosen_by_typing(text, conversation, words)
    if offer is not None:
        return offer.move
    meant = yes_or_no(text)
    agreed = next((each for each in conversation.offered if each.means is meant and meant is not None), None)
    if agreed is not None:
        return agreed.move
    return None if meant is None else Move(Verb.YES if meant else Verb.NO)


def _bare(text: str, asked: FactId, conversation: Conversation) -> Move | None:
    is_number_of_choice = fold(text).isdigit() and any(
        offer.move.verb is Verb.ANSWER and offer.move.about == asked for offer in conversation.offered
    )
    if is_number_of_choice:
        return None
    if asked == AGE and _may_be_a_choice(text, conversation):
        return Move(Verb.ASK_BACK, asked, int(fold(text).strip(" .)")))
    value = bare_fact(text, asked)
    if value is None:
        return None
    if isinstance(value, Declined):
        return Move(Verb.DECLINE, asked)
    return Move(Verb.ANSWER, asked, value)


def _may_be_a_choice(text: str, conversation: Conversation) -> bool:
    """Few people who write here are younger than ten: a digit may be the number of a choice."""
    typed = fold(text).strip(" .)")
    return typed.isdigit() and 0 < int(typed[:3]) <= min(len(conversation.offered), LAST_DIGIT)


def _chosen_by_typing(text: str, conversation: Conversation, words: Words | None) -> Offer | None:
    typed = fold(text).strip(" .)")
    if typed.isdigit() and 0 < int(typed[:3]) <= len(conversation.offered):
        return conversation.offered[int(typed[:3]) - 1]
    return None if words is None else _named_by_label(typed, conversation, words)


def _named_by_label(typed: str, conversation: Conversation, words: Words) -> Offer | None:
    """The choice that reads like this; for the answers to a question, the only one with these words in it."""
    language = conversation.language or "en"
    labels = {offer: fold(words.say(offer.label, language)) for offer in conversation.offered}
    exact = next((offer for offer, label in labels.items() if label == typed), None)
    if exact is not None or len(typed) < SHORTEST_NAME:
        return exact
    spoken = {word.text for word in words_of(typed)}
    answers = [offer for offer in labels if offer.move.verb is Verb.ANSWER]
    named = [offer for offer in answers if spoken and spoken <= {word.text for word in words_of(labels[offer])}]
    return named[0] if len(named) == 1 else None
