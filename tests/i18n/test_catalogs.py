"""Every sentence exists in three languages, with the same placeholders, links and numbers. This is the gate."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from app.i18n.texts import ROOT, Sentence, read_sentences

SENTENCES = read_sentences()
TRANSLATED = {"ar": "ar_MA", "fr": "fr_MA"}
PLACEHOLDER = re.compile(r"\{\w+\}")
LINK = re.compile(r"[a-z0-9.-]+\.(?:ma|org|com|net)\b")
ISOLATED = re.compile("\u2066[^\u2066\u2069]*\u2069")
CLDR_ORDER = ("zero", "one", "two", "few", "many", "other")


def catalog(language: str) -> Catalog:
    path = ROOT / "locales" / TRANSLATED[language] / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        return read_po(file, locale=TRANSLATED[language])


CATALOGS = {language: catalog(language) for language in TRANSLATED}


def message_of(language: str, sentence: Sentence) -> Message | None:
    msgid = sentence.say if sentence.one is None else sentence.one
    return CATALOGS[language].get(msgid, context=sentence.id)


def forms_of(language: str, sentence: Sentence) -> tuple[str, ...]:
    message = message_of(language, sentence)
    if message is None:
        return ()
    return message.string if isinstance(message.string, tuple) else (message.string,)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated_in_every_form_and_none_is_stale(language: str) -> None:
    missing = [s.id for s in SENTENCES.values() if not forms_of(language, s) or not all(forms_of(language, s))]
    fuzzy = [m.context for m in CATALOGS[language] if m.fuzzy and m.id]
    assert (missing, fuzzy) == ([], [])


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalog_holds_nothing_that_is_no_longer_said(language: str) -> None:
    said = {(s.id, s.say if s.one is None else (s.one, s.say)) for s in SENTENCES.values()}
    assert [m.context for m in CATALOGS[language] if m.id and (m.context, m.id) not in said] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_are_the_same_in_every_language(language: str) -> None:
    wrong = []
    for sentence in SENTENCES.values():
        expected = set(PLACEHOLDER.findall(sentence.say))
        for form in forms_of(language, sentence):
            found = set(PLACEHOLDER.findall(form))
            # zero, one and two may say the number in words
            allowed = expected - {"{count}"} if sentence.one else expected
            if not (allowed <= found <= expected):
                wrong.append((sentence.id, form))
    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_links_and_long_numbers_are_the_same_in_every_language(language: str) -> None:
    numbers = re.compile(r"\d(?:[ .,\u00a0\u202f]?\d){3,}")

    def essentials(text: str) -> list[str]:
        text = re.sub("[\u2066-\u2069]", "", text)
        return sorted(LINK.findall(text)) + sorted(re.sub(r"\D", "", n) for n in numbers.findall(text))

    wrong = [
        (s.id, form)
        for s in SENTENCES.values()
        if s.one is None
        for form in forms_of(language, s)
        if essentials(form) != essentials(s.say)
    ]
    assert wrong == []


def test_arabic_plurals_follow_the_order_translators_use() -> None:
    assert CATALOGS["ar"].num_plurals == len(CLDR_ORDER)
    rule = Locale("ar", "MA").plural_form
    forms = {n: CLDR_ORDER.index(rule(n)) for n in range(2000)}
    python = _as_python(CATALOGS["ar"].plural_expr)
    assert {n: eval(python, {"n": n}) for n in forms} == forms  # noqa: S307  # our own catalog's header


def _as_python(expression: str) -> str:
    """C's `a ? b : c` chain as Python, enough for a plural header."""
    parts = expression.strip("() ;").replace("&&", " and ").replace("||", " or ").split("?")
    if len(parts) == 1:
        return parts[0]
    python, rest = "", parts
    condition = rest[0]
    for part in rest[1:-1]:
        value, _, following = part.partition(":")
        python += f"{value} if {condition} else "
        condition = following
    value, _, last = rest[-1].partition(":")
    return f"{python}{value} if {condition} else {last}"


def test_arabic_uses_arabic_punctuation() -> None:
    wrong = [
        (s.id, form)
        for s in SENTENCES.values()
        for form in forms_of("ar", s)
        if re.search(r"[؀-ۿ][,;?]", ISOLATED.sub("", form))
    ]
    assert wrong == []


def test_latin_runs_in_arabic_are_isolated() -> None:
    wrong = [
        (s.id, form)
        for s in SENTENCES.values()
        for form in forms_of("ar", s)
        if re.search(r"[A-Za-z]{2,}", PLACEHOLDER.sub("", ISOLATED.sub("", form))) and re.search(r"[؀-ۿ]", form)
    ]
    assert wrong == []


def test_no_language_says_illegal() -> None:
    forbidden = re.compile(r"\billegal|illégal|clandestin|غير شرعي|غير قانوني|سري\b", re.IGNORECASE)
    texts = [(s.id, s.say) for s in SENTENCES.values()]
    texts += [(s.id, form) for language in TRANSLATED for s in SENTENCES.values() for form in forms_of(language, s)]
    assert [(sentence, text) for sentence, text in texts if forbidden.search(text)] == []


def test_sentences_are_never_written_in_code() -> None:
    arabic = re.compile(r"[\"'][^\"'\n]*[؀-ۿ]{3,}[^\"'\n]*[\"']")
    found = [
        str(path.relative_to(ROOT))
        for folder in ("app", "rules", "referral_directory")
        for path in Path(ROOT / folder).rglob("*.py")
        if arabic.search(path.read_text("utf-8"))
    ]
    assert found == []


def test_the_template_for_translators_is_fresh() -> None:
    with (ROOT / "locales" / "messages.pot").open("rb") as file:
        template = {(m.context, m.id) for m in read_po(file) if m.id}
    assert template == {(s.id, s.say if s.one is None else (s.one, s.say)) for s in SENTENCES.values()}
