"""The drafter: makes operations, each from a seed and from what operations before it have asked for."""

from __future__ import annotations

from tests.oracle.chance import Chance
from tests.oracle.draft import Draft
from tests.oracle.ground import Ground
from tests.oracle.placing import Placing
from tests.oracle.scope import Scope
from tests.oracle.selections import Selections
from tests.oracle.spot import Spot
from tests.oracle.uses import Aim

_SIZES = [4, 6, 8, 14, 14, 20, 30, 50]
_TIMES = [1, 1, 2, 2, 3]


class Drafter:
    """Makes operations for one viewer."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def draft(self, seed: int) -> Draft:
        """An operation that the schema allows, and notes what it uses."""
        chance = Chance(seed)
        placing = Placing(chance, times=chance.choice(_TIMES))
        size = chance.choice(_SIZES)
        selections = Selections(self._ground, chance, placing, size)
        if (query := self._ground.schema.query_type) is None:
            raise TypeError("the schema has no query")
        found = selections.of(query, Scope(), Spot(aims=self._aims(chance, size)))
        self._ground.uses.note(selections.used)
        if chance.happens(0.02):
            placing.variables[0]["undeclared"] = chance.choice([1, "x", None, {"a": []}])
        company = chance.happens(0.06)
        name = chance.choice(["asked", "Query", "query", "on1"]) if company or chance.happens(0.2) else None
        return Draft(found, selections.fragments.made, placing.declared, placing.variables, name, company)

    def _aims(self, chance: Chance, size: int) -> tuple[Aim, ...]:
        """Mostly something that no operation asked for before, and more of it in larger operations."""
        aims = self._ground.uses.aims()
        return tuple(chance.some(aims, 1, 1 + size // 10)) if chance.happens(0.9) else ()
