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
from app.dialogue.sureness import between, meant
from app.dialogue.turn import Inbound
from app.dialogue.understanding import Danger, Entity, Intent, Understanding
from app.dialogue.weighing import Parse, gives_way, need_beside, opening
from app.dialogue.wishes import has_wish
from app.errors import ParserUnavailable
from app.referrals.codes import find_code
from nlu.text.danger import Alarm, alarm_in
from nlu.text.gazetteer import find_entities
from nlu.text.normalise import clean
from nlu.text.spouse import is_spouse_of_moroccan
from nlu.text.variety import language_of, variety_of
from rules.facts import FactId, FactValue
from rules.rulebook import Rulebook

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
SPOUSE = FactId("spouse_of_moroccan")
FACTS_HEARD = ("situation", "nationality", "age", "education", "city")


@dataclass(frozen=True)
class Heard:
    """One message, understood. No move: it was not. `between` holds what it may have meant.

    `wishes` is true where something is wanted in so many words. `feared` is a danger the message may speak of: its door
    is offered beside the answer.
    """

    move: Move | None = None
    told: Mapping[FactId, FactValue | None] = field(default_factory=dict)
    harm: Harm | None = None
    feared: Harm | None = None
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
    text, alarm = whole[:LONGEST], alarm_in(whole)
    short = None if alarm and alarm.sure else short_answer(text, conversation, ports.words)
    heard = Heard(move=short) if short else _read(text, alarm, conversation, ports)
    return replace(heard, language=_language_of(text, conversation))


def _read(text: str, alarm: Alarm | None, conversation: Conversation, ports: Ports) -> Heard:
    understood = _parse(text, conversation, ports)
    guess = meant(understood, ports.bands) if understood else None
    entities = understood.entities if understood and guess else tuple(_entities_of(text))
    harm, feared = _dangers(alarm, understood, text)
    heard = Heard(
        told={**_facts_in(entities, ports.rulebook), **_family_in(text, ports.rulebook)},
        subject=_subject_in(entities, ports.rulebook),
        harm=harm,
        feared=feared,
        wishes=has_wish(text),
    )
    if understood is None:
        return _without_parser(heard)
    heard = _with_intent(heard, guess, text) if guess else _unsure(heard, between(understood, ports.bands))
    if heard.harm is None and heard.move == Move(Verb.NEED, NEED_OF[Harm.PROTECTION]):
        heard = replace(heard, harm=_named(text))
    if conversation.thread.needs and heard.move and heard.move.verb is not Verb.NEED and heard.harm is None:
        return heard
    return _with_need_beside(heard, understood, text, lambda part: _parse(part, conversation, ports))


def _dangers(alarm: Alarm | None, understood: Understanding | None, text: str) -> tuple[Harm | None, Harm | None]:
    """What the message speaks of, and what it may speak of."""
    noticed = _harm(Danger(alarm.danger), text) if alarm else None
    if alarm and alarm.sure:
        return noticed, None
    parsed = understood.danger if understood else None
    return (_harm(parsed, text), None) if parsed else (None, noticed)


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


def _with_intent(heard: Heard, guess: Intent, text: str) -> Heard:
    move = move_for(guess.name, heard.subject)
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


def _unsure(heard: Heard, likely: tuple[Intent, ...]) -> Heard:
    if heard.subject:
        return replace(heard, move=Move(Verb.SUBJECT, heard.subject))
    if heard.told:
        return replace(heard, move=Move(Verb.INFORM))
    return replace(heard, between=likely)


def _entities_of(text: str) -> Iterable[Entity]:
    return (Entity(found.type, found.value, found.text) for found in find_entities(text))


def _facts_in(entities: Iterable[Entity], rulebook: Rulebook) -> dict[FactId, FactValue | None]:
    told: dict[FactId, FactValue | None] = {}
    for entity in entities:
        fact = FactId(entity.type)
        if entity.type in FACTS_HEARD and fact in rulebook.facts:
            told.setdefault(fact, entity.value)
    return told


def _family_in(text: str, rulebook: Rulebook) -> dict[FactId, FactValue | None]:
    return {SPOUSE: True} if SPOUSE in rulebook.facts and is_spouse_of_moroccan(text) else {}


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
