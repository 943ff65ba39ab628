"""Golden conversations: every YAML file of tests/dialogue/golden is a test. `--update-golden` writes what is said now.

A turn is `user` ({text, understood} or {choice}, the readable part of its id) and `bot` (step and sentence ids).
`understood` is the parser's answer: intent, entities by type, and where they matter confidence and ranking.
Beside the turns a file may name `facts` known at the start, services that have `places`, and `parser: away`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.channels.shapes import step_json
from app.dialogue.turn import Turn
from app.dialogue.understanding import Understanding
from tests.builders.conversations import Talk, a_talk, a_talk_without_parser, effects, says
from tests.fakes.parser import understood
from tests.fakes.places import some_places

NOT_ENTITIES = ("intent", "confidence", "ranking")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite golden conversations with what is said now")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> GoldenFile | None:
    if file_path.suffix == ".yaml" and file_path.parent.name == "golden":
        return GoldenFile.from_parent(parent, path=file_path)
    return None


class GoldenFile(pytest.File):
    def collect(self) -> Iterator[GoldenConversation]:
        script = yaml.safe_load(self.path.read_text("utf-8"))
        yield GoldenConversation.from_parent(self, name=script["name"], script=script)


class DifferentAnswer(Exception):
    """The turn, what the file expects and what was said."""


class GoldenConversation(pytest.Item):
    def __init__(self, *, script: dict[str, Any], **rest: Any) -> None:
        super().__init__(**rest)
        self.script = script

    def runtest(self) -> None:
        talk = _talk_of(self.script)
        for number, turn in enumerate(self.script["turns"], 1):
            told = _bot(_take(talk, turn["user"]))
            if self.config.getoption("--update-golden", default=False):
                turn["bot"] = told
            elif turn.get("bot") != told:
                raise DifferentAnswer(number, turn.get("bot"), told)
        if self.config.getoption("--update-golden", default=False):
            written = yaml.safe_dump(self.script, allow_unicode=True, sort_keys=False, width=120)
            self.path.write_text(written, encoding="utf-8")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, DifferentAnswer):
            number, expected, told = excinfo.value.args
            return f"{self.path.name}, turn {number}\n  expected {expected}\n  got      {told}"
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, f"golden conversation: {self.name}"


def _talk_of(script: dict[str, Any]) -> Talk:
    facts = script.get("facts", {})
    if script.get("parser") == "away":
        return a_talk_without_parser(language=script["language"], **facts)
    return a_talk(language=script["language"], places=some_places(*script.get("places", ())), **facts)


def _take(talk: Talk, user: dict[str, Any]) -> Turn:
    if "choice" in user:
        return talk.choose(user["choice"])
    return talk.say(user["text"], _understanding(user["understood"]) if "understood" in user else None)


def _understanding(written: dict[str, Any]) -> Understanding:
    entities = [(kind, value) for kind, value in written.items() if kind not in NOT_ENTITIES]
    ranking = tuple((name, sure) for name, sure in written.get("ranking", {}).items())
    return understood(written["intent"], *entities, confidence=written.get("confidence", 0.95), ranking=ranking)


def _bot(turn: Turn) -> dict[str, Any]:
    step = step_json(turn.step)
    told = {"step": str(step.pop("kind")), **step, "says": list(says(turn))}
    if effects(turn):
        told["effects"] = [type(effect).__name__ for effect in effects(turn)]
    return yaml.safe_load(yaml.safe_dump(_plain(told), sort_keys=False))


def _plain(told: Any) -> Any:
    """Enumerations and typed ids as the text that YAML keeps."""
    if isinstance(told, dict):
        return {str(key): _plain(value) for key, value in told.items()}
    if isinstance(told, list | tuple):
        return [_plain(value) for value in told]
    return told if told is None or isinstance(told, bool | int) else str(told)
