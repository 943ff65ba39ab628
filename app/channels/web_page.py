"""HTML pages in one language: the templates, what they may call, and how a page becomes a response."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.channels.cards import opening_line
from app.channels.shapes import Json, Voice
from app.dialogue.messages import Latin
from app.i18n.languages import LANGUAGES, best_language, direction
from app.i18n.translator import Translator
from referral_directory.points import Opening

APP = Path(__file__).resolve().parents[1]
STATIC = APP / "static"
STAND_IN = "\ue000"
"""A private letter: stands for a link while its sentence is translated and escaped."""
EXIT = "https://www.wikipedia.org/"
"""Where the quick exit leads: a page anybody may have open."""


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(APP / "templates" / "web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals |= {"asset": asset, "dir_of": direction, "dialled": dialled, "languages": tuple(LANGUAGES)}
    return templates


def page(
    template: str,
    translator: Translator,
    language: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **values: Any,
) -> HTMLResponse:
    """The page in this language. `say` in a template speaks it; `say_in` and `link` take a language first."""
    html = _templates().get_template(template)
    text = html.render(
        lang=language,
        say=Voice(translator, language).say,
        say_in=partial(_say_in, translator),
        link=partial(_link, translator),
        opening=partial(_opening, translator),
        exit=EXIT,
        **values,
    )
    return HTMLResponse(text, status, {"Content-Language": language, **(headers or {})})


def language_for(request: Request, asked: str | None) -> str:
    """The language asked for, else the browser's."""
    return known_language(asked) or best_language(request.headers.get("accept-language"))


def known_language(asked: str | None) -> str | None:
    return asked if asked in LANGUAGES else None


@cache
def asset(name: str) -> str:
    """The address of a static file; another content has another address, so browsers may keep it."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:8]
    return f"/static/{name}?v={digest}"


def dialled(number: str) -> str:
    """What a telephone dials: digits and a leading plus."""
    return re.sub(r"(?!^\+)\D", "", number.strip())


def _say_in(translator: Translator, language: str, sentence: str, **values: Any) -> str:
    return translator.say(sentence, language, **values)


def _opening(translator: Translator, language: str, hours: Json) -> str:
    kept = Opening(hours["kind"], tuple(hours["days"]), hours["opens"], hours["closes"])
    return opening_line(kept, Voice(translator, language))


def _link(translator: Translator, language: str, sentence: str, name: str, *, href: str, shown: str) -> Markup:
    """A sentence with a link where its placeholder `name` stands."""
    told = str(escape(translator.say(sentence, language, **{name: Latin(STAND_IN)})))
    rel = Markup("") if href.startswith("tel:") else Markup(' rel="noreferrer noopener" target="_blank"')
    anchor = Markup('<a href="{}"{} dir="ltr">{}</a>').format(href, rel, shown)
    return Markup(told.replace(STAND_IN, str(anchor)))  # noqa: S704 - both parts are escaped above
