"""The domains of the graph: every module that declares entities, and every module that declares commands."""

from __future__ import annotations

from types import ModuleType

from schema import (
    audit,
    directory,
    files,
    finance,
    geo,
    maintenance,
    messaging,
    projects,
    property,  # noqa: A004 - the domain's name
    recurring,
    reservations,
    team,
    ticket_links,
)
from schema.commands import creation, merging, quotes, repairs, steps, tickets, vendors, visits

DOMAINS: tuple[ModuleType, ...] = (
    team,
    ticket_links,
    recurring,
    projects,
    maintenance,
    property,
    reservations,
    finance,
    directory,
    geo,
    files,
    messaging,
    audit,
)

COMMANDS: tuple[ModuleType, ...] = (
    creation,
    tickets,
    steps,
    merging,
    vendors,
    quotes,
    visits,
    repairs,
)
