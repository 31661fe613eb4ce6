"""Sight: which rows and columns outsiders see. Staff sees all of its operator; what is not said here, outsiders do not.

A set is a view of the PostgreSQL schema `access` that has the ids that concern the viewer, such as my_tickets.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from schema.vocabulary.role import OUTSIDERS, ViewerRole


@dataclass(frozen=True)
class Sight:
    """Rows whose `column` stands in a set, and whose other columns have one of the values in `only`."""

    column: str
    among: str
    by: frozenset[ViewerRole] = OUTSIDERS
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Mask:
    """A value that is shown only where `column` of its row stands in a set, and empty elsewhere.

    Nobody for whom it is masked can filter, order or group by it.
    """

    column: str
    among: str
    by: frozenset[ViewerRole] = OUTSIDERS


def seen(
    column: str,
    *,
    among: str,
    by: Set[ViewerRole] = OUTSIDERS,
    only: Mapping[str, tuple[str, ...]] | None = None,
) -> Sight:
    """Outsiders see the rows whose `column` stands in a set."""
    return Sight(column, among, frozenset(by), only or {})


def masked(column: str, *, among: str, by: Set[ViewerRole] = OUTSIDERS) -> Mask:
    """Outsiders see the value only in rows whose `column` stands in a set."""
    return Mask(column, among, frozenset(by))
