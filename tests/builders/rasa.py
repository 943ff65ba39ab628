"""A real Rasa server for one test run: trained if need be, on a free port of this machine, ended at the end."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / "nlu" / ".venv" / "bin" / "python"
PATIENCE_SECONDS = 240


@dataclass(frozen=True)
class RunningRasa:
    url: str
    token: str
    process: int
    log: Path


def trained() -> None:
    """Makes the model of the files as they are now, unless it is there."""
    if not PYTHON.exists():
        raise RuntimeError("Rasa's environment is missing: make nlu-env")
    done = subprocess.run([PYTHON, "-m", "nlu.train"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"nlu.train: {done.stdout[-2000:]}{done.stderr[-2000:]}")


@contextmanager
def rasa_server(folder: Path) -> Iterator[RunningRasa]:
    """`folder` keeps the server's log."""
    trained()
    port, token = _free_port(), secrets.token_urlsafe(24)
    url, log = f"http://127.0.0.1:{port}", folder / "rasa.log"
    environment = {**os.environ, "BOUSSOLE_RASA_TOKEN": token}
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [PYTHON, "-m", "nlu.serve", "--port", str(port)], cwd=ROOT, env=environment, stdout=output, stderr=output
        ) as server,
    ):
        try:
            _wait_until(server, url, token, log)
            yield RunningRasa(url, token, server.pid, log)
        finally:
            server.terminate()
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()


def _wait_until(server: subprocess.Popen[bytes], url: str, token: str, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not _answers(url, token):
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"nlu.serve did not start: {log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.3)


def _answers(url: str, token: str) -> bool:
    try:
        return httpx.get(f"{url}/status", params={"token": token}, trust_env=False).is_success
    except httpx.HTTPError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
