"""The domains of the graph: every module that declares entities."""

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
