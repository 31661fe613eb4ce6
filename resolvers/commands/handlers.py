"""Every module that handles commands."""

from __future__ import annotations

from types import ModuleType

from resolvers.commands import creation, merging, quotes, repairs, steps, tickets, vendors, visits

MODULES: tuple[ModuleType, ...] = (
    creation,
    tickets,
    steps,
    merging,
    vendors,
    quotes,
    visits,
    repairs,
)
