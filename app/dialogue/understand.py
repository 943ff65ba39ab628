"""What a message means: button, then danger, then a bare answer, then the parser."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from app.dialogue.conversation import Conversation
from app.dialogue.harm_words import harm_named
from app.dialogue.intents import move_for
from app.dialogue.language_names import language_named
from app.dialogue.moves import Move, Verb
from app.dialogue.ports import Ports
from app.dialogue.safety import NEED_OF, Harm
from app.dialogue.short_answers import short_answer
from app.dialogue.turn import Inbound
from app.dialogue.understanding import Danger, Entity, Intent, Understanding
from app.dialogue.weighing import WITHIN_REACH, Parse, gives_way, need_beside, opening
from app.dialogue.wishes import has_wish
from app.errors import ParserUnavailable
from app.referrals.codes import find_code
from nlu.text.danger import danger_in
from nlu.text.gazetteer import find_entities
from nlu.text.normalise import clean
from nlu.text.variety import language_of, variety_of
from rules.facts import FactId, FactValue
from rules.rulebook import Rulebook

SURE_ENOUGH = 0.4
LONGEST = 2000
LONG_ENOUGH_TO_TELL = 3
"""Words needed before a message counts as written in another language."""
ALWAYS: Mapping[str, Move] = {
    move.key: move
    for move in (
        *(Move(Verb.LANGUAGE, value=each) for each in ("ar", "fr", "en")),
        *(Move(verb) for verb in (Verb.HUMAN, Verb.BACK, Verb.RESTART, Verb.PRIVACY, Verb.ERASE)),
    )
}
"""Buttons that stand on every screen, whatever was offered last: `language.ar`, `human`, `back` ..."""
FACTS_HEARD = ("situation", "nationality", "age", "education", "city")


@dataclass(frozen=True)
class Heard:
    """One message, understood. No move: it was not. `between` holds what it may have meant.

    `wishes` is true where something is wanted in so many words.
    """

    move: Move | None = None
    told: Mapping[FactId, FactValue | None] = field(default_factory=dict)
    harm: Harm | None = None
    language: str | None = None
    between: tuple[Intent, ...] = ()
    subject: str | None = None
    wishes: bool = False
    stale: bool = False
    silent: bool = False
    parser_away: bool = False


def understand(inbound: Inbound, conversation: Conversation, ports: Ports) -> Heard:
    if inbound.choice is not None:
        chosen = conversation.choices.get(inbound.choice)
        move = chosen.move if chosen else ALWAYS.get(inbound.choice)
        return Heard(move=move) if move else Heard(stale=True)
    whole = clean(inbound.text or "").strip()
    if not whole:
        return Heard(silent=True)
    # A cry for help may stand at the end of a text too long for anything else.
    text, danger = whole[:LONGEST], danger_in(whole)
    short = short_answer(text, conversation, ports.words) if danger is None else None
    heard = Heard(move=short) if short else _read(text, danger, conversation, ports)
    return replace(heard, language=_language_of(text, conversation))


def _read(text: str, danger: str | None, conversation: Conversation, ports: Ports) -> Heard:
    understood = _parse(text, conversation, ports)
    sure = understood is not None and understood.intent.confidence >= SURE_ENOUGH
    entities = understood.entities if understood and sure else tuple(_entities_of(text))
    danger = danger or (understood.danger if understood else None)
    heard = Heard(
        told=_facts_in(entities, ports.rulebook),
        subject=_subject_in(entities, ports.rulebook),
        harm=_harm(Danger(danger), text) if danger else None,
        wishes=has_wish(text),
    )
    if understood is None:
        return _without_parser(heard)
    heard = _with_intent(heard, understood, text)
    if heard.harm is None and heard.move == Move(Verb.NEED, NEED_OF[Harm.PROTECTION]):
        heard = replace(heard, harm=_named(text))
    if conversation.thread.needs and heard.move and heard.move.verb is not Verb.NEED and heard.harm is None:
        return heard
    return _with_need_beside(heard, understood, text, lambda part: _parse(part, conversation, ports))


def _harm(danger: Danger, text: str) -> Harm:
    named = _named(text) if danger is Danger.PROTECTION else None
    return named or Harm(danger.value)


def _named(text: str) -> Harm | None:
    named = harm_named(text)
    return Harm(named) if named else None


def _parse(text: str, conversation: Conversation, ports: Ports) -> Understanding | None:
    if ports.parser is None:
        return None
    try:
        return ports.parser.parse(text, conversation.language)
    except ParserUnavailable:
        return None


def _without_parser(heard: Heard) -> Heard:
    if heard.subject:
        return replace(heard, move=Move(Verb.SUBJECT, heard.subject))
    if heard.told:
        return replace(heard, move=Move(Verb.INFORM))
    return replace(heard, parser_away=True)


def _with_intent(heard: Heard, understood: Understanding, text: str) -> Heard:
    if understood.intent.confidence < SURE_ENOUGH:
        return _unsure(heard, understood)
    move = move_for(understood.intent.name, heard.subject)
    if move is not None and move.verb is Verb.STATUS:
        move = replace(move, about=find_code(text) or "")
    if move is not None and move.verb is Verb.LANGUAGES and (named := language_named(text)):
        move = Move(Verb.LANGUAGE, value=named)
    return replace(heard, move=move)


def _with_need_beside(heard: Heard, understood: Understanding, text: str, parse: Parse) -> Heard:
    """Facts, papers and danger outweigh the need said with them."""
    in_danger = heard.harm is not None
    if not gives_way(heard.move, understood, in_danger=in_danger) or not (heard.told or in_danger):
        return heard
    need = need_beside(text, understood, parse)
    return replace(heard, move=opening(need, understood)) if need else heard


def _unsure(heard: Heard, understood: Understanding) -> Heard:
    if heard.subject:
        return replace(heard, move=Move(Verb.SUBJECT, heard.subject))
    if heard.told:
        return replace(heard, move=Move(Verb.INFORM))
    likely = [
        intent
        for intent in understood.ranking
        if intent.confidence >= WITHIN_REACH and intent.name not in ("out_of_scope", "inform", "affirm", "deny")
    ]
    return replace(heard, between=tuple(likely[:2]) if len(likely) > 1 else ())


def _entities_of(text: str) -> Iterable[Entity]:
    return (Entity(found.type, found.value, found.text) for found in find_entities(text))


def _facts_in(entities: Iterable[Entity], rulebook: Rulebook) -> dict[FactId, FactValue | None]:
    told: dict[FactId, FactValue | None] = {}
    for entity in entities:
        fact = FactId(entity.type)
        if entity.type in FACTS_HEARD and fact in rulebook.facts:
            told.setdefault(fact, entity.value)
    return told


def _subject_in(entities: Iterable[Entity], rulebook: Rulebook) -> str | None:
    named = (str(entity.value) for entity in entities if entity.type == "service")
    return next((subject for subject in named if subject in rulebook.services or subject in rulebook.doors), None)


def _language_of(text: str, conversation: Conversation) -> str | None:
    """The language of a message, where it shows one."""
    if not any(char.isalpha() for char in text):
        return None
    if conversation.language is not None and len(text.split()) < LONG_ENOUGH_TO_TELL:
        return None
    return language_of(variety_of(text, prior=conversation.language))
