"""All commands of the command line."""

from __future__ import annotations

import sys
from importlib import import_module

import typer

_COMMANDS = (
    "serve",
    "migrate",
    "demo",
    "check",
    "clockwork",
    "schema",
    "plan",
    "access",
    "commands",
    "token",
    "keys",
    "psql",
)
_PASSES_ON = {"allow_extra_args": True, "ignore_unknown_options": True}


def program() -> typer.Typer:
    """The command line. Only the command that is asked for is loaded: a psql needs no GraphQL."""
    app = typer.Typer(
        name="gateway",
        help="Central Memory: one GraphQL graph over the domain schemas of a property-operations company.\n\n"
        "Commands use the PostgreSQL of DATABASE_URL, or else an embedded one of this checkout (below .data/), which "
        "runs only while a command does. Every other setting is an environment variable too: see docs/running.md.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_together)
    asked = next((word for word in sys.argv[1:] if not word.startswith("-")), None)
    for name in (asked,) if asked in _COMMANDS else _COMMANDS:
        command = getattr(import_module(f"gateway.commands.{name}"), name)
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command(name, context_settings=_PASSES_ON if name == "psql" else None)(command)
    return app


def _together() -> None:
    # One command alone would otherwise take the place of the whole.
    pass
