"""The YAML files of a rule book: read strictly, hashed, and searched for sentences."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from rules.errors import RulebookError
from rules.model import TextId

type Files = Mapping[str, Any]
"""Parsed files by their path within the book."""

ENTRY = re.compile(r"^\s*-\s*\{?\s*(?:id|fact|situation|overlay|door|line|organisation):\s*([A-Za-z0-9_.]+)")
TEXT = frozenset({"tag:yaml.org,2002:str", "tag:yaml.org,2002:merge"})
WHOLE_NUMBER = re.compile(r"0|-?[1-9][0-9]*")


class _SurpriseError(yaml.MarkedYAMLError):
    """Readable YAML that does not mean what it looks like. `note` is the remedy."""


class _StrictLoader(yaml.CSafeLoader):
    """YAML without its surprises: string keys, each once; `on`, `no` and `010` are refused by name."""


def _mapping(loader: _StrictLoader, node: yaml.MappingNode) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if key_node.tag not in TEXT:
            raise _surprise(key_node, f"YAML does not read the key {key_node.value} as text", "put it in quotes")
        key = loader.construct_object(key_node, deep=True)
        if key in found:
            raise _surprise(key_node, f"key {key!r} stands twice", "keep one of the two")
        found[key] = loader.construct_object(value_node, deep=True)
    return found


def _boolean(loader: _StrictLoader, node: yaml.ScalarNode) -> bool:
    value = loader.construct_yaml_bool(node)
    if node.value not in {"true", "false"}:
        meant = f'write {str(value).lower()}, or "{node.value}" in quotes where the word is meant'
        raise _surprise(node, f"YAML reads a bare {node.value} as {str(value).lower()}", meant)
    return bool(value)


def _whole_number(loader: _StrictLoader, node: yaml.ScalarNode) -> int:
    if not WHOLE_NUMBER.fullmatch(node.value):
        read = loader.construct_yaml_int(node)
        raise _surprise(node, f"YAML reads {node.value} as {read}", "write a plain number, or quote it")
    return int(node.value)


def _surprise(node: yaml.Node, problem: str, remedy: str) -> _SurpriseError:
    return _SurpriseError(problem=problem, problem_mark=node.start_mark, note=remedy)


_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
_StrictLoader.add_constructor("tag:yaml.org,2002:bool", _boolean)
_StrictLoader.add_constructor("tag:yaml.org,2002:int", _whole_number)


def read_files(folder: Path) -> Files:
    """Every YAML file of the folder and its subfolders, in the order of their names."""
    paths = sorted(folder.rglob("*.yaml"))
    if not paths:
        raise RulebookError(str(folder.name), "", "no rule book here", remedy="name the folder that holds facts.yaml")
    return {path.relative_to(folder).as_posix(): read_file(path, path.relative_to(folder).as_posix()) for path in paths}


def read_file(path: Path, name: str) -> Any:
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise RulebookError(name, "", "not readable as YAML", remedy="save it as UTF-8 text") from error
    try:
        return yaml.load(text, Loader=_StrictLoader)  # noqa: S506  # a safe loader, made stricter
    except yaml.MarkedYAMLError as error:
        raise _unreadable(name, text, error) from error
    except yaml.YAMLError as error:
        raise RulebookError(name, "", "not readable as YAML", remedy="remove what is no printable text") from error


def _unreadable(name: str, text: str, error: yaml.MarkedYAMLError) -> RulebookError:
    line = error.problem_mark.line if error.problem_mark else 0
    lines = text.splitlines()
    rule = next((found[1] for each in reversed(lines[: line + 1]) if (found := ENTRY.match(each))), "")
    if isinstance(error, _SurpriseError):
        return RulebookError(name, rule, error.problem or "", remedy=error.note or "", line=line + 1)
    if line < len(lines) and "\t" in lines[line]:
        return RulebookError(name, rule, "a tab", remedy="indent with spaces", line=line + 1)
    problem = error.problem or "not readable as YAML"
    return RulebookError(name, rule, problem, remedy="check indents, brackets and quotes up to here", line=line + 1)


def hash_of(folder: Path) -> str:
    """Changes with every byte of the book, and with nothing else."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml")):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def texts_of(files: Files) -> Mapping[TextId, str]:
    """Every sentence of the book by its id: each mapping that has both `id` and `say`."""
    found: dict[TextId, str] = {}
    for file, content in files.items():
        for text, say in _sentences(content):
            if text in found:
                raise RulebookError(
                    file, text, "two sentences have this id", remedy="give one of them an id of its own"
                )
            if not say.strip():
                raise RulebookError(file, text, "the sentence is empty", remedy="write it, or remove it")
            found[TextId(text)] = say
    return found


def _sentences(content: Any) -> Iterator[tuple[str, str]]:
    if isinstance(content, dict):
        if isinstance(content.get("id"), str) and isinstance(content.get("say"), str):
            yield content["id"], content["say"]
        for child in content.values():
            yield from _sentences(child)
    elif isinstance(content, list):
        for child in content:
            yield from _sentences(child)
