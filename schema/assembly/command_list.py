"""What may be done, as a table for people and programs: rendered from the declarations of the commands."""

from __future__ import annotations

from schema.assembly.graph import Graph
from schema.vocabulary.command import Command
from schema.vocabulary.role import STAFF, ViewerRole

_HEAD = "| command | does | for |\n| --- | --- | --- |"
_ORDER = tuple(ViewerRole)


def command_list(graph: Graph) -> str:
    """A Markdown table, a row a command: what it does, in its first sentence, and the roles that may give it."""
    rows = "\n".join(
        f"| `{command.name}` | {_does(command)} | {_roles(command)} |" for command in graph.commands.values()
    )
    return f"{_HEAD}\n{rows}\n"


def _does(command: Command) -> str:
    first = command.description.split("\n\n")[0].replace("\n", " ")
    return first.split(". ")[0].rstrip(".").replace("|", "\\|") + "."


def _roles(command: Command) -> str:
    staff = ["staff"] if command.by >= STAFF else []
    others = [role.value for role in _ORDER if role in command.by and not (staff and role in STAFF)]
    return ", ".join([*staff, *others])
