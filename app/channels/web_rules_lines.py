"""Text in a drawing: broken into lines by an estimate of its width, isolates closed and opened again at each break."""

from __future__ import annotations

from collections.abc import Iterator

OPENING = "\u2066\u2067\u2068"
CLOSING = "\u2069"
SPACE, NARROW, WIDE, USUAL, JOINED = 0.33, 0.36, 0.78, 0.61, 0.56
"""Widths in parts of the letter's size, on the wide side: fonts differ, and nothing may run out of its box."""


def width_of(text: str) -> float:
    return sum(map(_width, text))


def _width(letter: str) -> float:
    if letter in OPENING or letter == CLOSING or "\u064b" <= letter <= "\u0652":
        return 0
    if letter == " ":
        return SPACE
    if letter in "iljtfr.,:;'’!|()[]-":
        return NARROW
    if letter.isupper() or letter in "mwMW…—%":
        return WIDE
    return JOINED if "\u0600" <= letter <= "\u06ff" else USUAL


def in_lines(text: str, most: float) -> list[str]:
    """Lines of at most this width, as far as single words allow. What an isolate holds stays isolated on each line."""
    lines: list[list[str]] = [[]]
    for word in text.split():
        if lines[-1] and width_of(" ".join((*lines[-1], word))) > most:
            lines.append([])
        lines[-1].append(word)
    return list(_isolated(" ".join(line) for line in lines))


def _isolated(lines: Iterator[str]) -> Iterator[str]:
    still_open = ""
    for line in lines:
        whole = still_open + line
        still_open = ""
        for letter in whole:
            if letter in OPENING:
                still_open += letter
            elif letter == CLOSING:
                still_open = still_open[:-1]
        yield whole + CLOSING * len(still_open)
