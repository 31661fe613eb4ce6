"""Placing: whether a value stands in the document or comes as a variable, and what the variable is each time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLInputType,
    GraphQLNonNull,
    get_nullable_type,
    is_list_type,
    is_non_null_type,
)

from tests.oracle.chance import Chance
from tests.oracle.draft import Var, Variable

Make = Callable[[], Any]
_MOST = 60
_BOOLEAN = GraphQLNonNull(GraphQLBoolean)


class Placing:
    """Of one operation, which is asked `times` times with other variables."""

    def __init__(self, chance: Chance, times: int) -> None:
        self._chance = chance
        self._share = chance.choice([0.0, 0.15, 0.5, 0.9])
        self._whole = False
        self.declared: dict[str, Variable] = {}
        self.variables: list[dict[str, Any]] = [{} for _ in range(times)]

    def place(self, kind: GraphQLInputType, make: Make, *, empty: bool = True, firm: bool = False) -> Any:
        """The value that `make` gives, or a variable for it.

        `empty`: whether null, and nothing at all, mean something here; `firm`: whether it must stay what it is.
        """
        if self._whole or len(self.declared) >= _MOST or not self._chance.happens(self._share):
            return self._spelt(kind, make())
        self._whole = True
        try:
            return self._variable(kind, lambda: self._spelt(kind, make()), empty=empty, firm=firm)
        finally:
            self._whole = False

    def condition(self) -> bool | Var:
        """The condition of a directive."""
        found: bool | Var = self.place(_BOOLEAN, lambda: self._chance.happens(0.5), empty=False)
        return found

    def _variable(self, kind: GraphQLInputType, make: Make, *, empty: bool, firm: bool) -> Var:
        name = f"{self._chance.choice(['v', 'first', '_', 'Where'])}{len(self.declared)}"
        value = make()
        may_be_null = empty and not is_non_null_type(kind) and not firm
        variable = Variable(str(kind))
        if is_non_null_type(kind) and self._chance.happens(0.2):
            variable = Variable(str(get_nullable_type(kind)), [value if firm else make()])
        elif not is_non_null_type(kind) and self._chance.happens(0.2):
            variable.default = [value if firm else None if may_be_null and self._chance.happens(0.2) else make()]
        elif not may_be_null and not is_non_null_type(kind) and value is not None and self._chance.happens(0.3):
            variable.type += "!"
        self.declared[name] = variable
        for values in self.variables:
            if variable.default and self._chance.happens(0.4):
                continue
            if may_be_null and self._chance.happens(0.06):
                if self._chance.happens(0.5):
                    values[name] = None
                continue
            values[name] = value if firm or values is self.variables[0] or self._chance.happens(0.4) else make()
        return Var(name)

    def _spelt(self, kind: GraphQLInputType, value: Any) -> Any:
        """A list of one may be written as the one."""
        listed = is_list_type(get_nullable_type(kind)) and isinstance(value, list) and len(value) == 1
        single = listed and value[0] is not None and not isinstance(value[0], Var)
        return value[0] if single and self._chance.happens(0.2) else value
