"""The YAML files of a rule book: read strictly, hashed, and searched for sentences."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from rules.errors import RulebookError
from rules.model import TextId

type Files = Mapping[str, Any]
"""Parsed files by their path within the book."""


class _StrictLoader(yaml.CSafeLoader):
    """YAML whose mappings have string keys, each once: `on`, `no` and `08` are not what they seem."""


def _mapping(loader: _StrictLoader, node: yaml.MappingNode) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str):
            raise _bad_key(key_node, f"key {key!r} is not text; quote it")
        if key in found:
            raise _bad_key(key_node, f"key {key!r} stands twice")
        found[key] = loader.construct_object(value_node, deep=True)
    return found


def _bad_key(node: yaml.Node, problem: str) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark)


_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_files(folder: Path) -> Files:
    """Every YAML file of the folder and its subfolders, in the order of their names."""
    paths = sorted(folder.rglob("*.yaml"))
    if not paths:
        raise RulebookError(str(folder.name), "", "no rule book here")
    return {path.relative_to(folder).as_posix(): _read(path, path.relative_to(folder).as_posix()) for path in paths}


def _read(path: Path, name: str) -> Any:
    try:
        return yaml.load(path.read_text("utf-8"), Loader=_StrictLoader)  # noqa: S506  # a safe loader, made stricter
    except yaml.MarkedYAMLError as error:
        where = f"line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise RulebookError(name, where, error.problem or "not readable as YAML") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise RulebookError(name, "", "not readable as YAML") from error


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
                raise RulebookError(file, text, "two sentences have this id")
            if not say.strip():
                raise RulebookError(file, text, "the sentence is empty")
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
