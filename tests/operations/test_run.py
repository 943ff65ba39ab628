"""`make run` ends everything it started, and goes on without Rasa."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app import run

RASA = {"BOUSSOLE_RASA_URL": "http://127.0.0.1:9", "BOUSSOLE_RASA_TOKEN": "token"}


def is_alive(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    # A zombie has ended; its parent just has not looked yet.
    return stat.exists() and stat.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def wait_until(condition, seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_stopping_ends_children_and_what_they_started(tmp_path) -> None:
    children = run.Children()
    noted = tmp_path / "pid"
    process = children.start(["sh", "-c", f"sleep 60 & echo $! > {noted}; wait"], {})
    assert wait_until(lambda: noted.exists() and noted.read_text().strip() != "")
    grandchild = int(noted.read_text())
    children.stop()
    assert process.returncode is not None
    assert wait_until(lambda: not is_alive(grandchild))


def test_nothing_starts_once_stopping_has_begun() -> None:
    children = run.Children()
    children.stop()
    with pytest.raises(InterruptedError):
        children.start(["sleep", "60"], {})


@pytest.fixture
def without_make(tmp_path, monkeypatch) -> None:
    """A machine where Rasa's environment cannot be made."""
    broken = tmp_path / "bin" / "make"
    broken.parent.mkdir()
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", f"{broken.parent}:{os.environ['PATH']}")


@pytest.mark.usefixtures("without_make")
def test_without_rasa_it_says_so_and_goes_on(capsys) -> None:
    run.bring_rasa(run.Children(), RASA, 9)
    assert "the local parser answers instead" in capsys.readouterr().out


@pytest.mark.usefixtures("without_make")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_app_and_leaves_nothing_behind(tmp_path, number) -> None:
    port = run._free_port()
    environment = {
        **os.environ,
        "BOUSSOLE_PORT": str(port),
        "BOUSSOLE_DATABASE_URL": f"sqlite:///{tmp_path}/run.sqlite3",
        "BOUSSOLE_SECRET_KEY": "k" * 40,
    }
    command = [sys.executable, "-m", "app.run"]
    started = subprocess.Popen(command, cwd=run.ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    url = f"http://127.0.0.1:{port}/health/live"
    assert "Boussole answers on" in started.stdout.readline()
    assert run._answers(url)
    started.send_signal(number)
    started.communicate(timeout=30)
    assert started.returncode == 0
    assert not run._answers(url)


def test_a_taken_port_is_named_and_nothing_starts() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        environment = {**os.environ, "BOUSSOLE_PORT": port, "BOUSSOLE_SECRET_KEY": "k" * 40}
        command = [sys.executable, "-m", "app.run"]
        ended = subprocess.run(
            command, cwd=run.ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60
        )
    assert ended.returncode == 1
    assert f"port {port}" in ended.stdout


def test_stopping_while_rasa_is_prepared_is_quiet(capsys) -> None:
    children = run.Children()
    children.stop()
    run.bring_rasa(children, RASA, 9)
    assert "cannot be had" not in capsys.readouterr().out


def test_without_meanings_it_says_so_and_goes_on(monkeypatch, capsys) -> None:
    monkeypatch.setattr(run.sys, "executable", "false")
    run.bring_understanding(run.Children())
    assert "the fast part of the local parser answers instead" in capsys.readouterr().out


def test_stopping_while_meanings_are_learned_is_quiet(capsys) -> None:
    children = run.Children()
    children.stop()
    run.bring_understanding(children)
    assert "cannot be learned" not in capsys.readouterr().out
