"""Columns and fields of an entity as they are put together."""

from __future__ import annotations

from schema.assembly.annotations import Annotated, scalar_of
from schema.assembly.mistakes import Mistakes
from schema.assembly.names import camel
from schema.vocabulary.column import Column, ColumnWord
from schema.vocabulary.entity import Entity


def read_column(entity: Entity, attribute: Annotated, word: ColumnWord, mistakes: Mistakes) -> None:
    """Adds a declared column to its entity, or says what is wrong with it."""
    where, found = f"{entity.name}.{attribute.name}", scalar_of(attribute.annotation)
    if found is None:
        mistakes.add(where, f"no column holds {attribute.annotation}", "Annotate it with a scalar of the vocabulary")
        return
    scalar, nullable, array = found
    if not word.description.strip():
        mistakes.add(where, "has no description", "Say what it means, with its unit")
    if (word.order or word.natural_key) and (array or scalar.name == "JSON"):
        mistakes.add(where, "cannot be ordered by", "Take order and natural_key away")
    put_column(
        entity,
        Column(
            name=attribute.name,
            field=word.name or camel(attribute.name),
            scalar=scalar,
            nullable=nullable,
            array=array,
            description=word.description,
            order=word.order,
            natural_key=word.natural_key,
            hidden_from=word.hidden_from,
            mask=word.mask,
        ),
        mistakes,
    )


def put_column(entity: Entity, column: Column, mistakes: Mistakes) -> None:
    refuse_taken_field(entity, column.field, mistakes)
    entity.columns[column.name] = column


def refuse_taken_field(entity: Entity, field: str, mistakes: Mistakes) -> None:
    """One GraphQL name, one meaning."""
    if entity.column_of(field) or field in entity.edges or field in entity.derived:
        mistakes.add(f"{entity.name}.{field}", "is declared twice", "Give one of the two another name")
