"""The graph: all entities of some domains, checked against each other as they are put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from types import ModuleType

from schema.assembly.annotations import Annotated, annotated
from schema.assembly.columns import read_column
from schema.assembly.commands import assemble_commands
from schema.assembly.derived import read_derived, read_merged
from schema.assembly.edges import read_edge
from schema.assembly.mistakes import Mistakes, nearest
from schema.assembly.names import camel, lower_first
from schema.vocabulary.column import ColumnWord
from schema.vocabulary.command import Command
from schema.vocabulary.derived import DerivedWord, MergedWord
from schema.vocabulary.edge import OneWord, PathWord
from schema.vocabulary.entity import Entity, EntityWord, declared


@dataclass(frozen=True)
class Graph:
    """Entities by name, and commands by the name of their field; of one domain only, where it is a slice."""

    entities: dict[str, Entity]
    commands: dict[str, Command] = field(default_factory=dict)
    domain: str | None = None

    def __iter__(self) -> Iterator[Entity]:
        return iter(self.entities.values())

    @property
    def whole(self) -> list[Entity]:
        """Those whose rows are read here; in a slice of a domain, that domain's."""
        return [entity for entity in self if entity.whole]

    @property
    def searchable(self) -> list[Entity]:
        return [entity for entity in self if entity.search]

    @property
    def by_table(self) -> dict[str, Entity]:
        return {entity.table: entity for entity in self}


def assemble(modules: Iterable[ModuleType], commands: Iterable[ModuleType] = ()) -> Graph:
    """The graph that the modules declare; `commands` are the modules of what may be done to it.

    Raises:
        AssemblyError: with every mistake of every declaration.
    """
    mistakes = Mistakes()
    classes = _classes(modules, mistakes)
    entities = {cls.__name__: _entity(cls, word, mistakes) for cls, word in classes}
    graph = Graph(entities, assemble_commands(commands, entities, mistakes))
    names = {cls.__name__: cls for cls, _ in classes}
    words = [
        (entities[cls.__name__], attribute) for cls, _ in classes for attribute in _attributes(cls, names, mistakes)
    ]
    for entity, attribute in words:  # all columns first: edges are checked against them
        if isinstance(attribute.word, ColumnWord):
            read_column(entity, attribute, attribute.word, mistakes)
        elif not isinstance(attribute.word, OneWord | PathWord | DerivedWord | MergedWord):
            where = f"{entity.name}.{attribute.name}"
            mistakes.add(where, "is neither a column nor an edge", "Assign column(…), one(…) or path(…)")
    for kind in (OneWord, PathWord):  # then foreign keys: paths run over them
        for entity, attribute in words:
            if isinstance(attribute.word, kind):
                read_edge(graph, entity, attribute, mistakes)
    for entity, attribute in words:
        if isinstance(attribute.word, DerivedWord):
            read_derived(graph, entity, attribute, attribute.word, mistakes)
        elif isinstance(attribute.word, MergedWord):
            read_merged(graph, entity, attribute, attribute.word, mistakes)
    _check_root_names(graph, mistakes)
    mistakes.settle()
    return graph


def _classes(modules: Iterable[ModuleType], mistakes: Mistakes) -> list[tuple[type, EntityWord]]:
    found: dict[str, tuple[type, EntityWord]] = {}
    for module in modules:
        for cls in vars(module).values():
            word = declared(cls) if isinstance(cls, type) and cls.__module__ == module.__name__ else None
            if word is None:
                continue
            if cls.__name__ in found:
                mistakes.add(f"{module.__name__}.{cls.__name__}", "is declared twice", "Give one another name")
            found[cls.__name__] = (cls, word)
    return list(found.values())


def _entity(cls: type, word: EntityWord, mistakes: Mistakes) -> Entity:
    name, description = cls.__name__, " ".join((cls.__doc__ or "").split())
    if not description:
        mistakes.add(name, "has no description", "Write a docstring: it is the analysts' manual")
    schema, dot, table = word.table.partition(".")
    if not (schema and dot and table):
        mistakes.add(name, f"is bound to {word.table!r}", "Write the table as schema.table")
    return Entity(
        name, word.table, lower_first(name), word.plural or camel(table), description, word.search, word.sight
    )


def _attributes(cls: type, names: dict[str, type], mistakes: Mistakes) -> Iterator[Annotated]:
    for attribute in annotated(cls, names):
        if isinstance(attribute, NameError):
            fix = nearest(str(attribute.name), names)
            mistakes.add(f"{cls.__name__}.{attribute}", f"{attribute.name} is no entity and no type", fix)
        else:
            yield attribute


def _check_root_names(graph: Graph, mistakes: Mistakes) -> None:
    names = Counter(name for entity in graph for name in (entity.singular, entity.plural))
    for entity in graph:
        for name in {entity.singular, entity.plural}:
            if names[name] > 1:
                mistakes.add(entity.name, f"Query.{name} would mean two things", "Give it another plural or name")
