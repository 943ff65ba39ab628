"""The pipeline on anybody's labelled texts."""

from __future__ import annotations

import pytest

from nlu.benchmark import guesses, main, read_rows, scores, splits

SAMPLE = """text,label,language,gid
I need work,job,en,1
je cherche du travail,job,fr,1
I want a job,job,en,2
je veux un emploi,job,fr,2
how much is it,cost,en,3
combien ca coute,cost,fr,3
what is the price,cost,en,4
quel est le prix,cost,fr,4
,cost,en,5
no label,,en,6
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text(SAMPLE, encoding="utf-8")
    return path


def test_rows_without_text_or_label_are_left_out(file):
    assert len(read_rows(file)) == 8


def test_a_file_without_the_columns_is_refused(tmp_path):
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(ValueError, match="text"):
        read_rows(tmp_path / "other.csv")


@pytest.mark.parametrize("folds", [0, 2])
def test_translations_of_one_text_stay_on_one_side(file, folds):
    rows = read_rows(file)
    for known, unseen in splits(rows, folds):
        assert not {rows[place].group for place in known} & {rows[place].group for place in unseen}


def test_scores_are_told_per_language(file):
    rows = read_rows(file)
    guessed = [row.label if row.language == "en" else "job" for row in rows]
    lines = list(scores(rows, guessed))
    assert [line.split()[:3] for line in lines[1:]] == [
        ["all", "8", "0.7500"],
        ["en", "4", "1.0000"],
        ["fr", "4", "0.5000"],
    ]


def test_every_row_is_guessed_with_a_label_that_was_taught(file, tmp_path):
    rows = read_rows(file)
    guessed = guesses(rows, rows, vectors=tmp_path / "vectors.npz")
    assert len(guessed) == len(rows)
    assert set(guessed) <= {"job", "cost"}


def test_the_command_says_how_well_it_went(file, capsys, monkeypatch):
    monkeypatch.setattr("nlu.benchmark.guesses", lambda _known, unseen, **_options: [row.label for row in unseen])
    assert main([str(file), str(file)]) == 0
    assert "1.0000" in capsys.readouterr().out
