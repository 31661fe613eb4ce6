"""The viewer as the graph shows it: who is asking."""

from __future__ import annotations

from typing import Any

from schema.assembly.graph import Graph
from schema.supergraph.define import define_enum, new_object
from schema.supergraph.field import plain_field, read_field
from schema.supergraph.meaning import Follow
from schema.vocabulary.edge import Edge, Link
from schema.vocabulary.entity import Entity
from schema.vocabulary.role import ViewerRole

_ROWS = (
    ("contact", "contact_id", "Contact", "The person; none for a program."),
    ("operator", "operator_id", "Company", "The operating company whose data they see."),
)


def stands_for(graph: Graph) -> bool:
    """Whether the graph reads all the rows that a viewer stands for."""
    return {name for _, _, name, _ in _ROWS} <= {entity.name for entity in graph.whole}


def viewer_type(graph: Graph, objects: dict[str, Any]) -> Any:
    """The class of Viewer, with the rows it stands for as far as the graph has them."""
    viewer = Entity("Viewer", "", "viewer", "viewers", "Who is asking.", search=False)
    fields = [
        plain_field(
            "role", "role", define_enum(ViewerRole, "In what capacity somebody asks."), "In what capacity they ask."
        )
    ]
    for name, column, target, description in _ROWS:
        if entity := graph.entities.get(target):
            edge = Edge(
                field=name,
                source=viewer,
                target=entity,
                link=Link(((column, "id"),)),
                many=False,
                nullable=True,
                description=description,
                domain=entity.domain,
                forward=True,
            )
            fields.append(read_field(Follow(edge), name, objects[target] | None, description))
    return new_object("Viewer", viewer.description, fields)
