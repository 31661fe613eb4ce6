"""Drafts as GraphQL text and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.oracle.draft import Directive, Draft, Field, Selection, Spread, Var, Word

_COMPANY = "query another { __typename }"


def document(draft: Draft) -> str:
    """The text, with those fragments and variables only that the operation uses."""
    used, fragments = used_variables(draft), {name: draft.fragments[name] for name in _used_fragments(draft)}
    parts = [_selected(draft.selections, 0)]
    parts += [f"fragment {name} on {each.on} {_selected(each.selections, 0)}" for name, each in fragments.items()]
    text = "\n\n".join(parts)
    declared = [
        f"${name}: {variable.type}{' = ' + literal(variable.default[0]) if variable.default else ''}"
        for name, variable in draft.declared.items()
        if name in used
    ]
    head = "query" + (f" {draft.name}" if draft.name else "") + (f"({', '.join(declared)})" if declared else "")
    whole = f"{head} {text}\n" if head != "query" or draft.company else f"{text}\n"
    return f"{_COMPANY}\n\n{whole}" if draft.company else whole


def sent(draft: Draft, time: int) -> dict[str, Any]:
    """The variables of a time it is asked, as JSON has them."""
    used = used_variables(draft)
    known = draft.variables[time].items()
    return {name: as_json(value) for name, value in known if name not in draft.declared or name in used}


def literal(value: Any) -> str:
    """A value as it stands in a document."""
    match value:
        case Word(text):
            return text
        case Var(name):
            return f"${name}"
        case dict():
            return "{" + ", ".join(f"{name}: {literal(item)}" for name, item in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(literal, value)) + "]"
        case _:
            return json.dumps(value, ensure_ascii=False)


def as_json(value: Any) -> Any:
    """A value as it stands among variables."""
    match value:
        case Word(text):
            return text
        case dict():
            return {name: as_json(item) for name, item in value.items()}
        case list():
            return [as_json(item) for item in value]
        case _:
            return value


def used_variables(draft: Draft) -> set[str]:
    """The variables that the operation uses, through its fragments."""
    lists = [draft.selections, *(draft.fragments[name].selections for name in _used_fragments(draft))]
    return {name for selections in lists for name in _variables(selections)}


def _used_fragments(draft: Draft) -> dict[str, None]:
    used: dict[str, None] = {}
    waiting = [draft.selections]
    while waiting:
        for name in _spreads(waiting.pop(0)):
            if name not in used:
                used[name] = None
                waiting.append(draft.fragments[name].selections)
    return used


def _spreads(selections: list[Selection]) -> Iterator[str]:
    for each in selections:
        if isinstance(each, Spread):
            yield each.name
        else:
            yield from _spreads(each.selections)


def _variables(selections: list[Selection]) -> Iterator[str]:
    for each in selections:
        yield from (one.condition.name for one in each.directives if isinstance(one.condition, Var))
        if isinstance(each, Field):
            yield from variables_in(each.arguments)
        if not isinstance(each, Spread):
            yield from _variables(each.selections)


def variables_in(value: Any) -> Iterator[str]:
    """The variables in a value."""
    match value:
        case Var(name):
            yield name
        case dict():
            for item in value.values():
                yield from variables_in(item)
        case list():
            for item in value:
                yield from variables_in(item)


def _selected(selections: list[Selection], depth: int) -> str:
    pad = "  " * (depth + 1)
    return "{\n" + "".join(f"{pad}{_selection(each, depth + 1)}\n" for each in selections) + "  " * depth + "}"


def _selection(each: Selection, depth: int) -> str:
    directives = "".join(map(_directive, each.directives))
    if isinstance(each, Spread):
        return f"...{each.name}{directives}"
    below = f" {_selected(each.selections, depth)}" if each.selections else ""
    if not isinstance(each, Field):
        return f"...{f' on {each.on}' if each.on else ''}{directives}{below}"
    arguments = ", ".join(f"{name}: {literal(value)}" for name, value in each.arguments.items())
    alias = f"{each.alias}: " if each.alias else ""
    return f"{alias}{each.name}{f'({arguments})' if arguments else ''}{directives}{below}"


def _directive(directive: Directive) -> str:
    return f" @{directive.name}(if: {literal(directive.condition)})"
