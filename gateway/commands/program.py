"""All commands of the command line."""

from __future__ import annotations

import typer

from gateway.commands.access import access
from gateway.commands.check import check
from gateway.commands.demo import demo
from gateway.commands.keys import keys
from gateway.commands.migrate import migrate
from gateway.commands.psql import psql
from gateway.commands.schema import schema
from gateway.commands.serve import serve
from gateway.commands.token import token

program = typer.Typer(
    name="gateway",
    help="Central Memory: one GraphQL graph over the domain schemas of a property-operations company.\n\n"
    "Commands use the PostgreSQL of DATABASE_URL, or else an embedded one of this checkout (below .data/), which "
    "runs only while a command does. Every other setting is an environment variable too: see docs/running.md.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
program.command()(serve)
program.command()(migrate)
program.command()(demo)
program.command()(check)
program.command()(schema)
program.command()(access)
program.command()(token)
program.add_typer(keys, name="keys")
program.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(psql)
