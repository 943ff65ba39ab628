"""A verdict that changes is seen by somebody: refused until acknowledged, and refused when it does not change."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from rules.archive import publish, release
from rules.diff import problems, side
from rules.errors import RulebookError
from rules.history.archive_files import read_packed, unfold
from rules.history.archived import FOLDER, Archive
from rules.history.changes import BadChanges, read_changes
from rules.history.flips import Key, flips_between
from rules.history.personas import personas
from rules.history.report import to_html, to_markdown
from rules.load import load_rulebook
from rules.rulebook import Rulebook

VISITOR = Key("card_visitor", "", "ofppt_training", "uncertain", "not_eligible")
HEADER = "## Unreleased\n\n| paper | told besides | service | before | now | why | source | acknowledged by | on |\n"
ROW = "| {paper} |  | ofppt_training | {before} | {now} | {why} | {source} | {by} | {on} |\n"
GOOD = {
    "paper": "card_visitor",
    "before": "uncertain",
    "now": "not_eligible",
    "why": "OFPPT says so since October.",
    "source": "F-059",
    "by": "A. Lawyer, GADEM",
    "on": "2026-11-28",
}


@pytest.fixture(scope="module")
def first() -> Archive:
    return Archive(FOLDER)


@pytest.fixture(scope="module")
def published(first: Archive, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The YAML of the first published book, to be changed by tests."""
    folder = tmp_path_factory.mktemp("published")
    unfold(read_packed(FOLDER / first.entries[0].file), folder)
    return folder


@pytest.fixture(scope="module")
def seeded(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same book with one flip: a visitor's card no longer leaves OFPPT open."""
    folder = tmp_path_factory.mktemp("seeded") / "book"
    shutil.copytree(published, folder)
    rules = folder / "services" / "ofppt_training.yaml"
    before = "    when: {row: card_visitor}\n    status: uncertain"
    text = rules.read_text("utf-8")
    assert before in text
    rules.write_text(text.replace(before, before.replace("uncertain", "not_eligible")), "utf-8")
    situations = folder / "situations.yaml"
    newer = re.sub(r'^version: ".*"', 'version: "2099.12.01"', situations.read_text("utf-8"), flags=re.MULTILINE)
    situations.write_text(newer, "utf-8")
    return folder


@pytest.fixture(scope="module")
def library(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive that holds the first book."""
    folder = tmp_path_factory.mktemp("library")
    publish(published, folder)
    return folder


@pytest.fixture(scope="module")
def new(seeded: Path) -> Rulebook:
    return load_rulebook(seeded)


@pytest.fixture(scope="module")
def archive(library: Path) -> Archive:
    return Archive(library)


@pytest.fixture(scope="module")
def old(archive: Archive) -> Rulebook:
    return archive.rulebook(archive.entries[0])


@pytest.fixture
def checked(archive: Archive, new: Rulebook, tmp_path: Path) -> Callable[[str], list[str]]:
    def check(changes: str) -> list[str]:
        file = tmp_path / "CHANGES.md"
        file.write_text(changes, "utf-8")
        return problems(archive, new, file)

    return check


def test_the_same_book_flips_nobody(old):
    assert flips_between(old, old) == ()


def test_a_changed_rule_flips_exactly_the_people_it_speaks_to(old, new):
    flips = flips_between(old, new)
    assert {flip.key.paper for flip in flips} == {"card_visitor"}
    assert VISITOR in {flip.key for flip in flips}
    assert all(flip.key.service == "ofppt_training" for flip in flips)


def test_standard_people_are_every_paper_once_and_never_contradict_themselves(old):
    people = list(personas(old))
    assert {person.situation for person in people} == set(old.situations)
    assert len({(person.situation, person.besides) for person in people}) == len(people)
    assert "age=10" not in {person.besides for person in people if person.situation == "card_work"}


def test_a_flip_that_nobody_acknowledged_is_refused_and_the_row_to_fill_in_is_shown(checked):
    wrong = checked(HEADER)
    assert f"not acknowledged: {VISITOR}" in wrong
    assert "| card_visitor |  | ofppt_training | uncertain | not_eligible |  |  |  |  |" in wrong


def rows_for_everything(new: Rulebook, old: Rulebook) -> str:
    keys = [flip.key for flip in flips_between(old, new)]
    tail = f"{GOOD['why']} | {GOOD['source']} | {GOOD['by']} | {GOOD['on']} |\n"
    return "".join(f"| {key.paper} | {key.besides} | {key.service} | {key.before} | {key.now} | {tail}" for key in keys)


def test_acknowledged_it_passes(checked, new, old):
    assert checked(HEADER + rows_for_everything(new, old)) == []


def test_an_acknowledgement_of_what_does_not_flip_is_refused(checked, new, old):
    stale = ROW.format(**GOOD | {"paper": "card_student"})
    wrong = checked(HEADER + rows_for_everything(new, old) + stale)
    assert [line.partition(": ")[2] for line in wrong] == [
        "acknowledged, but it does not flip: card_student × ofppt_training: uncertain -> not_eligible"
    ]


def test_a_flip_is_acknowledged_once(checked, new, old):
    wrong = checked(HEADER + rows_for_everything(new, old) + ROW.format(**GOOD))
    assert len(wrong) == 1
    assert "acknowledged twice" in wrong[0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"why": ""}, "'why' is empty"),
        ({"by": ""}, "'acknowledged by' is empty"),
        ({"source": "F-999"}, "unknown source 'F-999'"),
        ({"on": "yesterday"}, "not a day"),
        ({"why": "one | too many"}, "columns"),
    ],
)
def test_a_row_that_says_too_little_names_its_line(old, tmp_path, change, said):
    file = tmp_path / "CHANGES.md"
    file.write_text(HEADER + ROW.format(**GOOD | change), "utf-8")
    with pytest.raises(BadChanges, match=rf"CHANGES.md:4: .*{said}"):
        read_changes(file, old)


def test_a_group_of_papers_stands_in_one_row(old, tmp_path):
    file = tmp_path / "CHANGES.md"
    file.write_text(HEADER + ROW.format(**GOOD | {"paper": "card_visitor, card_student"}), "utf-8")
    (row,) = read_changes(file, old) or ()
    assert {key.paper for key in row.flips} == {"card_visitor", "card_student"}


def test_a_changed_book_needs_an_open_section(checked):
    (wrong,) = checked("# Changes\n")
    assert "no section 'Unreleased'" in wrong


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_table_names_person_service_reasons_and_sources_and_can_be_signed(old, new, archive, seeded, language):
    before, now = side(archive.entries[0].version, archive), side(str(seeded), archive)
    flips = flips_between(old, new)
    table = to_markdown(before, now, flips, [language])
    reason = before.words["reason.ofppt_training.visitor"][language]
    assert f"{before.words['situation.card_visitor'][language]} (card_visitor)" in table
    assert reason in table
    assert "F-059" in table
    assert "______" in table
    page = to_html(before, now, flips, [language])
    assert f'<section lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page
    assert page.count("<tr>") == len(flips) + 1


def test_a_name_that_no_book_has_is_told(first):
    with pytest.raises(RulebookError, match="neither a folder, nor archived, nor a git revision"):
        side("no-such-revision", first)


def test_publishing_is_refused_until_every_flip_is_acknowledged(library, seeded, new, old, tmp_path):
    shelf, file = tmp_path / "shelf", tmp_path / "CHANGES.md"
    shutil.copytree(library, shelf)
    file.write_text(HEADER, "utf-8")
    with pytest.raises(RulebookError, match="not acknowledged"):
        release(seeded, shelf, file)
    file.write_text(HEADER + rows_for_everything(new, old), "utf-8")
    entry = release(seeded, shelf, file)
    assert [each.version for each in Archive(shelf).entries] == [old.version, "2099.12.01"]
    assert f"## 2099.12.01 · {entry.hash[:12]}" in file.read_text("utf-8")
    with pytest.raises(RulebookError, match="archived already"):
        publish(seeded, shelf)
