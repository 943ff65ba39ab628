"""The closed vocabulary of a conversation: what a person can do (moves) and what they can be shown (views)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.dialogue.messages import Latin, Say
from rules.facts import FactValue


class Verb(StrEnum):
    """What a person does, whether typed, tapped or said. `about` and `value` of a Move say on what."""

    ANSWER = "answer"
    DECLINE = "decline"
    ASK_BACK = "ask_back"
    WHY = "why"
    ENOUGH = "enough"
    NEED = "need"
    SUBJECT = "subject"
    TOPIC = "topic"
    NEEDS = "needs"
    SUBJECTS = "subjects"
    DECISIONS = "decisions"
    GO_ON = "go_on"
    BACK = "back"
    REPEAT = "repeat"
    CORRECT = "correct"
    CHANGE = "change"
    KEEP = "keep"
    LANGUAGE = "language"
    LANGUAGES = "languages"
    HUMAN = "human"
    COMPLAINT = "complaint"
    PRIVACY = "privacy"
    ERASE = "erase"
    ERASE_NOW = "erase_now"
    KEEP_ALL = "keep_all"
    IDENTITY = "identity"
    GREET = "greet"
    GOODBYE = "goodbye"
    THANK = "thank"
    RESTART = "restart"
    OUT_OF_SCOPE = "out_of_scope"
    REFER = "refer"
    CONSENT = "consent"
    CONSENT_BARE = "consent_bare"
    REFUSE = "refuse"
    STATUS = "status"
    KEEP_RECEIPT = "keep_receipt"
    PROTECT = "protect"
    INFORM = "inform"
    YES = "yes"
    NO = "no"
    DONT_KNOW = "dont_know"


@dataclass(frozen=True)
class Move:
    """One thing a person does. `value` is a fact's value, a topic, a page or a code, as the verb needs it."""

    verb: Verb
    about: str = ""
    value: FactValue | None = None

    @property
    def key(self) -> str:
        """A readable id, unique among the choices of one turn."""
        parts = [self.verb.value, self.about, "" if self.value is None else str(self.value).lower()]
        return ".".join(part for part in parts if part)

    def to_list(self) -> list[Any]:
        return [self.verb.value, self.about, self.value]

    @staticmethod
    def from_list(kept: list[Any]) -> Move:
        return Move(Verb(kept[0]), kept[1], kept[2])


class Kind(StrEnum):
    """What can be shown. A view is drawn again as it is for `repeat`, `go_back` and a stale button."""

    WELCOME = "welcome"
    NEEDS = "needs"
    SUBJECTS = "subjects"
    DECISIONS = "decisions"
    QUESTION = "question"
    SERVICE = "service"
    TOPIC = "topic"
    CLASH = "clash"
    CORRECTION = "correction"
    CLARIFY = "clarify"
    PROTECT = "protect"
    CONSENT = "consent"
    SLIP = "slip"
    RECEIPT = "receipt"
    LANGUAGES = "languages"
    HUMAN = "human"
    PRIVACY = "privacy"
    ERASE = "erase"
    ERASED = "erased"
    IDENTITY = "identity"
    STATUS = "status"
    END = "end"


@dataclass(frozen=True)
class View:
    """What is shown now: a kind, what it is about, a detail (topic, reason, code) and the page of a long list."""

    kind: Kind
    about: str = ""
    detail: str = ""
    page: int = 0

    def to_list(self) -> list[Any]:
        return [self.kind.value, self.about, self.detail, self.page]

    @staticmethod
    def from_list(kept: list[Any]) -> View:
        return View(Kind(kept[0]), kept[1], kept[2], kept[3])


@dataclass(frozen=True)
class Offer:
    """A choice with what it does. `means` is set where it is the yes or the no to what was asked."""

    move: Move
    label: Say
    means: bool | None = None

    def id_in(self, turn: int) -> str:
        return f"{turn}.{self.move.key}"

    def to_list(self) -> list[Any]:
        return [self.move.to_list(), say_to_dict(self.label), self.means]

    @staticmethod
    def from_list(kept: list[Any]) -> Offer:
        return Offer(Move.from_list(kept[0]), say_from_dict(kept[1]), kept[2])


def say_to_dict(say: Say) -> dict[str, Any]:
    """A label as JSON keeps it: only values that labels use (text, numbers, isolated text, other sentences)."""
    kept: dict[str, Any] = {"id": say.id}
    if say.values:
        kept["values"] = {name: _value_to_json(value) for name, value in say.values.items()}
    if say.count is not None:
        kept["count"] = say.count
    return kept


def say_from_dict(kept: Mapping[str, Any]) -> Say:
    values = {name: _value_from_json(value) for name, value in kept.get("values", {}).items()}
    return Say(kept["id"], values, kept.get("count"))


def _value_to_json(value: Any) -> Any:
    match value:
        case Latin():
            return {"latin": value.text}
        case Say():
            return {"say": say_to_dict(value)}
        case _:
            return value


def _value_from_json(value: Any) -> Any:
    match value:
        case {"latin": text}:
            return Latin(text)
        case {"say": kept}:
            return say_from_dict(kept)
        case _:
            return value
