"""`make run`: the app first, Rasa behind it, and everything ended together.

The app answers with the fast part of the local parser within half a minute. Meanwhile, out of its way, the whole
classifier is learned, Rasa's environment made, its model trained (each only if it is not there yet) and its server
started; the app takes over each of them when it is ready.
"""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import httpx

from app.settings import Settings, read_settings

ROOT = Path(__file__).resolve().parents[1]
NLU_PYTHON = ROOT / "nlu" / ".venv" / "bin" / "python"
GRACE_SECONDS = 8
RASA_START_SECONDS = 180
QUIET = {"BOUSSOLE_LOG_LEVEL": os.environ.get("BOUSSOLE_LOG_LEVEL", "warning")}
"""Request logs would bury the progress; BOUSSOLE_LOG_LEVEL=info brings them back."""


def say(line: str) -> None:
    """Progress, for the person at the terminal."""
    sys.stdout.write(f"  {line}\n")
    sys.stdout.flush()


class Children:
    """The processes started here. Each leads its own group, so that ending it ends what it started."""

    def __init__(self) -> None:
        self._running: list[subprocess.Popen[bytes]] = []
        self._lock = threading.Lock()
        self.stopping = threading.Event()

    def start(self, command: list[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
        with self._lock:
            if self.stopping.is_set():
                raise InterruptedError
            process = subprocess.Popen(  # noqa: S603  # commands are ours, never a person's input
                command, cwd=ROOT, env={**os.environ, **environment}, start_new_session=True
            )
            self._running.append(process)
            return process

    def stop(self) -> None:
        with self._lock:
            self.stopping.set()
            for process in self._running:
                _signal_group(process, signal.SIGTERM)
            deadline = time.monotonic() + GRACE_SECONDS
            for process in self._running:
                try:
                    process.wait(max(0.1, deadline - time.monotonic()))
                except subprocess.TimeoutExpired:
                    _signal_group(process, signal.SIGKILL)
                    process.wait()


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        return


def serve(children: Children, settings: Settings, rasa: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Starts the app and waits until it answers."""
    server = children.start([sys.executable, "-m", "app.main"], {**QUIET, **rasa})
    url = f"http://{settings.host}:{settings.port}"
    while server.poll() is None and not children.stopping.is_set() and not _answers(f"{url}/health/live"):
        time.sleep(0.1)
    if server.poll() is None and not children.stopping.is_set():
        say(f"Boussole answers on {url}  (Ctrl-C stops everything)")
    return server


def bring_understanding(children: Children) -> None:
    """The whole classifier, for the local parser: without it the fast part goes on answering."""
    say("Understanding: learning meanings (first time: some minutes; it answers meanwhile) ...")
    try:
        learned = children.start([sys.executable, "-m", "nlu.learn"], {}).wait() == 0
    except (InterruptedError, OSError):
        learned = False
    if not learned and not children.stopping.is_set():
        say("Meanings cannot be learned here; the fast part of the local parser answers instead.")


def bring_rasa(children: Children, rasa: Mapping[str, str], port: int) -> None:
    """Environment, model, server: each step says what it does, and a failed one leaves the local parser speaking."""
    steps: list[tuple[str, list[str]]] = [
        ("Rasa: its environment (first time: about a minute) ...", ["make", "--no-print-directory", "nlu-env"]),
        ("Rasa: its model (first time: some minutes) ...", [str(NLU_PYTHON), "-m", "nlu.train"]),
    ]
    try:
        for line, command in steps:
            say(line)
            if children.start(command, {}).wait() != 0:
                say("Rasa cannot be had here; the local parser answers instead. Everything else works.")
                return
        say("Rasa: starting its server ...")
        server = children.start([str(NLU_PYTHON), "-m", "nlu.serve", "--port", str(port)], rasa)
    except (InterruptedError, OSError):
        if not children.stopping.is_set():
            say("Rasa cannot be had here; the local parser answers instead. Everything else works.")
        return
    _announce(lambda: server.poll() is None and not children.stopping.is_set(), rasa)


def _bring_the_rest(children: Children, rasa: tuple[Mapping[str, str], int] | None) -> None:
    # One after the other: both are at work on the same vectors, and the app needs a processor too.
    bring_understanding(children)
    if rasa is not None:
        bring_rasa(children, *rasa)


def _announce(alive: Callable[[], bool], rasa: Mapping[str, str]) -> None:
    status = f"{rasa['BOUSSOLE_RASA_URL']}/status?token={rasa['BOUSSOLE_RASA_TOKEN']}"
    deadline = time.monotonic() + RASA_START_SECONDS
    while alive() and time.monotonic() < deadline:
        if _answers(status):
            say("Rasa is ready: it understands from now on.")
            return
        time.sleep(0.5)
    if alive():
        say("Rasa did not start in time; the local parser answers instead.")


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2, trust_env=False).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> int:
    settings = read_settings()
    if not _is_free(settings.host, settings.port):
        say(f"Something answers on port {settings.port} already. Stop it, or choose another with BOUSSOLE_PORT.")
        return 1
    port = _free_port()
    rasa = {
        "BOUSSOLE_RASA_URL": f"http://127.0.0.1:{port}",
        "BOUSSOLE_RASA_TOKEN": secrets.token_urlsafe(24),
    }
    children = Children()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: children.stopping.set())
    try:
        server = serve(children, settings, {} if settings.rasa_url else rasa)
        if server.poll() is None and not children.stopping.is_set():
            children.start([sys.executable, "-m", "app.worker"], QUIET)
        if server.poll() is None:
            wanted = None if settings.rasa_url else (rasa, port)
            threading.Thread(target=_bring_the_rest, args=(children, wanted), daemon=True).start()
        while server.poll() is None and not children.stopping.is_set():
            time.sleep(0.2)
        asked_to_stop = children.stopping.is_set()
    finally:
        children.stop()
    return 0 if asked_to_stop else server.returncode


if __name__ == "__main__":
    sys.exit(main())
