"""The commands around the model: which one belongs to the files, training it, serving it."""

from __future__ import annotations

import os
import shutil
from itertools import pairwise

import pytest

from nlu import serve, train
from nlu.models import NLU, ROOT, current_model, fingerprint, forget_old_models


@pytest.fixture
def copy(tmp_path):
    """What a model is made of, elsewhere."""
    for folder in ("nlu/components", "nlu/data", "nlu/text", "referral_directory/data"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in (*NLU.glob("*.py"), *(NLU / name for name in ("config.yml", "domain.yml", "requirements.txt"))):
        shutil.copy(file, tmp_path / "nlu" / file.name)
    return tmp_path


def test_the_same_files_have_the_same_model_wherever_they_lie(copy):
    assert fingerprint(copy) == fingerprint(ROOT)
    assert current_model(copy).name == current_model().name


@pytest.mark.parametrize(
    "file",
    [
        "nlu/config.yml",
        "nlu/domain.yml",
        "nlu/linear.py",
        "nlu/kernel.py",
        "nlu/encoder.py",
        "nlu/data/fr/safety.yml",
        "nlu/components/classifier.py",
        "nlu/text/normalise.py",
        "nlu/text/data/danger.csv",
        "referral_directory/data/cities.csv",
    ],
)
def test_each_file_that_counts_changes_the_model(copy, file):
    before = fingerprint(copy)
    (copy / file).write_text((copy / file).read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert fingerprint(copy) != before


def test_a_new_file_changes_the_model(copy):
    before = fingerprint(copy)
    (copy / "nlu/data/fr/more.yml").write_text("", encoding="utf-8")
    assert fingerprint(copy) != before


def test_the_newest_three_models_are_kept(tmp_path):
    for age in range(5):
        model = tmp_path / f"nlu-{age}.tar.gz"
        model.touch()
        os.utime(model, (1000 - age, 1000 - age))
    (tmp_path / "local-1.joblib").touch()
    assert {path.name for path in forget_old_models(tmp_path)} == {"nlu-3.tar.gz", "nlu-4.tar.gz"}
    assert {path.name for path in tmp_path.iterdir()} == {
        "nlu-0.tar.gz",
        "nlu-1.tar.gz",
        "nlu-2.tar.gz",
        "local-1.joblib",
    }


@pytest.fixture
def models(tmp_path, monkeypatch):
    monkeypatch.setattr(train, "MODELS", tmp_path)
    monkeypatch.setattr(train, "ROOT", tmp_path)
    monkeypatch.setattr(train, "current_model", lambda: tmp_path / "nlu-now.tar.gz")
    monkeypatch.setattr(train, "before_rasa", lambda: None)
    return tmp_path


def test_a_model_that_is_there_is_not_trained_again(models, capfd):
    (models / "nlu-now.tar.gz").write_bytes(b"kept")
    assert train.main() == 0
    assert (models / "nlu-now.tar.gz").read_bytes() == b"kept"
    assert "up to date: nlu-now.tar.gz" in capfd.readouterr().out


def test_training_without_rasa_fails_and_the_last_line_says_why(models, capfd):
    assert train.main() == 1
    assert (
        capfd.readouterr()
        .out.splitlines()[-1]
        .endswith("Training failed: rasa is not in this environment; run nlu/.venv/bin/python -m nlu.train")
    )
    assert [path.name for path in models.iterdir()] == [".lock"]


@pytest.mark.usefixtures("models")
def test_examples_that_cannot_be_read_fail_the_training(monkeypatch, capfd):
    def unreadable():
        raise ValueError("fr/needs.yml, line 3")

    monkeypatch.setattr(train, "read_examples", unreadable)
    assert train.main() == 1
    assert capfd.readouterr().out.splitlines()[-1].endswith("Training failed: ValueError: fr/needs.yml, line 3")


@pytest.fixture
def no_token(monkeypatch):
    for name in ("BOUSSOLE_RASA_TOKEN", "BOUSSOLE_RASA_TOKEN_FILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("no_token")
def test_rasa_is_never_served_without_a_token(capsys):
    assert serve.main([]) == 1
    assert "BOUSSOLE_RASA_TOKEN" in capsys.readouterr().err


def test_serving_without_a_model_says_how_to_make_one(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("BOUSSOLE_RASA_TOKEN", "t")
    monkeypatch.setattr(serve, "current_model", lambda: tmp_path / "nlu-gone.tar.gz")
    assert serve.main(["--port", "1"]) == 1
    assert "nlu-gone.tar.gz" in (said := capsys.readouterr().err)
    assert "nlu.train" in said


@pytest.mark.usefixtures("no_token")
def test_the_token_may_lie_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "token").write_text("from a file\n", encoding="utf-8")
    monkeypatch.setenv("BOUSSOLE_RASA_TOKEN_FILE", str(tmp_path / "token"))
    assert serve.read_token() == "from a file"
    monkeypatch.setenv("BOUSSOLE_RASA_TOKEN", "given")
    assert serve.read_token() == "given"


@pytest.mark.usefixtures("no_token")
def test_a_token_file_that_is_missing_is_named(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("BOUSSOLE_RASA_TOKEN_FILE", str(tmp_path / "none"))
    assert serve.main([]) == 1
    assert "BOUSSOLE_RASA_TOKEN_FILE" in capsys.readouterr().err


def test_rasa_listens_where_told_with_the_token_and_no_channels(tmp_path):
    arguments = serve.rasa_arguments("127.0.0.1", 5005, tmp_path / "m.tar.gz", "secret")
    assert arguments[:3] == ["rasa", "run", "--enable-api"]
    options = dict(pairwise(arguments))
    assert options["--interface"] == "127.0.0.1"
    assert options["--auth-token"] == "secret"
    assert options["--credentials"] == str(NLU / "credentials.yml")
    assert not {"--debug", "--verbose", "-v", "-vv"} & set(arguments)
