"""How well the word lists do on marked examples."""

from __future__ import annotations

from nlu.entity_scores import ALL, Score, entity_scores, main, table
from nlu.examples import Example, read_examples


def marked(text: str, annotated: str, variety: str = "en") -> Example:
    return Example("inform", variety, text, annotated)


RABAT = '[Rabat]{"entity": "city", "value": "city_rabat"}'
SEWING = '[sewing]{"entity": "trade"}'


def test_what_is_marked_and_found_is_right():
    scores = entity_scores([marked("I live in Rabat", f"I live in {RABAT}")])
    assert scores["city", "en"] == scores["city", ALL] == Score(1, 1, 1)
    assert (scores["city", "en"].recall, scores["city", "en"].precision) == (1.0, 1.0)
    assert scores["city", "fr"] == Score()


def test_what_is_found_beside_the_marks_costs_precision_and_what_is_missed_costs_recall():
    wrong = '[24]{"entity": "age", "value": "42"}'
    scores = entity_scores([marked("I am 24 in Rabat", f"I am {wrong} in Rabat")])
    assert (scores["age", ALL].recall, scores["age", ALL].precision) == (0.0, 0.0)
    assert scores["city", ALL] == Score(marked=0, found=1, right=0)


def test_a_message_without_marks_is_not_counted():
    assert set(entity_scores([marked("I live in Rabat", "I live in Rabat")]).values()) == {Score()}


def test_a_trade_counts_in_whatever_words_it_is_found():
    scores = entity_scores([marked("I like sewing", f"I like {SEWING}")])
    assert scores["trade", ALL] == Score(1, 1, 1)


def test_the_table_has_a_line_for_every_type():
    lines = list(table(entity_scores([marked("I live in Rabat", f"I live in {RABAT}")])))
    assert [line.split()[0] for line in lines[1:]] == [
        "service", "situation", "city", "age", "education", "nationality", "trade",
    ]  # fmt: skip
    assert "1.00/1.00" in lines[3]


def test_the_command_reads_any_folder_of_examples(tmp_path, capsys):
    folder = tmp_path / "en"
    folder.mkdir()
    block = f'version: "3.1"\nnlu:\n- intent: inform\n  examples: |\n    - I live in {RABAT}\n'
    (folder / "some.yml").write_text(block, encoding="utf-8")
    assert len(read_examples(tmp_path)) == 1
    assert main([str(tmp_path)]) == 0
    assert "city" in capsys.readouterr().out
