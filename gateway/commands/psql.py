"""python -m gateway psql"""

from __future__ import annotations

import shutil
import signal
import subprocess

import typer

from db.binaries import BinariesNotFoundError, find_binaries
from gateway import database
from gateway.commands.failing import told
from gateway.settings import Settings


def psql(context: typer.Context) -> None:
    """Open psql on the project's database; what follows `--` goes to psql: `psql -- -c 'SELECT now()'`."""
    with told():
        settings = Settings()
        with database.located(settings) as dsn:
            # Ctrl-C is psql's: it cancels a statement there, and must not end us, who would take psql along.
            signal.signal(signal.SIGINT, lambda _signal, _frame: None)
            result = subprocess.run([_program(settings), dsn, *context.args], check=False)  # noqa: S603 - the user's own words
    raise typer.Exit(result.returncode)


def _program(settings: Settings) -> str:
    """psql as it comes with the server, else that on PATH."""
    try:
        found = find_binaries(settings.pg_bindir)["psql"]
    except BinariesNotFoundError:
        if settings.database_url is None:
            raise
    else:
        if found.exists():
            return str(found)
    if path := shutil.which("psql"):
        return path
    raise BinariesNotFoundError("there is no psql: install PostgreSQL's client programs, or set PG_BINDIR")
