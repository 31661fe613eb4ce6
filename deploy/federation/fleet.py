"""The fleet: every subgraph as a process, and a router before them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from deploy.federation.process import Process
from deploy.federation.router import compose, route
from deploy.federation.subgraph import DOMAINS, Subgraph, launch, port_of


@dataclass
class Fleet:
    """Subgraphs by their domains; all of them use one database."""

    folder: Path
    """What they write, the supergraph, and the schema that clients see (`api/apollo.graphql`)."""
    settings: dict[str, object]
    subgraphs: dict[str, Subgraph] = field(default_factory=dict)
    router: Process | None = None
    address: str = ""
    """The router's."""

    def start(self, domains: Sequence[str]) -> None:
        """Start subgraphs. The first of all migrates the database and loads demo data where it has none, alone."""
        if not self.subgraphs:
            first, *domains = domains
            self._launch(first, self.settings, demo=True)
            self._await(first)
        for domain in domains:
            self._launch(domain, self.settings)
        self._await(*domains)

    def restart(self, domain: str, **settings: object) -> None:
        """Start one again that was ended, where it was, perhaps with other settings."""
        self._launch(domain, self.settings | settings, port=self.subgraphs[domain].port)
        self._await(domain)

    def open(self, port: int) -> None:
        """Compose the subgraphs that serve, and put the router before them."""
        supergraph = compose(self.subgraphs.values(), self.folder)
        self.router, self.address = route(supergraph, port, self.folder)

    def end(self) -> None:
        """All of them, at the same time."""
        processes = [subgraph.process for subgraph in self.subgraphs.values()]
        processes += [self.router] if self.router else []
        for process in processes:
            process.ask_to_end()
        for process in processes:
            process.end()

    def _launch(self, domain: str, settings: Mapping[str, object], *, port: int = 0, demo: bool = False) -> None:
        self.subgraphs[domain] = launch(domain, self.folder, settings, port=port, demo=demo)

    def _await(self, *domains: str) -> None:
        for domain in domains:
            self.subgraphs[domain].port = port_of(self.subgraphs[domain].process)


@contextmanager
def running(
    folder: Path,
    domains: Sequence[str] = DOMAINS,
    port: int = 0,
    tell: Callable[[str], None] = lambda _: None,
    /,
    **settings: object,
) -> Iterator[Fleet]:
    """A fleet until the block ends, when nothing of it is left; with port 0, the router has any that is free."""
    folder.mkdir(parents=True, exist_ok=True)
    fleet = Fleet(folder, settings)
    try:
        tell(f"Starting {len(domains)} subgraphs; the first sees to the database …")
        fleet.start(domains)
        tell("Composing them, and starting the router …")
        fleet.open(port)
        yield fleet
    finally:
        fleet.end()
