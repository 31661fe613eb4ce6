"""Draws cadences as people might write them."""

from __future__ import annotations

from hypothesis import strategies as st

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _some(values: st.SearchStrategy[str], most: int = 4) -> st.SearchStrategy[str]:
    return st.lists(values, min_size=1, max_size=most, unique=True).map(",".join)


def _signed(most: int) -> st.SearchStrategy[str]:
    return st.integers(-most, most).filter(bool).map(str)


MONTHS = _some(st.integers(1, 12).map(str))
MONTH_DAYS = _some(_signed(31))
YEAR_DAYS = _some(_signed(366))
WEEKS = _some(st.integers(1, 53).map(str))
WEEKDAYS = _some(st.sampled_from(_DAYS))
POSITIONS = _some(_signed(7), 3)


def _counted(most: int) -> st.SearchStrategy[str]:
    return _some(st.tuples(_signed(most), st.sampled_from(_DAYS)).map("".join))


_CHOICES = {
    "DAILY": {"BYMONTH": MONTHS, "BYMONTHDAY": MONTH_DAYS, "BYDAY": WEEKDAYS},
    "WEEKLY": {"BYMONTH": MONTHS, "BYDAY": WEEKDAYS},
    "MONTHLY": {"BYMONTH": MONTHS, "BYMONTHDAY": MONTH_DAYS, "BYDAY": WEEKDAYS | _counted(5)},
    "YEARLY": {
        "BYMONTH": MONTHS,
        "BYMONTHDAY": MONTH_DAYS,
        "BYYEARDAY": YEAR_DAYS,
        "BYWEEKNO": WEEKS,
        "BYDAY": WEEKDAYS | _counted(5),
    },
}


@st.composite
def cadences(draw: st.DrawFn) -> str:
    """Without COUNT and UNTIL."""
    frequency = draw(st.sampled_from(sorted(_CHOICES)))
    choices = _CHOICES[frequency]
    parts = {"FREQ": frequency}
    if draw(st.booleans()):
        parts["INTERVAL"] = str(draw(st.integers(1, 6)))
    for name in draw(st.lists(st.sampled_from(sorted(choices)), max_size=2, unique=True)):
        parts[name] = draw(choices[name])
    if "BYWEEKNO" in parts and any(sign.isdigit() for sign in parts.get("BYDAY", "")):
        parts["BYDAY"] = draw(WEEKDAYS)
    if any(name in parts for name in choices) and draw(st.integers(0, 3)) == 0:
        parts["BYSETPOS"] = draw(POSITIONS)
    if draw(st.booleans()):
        parts["WKST"] = draw(st.sampled_from(_DAYS))
    return ";".join("=".join(part) for part in parts.items())
