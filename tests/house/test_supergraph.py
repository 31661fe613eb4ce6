"""The graph as its users read it: everything described, and the file in step."""

from collections.abc import Iterator

import pytest
from graphql import (
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
)

from schema.assembly.graph import assemble
from schema.domains import COMMANDS, DOMAINS
from schema.supergraph.supergraph import Supergraph, build_supergraph
from tests.house.source import CHECKOUT


@pytest.fixture(scope="module")
def supergraph() -> Supergraph:
    return build_supergraph(assemble(DOMAINS, COMMANDS))


def _named(schema: GraphQLSchema) -> Iterator[tuple[str, str | None]]:
    """Each type, field, argument and directive, with its description; enums without their values."""
    for name, kind in schema.type_map.items():
        if name.startswith("__"):
            continue
        yield name, kind.description
        yield from _inside(name, kind)
    for directive in schema.directives:
        yield f"@{directive.name}", directive.description


def _inside(name: str, kind: GraphQLNamedType) -> Iterator[tuple[str, str | None]]:
    if isinstance(kind, GraphQLInputObjectType):
        for field_name, given in kind.fields.items():
            yield f"{name}.{field_name}", given.description
    elif isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        for field_name, field in kind.fields.items():
            yield f"{name}.{field_name}", field.description
            for argument_name, argument in field.args.items():
                yield f"{name}.{field_name}({argument_name})", argument.description


def test_everything_in_the_graph_says_what_it_is(supergraph: Supergraph) -> None:
    named = list(_named(supergraph.graphql))
    assert len(named) > 1000
    assert [name for name, description in named if not (description or "").strip()] == []


def test_descriptions_are_sentences(supergraph: Supergraph) -> None:
    told = [(name, text) for name, text in _named(supergraph.graphql) if text and not name.startswith("@")]
    assert [(name, text) for name, text in told if text.strip()[-1] not in ".:)!?`"] == []


def test_the_file_of_the_supergraph_is_in_step(supergraph: Supergraph) -> None:
    file = CHECKOUT / "graphql" / "supergraph.graphql"
    assert file.read_text(encoding="utf-8") == supergraph.sdl, "python -m gateway schema > graphql/supergraph.graphql"
