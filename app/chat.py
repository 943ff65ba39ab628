"""`python -m app.chat`: talk in a terminal. `--record file.yaml` keeps the conversation as a golden one.

Nothing is stored but the recording: the conversation lives in this process.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

import yaml

from app.adapters.switching import heard
from app.channels.render import as_plain_text, render
from app.channels.shapes import step_json
from app.dialogue.conversation import Conversation
from app.dialogue.turn import Inbound, Turn
from app.dialogue.understanding import Understanding
from app.i18n.languages import LANGUAGES, SOURCE_LANGUAGE
from app.logs import configure_logging
from app.settings import BadSetting, Settings
from app.wiring import Services, build, prepare

OWN_ID = "0" * 32
RANKED = 3


@dataclass
class Recording:
    """A conversation as a golden one: what was typed, how it was read, what was answered in ids.

    Places are those of the real directory; `pytest --update-golden` puts those of the tests in their stead.
    """

    name: str
    language: str | None
    turns: list[dict[str, Any]] = field(default_factory=list)
    placed: dict[str, None] = field(default_factory=dict)

    def add(self, inbound: Inbound, understood: Understanding | None, turn: Turn) -> None:
        self.turns.append({"user": _user(inbound, understood), "bot": _bot(turn)})
        if turn.step.places and turn.step.service:
            self.placed[str(turn.step.service)] = None

    def save(self, path: Path) -> None:
        kept = {"name": self.name, "language": self.language, "places": list(self.placed), "turns": self.turns}
        path.write_text(yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=120), encoding="utf-8")


def _user(inbound: Inbound, understood: Understanding | None) -> dict[str, Any]:
    if inbound.choice is not None:
        # Without the turn's number, which says nothing.
        return {"choice": inbound.choice.partition(".")[2]}
    said: dict[str, Any] = {"text": inbound.text}
    if understood is not None:
        said["understood"] = {
            "intent": understood.intent.name,
            "confidence": round(understood.intent.confidence, 2),
            "ranking": {intent.name: round(intent.confidence, 2) for intent in understood.ranking[:RANKED]},
            **{entity.type: entity.value for entity in understood.entities},
        }
    return said


def _bot(turn: Turn) -> dict[str, Any]:
    step = step_json(turn.step)
    told = {"step": step.pop("kind"), **step}
    told["says"] = [say.id for message in turn.messages for say in message.paragraphs]
    if turn.effects:
        told["effects"] = [type(effect).__name__ for effect in turn.effects]
    return told


@dataclass
class Talk:
    """One conversation in a terminal: what was offered last, by number."""

    services: Services
    write: TextIO
    conversation: Conversation
    recording: Recording | None = None
    offered: list[str] = field(default_factory=list)

    def say(self, line: str) -> None:
        """A line that was typed: the number of a choice, or a text."""
        inbound = self._inbound(line)
        heard.set(None)
        turn = self.services.turns.respond(self.conversation, inbound, today=self.services.turns.today())
        if self.recording is not None:
            self.recording.add(inbound, heard.get(), turn)
        self.show(turn)

    def show(self, turn: Turn) -> None:
        self.conversation = turn.conversation
        self.offered = []
        for reply in render(turn.messages, turn.conversation.language, self.services.translator):
            self.write.write(f"\n{as_plain_text(reply, first=len(self.offered) + 1)}\n")
            self.offered += [choice["id"] for choice in reply["choices"]]

    def _inbound(self, line: str) -> Inbound:
        if line.isdecimal() and len(line) < 3 and 1 <= int(line) <= len(self.offered):  # noqa: PLR2004 - two digits
            return Inbound(choice=self.offered[int(line) - 1])
        return Inbound(text=line)


def begin(services: Services, language: str | None, write: TextIO) -> Talk:
    turn = services.turns.greet(OWN_ID, language=language, channel="terminal")
    talk = Talk(services, write, turn.conversation)
    talk.show(turn)
    return talk


def talk_through(talk: Talk, lines: Iterable[str]) -> None:
    """Until there are no more lines, or one is empty."""
    for line in lines:
        if not (said := line.strip()):
            return
        talk.say(said)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m app.chat", description=__doc__)
    parser.add_argument("--language", choices=sorted(LANGUAGES))
    parser.add_argument("--record", type=Path, metavar="FILE")
    options = parser.parse_args(arguments)
    services = _services()
    talk = begin(services, options.language, sys.stdout)
    if options.record:
        talk.recording = Recording(options.record.stem, options.language)
    language = options.language or SOURCE_LANGUAGE
    sys.stdout.write(f"\n{services.translator.say('terminal.hint', language)}\n")
    try:
        talk_through(talk, sys.stdin)
    except KeyboardInterrupt:
        pass
    finally:
        services.stop()
    if talk.recording is not None:
        talk.recording.save(options.record)
        sys.stdout.write(f"\n{services.translator.say('terminal.recorded', language)}\n")
    return 0


def _services() -> Services:
    try:
        settings = Settings.from_env()
    except BadSetting as error:
        sys.exit(str(error))
    configure_logging("error", sys.stderr)
    prepare(settings)
    services = build(settings)
    services.parser.probe()
    return services


if __name__ == "__main__":
    sys.exit(main())
