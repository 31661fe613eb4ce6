"""The option by which commands are about one domain's slice."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

from schema.assembly.graph import Graph
from schema.assembly.mistakes import nearest
from schema.assembly.slice import domains_of, slice_of

Subgraph: TypeAlias = Annotated[
    str | None, typer.Option(metavar="DOMAIN", help="A domain's slice as a federated subgraph, such as team.")
]


class UnknownDomainError(LookupError):
    """There is no such domain; the message names those that there are."""

    def __init__(self, name: str, graph: Graph) -> None:
        super().__init__(f"There is no subgraph {name!r}. {nearest(name, domains_of(graph))}.")

    def __str__(self) -> str:
        return str(self.args[0])


def refuse_unknown(graph: Graph, subgraph: str | None) -> None:
    """Raises `UnknownDomainError` where a slice is asked for that the graph does not have."""
    if subgraph is not None and subgraph not in domains_of(graph):
        raise UnknownDomainError(subgraph, graph)


def chosen(graph: Graph, subgraph: str | None) -> Graph:
    """The slice, or the whole graph where none is asked for. Raises `UnknownDomainError`."""
    refuse_unknown(graph, subgraph)
    return graph if subgraph is None else slice_of(graph, subgraph)
