"""What YAML hides, and what a writer mistypes, is said with file, line, rule and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.load import RulebookError, load_rulebook
from rules.reading.files import read_files

OFPPT = "services/ofppt_training.yaml"
FIRST = "ofppt_training.under_15"
BAR = "    bar: true\n    when: {age: {below: 15}}\n"
STATUS = "    status: not_eligible\n"


def refused(book: Path, file: str, sound: str, spoiled: str) -> RulebookError:
    """The error, with the line at which the spoiled text begins checked by the caller."""
    path = book / file
    content = path.read_text("utf-8")
    assert sound in content
    path.write_text(content.replace(sound, spoiled, 1), "utf-8")
    with pytest.raises(RulebookError) as error:
        load_rulebook(book)
    return error.value


def unreadable(book: Path, file: str, sound: str, spoiled: str) -> RulebookError:
    """The same where reading this one file fails already."""
    path = book / file
    content = path.read_text("utf-8")
    assert sound in content
    for other in book.rglob("*.yaml"):
        if other != path:
            other.unlink()
    path.write_text(content.replace(sound, spoiled, 1), "utf-8")
    with pytest.raises(RulebookError) as error:
        read_files(book)
    return error.value


def line_of(book: Path, file: str, text: str) -> int:
    lines = (book / file).read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


@pytest.mark.parametrize("word", ["no", "yes", "on", "off", "No", "YES", "True"])
def test_a_bare_word_that_yaml_reads_as_true_or_false_is_named(word: str, book: Path) -> None:
    error = unreadable(book, OFPPT, 'lean: "yes"', f"lean: {word}")
    assert (error.file, error.rule) == (OFPPT, "ofppt_training.renewal_receipt")
    assert error.line == line_of(book, OFPPT, f"lean: {word}")
    assert f"YAML reads a bare {word} as" in error.reason
    assert f'"{word}" in quotes where the word is meant' in error.remedy


def test_the_country_code_of_norway_is_not_false(book: Path) -> None:
    error = unreadable(book, "situations.yaml", "nationality: [DZ, TN, SN]", "nationality: [DZ, NO, SN]")
    assert "YAML reads a bare NO as false" in str(error)
    assert error.rule == "overlay.convention"
    quoted = (book / "situations.yaml").read_text("utf-8").replace("[DZ, NO, SN]", '[DZ, "NO", SN]')
    (book / "situations.yaml").write_text(quoted, "utf-8")
    assert read_files(book)


@pytest.mark.parametrize("word", ["on", "no", "yes", "1", "2026-01-01", "~"])
def test_a_key_that_is_no_text_is_named(word: str, book: Path) -> None:
    error = unreadable(book, OFPPT, BAR, f"    {word}: 2026-11-21\n{BAR}")
    assert (error.rule, error.remedy) == (FIRST, "put it in quotes")
    assert error.reason == f"YAML does not read the key {word} as text"
    assert error.line == line_of(book, OFPPT, f"    {word}: 2026-11-21")


def test_a_key_that_stands_twice_is_named(book: Path) -> None:
    error = unreadable(book, OFPPT, STATUS, f"{STATUS}    status: eligible\n")
    assert str(error) == (
        f"{OFPPT}:{line_of(book, OFPPT, 'status: eligible')}: {FIRST}: key 'status' stands twice (keep one of the two)"
    )


def test_a_tab_is_named(book: Path) -> None:
    error = unreadable(book, OFPPT, BAR, f"\t{BAR}")
    assert (error.rule, error.reason, error.remedy) == (FIRST, "a tab", "indent with spaces")
    assert error.line == line_of(book, OFPPT, "\t")


@pytest.mark.parametrize(("written", "read"), [("015", 13), ("1:30", 90), ("0x10", 16), ("1_5", 15), ("0b11", 3)])
def test_a_number_that_is_another_is_named(written: str, read: int, book: Path) -> None:
    error = unreadable(book, OFPPT, "{age: {below: 15}}", f"{{age: {{below: {written}}}}}")
    assert error.reason == f"YAML reads {written} as {read}"
    assert (error.rule, error.line) == (FIRST, line_of(book, OFPPT, f"below: {written}"))


def test_a_bracket_left_open_is_placed(book: Path) -> None:
    error = unreadable(book, OFPPT, "cite: [F-054, F-071]", "cite: [F-054, F-071")
    assert error.rule == FIRST
    assert error.line is not None
    assert "check indents, brackets and quotes" in error.remedy


@pytest.mark.parametrize(
    ("file", "sound", "spoiled", "rule", "remedy"),
    [
        (OFPPT, "bar: true", "barr: true", FIRST, "did you mean bar?"),
        (OFPPT, STATUS, f"{STATUS}    next_step: []\n", FIRST, "did you mean next_steps?"),
        (OFPPT, "remarks:", "remark:", "ofppt_training", "did you mean remarks?"),
        (OFPPT, "{from: 2014-06-01}", "{from: 2014-06-01, until: 2030-01-01}", "ofppt_training", "remove it"),
        ("facts.yaml", "    maximum: 120\n", "    maximun: 120\n", "age", "did you mean maximum?"),
        ("promises.yaml", "same_as:", "same:", "promise.child_alone_is_treated_as_one", "did you mean same_as?"),
        ("review.yaml", "medium: 6", "middle: 6", "", ""),
    ],
)
def test_an_unknown_key_is_named_with_the_nearest(
    file: str, sound: str, spoiled: str, rule: str, remedy: str, book: Path
) -> None:
    error = refused(book, file, sound, spoiled)
    assert error.rule == rule
    assert remedy in error.remedy
    assert "unknown key" in error.reason
    assert error.line == line_of(book, file, spoiled.strip().splitlines()[-1].split(",")[0].strip())


@pytest.mark.parametrize(
    ("file", "sound", "spoiled", "remedy"),
    [
        (OFPPT, "{age: {below: 15}}", "{age: {blow: 15}}", "did you mean below?"),
        (OFPPT, "{age: {below: 15}}", "{agee: 15}", "did you mean age?"),
        (OFPPT, "{age: {below: 15}}", "{age: {below: 200}}", "a whole number from 0 to 120"),
        (OFPPT, "{age: {below: 15}}", "{age: {below: -1}}", "a whole number from 0 to 120"),
        (OFPPT, "{age: {below: 15}}", "{education: primary6}", "did you mean primary_6?"),
        (OFPPT, "{age: {below: 15}}", '{education_proof: "false"}', "true or false"),
        (OFPPT, "{age: {below: 15}}", "{row: resident_card}", "did you mean resident_cards?"),
        (OFPPT, STATUS, "    status: eligble\n", "'eligible'"),
        (OFPPT, STATUS, "    status: 3\n", "'eligible'"),
        (OFPPT, "bar: true", 'bar: "true"', "write true or false, without quotes"),
        (OFPPT, "[F-054, F-071]", "F-054", "write it as [one, another]"),
        (OFPPT, "[F-054, F-071]", "[54]", "put it in quotes"),
        (OFPPT, "verified_on: 2026-11-21", 'verified_on: "2026-11-21"', "without quotes"),
        (OFPPT, "reason: reason.training_from_15", "reason: reason.training_from_51", "reason.training_from_15?"),
        (OFPPT, "confirm_with: association", "confirm_with: asociation", "did you mean association?"),
        (
            "situations.yaml",
            "row: trafficking_victim\n",
            "row: traficking_victim\n",
            "did you mean trafficking_victim?",
        ),
        ("needs.yaml", "[ofppt_training,", "[ofpt_training,", "did you mean ofppt_training?"),
        ("promises.yaml", "[unhcr_asylum_registration]", "[unhcr_registration]", "unhcr_asylum_registration?"),
        ("promises.yaml", "same_as: unaccompanied_minor", "same_as: unacompanied_minor", "unaccompanied_minor?"),
        ("promises.yaml", "    status: eligible\n", "", "add status, same_as, proposable or warns"),
        ("review.yaml", "medium: 6", 'medium: "6"', "write a whole number, without quotes"),
        ("review.yaml", "medium: 6", "medium: 0", "see rules/README.md"),
        ("documents.yaml", "need: required", "need: requird", "did you mean required?"),
        ("contradictions.yaml", "facts: [alone_minor, age]", "facts: alone_minor", "write it as [one, another]"),
        ("organisations.yaml", "organisations:\n", "organisations:\n  - nothing\n", "write it as {key: value}"),
        ("numbers.yaml", "numbers:\n", "numbers:\n  - 15\n", "write it as {key: value}"),
        ("needs.yaml", "need_training: [", "need_training: 3 #[", "write need_training: [service, door]"),
    ],
)
def test_what_does_not_fit_is_told_with_what_to_do(
    file: str, sound: str, spoiled: str, remedy: str, book: Path
) -> None:
    error = refused(book, file, sound, spoiled)
    assert error.file == file
    assert error.line is not None
    assert remedy in error.remedy
    assert str(error).count("\n") == 0
