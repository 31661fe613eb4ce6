"""python -m gateway clockwork"""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from typing import Annotated

import typer

from db.pool import Pool
from db.refusals import refusal
from gateway import database
from gateway.clockwork import COMMANDS, Clockwork, Done, find_operators
from gateway.commands.failing import told
from gateway.logs import configure_logging
from gateway.settings import Settings
from resolvers.commands.contract.handlers import collect
from resolvers.commands.handlers import MODULES
from resolvers.policies import STAFF
from schema import domains
from schema.assembly.graph import assemble

_REMINDERS = "dueReminders"


def clockwork(
    every: Annotated[
        float | None, typer.Option(min=1, help="Do it again so many seconds after it was done; else once.")
    ] = None,
    reminders: Annotated[  # noqa: FBT002 - an option
        bool, typer.Option(help="Claim due reminders and print them; leave it to the program that sends them.")
    ] = True,
) -> None:
    """Do what is due because time has passed, for every operator: cancel what no tenant answered, claim reminders,
    close what is resolved, make the tickets of recurring rules. SIGTERM and Ctrl-C end it between two commands.
    """
    with told():
        settings = Settings()
        configure_logging(settings)
        commands = tuple(name for name in COMMANDS if reminders or name != _REMINDERS)
        with database.located(settings) as dsn:
            failed = asyncio.run(_run(dsn, settings, commands, every))
    if failed and every is None:
        raise typer.Exit(1)


async def _run(dsn: str, settings: Settings, commands: tuple[str, ...], every: float | None) -> bool:
    """Whether something has failed."""
    graph = assemble(domains.DOMAINS, domains.COMMANDS)
    timeout = settings.statement_timeout_ms
    serving = database.serving(dsn, settings)
    async with Pool.open(serving, size=1, statement_timeout_ms=timeout, settings={"role": STAFF}) as pool:
        work = Clockwork(graph, collect(MODULES, graph), pool, commands)
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, work.stop.set)
        failed = await _round(dsn, work, patient=every is not None)
        while every is not None and not work.stop.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(every):
                    await work.stop.wait()
            if not work.stop.is_set():
                failed = await _round(dsn, work, patient=True) or failed
    return failed


async def _round(dsn: str, work: Clockwork, *, patient: bool) -> bool:
    """Whether something has failed. A `patient` one waits for a database that is away until the next time, and tells
    only what was done.
    """
    failed = False
    try:
        operators = await find_operators(dsn)
    except Exception as error:
        found = refusal(error)
        if not patient or found is None or found.kind != "unavailable":
            raise
        typer.echo(f"The database cannot be reached: {found.message}", err=True)
        return True
    async for done in work.round(operators):
        if done.number or done.failed or not patient:
            _tell(done)
        failed = failed or done.failed
    return failed


def _tell(done: Done) -> None:
    result = "failed, see the log" if done.failed else f"{done.number} {COMMANDS[done.command]}"
    typer.echo(f"{done.operator}: {done.command}: {result}")
    for reminder in done.told.get("reminders", ()):
        words = " ".join(f"{name}={value}" for name, value in reminder.items() if value is not None)
        typer.echo(f"  {words}")
    for rule in done.told.get("refused_rules", ()):
        typer.echo(f"  The rule {rule['recurring_rule_id']} cannot be followed: {rule['message']}", err=True)
