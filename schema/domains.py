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
from schema.commands import (
    bulk,
    clockwork,
    companies,
    contacts,
    creation,
    links,
    merging,
    money,
    operator_settings,
    people,
    quotes,
    repairs,
    steps,
    tenancies,
    tickets,
    timesheet,
    upkeep,
    vendors,
    visits,
)
from schema.commands import files as file_commands
from schema.commands import projects as project_commands
from schema.commands import recurring as rule_commands

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
    clockwork,
    companies,
    contacts,
    operator_settings,
    tenancies,
    bulk,
    links,
    money,
    people,
    timesheet,
    upkeep,
    rule_commands,
    project_commands,
    file_commands,
)
