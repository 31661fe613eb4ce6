"""What holds of every value that a client gives: text that people can read, numbers and moments within bounds."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator
from typing import Any

import orjson

from resolvers.commands.contract.codes import Code
from schema.vocabulary.given import GivenWord
from schema.vocabulary.scalar import BIG_INT, DATE, DATE_TIME, JSON, STRING, Scalar

_EARLIEST, _LATEST = dt.date(2000, 1, 1), dt.date(2100, 1, 1)
_MOST_CENTS = 10**12
_LINES = frozenset("\n\t")

Mistake = tuple[Code, str]


def mistakes(scalar: Scalar, word: GivenWord, value: Any) -> Iterator[Mistake]:
    """What is wrong with one value, as codes with messages that say how to mend it."""
    if scalar is STRING:
        yield from text_mistakes(word, value)
    elif scalar.number:
        yield from _number_mistakes(scalar, word, value)
    elif scalar in (DATE, DATE_TIME):
        day = value.date() if isinstance(value, dt.datetime) else value
        if not _EARLIEST <= day < _LATEST:
            yield Code.MOMENT_OUT_OF_RANGE, f"{day} is not between {_EARLIEST} and {_LATEST}."
    elif scalar is JSON and (size := len(orjson.dumps(value))) > word.longest:
        yield Code.JSON_TOO_LARGE, f"It has {size} bytes as JSON; at most {word.longest} are allowed."


def text_mistakes(word: GivenWord, text: str) -> Iterator[Mistake]:
    """Of a text: it says something, is not too long, and has no characters that nobody sees."""
    if not text.strip():
        yield Code.TEXT_EMPTY, "It is empty. Write something, or leave it out where that is allowed."
    if len(text) > word.longest:
        yield Code.TEXT_TOO_LONG, f"It has {len(text)} characters; at most {word.longest} are allowed."
    if found := {character for character in text if _is_unprintable(character, lines=word.lines)}:
        names = ", ".join(sorted(f"U+{ord(character):04X}" for character in found)[:5])
        allowed = "line feeds and tabs are the only ones allowed" if word.lines else "it is one line"
        yield Code.TEXT_UNPRINTABLE, f"It has control characters or lone surrogates ({names}): {allowed}."


def _is_unprintable(character: str, *, lines: bool) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"} and not (lines and character in _LINES)


def _number_mistakes(scalar: Scalar, word: GivenWord, value: Any) -> Iterator[Mistake]:
    least, most = word.least, word.most
    if scalar is BIG_INT:
        least, most = least if least is not None else 0, most if most is not None else _MOST_CENTS
    if least is not None and value < least:
        yield Code.NUMBER_OUT_OF_RANGE, f"It is {value}; {least} is the least that is allowed."
    if most is not None and value > most:
        yield Code.NUMBER_OUT_OF_RANGE, f"It is {value}; {most} is the most that is allowed."
