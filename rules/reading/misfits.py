"""YAML against the shape it should have: the first thing that is wrong, in words, with what to do about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from rules.errors import RulebookError, suggestion
from rules.reading.lines import IDS

WORDS: Mapping[str, tuple[str, str]] = {
    "missing": ("it is missing", "add it"),
    "string_type": ("text is needed", "put it in quotes"),
    "string_pattern_mismatch": ("it is not written as it must be", "it matches {pattern}"),
    "bool_type": ("true or false is needed", "write true or false, without quotes"),
    "int_type": ("a number is needed", "write a whole number, without quotes"),
    "date_type": ("a date is needed", "write it as 2026-11-21, without quotes"),
    "enum": ("this value is unknown", "one of: {expected}; in quotes"),
    "list_type": ("a list is needed", "write it as [one, another]"),
    "dict_type": ("a mapping is needed", "write it as {{key: value}}"),
    "model_type": ("a mapping is needed", "write it as {{key: value}}"),
    "too_short": ("it is empty", "write at least one"),
}
"""Kind of misfit: what is wrong, what to do."""


def parsed[S: BaseModel](spec: type[S], raw: Any, file: str, rule: str = "") -> S:
    """`raw` as this shape, or an error that names the first thing wrong with it."""
    try:
        return spec.model_validate(raw)
    except ValidationError as error:
        raise _first(spec, error, file, rule or _entry(raw, _nearest(error)["loc"])) from error


def _first(spec: type[BaseModel], error: ValidationError, file: str, rule: str) -> RulebookError:
    details = _nearest(error)
    keys = [str(part) for part in details["loc"] if isinstance(part, str) and part in _known_keys(spec)]
    if details["type"] == "extra_forbidden":
        return _unknown_key(spec, details, file, rule)
    reason, remedy = WORDS.get(details["type"], (details["msg"], "see rules/README.md for how it is written"))
    context = {name: value for name, value in details.get("ctx", {}).items() if isinstance(value, str)}
    where = ".".join(keys)
    named = details["input"] if isinstance(details["input"], str | int) else (keys[-1] if keys else "")
    return RulebookError(
        file, rule, f"{where}: {reason}" if where else reason, remedy=remedy.format(**context), named=_yaml(named)
    )


def _nearest(error: ValidationError) -> ErrorDetails:
    """Of several ways in which an entry does not fit, the one that comes nearest to fitting."""
    errors = error.errors(include_url=False)
    return max(errors, key=lambda each: (len(each["loc"]), each["type"] == "extra_forbidden"))


def _unknown_key(spec: type[BaseModel], details: ErrorDetails, file: str, rule: str) -> RulebookError:
    key = str(details["loc"][-1])
    remedy = suggestion(key, _known_keys(spec), "remove it")
    return RulebookError(file, rule, f"unknown key {key!r}", remedy=remedy, named=key)


def _entry(raw: Any, path: tuple[int | str, ...]) -> str:
    """The id of the innermost entry on the way to the misfit."""
    found = ""
    for part in path:
        if isinstance(raw, dict):
            found = next((str(raw[key]) for key in sorted(IDS) if isinstance(raw.get(key), str)), found)
        try:
            raw = raw[part]
        except (KeyError, IndexError, TypeError):
            continue  # The path also names the shapes that were tried.
    return found


def _yaml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _known_keys(spec: type[BaseModel]) -> frozenset[str]:
    """Every key this shape, or one within it, may have."""
    return frozenset(_keys(spec, set()))


def _keys(spec: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[str]:
    seen.add(spec)
    for name, field in spec.model_fields.items():
        yield field.alias or name
        for inner in _models(field.annotation):
            if inner not in seen:
                yield from _keys(inner, seen)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in (*get_args(annotation), getattr(annotation, "__value__", None)):
        if part is not None:
            yield from _models(part)
