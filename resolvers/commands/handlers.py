"""Every module that handles commands."""

from __future__ import annotations

from types import ModuleType

from resolvers.commands import (
    allocation,
    bulk,
    clockwork,
    companies,
    contacts,
    creation,
    files,
    generation,
    links,
    merging,
    money,
    operator_settings,
    people,
    projects,
    quotes,
    recurring,
    repairs,
    steps,
    tenancies,
    tickets,
    timesheet,
    upkeep,
    vendors,
    visits,
)

MODULES: tuple[ModuleType, ...] = (
    creation,
    tickets,
    steps,
    merging,
    vendors,
    quotes,
    visits,
    repairs,
    clockwork,
    companies,
    contacts,
    operator_settings,
    tenancies,
    allocation,
    bulk,
    links,
    money,
    people,
    timesheet,
    upkeep,
    recurring,
    generation,
    projects,
    files,
)
