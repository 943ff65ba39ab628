"""Pages of the console as HTML, in the language of whoever reads them."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.i18n.languages import LANGUAGES, best_language, direction
from app.i18n.translator import Translator

TEMPLATES = Path(__file__).parent.parent / "templates"


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def language_of(request: Request) -> str:
    """Asked for in the address, else the browser's."""
    asked = request.query_params.get("language")
    return asked if asked in LANGUAGES else best_language(request.headers.get("accept-language"))


def page(name: str, request: Request, translator: Translator, *, status: int = 200, **values: Any) -> HTMLResponse:
    language = language_of(request)
    html = _templates().get_template(f"console/{name}.html")
    text = html.render(
        say=partial(_say, translator, language),
        language=language,
        direction=direction(language),
        languages=tuple(LANGUAGES),
        **values,
    )
    return HTMLResponse(text, status, {"X-Frame-Options": "DENY", "Cache-Control": "no-store"})


def _say(translator: Translator, language: str, sentence: str, **values: Any) -> str:
    return translator.say(sentence, language, **values)
