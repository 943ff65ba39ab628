"""What can go wrong with the directory."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One fault in one line of the seed."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


class DirectoryError(Exception):
    """Something about the directory."""


class SeedInvalid(DirectoryError):
    """The seed may not be loaded. Each problem names file, line and reason."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class DirectoryNotLoaded(DirectoryError):
    """The database has no directory yet: migrate, then `python -m referral_directory.ingest --database URL`."""
