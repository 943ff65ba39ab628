"""Which rows of the directory answer a service of the rule book, or a door without a service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from referral_directory.errors import Problem, SeedInvalid
from referral_directory.seed import DATA

FILE = "service_types.yaml"
FIELDS = {"types", "organizations", "kinds", "services", "without", "first", "first_named", "none_because"}


@dataclass(frozen=True)
class Wanted:
    """What to look for. An empty restriction restricts nothing; without types nothing is found."""

    types: tuple[str, ...]
    organizations: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    first: tuple[str, ...] = ()
    first_named: tuple[str, ...] = ()
    none_because: str | None = None

    def takes(self, *, service_type: str, organization: str, kind: str, service: str) -> bool:
        return (
            service_type in self.types
            and service not in self.without
            and (not self.organizations or organization in self.organizations)
            and (not self.kinds or kind in self.kinds)
            and (not self.services or service in self.services)
        )

    def preference(self, *, service_type: str, organization: str, service: str, name: str) -> tuple[int, int, int]:
        """Smaller is better: the first organisations, then the first names, then the order of the types."""
        first = [place for place, wanted in enumerate(self.first) if wanted in (service, organization)]
        named = [place for place, start in enumerate(self.first_named) if name.startswith(start)]
        return (
            min(first, default=len(self.first)),
            min(named, default=len(self.first_named)),
            self.types.index(service_type),
        )


def load_service_types(folder: Path = DATA) -> Mapping[str, Wanted]:
    """Service and door ids to what they want. Raises SeedInvalid."""
    document = yaml.safe_load((folder / FILE).read_text(encoding="utf-8"))
    problems: list[Problem] = []
    wanted: dict[str, Wanted] = {}
    for section in ("services", "doors"):
        for name, entry in document.get(section, {}).items():
            unknown = sorted(set(entry) - FIELDS)
            if unknown or "types" not in entry:
                problems.append(Problem(FILE, 0, f"{name}: unknown {unknown}" if unknown else f"{name}: no types"))
            else:
                wanted[name] = _wanted(entry)
    if problems:
        raise SeedInvalid(tuple(problems))
    return wanted


def _wanted(entry: Mapping[str, Any]) -> Wanted:
    return Wanted(
        types=tuple(entry["types"]),
        organizations=frozenset(entry.get("organizations", ())),
        kinds=frozenset(entry.get("kinds", ())),
        services=frozenset(entry.get("services", ())),
        without=frozenset(entry.get("without", ())),
        first=tuple(entry.get("first", ())),
        first_named=tuple(entry.get("first_named", ())),
        none_because=entry.get("none_because"),
    )
