"""A real server: what it refuses, what it writes down, and how it takes up a new model while people write."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event

import httpx
import pytest

from app.adapters.rasa import RasaParser
from app.adapters.switching import SwitchingParser
from nlu.deploy import NotDeployed, deploy
from nlu.models import current_model
from nlu.serve import LARGEST_BODY
from nlu.served import Served, code_now

pytestmark = pytest.mark.rasa

TEXTS = ("I need work", "bghit nkhdem f casa", "où se trouve l'ofppt", "أريد التسجيل في تكوين", "فين كاين السبيطار")
PEOPLE = 4
SECRET = "zorglubine"
ODD_BODIES = {
    "plain": {"json": {"text": f"I am {SECRET} and need work"}},
    "order": {"json": {"text": f"/{SECRET}"}},
    "half a letter": {"content": b'{"text": "zorglubine \\ud83d"}'},
    "cut": {"content": b'{"text": "zorglubine'},
    "not utf-8": {"content": b'{"text": "zorglubine \xff"}'},
    "number": {"json": {"text": 3, "message_id": SECRET}},
    "list": {"json": [SECRET]},
    "too large": {"json": {"text": f"{SECRET} " * LARGEST_BODY}},
}


@pytest.fixture(scope="session")
def served(server):
    return Served(server.url, server.token, code_now())


@pytest.fixture
def other_model(tmp_path):
    """The same model by another name."""
    return Path(shutil.copy(current_model(), tmp_path / "nlu-another.tar.gz"))


def _post(server, **body):
    return httpx.post(f"{server.url}/model/parse", params={"token": server.token}, timeout=30, trust_env=False, **body)


def _stream(parser, stopping):
    """What each of many messages was understood by, until told to stop."""
    spoke = []
    while not stopping.is_set():
        spoke += [parser.parse(text, None).parser for text in TEXTS]
    return spoke


def test_a_new_model_is_taken_up_and_not_one_message_is_lost(local, server, served, other_model):
    rasa = RasaParser(server.url, token=server.token, timeout=30)
    parser, stopping, told = SwitchingParser(local, rasa), Event(), []
    parser.probe()
    with ThreadPoolExecutor(PEOPLE) as pool:
        talking = [pool.submit(_stream, parser, stopping) for _ in range(PEOPLE)]
        try:
            for model in (other_model, current_model()):
                deploy(model, served, told.append)
        finally:
            stopping.set()
        spoke = [parser_name for each in talking for parser_name in each.result()]
    assert set(spoke) == {"rasa"}
    assert len(spoke) >= PEOPLE * len(TEXTS)
    assert ["another" in line for line in told] == [True, False]
    rasa.close()


def test_a_model_that_the_server_has_is_not_given_to_it_again(served):
    told = []
    deploy(current_model(), served, told.append)
    assert "already" in told[0]


def test_an_archive_that_cannot_be_read_leaves_the_old_model_speaking(served, rasa, tmp_path):
    broken = tmp_path / "nlu-broken.tar.gz"
    broken.write_bytes(b"nothing of the kind")
    with pytest.raises(NotDeployed):
        deploy(broken, served, print)
    assert rasa.parse("I need work", None).intent.name == "need_job"


def test_a_server_with_other_code_or_words_keeps_its_model(served, other_model):
    with pytest.raises(NotDeployed, match="start it again"):
        deploy(other_model, replace(served, code="older"), print)


def test_nobody_without_the_token_changes_the_model(served, other_model):
    with pytest.raises(NotDeployed, match="401"):
        deploy(other_model, replace(served, token="wrong"), print)


def test_a_body_larger_than_any_message_is_refused(server):
    assert _post(server, **ODD_BODIES["too large"]).status_code == httpx.codes.REQUEST_ENTITY_TOO_LARGE


def test_nothing_a_person_wrote_and_no_token_is_written_down(server):
    answers = [_post(server, **body).status_code for body in ODD_BODIES.values()]
    assert {200, 413, 500} <= set(answers)
    written = server.log.read_text(encoding="utf-8", errors="replace")
    assert SECRET not in written
    assert server.token not in written
