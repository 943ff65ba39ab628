"""What every parser does alike: refuse what means nothing, read names, variety and danger, check the intents."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.dialogue.understanding import Danger, Entity, Intent, Understanding
from app.errors import ParserUnavailable
from nlu.text.danger import alarm_in
from nlu.text.features import says_something
from nlu.text.gazetteer import find_entities
from nlu.text.intents import INTENTS
from nlu.text.normalise import clean
from nlu.text.variety import language_of, variety_of

LONGEST = 1000
"""Characters a parser is given; the safety screening reads the whole text."""
RANKED = 10
_KNOWN = frozenset(INTENTS)
_ORDER = re.compile(r"^[\s/]+")


def speakable(text: str) -> str:
    """The text a parser may be given: cleaned, cut, without the slash that Rasa takes for an order; may be empty."""
    shown = _ORDER.sub("", clean(text)[:LONGEST]).strip()
    return shown if says_something(shown) else ""


def understanding_of(text: str, language: str | None, ranking: Iterable[Intent], parser: str) -> Understanding:
    """A parser's ranking with all that is read from the text itself. Raises ParserUnavailable on unknown intents."""
    ranked = tuple(sorted(ranking, key=lambda intent: -intent.confidence))[:RANKED]
    if not ranked or any(intent.name not in _KNOWN or not 0 <= intent.confidence <= 1 for intent in ranked):
        raise ParserUnavailable(parser)
    variety = variety_of(text, language)
    alarm = alarm_in(text)
    return Understanding(
        language=language_of(variety),
        variety=variety,
        intent=ranked[0],
        entities=tuple(Entity(found.type, found.value, found.text) for found in find_entities(text)),
        ranking=ranked,
        danger=Danger(alarm.danger) if alarm and alarm.sure else None,
        parser=parser,
    )


def understood_nothing(text: str, language: str | None, parser: str) -> Understanding:
    """For a text without letters or digits: out of scope, surely; no parser may guess from punctuation."""
    return understanding_of(text, language, (Intent("out_of_scope", 1.0),), parser)
