"""Reads the seed files as they are, remembering the line of every row."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from referral_directory.errors import Problem, SeedInvalid

DATA = Path(__file__).parent / "data"
LAYOUT = "1"
"""Raised when the tables are filled differently from the same files, so that the seed is loaded again."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "regions.csv": (
        *("id", "code", "name_fr", "name_ar", "name_en", "aliases", "seat_city", "seat_city_id"),
        *("lat", "lon", "geo_precision", "population", "source"),
    ),
    "cities.csv": (
        *("id", "name_fr", "name_ar", "name_en", "aliases", "region", "province", "lat", "lon"),
        *("population", "source", "kind", "hcp_code", "geonameid", "parent_city", "geo_precision"),
    ),
    "organizations.csv": (
        *("id", "name_fr", "name_ar", "name_en", "acronym", "type", "authority", "description_en"),
        *("website", "source", "source_date"),
    ),
    "services.csv": (
        *("id", "organization_id", "service_type", "name_fr", "name_ar", "name_en", "eligibility_note"),
        *("languages", "without_papers", "cautions", "source"),
    ),
    "locations.csv": (
        *("id", "organization_id", "name", "city_id", "region_id", "address", "address_type", "lat", "lon"),
        *("geo_precision", "email", "official_code", "official_name", "sector", "covers", "cautions"),
        *("source", "source_date", "confidence", "verified_on", "note"),
    ),
    "names.csv": ("location_id", "name_ar", "name_en"),
    "phones.csv": ("location_id", "number", "type", "note"),
    "schedules.csv": ("location_id", "kind", "days", "opens_at", "closes_at", "as_sourced"),
    "service_at_location.csv": ("id", "location_id", "service_id"),
}


@dataclass(frozen=True)
class Row:
    """One line of a file. An empty cell reads as "", or as None through `get`."""

    file: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def get(self, column: str) -> str | None:
        return self.cells[column] or None

    def listed(self, column: str) -> tuple[str, ...]:
        """A cell that holds several values, split at the bar."""
        return tuple(part.strip() for part in self.cells[column].split("|") if part.strip())

    def number(self, column: str) -> float | None:
        return float(self.cells[column]) if self.cells[column] else None

    def wrong(self, reason: str) -> Problem:
        return Problem(self.file, self.line, reason)


@dataclass(frozen=True)
class Seed:
    """All files, and one hash over them."""

    folder: Path
    files: Mapping[str, tuple[Row, ...]]
    hash: str

    def __getitem__(self, file: str) -> tuple[Row, ...]:
        return self.files[file]


def seed_hash(folder: Path = DATA) -> str:
    """Changes when any file of the seed does; cheap enough to compute at every start."""
    digest = hashlib.sha256(LAYOUT.encode())
    for file in sorted(COLUMNS):
        digest.update(file.encode())
        digest.update((folder / file).read_bytes())
    return digest.hexdigest()


def read_seed(folder: Path = DATA) -> Seed:
    """Raises SeedInvalid where a file is absent, not UTF-8, or has other columns than it should."""
    problems: list[Problem] = []
    files: dict[str, tuple[Row, ...]] = {}
    for file in COLUMNS:
        try:
            files[file] = tuple(_rows(folder / file, problems))
        except FileNotFoundError:
            problems.append(Problem(file, 0, "the file is missing"))
        except UnicodeDecodeError as error:
            problems.append(Problem(file, 0, f"not UTF-8: {error.reason} at byte {error.start}"))
    if problems:
        raise SeedInvalid(tuple(problems))
    return Seed(folder, files, seed_hash(folder))


def _rows(path: Path, problems: list[Problem]) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, strict=True)
        if tuple(reader.fieldnames or ()) != COLUMNS[path.name]:
            problems.append(Problem(path.name, 1, f"the columns must be {','.join(COLUMNS[path.name])}"))
            return
        for cells in reader:
            if None in cells or None in cells.values():
                problems.append(Problem(path.name, reader.line_num, "too many or too few cells"))
            else:
                yield Row(path.name, reader.line_num, {column: cell.strip() for column, cell in cells.items()})
