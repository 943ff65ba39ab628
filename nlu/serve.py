"""`nlu/.venv/bin/python -m nlu.serve`: Rasa's HTTP server with the model of the files as they are now.

Runs Rasa inside this very process: signals reach it, and the token never stands in the list of processes.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import List, Optional

from nlu.models import NLU, ROOT, before_rasa, current_model
from nlu.served import announced
from nlu.warm import load_warm

_TOKEN, _TOKEN_FILE = "BOUSSOLE_RASA_TOKEN", "BOUSSOLE_RASA_TOKEN_FILE"
LARGEST_BODY = 16 * 1024
"""Bytes. The app sends 1,000 characters; a megabyte would keep everybody waiting for seconds."""
LIMITS = {
    "SANIC_REQUEST_MAX_SIZE": str(LARGEST_BODY),
    "SANIC_REQUEST_TIMEOUT": "10",
    "SANIC_ACCESS_LOG": "false",
}
"""Rasa has no options for these; its web server reads them from the environment."""
RESPONSE_SECONDS = 120
"""To load a model may take as long as this; a parse is given up by the app after two."""


def main(arguments: Optional[List[str]] = None) -> int:
    options = _options(arguments)
    try:
        token = read_token()
    except OSError as error:
        return _refuse(f"{_TOKEN_FILE} cannot be read: {error.strerror}.")
    if not token:
        return _refuse(f"Set {_TOKEN} or {_TOKEN_FILE}: Rasa is never served without a token.")
    model = options.model or current_model()
    if not model.is_file():
        return _refuse(f"No model {model.name} for the files as they are now: run nlu/.venv/bin/python -m nlu.train")
    with announced(options.host, options.port, token):
        return _serve(rasa_arguments(options.host, options.port, model.resolve(), token))


def read_token() -> str:
    """From the environment or from a file, like the app."""
    token = os.environ.get(_TOKEN, "").strip()
    file = os.environ.get(_TOKEN_FILE, "")
    return token or (Path(file).read_text(encoding="utf-8").strip() if file else "")


def rasa_arguments(host: str, port: int, model: Path, token: str) -> List[str]:
    """What `rasa` is called with. Warnings only: at debug level it logs what people write."""
    options = ["--interface", host, "--port", str(port), "--model", str(model), "--auth-token", token]
    options += ["--response-timeout", str(RESPONSE_SECONDS), "--credentials", str(NLU / "credentials.yml")]
    return ["rasa", "run", "--enable-api", "--quiet", *options]


def _serve(arguments: List[str]) -> int:
    before_rasa()
    os.environ.update(LIMITS)
    try:
        from rasa.__main__ import main as rasa  # noqa: PLC0415  seconds long, and only this environment has it
    except ImportError:
        return _refuse("Rasa is not in this environment: run nlu/.venv/bin/python -m nlu.serve")
    # Rasa looks for our components, and for files of its own, where it stands.
    os.chdir(ROOT)
    load_warm()
    sys.argv = arguments
    rasa()
    return 0


def _options(arguments: Optional[List[str]]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="nlu.serve")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=5005)
    parser.add_argument("--model", type=Path, help="an archive of nlu.train; default: the one of the present files")
    return parser.parse_args(arguments)


def _refuse(reason: str) -> int:
    sys.stderr.write(f"  nlu {reason}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
