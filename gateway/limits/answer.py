"""Bounds to an answer: how many rows and values it may have, told from page sizes before anything is read.

A connection's `nodes` and `edges` have as many items as its `first` or `last` says, or the default page; what lies
below multiplies. That is an estimate from above: pages may be shorter, fields be skipped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from gateway.limits.bound import Bound
from gateway.limits.selection import Item, Selections
from gateway.limits.size import Sizes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphql import DocumentNode, GraphQLSchema, OperationDefinitionNode

    from gateway.settings import Settings

_SMALLER = "Ask for smaller pages (`first`) where lists stand in lists, and go on with `after`; without `first` a page has {} rows."
ROWS = Bound("operation_rows", "The operation may answer with {} rows", _SMALLER)
