"""Where a person is from: nationalities and country names."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Dict, FrozenSet, Iterator, List

from nlu.text.arabizi import ARABIC_LETTER
from nlu.text.cues import OWN, breaks_before, clause_before, is_denied, is_told_of_another, words_for
from nlu.text.found import Found, found_in
from nlu.text.normalise import fold
from nlu.text.phrases import Hit, Message, Phrasebook, without_overlaps
from nlu.text.spelling import Misspellings
from nlu.text.tables import rows
from nlu.text.wards import ward_of

_TRANSIT = frozenset(
    {"DZ", "MR", "LY", "NE", "ES", "FR", "IT", "MA", "EG", "TN", "TR", "CA", "US", "GB", "DE", "BE", "PT"}
)
"""Countries that journeys lead through or to: "I came from" them says nothing of nationality."""
_HERE = "MA"
_SPOKEN_ELSEWHERE = frozenset({"ES", "PT", "IT", "TR", "CN", "RU", "US"})
"""Nations whose adjective is heard more often of a language."""
_WISHED = frozenset({"want", "get", "wait", "if"})
_SHORTEST_FUZZY = 7
_SMALL_WORDS = 4
_PLURALS = ("\u064a\u0646", "\u0648\u0646")
_ARTICLES = ("la", "le", "les", "l", "the")


def origins_in(text: str, message: Message) -> Iterator[Found]:
    """Nationalities; a country's name alone counts after "from", "nationality" and the like, or in a list of facts."""
    people = [hit for hit in _people().hits(message, spoken=False) if not _is_a_language(text, message, hit)]
    named = _countries().hits(message, spoken=False)
    # "Not Gambia, Ghana": what is put right needs no other word.
    corrected = any(is_denied(text, message, hit) for hit in [*people, *named])
    countries = [hit for hit in named if corrected or _is_origin(text, message, hit)]
    hits = without_overlaps(sorted(people + countries, key=lambda hit: (-hit.length, hit.first)))
    for hit in hits or _misspelled(message):
        if _is_of_the_writer(text, message, hit):
            yield found_in(text, message, "nationality", hit.value, hit.first, hit.last)


def _is_of_the_writer(text: str, message: Message, hit: "Hit[str]") -> bool:
    if is_denied(text, message, hit) or is_told_of_another(text, message, hit) or _is_a_stranger(text, message, hit):
        return False
    if hit.value == _HERE and any(cue.kind in _WISHED for cue in clause_before(text, message, hit.first)):
        return False
    if _thing_before(text, message, hit.first) in _cues("paper before"):
        return False
    before = not breaks_before(text, message, hit.last)
    return not (before and message.words[hit.last].text in _cues("paper after"))


def _thing_before(text: str, message: Message, place: int) -> str:
    """The word before a nation's name and its small words: "embassy" in "embassy of Mali"."""
    first = place
    while place > 0 and first - place < _SMALL_WORDS and not breaks_before(text, message, place):
        place -= 1
        if message.words[place].text not in _cues("small"):
            return message.words[place].text
    return ""


def _is_a_stranger(text: str, message: Message, hit: "Hit[str]") -> bool:
    """As in "a Senegalese told me": somebody of that nation who is neither the writer nor asked for."""
    if hit.first == 0 or message.words[hit.first - 1].text not in _cues("one of them"):
        return False
    ward = ward_of(message)
    of_the_ward = ward is not None and ward[0] <= hit.first <= ward[1] + 1
    return not of_the_ward and not any(cue.kind in OWN for cue in clause_before(text, message, hit.first))


def _is_a_language(text: str, message: Message, hit: "Hit[str]") -> bool:
    """As in "I learn Turkish"."""
    if _thing_before(text, message, hit.first) in _cues("language"):
        return True
    told = any(word.text.isdigit() for word in message.words) or any(
        cue.kind in OWN for cue in clause_before(text, message, hit.first)
    )
    return hit.value in _SPOKEN_ELSEWHERE and not told


def is_of_another_country(text: str, message: Message, thing: "Hit[Any]") -> bool:
    """Whether a paper is told to be another country's: "espagnole", "Spanish", "from Italy"."""
    issuers = _issuers().hits(message, spoken=False)
    people = [*_people().hits(message, spoken=False), *issuers]
    countries = [*_countries().hits(message, spoken=False), *issuers]
    return any(hit.value != _HERE and _touches(text, message, hit, thing) for hit in people) or any(
        hit.value != _HERE and hit.first >= thing.last and _is_tied(text, message, thing.last, hit.first)
        for hit in countries
    )


def _touches(text: str, message: Message, hit: "Hit[str]", thing: "Hit[Any]") -> bool:
    """French and Arabic put the adjective after the paper, English before it."""
    if thing.first < hit.first < thing.last or hit.first == thing.last:
        nouns = {word.text for word in message.words[thing.first : hit.first]} & _cues("paper before")
        return bool(nouns) and not breaks_before(text, message, hit.first)
    if thing.first in (hit.first, hit.last):
        return message.words[hit.last].text in _cues("paper after") and not breaks_before(text, message, hit.last)
    return False


def _is_tied(text: str, message: Message, first: int, last: int) -> bool:
    if last == first:
        return _is_glued_in(message.words[last].text) and not breaks_before(text, message, last)
    between = {message.words[place].text for place in range(first, last)}
    return between <= words_for("link") and not any(
        breaks_before(text, message, place) for place in range(first, last + 1)
    )


def _is_glued_in(word: str) -> bool:
    return ARABIC_LETTER.match(word) is not None


def is_nation(word: str) -> bool:
    return word in _single_words("people") or word in _single_words("country")


def country_named(text: str) -> "str | None":
    """The one country or nationality a short reply names, with small spelling errors forgiven."""
    message = Message.of(text)
    named = _people().hits(message, spoken=False) + _countries().hits(message, spoken=False)
    hits = without_overlaps(sorted(named, key=lambda hit: -hit.length)) or _misspelled(message, countries=True)
    values = {hit.value for hit in hits}
    return values.pop() if len(values) == 1 else None


def _is_origin(text: str, message: Message, hit: "Hit[str]") -> bool:
    if hit.length == len(message.words):
        return True
    before = [word.text for word in message.words[max(0, hit.first - 5) : hit.first]]
    tails = [" " + " ".join(before)]
    if before and before[-1] in _ARTICLES:
        tails.append(" " + " ".join(before[:-1]))
    cues = _cues("certain") if hit.value in _TRANSIT else _cues("certain") | _cues("likely")
    if any(tail.endswith(" " + cue) for cue in cues for tail in tails):
        return True
    return hit.value not in _TRANSIT and _is_listed(text, message, hit)


def _is_listed(text: str, message: Message, hit: "Hit[str]") -> bool:
    """As in "Guinea, 21, no papers": nothing but the name between two marks, among other facts."""
    alone = breaks_before(text, message, hit.first) and breaks_before(text, message, hit.last)
    return alone and any(word.text.isdigit() for word in message.words)


def _misspelled(message: Message, *, countries: bool = False) -> "List[Hit[str]]":
    hits = []
    for place, word in enumerate(message.words):
        if is_nation(word.text) or ARABIC_LETTER.match(word.text):
            continue
        iso = _misspellings(countries).value_of(word.text)
        if iso is not None:
            hits.append(Hit(iso, place, place + 1))
    return hits


@lru_cache(maxsize=2)
def _misspellings(countries: bool) -> Misspellings:
    names = {**_single_words("people"), **(_single_words("country") if countries else {})}
    return Misspellings(names, shortest=_SHORTEST_FUZZY)


@lru_cache(maxsize=None)
def _single_words(column: str) -> Dict[str, str]:
    return {
        fold(name): row["iso"] for row in rows("nationalities") for name in row[column].split("|") if name.isalpha()
    }


@lru_cache(maxsize=None)
def _cues(strength: str) -> FrozenSet[str]:
    return frozenset(
        fold(words) for row in rows("origin_cues") if row["strength"] == strength for words in row["words"].split("|")
    )


def _forms(people: str) -> Iterator[str]:
    for name in people.split("|"):
        yield name
        if ARABIC_LETTER.match(name) and name.isalpha():
            yield from (f"{name}{plural}" for plural in _PLURALS)


@lru_cache(maxsize=1)
def _people() -> "Phrasebook[str]":
    return Phrasebook((name, "", row["iso"]) for row in rows("nationalities") for name in _forms(row["people"]))


@lru_cache(maxsize=1)
def _countries() -> "Phrasebook[str]":
    return Phrasebook((name, "", row["iso"]) for row in rows("nationalities") for name in _names(row["country"]))


def _names(country: str) -> Iterator[str]:
    for name in country.split("|"):
        yield name
        if name.isalpha() and not ARABIC_LETTER.match(name):
            yield f"l{name}"


@lru_cache(maxsize=1)
def _issuers() -> "Phrasebook[str]":
    """Who may have issued a paper, besides the nations: "French" is also a language, "abroad" is no nation."""
    return Phrasebook((name, "", "") for name in _cues("issuer"))
