"""Shrinking: drafts like another one, each with one thing less."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from tests.oracle.draft import Directive, Draft, Field, Fragment, Inline, Selection, Spread, Var

_LEAST = Field("__typename")


def smaller(draft: Draft) -> Iterator[Draft]:
    """The largest things are left out first."""
    for selections in _selections(draft.selections, draft.fragments):
        yield replace(draft, selections=selections)
    for name, fragment in draft.fragments.items():
        for selections in _selections(fragment.selections, draft.fragments):
            yield replace(draft, fragments={**draft.fragments, name: replace(fragment, selections=selections)})
    if len(draft.variables) > 1:
        yield replace(draft, variables=draft.variables[1:])
    if draft.company or draft.name:
        yield replace(draft, company=False, name=None)
    yield from _variables(draft)


def _selections(selections: list[Selection], fragments: Mapping[str, Fragment]) -> Iterator[list[Selection]]:
    """One selection less, or what is in a fragment without the fragment; then less of one."""
    for n, each in enumerate(selections):
        before, after = selections[:n], selections[n + 1 :]
        if selections != [_LEAST]:
            yield [*before, *after] or [_LEAST]
        if isinstance(each, Spread):
            yield [*before, *fragments[each.name].selections, *after]
        elif isinstance(each, Inline):
            yield [*before, *each.selections, *after]
    for n, each in enumerate(selections):
        for less in _selection(each, fragments):
            yield [*selections[:n], less, *selections[n + 1 :]]


def _selection(each: Selection, fragments: Mapping[str, Fragment]) -> Iterator[Selection]:
    """Less below it; a directive, its alias, an argument or a part of one less."""
    if not isinstance(each, Spread):
        for selections in _selections(each.selections, fragments):
            yield replace(each, selections=selections)
    for n in range(len(each.directives)):
        yield replace(each, directives=each.directives[:n] + each.directives[n + 1 :])
    if isinstance(each, Field):
        if each.alias:
            yield replace(each, alias=None)
        for arguments in _less(each.arguments):
            yield replace(each, arguments=arguments)


def _variables(draft: Draft) -> Iterator[Draft]:
    """A variable's last value in its place, or a part of it less."""
    last = draft.variables[-1]
    for name, variable in draft.declared.items():
        for value in [last[name]] if name in last else variable.default:
            fragments = {
                key: replace(each, selections=_settled(each.selections, name, value))
                for key, each in draft.fragments.items()
            }
            yield replace(draft, selections=_settled(draft.selections, name, value), fragments=fragments)
        for less in _less(last.get(name)):
            yield replace(draft, variables=[*draft.variables[:-1], {**last, name: less}])


def _settled(selections: list[Selection], name: str, value: Any) -> list[Selection]:
    """The selections with the value wherever the variable stands."""
    found: list[Selection] = []
    for each in selections:
        directives = [Directive(one.name, _put(one.condition, name, value)) for one in each.directives]
        if isinstance(each, Spread):
            found.append(replace(each, directives=directives))
            continue
        inside = _settled(each.selections, name, value)
        if isinstance(each, Field):
            arguments = _put(each.arguments, name, value)
            found.append(replace(each, arguments=arguments, directives=directives, selections=inside))
        else:
            found.append(replace(each, directives=directives, selections=inside))
    return found


def _put(given: Any, name: str, value: Any) -> Any:
    if given == Var(name):
        return value
    if isinstance(given, dict):
        return {key: _put(item, name, value) for key, item in given.items()}
    return [_put(item, name, value) for item in given] if isinstance(given, list) else given


def _less(value: Any) -> Iterator[Any]:
    """The value with a part less, whole parts first."""
    if isinstance(value, dict):
        for name in value:
            yield {key: item for key, item in value.items() if key != name}
        for name, item in value.items():
            yield from ({**value, name: less} for less in _less(item))
    elif isinstance(value, list):
        for n in range(len(value)):
            yield [*value[:n], *value[n + 1 :]]
        for n, item in enumerate(value):
            yield from ([*value[:n], less, *value[n + 1 :]] for less in _less(item))
