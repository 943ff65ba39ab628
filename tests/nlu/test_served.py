"""A server says where it is, so that a new model finds it; only its owner can read how to get in."""

from __future__ import annotations

import stat

import pytest

from nlu.deploy import NotDeployed, deploy, main
from nlu.served import NotAnswered, Served, all_served, announced, code_now

NOBODY = Served("http://127.0.0.1:9", "a token", code_now())


def test_it_is_found_while_it_runs_and_no_longer(tmp_path):
    with announced("127.0.0.1", 5005, "a token", folder=tmp_path):
        assert all_served(tmp_path) == [Served("http://127.0.0.1:5005", "a token", code_now())]
    assert all_served(tmp_path) == []


def test_on_all_addresses_it_is_asked_on_this_machine(tmp_path):
    with announced("0.0.0.0", 5005, "t", folder=tmp_path):  # noqa: S104  nothing listens
        assert all_served(tmp_path)[0].url == "http://127.0.0.1:5005"


def test_nobody_else_may_read_its_token(tmp_path):
    with announced("127.0.0.1", 5005, "a token", folder=tmp_path):
        (file,) = tmp_path.iterdir()
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_it_runs_where_nothing_can_be_written(tmp_path):
    with announced("127.0.0.1", 5005, "a token", folder=tmp_path / "missing"):
        assert all_served(tmp_path / "missing") == []


@pytest.mark.parametrize("written", ["", "[]", "{}", '{"url": 1}'])
def test_a_damaged_announcement_is_passed_over(tmp_path, written):
    (tmp_path / "serving-1.json").write_text(written, encoding="utf-8")
    assert all_served(tmp_path) == []


def test_a_server_that_ended_without_a_word_keeps_nobody_waiting(tmp_path):
    with pytest.raises(NotDeployed):
        deploy(tmp_path / "nlu-1.tar.gz", NOBODY, print)


def test_what_goes_wrong_is_told_without_the_token():
    with pytest.raises(NotAnswered) as failure:
        NOBODY.ask("GET", "/status")
    assert NOBODY.token not in str(failure.value)


def test_the_command_says_who_keeps_the_old_model(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("BOUSSOLE_RASA_TOKEN", "a token")
    assert main(["--url", NOBODY.url, "--model", str(tmp_path / "nlu-1.tar.gz")]) == 1
    assert "keeps its model" in capsys.readouterr().out


def test_code_and_words_count_and_examples_do_not(tmp_path):
    (tmp_path / "nlu" / "text").mkdir(parents=True)
    (tmp_path / "nlu" / "data").mkdir()
    before = code_now(tmp_path)
    (tmp_path / "nlu" / "data" / "more.yml").write_text("nlu: []", encoding="utf-8")
    assert code_now(tmp_path) == before
    (tmp_path / "nlu" / "text" / "words.csv").write_text("a,b", encoding="utf-8")
    assert code_now(tmp_path) != before
