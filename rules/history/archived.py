"""Every published rule book, whole: found by its hash or version, loaded again, its decision table beside it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rules.catalogs import Words
from rules.errors import RulebookError
from rules.history.archive_files import Packed, read_packed, unfold
from rules.history.table import altered, digest_of, newest_check, table_of, to_csv
from rules.load import BOOK, load_rulebook
from rules.rulebook import Rulebook

FOLDER = BOOK / "archive"
INDEX = "index.json"
SHORTEST_NAME = 8
MOST_LINES = 20
"""Of a table that changed: enough to see what happened."""


@dataclass(frozen=True)
class Entry:
    """One published book. `table` is the digest of its decision table as the engine of that time decided it."""

    version: str
    hash: str
    file: str
    table: str


class Archive:
    """The published books, oldest first. What was read once stays in memory: a published book never changes."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._packed: dict[str, Packed] = {}
        self._books: dict[str, Rulebook] = {}

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        path = self._folder / INDEX
        listed = json.loads(path.read_text("utf-8"))["books"] if path.exists() else []
        return tuple(Entry(**entry) for entry in listed)

    @property
    def newest(self) -> Entry | None:
        return self.entries[-1] if self.entries else None

    def find(self, name: str) -> Entry | None:
        """By version, by hash, or by at least eight letters of a hash."""
        for entry in self.entries:
            if name == entry.version or (len(name) >= SHORTEST_NAME and entry.hash.startswith(name)):
                return entry
        return None

    def rulebook(self, entry: Entry) -> Rulebook:
        """RulebookError where the file does not hold what its name says."""
        if entry.hash not in self._books:
            with tempfile.TemporaryDirectory(prefix="boussole-book-") as folder:
                unfold(self._read(entry), Path(folder))
                book = load_rulebook(Path(folder))
            if book.hash != entry.hash:
                raise RulebookError(entry.file, entry.version, "its content does not hash to its name")
            self._books[entry.hash] = book
        return self._books[entry.hash]

    def words(self, entry: Entry) -> Words:
        """Its sentences as they were said then."""
        return self._read(entry).words

    def table(self, entry: Entry) -> str:
        """Its decision table as it was archived."""
        return self._read(entry).table

    def problems(self) -> Iterator[str]:
        """Whatever keeps a published book from being replayed as it was."""
        listed = {entry.file for entry in self.entries}
        for path in sorted(self._folder.glob("*.tar.xz")):
            if path.name not in listed:
                yield f"{path.name}: not listed in {INDEX}"
        for entry in self.entries:
            try:
                yield from self._changed(entry)
            except RulebookError as error:
                yield str(error)

    def _changed(self, entry: Entry) -> Iterator[str]:
        book, archived = self.rulebook(entry), self.table(entry)
        if book.version != entry.version:
            yield f"{entry.file}: holds version {book.version}"
        if digest_of(archived) != entry.table:
            yield f"{entry.file}: its table is not the one that was published"
        now = to_csv(table_of(book, newest_check(book)))
        for line in altered(archived, now)[:MOST_LINES]:
            yield f"{entry.file}: the engine decides otherwise than it did: {line}"

    def _read(self, entry: Entry) -> Packed:
        if entry.hash not in self._packed:
            self._packed[entry.hash] = read_packed(self._folder / entry.file)
        return self._packed[entry.hash]
