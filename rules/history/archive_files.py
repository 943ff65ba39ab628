"""One published rule book as one small file: its YAML, its words in three languages and its decision table.

A `.tar.xz` that any archive program opens. The same book always gives the same bytes within one release of xz; what
is relied on is the hash of the YAML inside, never the hash of the file.
"""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from rules.catalogs import Words
from rules.errors import RulebookError

BOOK, WORDS, TABLE = "book/", "words.json", "table.csv"


@dataclass(frozen=True)
class Packed:
    """`files`: the YAML by its path within the book."""

    files: Mapping[str, bytes]
    words: Words
    table: str


def files_of(folder: Path) -> Mapping[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.yaml"))}


def to_bytes(packed: Packed) -> bytes:
    words = json.dumps(packed.words, ensure_ascii=False, indent=0, sort_keys=True)
    members = {f"{BOOK}{name}": content for name, content in packed.files.items()}
    members |= {WORDS: words.encode(), TABLE: packed.table.encode()}
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:xz", preset=9, format=tarfile.USTAR_FORMAT) as archive:
        for name, content in members.items():
            # Neither owner nor time: the same book gives the same file.
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return written.getvalue()


def read_packed(path: Path) -> Packed:
    """RulebookError when the file cannot be read."""
    try:
        with tarfile.open(path, "r:xz") as archive:
            members = {member.name: archive.extractfile(member) for member in archive if member.isfile()}
            contents = {name: stream.read() for name, stream in members.items() if stream}
        files = {name.removeprefix(BOOK): content for name, content in contents.items() if name.startswith(BOOK)}
        return Packed(files, json.loads(contents[WORDS]), contents[TABLE].decode())
    except (OSError, tarfile.TarError, KeyError, ValueError) as error:
        raise RulebookError(path.name, "", "this archived book cannot be read") from error


def unfold(packed: Packed, folder: Path) -> None:
    """The YAML as the loader reads it."""
    for name, content in packed.files.items():
        if ".." in PurePosixPath(name).parts or PurePosixPath(name).is_absolute():
            raise RulebookError(name, "", "this path leaves the archived book")
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
