"""Messages in words: replies for a screen, and the same reply as plain text with numbered choices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.channels.cards import GROUPS, card_json
from app.channels.shapes import Json, Voice, citation_json
from app.dialogue.messages import Message
from app.i18n.languages import LANGUAGES
from app.i18n.translator import Translator


def render(messages: Sequence[Message], language: str | None, translator: Translator) -> list[Json]:
    """One reply per message, in its own language where it has one. `language` None falls back to the first."""
    spoken = language or next(iter(LANGUAGES))
    return [reply(message, Voice(translator, message.language or spoken)) for message in messages]


def reply(message: Message, voice: Voice) -> Json:
    """`{text, lang, dir, choices, cards}`, and the citations of the text."""
    return {
        "text": "\n".join(voice.say(paragraph) for paragraph in message.paragraphs),
        "lang": voice.language,
        "dir": voice.direction,
        "choices": [{"id": choice.id, "label": voice.say(choice.label)} for choice in message.choices],
        "cards": [card_json(card, voice) for card in message.cards],
        "citations": [citation_json(citation, voice) for citation in message.citations],
    }


def as_plain_text(told: Json, *, first: int = 1) -> str:
    """A reply for channels without buttons: cards as lines, choices numbered from `first`."""
    lines = [told["text"]] if told["text"] else []
    lines += [_source(citation) for citation in told["citations"]]
    for card in told["cards"]:
        lines += ["", *card_lines(card)]
    if told["choices"]:
        lines.append("")
        lines += [f"{number}. {choice['label']}" for number, choice in enumerate(told["choices"], first)]
    return "\n".join(lines)


def card_lines(card: Json) -> list[str]:
    return [line for line in _LINES[card["kind"]](card) if line]


def _decision_lines(card: Json) -> list[str]:
    lines = [f"{card['title']}: {card['status_text']}", card["lean_text"], card["missing_text"]]
    for part, heading in card["headings"].items():
        lines += [heading, *_part_lines(part, card[GROUPS[part]])]
    return [*lines, card["verified_text"]]


def _part_lines(part: str, told: Json | list[Json]) -> Iterable[str]:
    if isinstance(told, dict):
        return _way_lines(told) if part == "way_to_yes" else [f"- {told['text']}"]
    if part == "documents":
        return _document_lines(told)
    if part == "because":
        return [line for reason in told for line in (f"- {reason['text']}", *map(_source, reason["citations"]))]
    return [f"- {item['text']}" for item in told]


def _way_lines(way: Json) -> Iterable[str]:
    """Steps are numbered in brackets: a bare number chooses an answer."""
    lines = [f"! {warning['text']}" for warning in way["warnings"]]
    for number, step in enumerate(way["steps"], 1):
        extra = (step["uncertain_text"], step["time"])
        lines.append(" ".join((f"({number}) {step['text']}", *(each for each in extra if each))))
        lines += [f"  ! {warning['text']}" for warning in step["warnings"]]
        lines += [f"  {line}" for line in _document_lines(step["documents"])]
    doors = [f"- {door['text']}" for door in way["alternatives"]]
    return [*lines, way["text"], *doors, *map(_source, way["cite"])]


def _document_lines(documents: list[Json]) -> list[str]:
    lines = []
    for document in documents:
        lines.append(f"- {document['text']} ({document['need_text']})")
        if document["note"]:
            lines.append(f"  {document['note']}")
    return lines


def _source(citation: Json) -> str:
    return " ".join(part for part in (f"  [{citation['fact']}] {citation['text']}.", citation["note"]) if part)


def _place_lines(card: Json) -> list[str]:
    reasons = [f"+ {reason['text']}" for reason in card["why"]]
    cautions = [f"! {caution['text']}" for caution in card["why_not"]]
    return [card["title"], *card["lines"], *reasons, *cautions, card["source_text"]]


def _papers_lines(card: Json) -> list[str]:
    return [card["title"], card["text"], *_document_lines(card["documents"])]


def _steps_lines(card: Json) -> list[str]:
    steps = [f"- {step['text']}" for step in card["steps"]]
    return [card["title"], *steps, *map(_source, card["citations"])]


def _slip_lines(card: Json) -> list[str]:
    return [card["title"], card["text"], card["service_name"], f"{card['open_text']}: {card['slip_url']}"]


def _receipt_lines(card: Json) -> list[str]:
    return [card["title"], card["text"], f"{card['open_text']}: {card['receipt_url']}"]


def _numbers_lines(card: Json) -> list[str]:
    lines = [card["title"]]
    for number in card["numbers"]:
        lines += [f"- {number['text']}", number["note"], f"  {number['source_text']}. {number['not_verified']}"]
    return lines


_LINES = {
    "decision": _decision_lines,
    "place": _place_lines,
    "papers": _papers_lines,
    "steps": _steps_lines,
    "slip": _slip_lines,
    "receipt": _receipt_lines,
    "numbers": _numbers_lines,
}
