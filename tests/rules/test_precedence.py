"""Who speaks first is declared; the order in which rules are written says nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rules.evaluate import evaluate
from rules.load import RulebookError, load_rulebook
from rules.model import ServiceId
from tests.builders.facts import TODAY, someone

OFPPT = "services/ofppt_training.yaml"
CHILD = someone(situation="card_family", age=14, education="none", education_proof=True)


def rewritten(book: Path, old: str, new: str) -> Path:
    path = book / OFPPT
    content = path.read_text("utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), "utf-8")
    return book


def reason(book: Path) -> str:
    return evaluate(load_rulebook(book), ServiceId("ofppt_training"), CHILD, on=TODAY).because[0].rule


def test_the_first_named_speaks(book: Path) -> None:
    assert reason(book) == "ofppt_training.under_15"
    swapped = "  - ofppt_training.no_schooling\n  - ofppt_training.under_15\n"
    rewritten(book, "  - ofppt_training.under_15\n  - ofppt_training.no_schooling\n", swapped)
    assert reason(book) == "ofppt_training.no_schooling"


def test_where_a_rule_is_written_changes_nothing(book: Path) -> None:
    path = book / OFPPT
    head, rules, tail = re.split(r"(?<=\n)(?:rules:|remarks:)\n", path.read_text("utf-8"))
    entries = re.split(r"(?=^  - id: )", rules, flags=re.MULTILINE)[1:]
    anchored = [each for each in entries if "&" in each]
    turned = [*anchored, *reversed([each for each in entries if each not in anchored])]
    before = load_rulebook(book).services[ServiceId("ofppt_training")]
    path.write_text(f"{head}rules:\n{''.join(turned)}remarks:\n{tail}", "utf-8")
    after = load_rulebook(book).services[ServiceId("ofppt_training")]
    assert [rule.id for rule in before.rules] != [rule.id for rule in after.rules]
    assert {rule.id: rule.rank for rule in before.rules} == {rule.id: rule.rank for rule in after.rules}
    assert reason(book) == "ofppt_training.under_15"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("  - bars\n", "  - bar\n", r"precedence: unknown rule 'bar' \(did you mean bars\?\)"),
        ("  - bars\n", "  - bars\n  - bars\n", r"precedence: bars stands twice \(name it once\)"),
        ("  - ofppt_training.over_30\n", "  - ofppt_training.over_31\n", r"did you mean ofppt_training\.over_30\?"),
    ],
)
def test_a_name_that_is_none_is_refused(old: str, new: str, problem: str, book: Path) -> None:
    with pytest.raises(RulebookError, match=problem) as error:
        load_rulebook(rewritten(book, old, new))
    assert error.value.line is not None


def test_bars_come_first_and_others_last_unless_said_otherwise(book: Path) -> None:
    rewritten(book, "  - bars\n", "")
    rewritten(book, "  - others\n", "")
    ranks = {rule.id: rule.rank for rule in load_rulebook(book).services[ServiceId("ofppt_training")].rules}
    assert ranks["ofppt_training.expired_card"] == 0
    assert ranks["ofppt_training.residents"] == max(ranks.values())
