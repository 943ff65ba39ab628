"""On which line of a YAML file an error stands: looked up only when there is one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from rules.errors import RulebookError

IDS = frozenset({"id", "service", "door", "line", "fact", "situation", "overlay", "organisation", "promise"})
"""Keys whose value names the entry they stand in."""


def located(folder: Path, error: RulebookError) -> RulebookError:
    """The error with its line: that of the word at fault within the entry it names, else that of the entry."""
    path = folder / error.file
    if error.line is not None or not path.is_file():
        return error
    try:
        root = yaml.compose(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError):
        return error
    if root is None:
        return error.at(1)
    entries = [entry for entry, name in _entries(root) if error.rule and name == error.rule] or [root]
    for entry in reversed(entries):
        for word in _scalars(entry):
            if error.named and word.value == error.named:
                return error.at(word.start_mark.line + 1)
    return error.at(entries[-1].start_mark.line + 1)


def _entries(node: yaml.Node) -> Iterator[tuple[yaml.Node, str]]:
    """Each mapping with the name it goes by: under one of the keys of IDS, or under its own key."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value in IDS and isinstance(value, yaml.ScalarNode):
                yield node, value.value
            elif isinstance(key, yaml.ScalarNode):
                yield value, key.value
            yield from _entries(value)
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _entries(child)


def _scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _scalars(child)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _scalars(key)
            yield from _scalars(value)
