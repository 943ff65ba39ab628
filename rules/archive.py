"""`python -m rules.archive`: publish the rule book of this folder, so that its receipts can be replayed for ever.

Refused where the book is archived already, where its version is, and where a flip since the last one is not
acknowledged in CHANGES.md. --list shows what is archived, --check whether it is complete and decided as it was then.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from rules.catalogs import read_catalogs, words_of
from rules.diff import problems
from rules.errors import RulebookError
from rules.history.archive_files import Packed, files_of, to_bytes
from rules.history.archived import FOLDER, INDEX, Archive, Entry
from rules.history.changes import CHANGES, UNRELEASED, BadChanges
from rules.history.table import digest_of, newest_check, table_of, to_csv
from rules.load import BOOK, load_rulebook
from rules.rulebook import Rulebook


def publish(folder: Path = BOOK, archive: Path = FOLDER) -> Entry:
    """Puts the book of `folder` in. RulebookError where it, or another of its version, is there already."""
    return _put(load_rulebook(folder), folder, archive)


def _put(book: Rulebook, folder: Path, archive: Path) -> Entry:
    known = Archive(archive)
    for entry in known.entries:
        if entry.hash == book.hash:
            raise RulebookError(entry.file, entry.version, "this book is archived already")
        if entry.version == book.version or entry.hash[:16] == book.hash[:16]:
            raise RulebookError(entry.file, entry.version, "archived with another content: raise the version")
    table = to_csv(table_of(book, newest_check(book)))
    packed = Packed(files_of(folder), words_of(book.texts, read_catalogs()), table)
    entry = Entry(book.version, book.hash, f"{book.version}-{book.hash[:12]}.tar.xz", digest_of(table))
    archive.mkdir(exist_ok=True)
    with (archive / entry.file).open("xb") as file:
        file.write(to_bytes(packed))
    listed = {"books": [asdict(each) for each in (*known.entries, entry)]}
    (archive / INDEX).write_text(json.dumps(listed, indent=2) + "\n", "utf-8")
    return entry


def release(folder: Path = BOOK, archive: Path = FOLDER, changes: Path = CHANGES) -> Entry:
    """Publishes, and closes the open section of CHANGES.md under the name of the version. RulebookError if refused."""
    known, book = Archive(archive), load_rulebook(folder)
    if known.newest and (wrong := problems(known, book, changes)):
        raise RulebookError(changes.name, "", "\n".join(wrong))
    entry = _put(book, folder, archive)
    text = changes.read_text("utf-8") if changes.exists() else ""
    changes.write_text(text.replace(f"## {UNRELEASED}\n", f"## {entry.version} · {entry.hash[:12]}\n"), "utf-8")
    return entry


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m rules.archive")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    try:
        wrong = list(Archive().problems()) if options.check else []
        if not (options.check or options.list):
            release()
    except (RulebookError, BadChanges) as error:
        wrong = [str(error)]
    sys.stderr.write("".join(f"{line}\n" for line in wrong))
    for entry in Archive().entries:
        sys.stdout.write(f"{entry.version}  {entry.hash}  {entry.file}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
