"""python -m deploy.federation"""

from __future__ import annotations

import signal
import sys
import threading
from typing import Annotated

import typer

from deploy.federation.fleet import Fleet, running
from deploy.federation.process import StartError
from deploy.federation.router import CompositionError
from deploy.federation.subgraph import DOMAINS
from gateway.settings import Settings

_ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_TRY = """Try:

curl -s {address}/graphql -H 'content-type: application/json' \\
  -d '{{"query": "{{ tickets(first: 3) {{ nodes {{ number property {{ code }} requestor {{ fullName }} }} }} }}"}}'

Ctrl-C stops all of it.
"""


def main(
    domains: Annotated[list[str] | None, typer.Argument(help="Some of the domains, such as team.")] = None,
    port: Annotated[int, typer.Option(help="The router's; 0 takes a free one.")] = 4000,
) -> None:
    """Serve every domain's subgraph in a process of its own, and a router before them, until Ctrl-C."""
    chosen = domains or DOMAINS
    if unknown := sorted(set(chosen) - set(DOMAINS)):
        raise typer.BadParameter(
            f"there is no {', '.join(unknown)}; there are {', '.join(DOMAINS)}", param_hint="domains"
        )
    ended = threading.Event()
    for each in _ENDS:
        signal.signal(each, _interrupt)
    settings = Settings()
    folder = settings.data_home / "federation"
    try:
        with running(folder, chosen, port, typer.echo) as fleet:
            _tell(fleet)
            ended.wait()
    except KeyboardInterrupt:
        typer.echo("\nAll of it has ended.")
    except (StartError, CompositionError) as error:
        typer.echo(str(error), err=True)
        sys.exit(1)


def _interrupt(*_: object) -> None:
    for each in _ENDS:  # the end is under way
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt


def _tell(fleet: Fleet) -> None:
    typer.echo(f"\nThe router serves on {fleet.address}/graphql (this machine only)\n")
    for subgraph in fleet.subgraphs.values():
        typer.echo(f"  {subgraph.domain:<14}{subgraph.url}  pid {subgraph.process.pid}")
    typer.echo(f"\n  what they write, and the supergraph: {fleet.folder}\n")
    typer.echo(_TRY.format(address=fleet.address))


if __name__ == "__main__":
    typer.run(main)
