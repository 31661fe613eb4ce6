"""Names in a planned statement: the declarations' and SQL's own, and of a client's only the keys of its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from resolvers.planner.declined import Declined
from tests.planner.parsed import parsed
from tests.planner.shapes import RESERVED, SHAPES

if TYPE_CHECKING:
    from resolvers.pools import Pools
    from resolvers.viewer import Viewer
    from tests.planner.desk import Desk
    from tests.planner.names import Names

_ALIASES = st.sampled_from(RESERVED) | st.from_regex(r"\A[_A-Za-z][_0-9A-Za-z]{0,62}\Z").filter(
    lambda name: not name.startswith("__")
)
_ALIASED = """{
    %(0)s: tickets(first: 2, orderBy: [PROPERTY_CODE_DESC]) {
        %(1)s: totalCount
        %(2)s: nodes {
            %(3)s: number
            %(4)s: property { %(0)s: code %(5)s: __typename }
            %(5)s: gates { %(2)s: cost { %(4)s: passed } }
        }
        %(3)s: pageInfo { %(5)s: endCursor %(1)s: hasNextPage }
        %(4)s: aggregate { %(0)s: count %(1)s: max { %(2)s: reopenedCount } }
        %(5)s: groups(by: [STATUS]) { %(3)s: count %(4)s: key { %(5)s: status } }
        edges { %(0)s: cursor %(1)s: node { %(2)s: id %(3)s: availableTransitions { %(4)s: to } } }
    }
    %(1)s: search(text: "a", first: 2) { %(2)s: rank %(3)s: node { %(4)s: __typename } }
    %(2)s: viewer { %(3)s: role %(4)s: operator { %(5)s: name } }
    %(3)s: nodes(ids: ["018ccfd6-a580-7000-878f-41acf03f3f31"]) { %(4)s: id }
}"""


@pytest.mark.parametrize("shape", SHAPES)
def test_every_name_is_declared_or_printed_or_a_key(shape: str, desk: Desk, manager: Viewer, names: Names) -> None:
    document, keys = SHAPES[shape]
    assert names.strange(parsed(desk.statement(document, manager).sql), keys) == set()


@given(aliases=st.lists(_ALIASES, min_size=6, max_size=6, unique=True))
@example(aliases=["o", "o0", "p", "t1", "f", "r"])
@example(aliases=["select", "user", "order", "from", "_", "a" * 63])
@settings(
    phases=[Phase.explicit, Phase.generate],
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
async def test_any_alias_is_a_key_and_nothing_more(
    aliases: list[str], desk: Desk, manager: Viewer, pools: Pools, names: Names
) -> None:
    document = _ALIASED % {str(n): alias for n, alias in enumerate(aliases)}
    desk = desk.again()
    await desk.both(document, manager, pools.staff)
    found = parsed(desk.statement(document, manager).sql)
    assert names.strange(found, {"edges", *aliases}) == set()
    plain = parsed(desk.statement(_ALIASED % {str(n): f"key{n}" for n in range(6)}, manager).sql)
    assert found.texts == plain.texts


async def test_an_alias_that_postgresql_would_cut_is_declined(desk: Desk, manager: Viewer, pools: Pools) -> None:
    for length, is_planned in ((63, True), (64, False)):
        document = f"{{ tickets(first: 1) {{ nodes {{ {'a' * length}: number {'a' * (length - 1)}b: id }} }} }}"
        if is_planned:
            await desk.both(document, manager, pools.staff)
        else:
            with pytest.raises(Declined):
                await desk.planned(document, manager, pools.staff)
            assert b"a" * 64 in await desk.executed(document, manager, pools.staff)
