"""The English sentences with their ids, read from every YAML file that holds words.

A sentence is any mapping with the string keys `id` and `say`; `one` beside them makes it a counted plural.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("rules/book", "app/wording")
"""Folders, below the project's root, whose YAML files hold sentences."""


@dataclass(frozen=True)
class Sentence:
    """`say` is the English text (the plural one where `one` is set); `notes` go to translators."""

    id: str
    say: str
    one: str | None
    notes: tuple[str, ...]
    file: str
    line: int


class DuplicateSentenceError(ValueError):
    """Two sentences share an id."""


def sentences_in(text: str, file: str) -> Iterator[Sentence]:
    """Every sentence of one YAML document, with the line it stands on."""
    node = yaml.compose(text, Loader=yaml.CSafeLoader)
    if node is not None:
        yield from _walk(node, file)


def read_sentences(root: Path = ROOT) -> Mapping[str, Sentence]:
    """Every sentence of the project by id; raises DuplicateSentenceError."""
    found: dict[str, Sentence] = {}
    for folder in SOURCES:
        for path in sorted((root / folder).rglob("*.yaml")):
            for sentence in sentences_in(path.read_text("utf-8"), str(path.relative_to(root))):
                if sentence.id in found:
                    first = found[sentence.id]
                    raise DuplicateSentenceError(
                        f"{sentence.file}:{sentence.line}: {sentence.id} stands already in {first.file}:{first.line}"
                    )
                found[sentence.id] = sentence
    return found


def _walk(node: yaml.Node, file: str) -> Iterator[Sentence]:
    if isinstance(node, yaml.MappingNode):
        entries: dict[str, Any] = {key.value: value for key, value in node.value}
        if _is_text(entries.get("id")) and _is_text(entries.get("say")):
            yield Sentence(
                id=entries["id"].value,
                say=entries["say"].value,
                one=entries["one"].value if _is_text(entries.get("one")) else None,
                notes=_notes(entries),
                file=file,
                line=node.start_mark.line + 1,
            )
        for _, child in node.value:
            yield from _walk(child, file)
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _walk(child, file)


def _notes(entries: Mapping[str, Any]) -> tuple[str, ...]:
    notes = [entries["note"].value] if _is_text(entries.get("note")) else []
    if isinstance(entries.get("cite"), yaml.SequenceNode):
        notes.append("source: " + " ".join(item.value for item in entries["cite"].value))
    return tuple(notes)


def _is_text(node: object) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:str"
