"""Published books stay whole, are found by their hash, and the engine decides by them as it did."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from rules.archive import publish
from rules.errors import RulebookError
from rules.history.archive_files import Packed, read_packed, to_bytes, unfold
from rules.history.archived import FOLDER, INDEX, Archive
from rules.history.table import altered


@pytest.fixture(scope="module")
def archive() -> Archive:
    return Archive(FOLDER)


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A copy of the archive, to be spoilt."""
    return Path(shutil.copytree(FOLDER, tmp_path / "shelf"))


def first(folder: Path) -> Path:
    return folder / Archive(folder).entries[0].file


def test_every_published_book_is_complete_and_replays_identically(archive):
    assert list(archive.problems()) == []


def test_a_book_is_found_by_version_hash_and_the_first_letters_of_its_hash(archive):
    entry = archive.entries[0]
    assert archive.find(entry.version) is entry
    assert archive.find(entry.hash) is entry
    assert archive.find(entry.hash[:16]) is entry
    assert archive.find(entry.hash[:7]) is None
    assert archive.find("f" * 64) is None


def test_an_archived_book_speaks_three_languages(archive):
    words = archive.words(archive.entries[0])
    book = archive.rulebook(archive.entries[0])
    assert set(words) == set(book.texts)
    assert all(set(said) == {"en", "fr", "ar"} for said in words.values())


def test_the_table_has_a_cell_for_every_paper_and_service(archive):
    book = archive.rulebook(archive.entries[0])
    cells = [line.split(",") for line in archive.table(archive.entries[0]).splitlines()[1:]]
    assert len([cell for cell in cells if not cell[1]]) == len(book.situations) * len(book.services)


def repacked(path: Path, **changes: object) -> None:
    packed = read_packed(path)
    path.write_bytes(to_bytes(Packed(**{**vars(packed), **changes})))


def test_a_changed_byte_of_an_archived_book_is_noticed(shelf):
    files = dict(read_packed(first(shelf)).files)
    files["needs.yaml"] += b"# changed\n"
    repacked(first(shelf), files=files)
    assert list(Archive(shelf).problems()) == [
        f"{first(shelf).name}: {Archive(shelf).entries[0].version}: its content does not hash to its name"
    ]


def test_an_engine_that_decides_otherwise_than_then_is_named_cell_by_cell(shelf):
    table = read_packed(first(shelf)).table
    spoilt = table.replace("card_work,,ofppt_training,", "card_work,,ofppt_training,not_eligible_", 1)
    assert spoilt != table
    repacked(first(shelf), table=spoilt)
    wrong = list(Archive(shelf).problems())
    assert "its table is not the one that was published" in wrong[0]
    assert "the engine decides otherwise than it did: card_work ofppt_training" in wrong[1]


def test_a_cell_that_is_new_or_gone_counts_as_altered():
    before = "situation,besides,service,verdict,mark\na,,s,eligible,1\n"
    assert altered(before, before) == []
    assert altered(before, before + "a,age=10,s,not_eligible,2\n") == ["a age=10 s: as its cell -> not_eligible (2)"]


def test_a_file_that_nobody_listed_or_that_is_missing_is_noticed(shelf):
    first(shelf).rename(shelf / "stray.tar.xz")
    wrong = list(Archive(shelf).problems())
    assert wrong[0] == f"stray.tar.xz: not listed in {INDEX}"
    assert "cannot be read" in wrong[1]


def test_the_same_book_is_not_published_twice(shelf, tmp_path):
    unfold(read_packed(first(shelf)), tmp_path / "book")
    with pytest.raises(RulebookError, match="archived already"):
        publish(tmp_path / "book", shelf)


def test_a_version_is_not_given_to_another_content(shelf, tmp_path):
    unfold(read_packed(first(shelf)), tmp_path / "book")
    needs = tmp_path / "book" / "needs.yaml"
    needs.write_text(needs.read_text("utf-8") + "# changed\n", "utf-8")
    with pytest.raises(RulebookError, match="raise the version"):
        publish(tmp_path / "book", shelf)


def test_an_archived_path_never_leaves_its_folder(tmp_path):
    with pytest.raises(RulebookError, match="leaves the archived book"):
        unfold(Packed({"../escaped.yaml": b"x"}, {}, ""), tmp_path / "book")


def test_the_archive_holds_no_yaml_that_would_change_the_running_book():
    assert list(FOLDER.rglob("*.yaml")) == []
    assert json.loads((FOLDER / INDEX).read_text("utf-8"))["books"]
