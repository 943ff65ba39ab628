"""The training examples, as a person would have written them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator, Tuple

import yaml

from nlu.text.annotations import lines_of, plain

EXAMPLES = Path(__file__).parent / "data"
_ENTITY = re.compile(r"\[(?P<text>[^\]]*)\]\{(?P<fields>[^}]*)\}")
_FIELD = re.compile(r'"(?P<key>entity|value)":\s*"(?P<value>[^"]*)"')


@dataclass(frozen=True)
class Example:
    """`variety` is the folder it lies in; `annotated` is the line with its entities marked."""

    intent: str
    variety: str
    text: str
    annotated: str = ""
    file: str = ""

    @property
    def entities(self) -> "Tuple[Tuple[str, str], ...]":
        """(type, value) of what is marked in it; without a value the marked words are the value."""
        return tuple(_entity(match) for match in _ENTITY.finditer(self.annotated))


def read_examples(folder: Path = EXAMPLES) -> Tuple[Example, ...]:
    """All examples below a folder, file by file."""
    return tuple(example for file in sorted(folder.rglob("*.yml")) for example in _examples_in(file))


def _examples_in(file: Path) -> Iterator[Example]:
    content: Any = yaml.safe_load(file.read_text(encoding="utf-8"))
    for block in content["nlu"]:
        for line in lines_of(str(block["examples"])):
            yield Example(str(block["intent"]), file.parent.name, plain(line), line, f"{file.parent.name}/{file.name}")


def _entity(match: "re.Match[str]") -> Tuple[str, str]:
    fields = {field.group("key"): field.group("value") for field in _FIELD.finditer(match.group("fields"))}
    return fields.get("entity", ""), fields.get("value", match.group("text"))
