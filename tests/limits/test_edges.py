"""Every limit at its edge: so much is answered, and one more is refused."""

from __future__ import annotations

import pytest
from graphql import get_introspection_query

from gateway.limits.limit_settings import LimitSettings
from gateway.settings import Settings
from tests.limits.asking import JSON, Asking
from tests.limits.attacks import joined
from tests.limits.edges import IN_VARIABLES, LITERAL, THROUGH_FRAGMENTS, Edge

CASES = [
    pytest.param(name, edge, id=f"{name} {how}")
    for how, edges in (
        ("in the document", LITERAL),
        ("through fragments", THROUGH_FRAGMENTS),
        ("in variables", IN_VARIABLES),
    )
    for name, edge in edges.items()
]
# Where the edge is depends on how graphql-core counts, or on the schema: these have tests of their own below.
APART = {"document_comparisons", "introspection_percent"}


@pytest.mark.parametrize(("name", "edge"), CASES)
def test_so_much_is_answered_and_one_more_refused(asking: Asking, name: str, edge: Edge) -> None:
    maximum = getattr(Settings(), name)
    response = asking.post(edge(maximum))
    assert response.status_code == 200, response.text[:2000]
    assert "errors" not in response.json(), response.text[:2000]
    beyond = edge(maximum + 1)
    told = asking.limited(beyond["query"], beyond["variables"])
    assert (told["limit"], told["maximum"], told["actual"]) == (name, maximum, maximum + 1)


def test_every_limit_has_its_edge_tested() -> None:
    assert {*LITERAL, *IN_VARIABLES, *APART} == set(LimitSettings.model_fields)


def test_fields_of_one_name_are_compared_up_to_the_limit(asking: Asking) -> None:
    # A pair costs two comparisons.
    asking.answered("{ tickets { nodes { " + "id " * 100 + "} } }")
    told = asking.limited("{ tickets { nodes { " + "id " * 101 + "} } }")
    assert (told["limit"], told["maximum"]) == ("document_comparisons", 10_000)


def test_the_schema_is_told_once_but_not_twice(asking: Asking) -> None:
    asking.answered(get_introspection_query(input_value_deprecation=True))
    fields = "types { name kind fields { name args { name type { ofType { name } } } type { ofType { name } } } }"
    told = asking.limited("{ " + joined(f"a{{n}}: __schema {{ {fields} }}", 8) + " }")
    assert (told["limit"], told["maximum"]) == ("introspection_percent", 125)


def test_a_limit_is_told_with_200_where_plain_json_is_asked_for(asking: Asking) -> None:
    response = asking.post({"query": "{" + " __typename" * 51 + " }"}, JSON)
    assert response.status_code == 200
    assert response.json() == {
        "errors": [
            {
                "message": "An operation selects 51 fields of its root; the limit is 50 (operation_root_fields). Ask "
                "for many rows at once by `nodes(ids: …)` or a connection's `where`, not by a field for each.",
                "extensions": {
                    "code": "LIMIT_EXCEEDED",
                    "limit": "operation_root_fields",
                    "maximum": 50,
                    "actual": 51,
                },
            }
        ]
    }
