"""Whether two servers answer the same: compared before anything is measured."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


def difference(ours: Any, theirs: Any, path: str = "data") -> str | None:
    """Where and how two answers differ, or None.

    Forms of text may: a moment's digits and its zone (PostGraphile prints six digits and +00:00), and an enum's case
    (PostGraphile has no enum for a text with a CHECK, and prints what the table has).
    """
    if isinstance(ours, dict) and isinstance(theirs, dict) and ours.keys() == theirs.keys():
        return next((found for key in ours if (found := difference(ours[key], theirs[key], f"{path}.{key}"))), None)
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        pairs = enumerate(zip(ours, theirs, strict=True))
        return next((found for n, (one, other) in pairs if (found := difference(one, other, f"{path}[{n}]"))), None)
    if ours == theirs or _same_text(ours, theirs):
        return None
    return f"{path}: {_shortened(ours)} and {_shortened(theirs)}"


def _same_text(ours: Any, theirs: Any) -> bool:
    if not isinstance(ours, str) or not isinstance(theirs, str):
        return False
    if _MOMENT.match(ours) and _MOMENT.match(theirs):
        return dt.datetime.fromisoformat(ours) == dt.datetime.fromisoformat(theirs)
    return ours == theirs.upper()


def _shortened(value: Any) -> str:
    text = repr(value)
    return text if len(text) < 300 else f"{text[:300]}…"
