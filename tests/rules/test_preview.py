"""`python -m rules.try`: what a person would be told, where it is written, and what was near; again when it changes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rules.load import BOOK
from rules.preview.places import places_of
from rules.preview.shown import NotKnown, facts_of, main
from rules.rulebook import Rulebook

OFPPT = "services/ofppt_training.yaml"
DAY = ("--on", "2026-11-21")


def tried(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main([*DAY, *arguments]) == 0
    return capsys.readouterr().out


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main([*DAY, *arguments]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err


def section(printed: str, title: str) -> list[str]:
    """The lines under one heading."""
    found: list[str] = []
    here = ""
    for line in printed.splitlines():
        here = line[:13].strip() or here
        if here == title:
            found.append(line[13:])
    return found


def test_the_rule_that_decides_is_named_with_its_file_and_line(capsys: pytest.CaptureFixture[str]) -> None:
    printed = tried(capsys, "--service", "ofppt_training", "--rest", "declined", "situation=card_work", "age=31")
    place = places_of()["ofppt_training.over_30"]
    assert section(printed, "status") == ["uncertain"]
    assert section(printed, "because")[0] == f"ofppt_training.over_30 ({place})"
    line = (BOOK / OFPPT).read_text("utf-8").splitlines()[int(place.rpartition(":")[2]) - 1]
    assert line.strip() == "- id: ofppt_training.over_30"
    assert "For Technicien and Technicien spécialisé" in printed
    assert "F-055 medium" in printed
    assert section(printed, "confirmed by")[0].startswith("ofppt: ")


def test_conditions_that_answers_settle_stand_apart_from_what_the_counter_checks(
    capsys: pytest.CaptureFixture[str],
) -> None:
    printed = tried(capsys, "--service", "ofppt_training", "--rest", "declined", "situation=card_work")
    assert "You are 15 or older." in section(printed, "if")
    assert section(printed, "not checked") == ["You pass the selection (marks or tests)."]
    assert any(paper.startswith("required: Your valid residence card") for paper in section(printed, "papers"))


def test_what_is_missing_is_asked_for_with_the_reason_for_the_order(capsys: pytest.CaptureFixture[str]) -> None:
    printed = tried(capsys, "--service", "ofppt_training", "situation=card_work", "age=17")
    assert section(printed, "status") == ["undetermined, at best conditional"]
    assert section(printed, "missing") == ["education", "education_proof"]
    fact, why, left = section(printed, "next asked")
    assert fact.partition(":")[0] in {"education", "education_proof"}
    assert why.strip()
    assert "questions to a verdict on average" in left
    assert any(line.startswith("ofppt_training.no_schooling (services/") for line in section(printed, "may decide"))


def test_the_way_to_yes_and_what_is_open_meanwhile_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    printed = tried(capsys, "--service", "ofppt_training", "--rest", "declined", "situation=card_expired")
    assert [line.partition(":")[0] for line in section(printed, "way to yes")] == ["way.renew_card", "way.renewed_card"]
    assert section(printed, "leads to") == ["conditional (ofppt_training.residents)"]
    assert "entraide_training: conditional" in section(printed, "open now")


def test_no_way_is_said_to_be_none(capsys: pytest.CaptureFixture[str]) -> None:
    printed = tried(capsys, "--service", "ofppt_training", "--rest", "declined", "situation=irregular", "age=40")
    assert section(printed, "way to yes")[0] == "none known"


def test_rules_that_nearly_spoke_say_what_kept_them(capsys: pytest.CaptureFixture[str]) -> None:
    told = ("situation=card_expired", "age=31", "education=none")
    near = section(tried(capsys, "--service", "ofppt_training", "--rest", "declined", *told), "nearly")
    assert any("expired_card" in line and line.endswith("true too, but later in precedence") for line in near)
    assert any("under_15" in line and line.endswith("with another age") for line in near)


def test_a_rule_of_another_paper_is_named_apart(capsys: pytest.CaptureFixture[str]) -> None:
    near = section(
        tried(capsys, "--service", "bra_refugee_card", "--rest", "declined", "situation=irregular"), "nearly"
    )
    assert near[-1].startswith("with another situation: bra_refugee_card.holders, ")


def test_a_paper_that_cannot_be_told_apart_has_nothing_near(capsys: pytest.CaptureFixture[str]) -> None:
    printed = tried(capsys, "--service", "ofppt_training", "--rest", "declined", "situation=paper_unhcr")
    assert section(printed, "because")[0] == "ofppt_training.paper_kind (no rule of its own)"
    assert section(printed, "nearly") == []


def test_words_come_in_another_language_and_the_reason_in_english_too(capsys: pytest.CaptureFixture[str]) -> None:
    told = ("--service", "primary_health_care", "--rest", "declined", "situation=irregular")
    french, english = tried(capsys, *told, "--language", "fr"), tried(capsys, *told)
    assert len(section(french, "because")) == 4
    assert section(french, "because")[1] == section(english, "because")[1]
    assert section(french, "next steps") != section(english, "next steps")


def test_a_service_that_is_never_suggested_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    told = ("--rest", "declined", "situation=irregular", "fears_return=yes")
    assert section(tried(capsys, "--service", "assisted_return_iom", *told), "proposed")


def test_another_day_is_another_answer(capsys: pytest.CaptureFixture[str]) -> None:
    told = ("--service", "anapec_job_search", "--rest", "declined", "situation=card_work")
    assert section(tried(capsys, *told, "--on", "2019-01-01"), "status") == ["uncertain"]
    assert section(tried(capsys, *told, "--on", "2029-01-01"), "check again")[0].endswith(", overdue")


@pytest.mark.parametrize(
    ("told", "error"),
    [
        (["agee=3"], "unknown fact 'agee' (did you mean age?)"),
        (["age=300"], "300 is no value of age (a whole number from 0 to 120)"),
        (["age=old"], "'old' is no value of age (a whole number from 0 to 120)"),
        (["situation=card_wrok"], "'card_wrok' is no value of situation (did you mean card_work?)"),
        (["fears_return=maybe"], "'maybe' is no value of fears_return (true or false)"),
        (["city=Fès"], "'Fès' is no value of city (a text like [a-z][a-z0-9_]{1,59})"),
        (["card_work"], "'card_work' is no answer (write fact=value, as in age=17)"),
        (["situation=card_work", "age=12"], "nobody is both: "),
    ],
)
def test_what_nobody_can_say_is_answered_with_the_nearest(told: list[str], error: str, rulebook: Rulebook) -> None:
    with pytest.raises(NotKnown) as raised:
        facts_of(rulebook, told)
    assert str(raised.value).startswith(error)


def test_an_unknown_word_is_an_error_of_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    error = refused(capsys, "--service", "ofppt_training", "agee=3")
    assert error == "unknown fact 'agee' (did you mean age?)\n"


def test_an_unknown_service_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(capsys, "--service", "ofppt_trainning") == (
        "unknown service 'ofppt_trainning' (did you mean ofppt_training?)\n"
    )


def test_a_declined_answer_is_not_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    printed = tried(capsys, "--service", "cooperative_odco", "situation=card_work", "age=?")
    assert section(printed, "status") == ["conditional"]
    assert section(printed, "next asked") == []


def test_a_bad_book_is_told_as_the_loader_tells_it(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = book / OFPPT
    path.write_text(path.read_text("utf-8").replace("{age: {below: 15}}", "{agee: {below: 15}}", 1), "utf-8")
    error = refused(capsys, "--service", "ofppt_training", "--folder", str(book), "situation=card_work")
    assert error.startswith(f"{OFPPT}:")
    assert error.endswith("ofppt_training.under_15: unknown fact 'agee' (did you mean age?)\n")


def test_while_watched_the_answer_comes_again_after_each_change(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = book / OFPPT
    sound = path.read_text("utf-8")

    def edits() -> Iterator[None]:
        yield  # Nothing has changed yet.
        path.write_text(sound.replace("{age: {above: 30}}", "{age: {above: 40}}"), "utf-8")
        yield
        path.write_text(sound.replace("{age: {above: 30}}", "{age: {beyond: 40}}"), "utf-8")
        yield
        path.write_text(sound + "# mended\n", "utf-8")
        yield

    told = ["--rest", "declined", "situation=card_work", "age=31"]
    assert main([*DAY, "--watch", "--folder", str(book), "--service", "ofppt_training", *told], edits) == 0
    printed = capsys.readouterr()
    assert [line for line in printed.out.splitlines() if line.startswith("status")] == [
        "status       uncertain",
        "status       conditional",
        "status       uncertain",
    ]
    assert "unknown operator 'beyond' on age" in printed.err


def test_every_rule_has_a_place(rulebook: Rulebook) -> None:
    rules = {rule.id for service in rulebook.services.values() for rule in service.rules}
    assert rules <= places_of().keys()


def test_the_command_runs_under_its_own_name() -> None:
    command = [sys.executable, "-m", "rules.try", "--service", "legal_aid", "situation=irregular"]
    done = subprocess.run(command, cwd=BOOK.parents[1], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "legal_aid.everyone (services/legal_aid.yaml:" in done.stdout
