"""Handlers: for each command the function that does it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from types import ModuleType
from typing import Any, TypeAlias, TypeVar

from resolvers.commands.contract.work import Given, Work
from schema.assembly.graph import Graph
from schema.assembly.mistakes import Mistakes

C = TypeVar("C")
Handler: TypeAlias = Callable[[Work, C], Awaitable[Given]]
Handlers: TypeAlias = Mapping[type, Handler[Any]]

_ATTRIBUTE = "__handles__"


def handles(command: type[C]) -> Callable[[Handler[C]], Handler[C]]:
    """Makes a function the handler of a command."""

    def bind(handler: Handler[C]) -> Handler[C]:
        setattr(handler, _ATTRIBUTE, command)
        return handler

    return bind


def collect(modules: Iterable[ModuleType], graph: Graph) -> Handlers:
    """The handlers that stand in modules.

    Raises:
        AssemblyError: when a declared command has none or several, or a handler's command is not declared.
    """
    mistakes, found = Mistakes(), dict[type, Handler[Any]]()
    declared = {command.cls for command in graph.commands.values()}
    for handler in (value for module in modules for value in vars(module).values() if hasattr(value, _ATTRIBUTE)):
        command = getattr(handler, _ATTRIBUTE)
        where = f"{handler.__module__}.{handler.__name__}"
        if command in found:
            mistakes.add(where, f"{command.__name__} has a handler already", "Keep one of them")
        if command not in declared:
            mistakes.add(where, f"{command.__name__} is not declared", "List its module in schema.domains.COMMANDS")
        found[command] = handler
    for command in sorted(declared - found.keys(), key=lambda cls: cls.__name__):
        fix = "Write a function with @handles, in a module of resolvers.commands.handlers.MODULES"
        mistakes.add(command.__name__, "has no handler", fix)
    mistakes.settle()
    return found
