"""`python -m rules.diff OLD NEW`: every standard person whose verdict flips, as a table a lawyer can sign.

OLD and NEW are a folder, a version or hash of the archive, or a git revision (HEAD~1); without them the newest archived
book and the one of this folder. --check compares the same two with rules/book/CHANGES.md and fails on a flip that
nobody acknowledged, and on an acknowledgement of what does not flip.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tarfile
import tempfile
from io import BytesIO
from pathlib import Path

from rules.catalogs import LANGUAGES, read_catalogs, words_of
from rules.errors import RulebookError
from rules.history.archived import Archive
from rules.history.changes import CHANGES, UNRELEASED, BadChanges, compare, read_changes, rows_to_fill_in
from rules.history.flips import flips_between
from rules.history.report import Side, to_html, to_markdown
from rules.load import BOOK, load_rulebook
from rules.rulebook import Rulebook

ROOT = BOOK.parents[1]
BOOK_IN_GIT = BOOK.relative_to(ROOT).as_posix()


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    archive = Archive()
    try:
        if options.check:
            return _tell(problems(archive, load_rulebook(BOOK), CHANGES))
        newest = archive.newest
        old = side(options.old or (newest.version if newest else str(BOOK)), archive)
        new = side(options.new or str(BOOK), archive)
    except (RulebookError, BadChanges) as error:
        return _tell([str(error)])
    write = to_html if options.html else to_markdown
    report = write(old, new, flips_between(old.book, new.book), options.language or LANGUAGES)
    if options.out:
        options.out.write_text(report, "utf-8")
    else:
        sys.stdout.write(report)
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m rules.diff")
    parser.add_argument("old", nargs="?")
    parser.add_argument("new", nargs="?")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--html", action="store_true")
    parser.add_argument("--language", action="append", choices=LANGUAGES)
    parser.add_argument("--out", type=Path)
    return parser.parse_args(arguments)


def _tell(wrong: list[str]) -> int:
    sys.stderr.write("".join(f"{line}\n" for line in wrong))
    return 1 if wrong else 0


def problems(archive: Archive, current: Rulebook, changes: Path) -> list[str]:
    """What keeps the book from being trusted: archived books that changed, flips and acknowledgements that differ."""
    wrong, newest = list(archive.problems()), archive.newest
    if wrong or newest is None:
        return wrong or ["no rule book is archived: python -m rules.archive"]
    acknowledged = read_changes(changes, current)
    if current.hash != newest.hash and acknowledged is None:
        return [f"the rule book differs from {newest.version}, and CHANGES.md has no section {UNRELEASED!r}"]
    flips = flips_between(archive.rulebook(newest), current)
    wrong = list(compare(flips, acknowledged or ()))
    seen = frozenset(key for row in acknowledged or () for key in row.flips)
    if missing := tuple(flip for flip in flips if flip.key not in seen):
        wrong += [f"add to {changes.name}, completed:", *rows_to_fill_in(missing)]
    return wrong


def side(name: str, archive: Archive) -> Side:
    """RulebookError where no book has this name."""
    if Path(name).is_dir():
        return _loaded(Path(name))
    if entry := archive.find(name):
        words = {**read_catalogs(), **archive.words(entry)}
        return Side(_name(archive.rulebook(entry)), archive.rulebook(entry), words)
    with tempfile.TemporaryDirectory(prefix="boussole-book-") as folder:
        _from_git(name, Path(folder))
        return _loaded(Path(folder) / BOOK_IN_GIT)


def _loaded(folder: Path) -> Side:
    book, catalogs = load_rulebook(folder), read_catalogs()
    return Side(_name(book), book, {**catalogs, **words_of(book.texts, catalogs)})


def _name(book: Rulebook) -> str:
    return f"{book.version} ({book.hash[:12]})"


def _from_git(revision: str, folder: Path) -> None:
    command = ["git", "archive", "--format=tar", f"{revision}^{{tree}}", BOOK_IN_GIT]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)  # noqa: S603  one argument, no shell
    if made.returncode:
        raise RulebookError(revision, "", "neither a folder, nor archived, nor a git revision with a rule book")
    with tarfile.open(fileobj=BytesIO(made.stdout)) as tree:
        tree.extractall(folder, filter="data")


if __name__ == "__main__":
    sys.exit(main())
