"""Where in the book each rule stands: `services/x.yaml:12`, for whoever wants to read or change it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rules.load import BOOK
from rules.reading.files import ENTRY


def places_of(folder: Path = BOOK) -> Mapping[str, str]:
    """File and line of each entry of the services, by its id."""
    found: dict[str, str] = {}
    for path in sorted((folder / "services").glob("*.yaml")):
        for line, text in enumerate(path.read_text("utf-8").splitlines(), start=1):
            if entry := ENTRY.match(text):
                found.setdefault(entry[1], f"services/{path.name}:{line}")
    return found
