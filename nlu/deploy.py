"""`nlu/.venv/bin/python -m nlu.deploy`: trains if needed and gives the model to the servers that run, without a pause.

While a server loads, its old model answers; should it be late, the app's own parser does. A server that was started
with other code or other word lists is left as it is and named: only a new start makes the model fit.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Callable, List, Optional

from nlu import train
from nlu.models import current_model
from nlu.serve import read_token
from nlu.served import NotAnswered, Served, all_served, code_now
from nlu.warm import ANY_TEXT

Say = Callable[[str], None]


class NotDeployed(Exception):
    """The server keeps the model it had; the message says why."""


def main(arguments: Optional[List[str]] = None) -> int:
    options = _options(arguments)
    trained = 0 if options.model else train.main()
    if trained:
        return trained
    model = (options.model or current_model()).resolve()
    servers = [Served(options.url, read_token(), code_now())] if options.url else all_served()
    if not servers:
        _say("No server of this folder is running: the next one to start takes the new model.")
    failed = [each for each in servers if not _deployed(model, each)]
    return 1 if failed else 0


def deploy(model: Path, server: Served, say: Say) -> None:
    """Raises NotDeployed."""
    try:
        _deploy(model, server, say)
    except NotAnswered as error:
        raise NotDeployed(str(error)) from error


def _deploy(model: Path, server: Served, say: Say) -> None:
    if server.code != code_now():
        raise NotDeployed("it was started with other code or word lists: start it again")
    if _name_served(server) == model.name:
        say(f"{server.url} has it already: {model.name}")
        return
    started = time.monotonic()
    server.ask("PUT", "/model", {"model_file": str(model)})
    loaded = time.monotonic()
    if _name_served(server) != model.name:
        raise NotDeployed("it says that it took the model, but shows another one")
    server.ask("POST", "/model/parse", {"text": ANY_TEXT})
    answered = time.monotonic()
    times = f"loaded in {loaded - started:.1f} s, first answer in {1000 * (answered - loaded):.0f} ms"
    say(f"{server.url} speaks with {model.name} ({times})")


def _deployed(model: Path, server: Served) -> bool:
    try:
        deploy(model, server, _say)
    except NotDeployed as error:
        _say(f"{server.url} keeps its model: {error}")
        return False
    return True


def _name_served(server: Served) -> str:
    return Path(str(server.ask("GET", "/status").get("model_file") or "")).name


def _options(arguments: Optional[List[str]]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="nlu.deploy")
    parser.add_argument("--url", help="one server, with BOUSSOLE_RASA_TOKEN(_FILE); default: all that run from here")
    parser.add_argument("--model", type=Path, help="an archive of nlu.train; default: the one of the present files")
    return parser.parse_args(arguments)


def _say(line: str) -> None:
    sys.stdout.write(f"  nlu          {line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
