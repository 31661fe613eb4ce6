"""python -m gateway plan"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from uuid import UUID

import orjson
import typer
from graphql import GraphQLError, OperationType, get_operation_ast, parse, validate

from gateway.commands.failing import fail, told
from resolvers.operation import Operation
from resolvers.planner.declined import Declined
from resolvers.planner.outline import outlined
from resolvers.planner.pages import PageLimits
from resolvers.planner.planner import Planner
from resolvers.viewer import Viewer
from schema.assembly.graph import assemble
from schema.assembly.prospect import prospect
from schema.domains import DOMAINS
from schema.supergraph.supergraph import build_supergraph
from schema.vocabulary.role import ViewerRole

_NOBODY = UUID(int=0)


def plan(
    file: Annotated[Path, typer.Argument(help="A GraphQL document.", exists=True, dir_okay=False)],
    operation: Annotated[str | None, typer.Option(help="Which of its operations.")] = None,
    variables: Annotated[str, typer.Option(help="Values of its variables, as JSON.")] = "{}",
    role: Annotated[ViewerRole, typer.Option(help="In what capacity somebody asks.")] = ViewerRole.MANAGER,
) -> None:
    """Print what the planner makes of a query: its fields, the answer they ask for, the SQL. Needs no database."""
    with told():
        graph = assemble(DOMAINS)
        supergraph = build_supergraph(prospect(graph, role))
        try:
            document = parse(file.read_text())
            if errors := validate(supergraph.graphql, document):
                raise errors[0]
            node = get_operation_ast(document, operation)
            if node is None or node.operation is not OperationType.QUERY:
                fail("Name one query by --operation; mutations are not planned.")
            name = node.name.value if node.name else None
            viewer = Viewer(role, _NOBODY, None)
            asked = Operation(document, file.name, name, node.operation, orjson.loads(variables), "plan", viewer)
            stages = Planner(supergraph, role, PageLimits()).stages(asked)
        except (GraphQLError, Declined, orjson.JSONDecodeError) as error:
            fail(f"{file}: {error}")
    for line in outlined(stages):
        typer.echo(line)
