"""What makes a slice a subgraph: the fields that routers ask, and the SDL that they compose.

Source: https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/subgraph-spec
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Annotated, Any, Union

import strawberry
from graphql import (
    ConstDirectiveNode,
    DefinitionNode,
    DocumentNode,
    NameNode,
    ObjectTypeDefinitionNode,
    StringValueNode,
    parse,
    print_ast,
)
from graphql.language import ConstArgumentNode
from strawberry.types.field import StrawberryField
from strawberry.types.scalar import ScalarDefinition

from schema.assembly.graph import Graph
from schema.supergraph.connections import PageInfo
from schema.supergraph.define import list_of, new_object
from schema.supergraph.field import argument, plain_field, read_field
from schema.supergraph.meaning import Root
from schema.supergraph.problems import problem_records
from schema.vocabulary.column import Column
from schema.vocabulary.entity import Entity
from schema.vocabulary.result import Record

_SERVICE, _ENTITY, _ANY = "_Service", "_Entity", "_Any"
_OWN_FIELDS = {Root.SERVICE.value, Root.ENTITIES.value}
_LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])'


class Representation:
    """A row of an entity as routers name it: `__typename`, and the fields of one of its keys."""


REPRESENTATION: dict[object, ScalarDefinition] = {
    Representation: strawberry.scalar(
        name=_ANY, description="A row by its key.", serialize=lambda value: value, parse_value=lambda value: value
    )
}


def keys_of(entity: Entity) -> list[Column]:
    """By each of them a row is known; where the entity is not whole, by its id only."""
    return [entity.columns["id"], *(entity.natural_keys if entity.whole else [])]


def subgraph_fields(objects: dict[str, Any]) -> list[StrawberryField]:
    """`_service`, and `_entities` where there is any entity."""
    service = new_object(_SERVICE, "This subgraph.", [plain_field("sdl", "sdl", str, "Its schema.")])
    fields = [read_field(Root.SERVICE, Root.SERVICE.value, service, "What routers compose.")]
    if objects:
        members: Any = Union[tuple(objects.values())]  # noqa: UP007 - made at run time
        found = Annotated[members, strawberry.union(_ENTITY, description="Any row that has a key.")]
        given = argument("representations", list_of(Representation), "Rows by their keys.")
        fields.append(
            read_field(
                Root.ENTITIES,
                Root.ENTITIES.value,
                list_of(found | None),
                "The rows, in their order; null where there is none.",
                [given],
            )
        )
    return fields


def subgraph_sdl(graph: Graph, printed: str) -> str:
    """The schema as routers compose it: with keys, and without what they know of every subgraph."""
    shared = {PageInfo.__name__, *_with_inner(problem_records().values())}
    definitions = [_directed(each, graph, shared) for each in parse(printed).definitions if not _known(each)]
    return print_ast(DocumentNode(definitions=(*parse(_LINK).definitions, *definitions)))


def _with_inner(records: Iterable[Record]) -> set[str]:
    """The names of records and of all that they hold."""
    names: set[str] = set()
    for record in records:
        names |= {record.name} | _with_inner(item.record for item in record.items if item.record)
    return names


def _known(definition: DefinitionNode) -> bool:
    name = getattr(definition, "name", None)
    return name is not None and name.value in {_SERVICE, _ENTITY, _ANY}


def _directed(definition: DefinitionNode, graph: Graph, shared: set[str]) -> DefinitionNode:
    if not isinstance(definition, ObjectTypeDefinitionNode):
        return definition
    name = definition.name.value
    if name == "Query":
        asked = tuple(field for field in definition.fields or () if field.name.value not in _OWN_FIELDS)
        return replace(definition, fields=asked)
    if name in graph.entities:
        return replace(definition, directives=tuple(_keys(graph.entities[name])))
    if name in shared:
        return replace(definition, directives=(ConstDirectiveNode(name=NameNode(value="shareable"), arguments=()),))
    return definition


def _keys(entity: Entity) -> Iterator[ConstDirectiveNode]:
    for column in keys_of(entity):
        fields = ConstArgumentNode(name=NameNode(value="fields"), value=StringValueNode(value=column.field))
        yield ConstDirectiveNode(name=NameNode(value="key"), arguments=(fields,))
