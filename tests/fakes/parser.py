"""A parser that understands what a test tells it to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.dialogue.understanding import Danger, Entity, Intent, Understanding
from app.errors import ParserUnavailable
from nlu.text.variety import language_of, variety_of

UNKNOWN = Intent("out_of_scope", 0.2)


def understood(
    intent: str,
    *entities: tuple[str, str | int],
    confidence: float = 0.95,
    ranking: tuple[tuple[str, float], ...] = (),
    danger: Danger | None = None,
) -> Understanding:
    """A script entry: the intent, its entities as (type, value) pairs, how sure, and the runners-up."""
    best = Intent(intent, confidence)
    return Understanding(
        language="",
        variety="",
        intent=best,
        entities=tuple(Entity(type_, value, str(value)) for type_, value in entities),
        ranking=(best, *(Intent(name, sure) for name, sure in ranking)),
        danger=danger,
        parser="scripted",
    )


@dataclass
class ScriptedParser:
    """Says for each text what the script says; any other text is not understood."""

    script: dict[str, Understanding] = field(default_factory=dict)
    name: str = "scripted"

    def parse(self, text: str, language: str | None) -> Understanding:
        variety = variety_of(text, prior=language)
        known = self.script.get(text, Understanding("", "", UNKNOWN, parser=self.name))
        return Understanding(
            language_of(variety), variety, known.intent, known.entities, known.ranking, known.danger, self.name
        )


class AbsentParser:
    """Never answers."""

    name = "absent"

    def parse(self, text: str, language: str | None) -> Understanding:
        raise ParserUnavailable(text, language)


def a_parser(**script: Understanding) -> ScriptedParser:
    return ScriptedParser(dict(script))


def scripted(script: Mapping[str, Understanding]) -> ScriptedParser:
    return ScriptedParser(dict(script))
