"""How long `make run` takes to its first answers and to Rasa: `python -m tests.bench.start FOLDER` (a clone).

It starts twice, as a terminal would stop it (Ctrl-C to the whole group), and says what each start left running.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx

from tests.bench.servers import free_port

QUESTIONS = json.loads(Path(__file__).with_name("phrases_at_start.json").read_text("utf-8"))
PATIENCE_SECONDS = 600


def answered(url: str) -> dict[str, str]:
    """The kind of step each question gets; raises httpx.HTTPError while nobody answers."""
    steps = {}
    with httpx.Client(base_url=url, timeout=20, trust_env=False) as client:
        for variety, question in QUESTIONS.items():
            begun = client.post("/api/v1/conversations", json={}).raise_for_status().json()
            said = client.post(
                f"/api/v1/conversations/{begun['id']}/messages",
                json={"text": question},
                headers={"Authorization": f"Bearer {begun['token']}"},
            )
            steps[variety] = said.raise_for_status().json()["step"]["kind"]
    return steps


def start(folder: Path, label: str) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    begun = time.monotonic()
    environment = {**os.environ, "BOUSSOLE_PORT": str(port)}
    running = subprocess.Popen(
        ["make", "run"], cwd=folder, env=environment, start_new_session=True, stdout=subprocess.DEVNULL
    )
    try:
        steps = _when(lambda: answered(url), begun)
        tell(f"{label}: first answers after {time.monotonic() - begun:.1f} s {steps}")
        _when(lambda: _rasa_speaks(url), begun)
        tell(f"{label}: Rasa speaks after {time.monotonic() - begun:.1f} s")
    finally:
        os.killpg(running.pid, signal.SIGINT)
        running.wait(30)
    left = subprocess.run(["pgrep", "-f", f"{folder}/"], capture_output=True, text=True, check=False).stdout.split()
    tell(f"{label}: {len(left)} processes left running")


def _rasa_speaks(url: str) -> bool:
    ready = httpx.get(f"{url}/health/ready", timeout=5, trust_env=False).json()
    return ready["parser"] == "rasa"


def _when(attempt, begun: float):
    while time.monotonic() - begun < PATIENCE_SECONDS:
        try:
            if found := attempt():
                return found
        except httpx.HTTPError:
            pass
        time.sleep(0.2)
    raise TimeoutError


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    for which in ("first start", "second start"):
        start(Path(sys.argv[1]).resolve(), which)
