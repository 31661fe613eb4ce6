"""Currencies by their codes of ISO 4217."""

from __future__ import annotations

from functools import cache


def is_currency(code: str) -> bool:
    """Whether people pay with it: without metals, funds and codes for tests, which have no smaller unit."""
    return code in _codes()


@cache
def _codes() -> frozenset[str]:
    from iso4217 import Currency  # reads a table when it is loaded, 30 ms

    return frozenset(currency.value for currency in Currency if currency.exponent is not None)
