"""A Rasa server for measuring: started on a free port with the present model, ended when it was measured."""

from __future__ import annotations

import http.client
import json
import os
import secrets
import socket
import subprocess
import tempfile
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator, List, Sequence
from urllib.parse import urlencode

from nlu.judging import Ranking
from nlu.models import NLU, ROOT

PYTHON = NLU / ".venv" / "bin" / "python"
PATIENCE_SECONDS = 240


@dataclass(frozen=True)
class OwnServer:
    port: int
    token: str
    process: int
    start_seconds: float

    def hear(self, texts: Sequence[str]) -> List[Ranking]:
        """As the app asks: one connection, one text after the other."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            return [self._heard(connection, text) for text in texts]

    def _heard(self, connection: http.client.HTTPConnection, text: str) -> Ranking:
        body = json.dumps({"text": text})
        connection.request("POST", f"/model/parse?{urlencode({'token': self.token})}", body)
        answer = json.loads(connection.getresponse().read())
        return [(each["name"], each["confidence"]) for each in answer["intent_ranking"]]


@contextmanager
def own_server() -> Iterator[OwnServer]:
    """Trained first where need be. Raises RuntimeError where it does not start."""
    _train()
    port, token, began = _free_port(), secrets.token_urlsafe(24), time.monotonic()
    command = [str(PYTHON), "-m", "nlu.serve", "--port", str(port)]
    environment = {**os.environ, "BOUSSOLE_RASA_TOKEN": token}
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen(  # noqa: S603  a command of ours
            command, cwd=ROOT, env=environment, stdout=log, stderr=log
        ) as server,
    ):
        try:
            _wait(server, port, began)
            yield OwnServer(port, token, server.pid, time.monotonic() - began)
        finally:
            server.terminate()


def resident_megabytes(process: "int | str" = "self") -> float:
    """Memory that a process holds now."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS:"))


def _train() -> None:
    if not PYTHON.exists():
        raise RuntimeError("Rasa's environment is missing: make nlu-env")
    done = subprocess.run(  # noqa: S603  a command of ours
        [str(PYTHON), "-m", "nlu.train"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(f"nlu.train: {done.stdout[-2000:]}")


def _wait(server: "subprocess.Popen[bytes]", port: int, began: float) -> None:
    while not _listens(port):
        if server.poll() is not None or time.monotonic() > began + PATIENCE_SECONDS:
            raise RuntimeError("nlu.serve did not start")
        time.sleep(0.2)


def _listens(port: int) -> bool:
    """It listens once its model is loaded and has read a first text."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
