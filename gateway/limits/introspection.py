"""Bound to circles in questions about the schema, as in `fields { type { fields { type { fields …`."""

from __future__ import annotations

from graphql import GraphQLError, MaxIntrospectionDepthRule
from graphql.validation.rules.max_introspection_depth_rule import MAX_LIST_DEPTH

from gateway.limits.bound import Bound, refused

DEPTH = Bound(
    "introspection_depth",
    "A question about the schema asks for lists inside lists ({} or more)",
    "Ask for each type by its name: __type(name: …).",
)
MAXIMUM = MAX_LIST_DEPTH - 1
"""graphql-core's, and no setting: the standard question of every tool needs one level."""


class IntrospectionDepthRule(MaxIntrospectionDepthRule):
    """graphql-core's rule, with a refusal that says what to do."""

    def report_error(self, error: GraphQLError) -> None:
        raise refused(DEPTH, MAXIMUM, MAX_LIST_DEPTH) from error
