"""Which servers of ours run on this machine, so that a new model finds them."""

from __future__ import annotations

import hashlib
import json
import os
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional
from urllib.parse import urlencode

from nlu.models import MODELS, OF_CLASSIFIER, ROOT

PATIENCE_SECONDS = 120.0
_FILES = "serving-*.json"
_READ_ONCE = ("nlu/components/*.py", "nlu/config.yml", "nlu/requirements.txt", *OF_CLASSIFIER)
"""What a server reads when it starts: a model made with other code or words would not fit into it."""


class NotAnswered(Exception):
    """Nobody there, or it refused; the message says what was asked, never with the token."""


@dataclass(frozen=True)
class Served:
    """`code` tells with what code and word lists the server was started."""

    url: str
    token: str
    code: str

    def ask(self, method: str, path: str, body: Optional[Dict[str, str]] = None) -> Any:
        """Its answer, read. Raises NotAnswered."""
        request = urllib.request.Request(  # noqa: S310  the address of our own server
            f"{self.url.rstrip('/')}{path}?{urlencode({'token': self.token})}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        # No proxy: the server stands on this machine or in its private network.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=PATIENCE_SECONDS) as answer:
                content = answer.read()
                return json.loads(content) if answer.status != HTTPStatus.NO_CONTENT and content else {}
        except urllib.error.HTTPError as error:
            with error:
                raise NotAnswered(f"{method} {path} was answered with {error.code}") from error
        except (OSError, ValueError) as error:
            raise NotAnswered(f"{method} {path} was not answered") from error


def code_now(root: Path = ROOT) -> str:
    """Changes with the code and the word lists, not with the examples."""
    digest = hashlib.sha256()
    for file in (each for pattern in _READ_ONCE for each in sorted(root.glob(pattern))):
        digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def announced(host: str, port: int, token: str, *, folder: Path = MODELS) -> Iterator[None]:
    """Best effort: where nothing can be written, a deployment has to be told the address."""
    file = folder / _FILES.replace("*", str(port))
    at = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104  an address that was bound, read back
    served = Served(f"http://{at}:{port}", token, code_now())
    try:
        # The token opens the server: nobody else on this machine may read it.
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as opened:
            json.dump(asdict(served), opened)
    except OSError:
        yield
        return
    try:
        yield
    finally:
        file.unlink(missing_ok=True)


def all_served(folder: Path = MODELS) -> List[Served]:
    """Also those that ended without a word: whoever asks them finds out."""
    found = []
    for file in sorted(folder.glob(_FILES)):
        try:
            found.append(Served(**json.loads(file.read_text(encoding="utf-8"))))
        except (OSError, ValueError, TypeError):
            continue
    return found
