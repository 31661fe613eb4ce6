"""What a filter can ask of a column: the operators of each scalar, with their words."""

from __future__ import annotations

from enum import Enum

from schema.vocabulary.column import Column


class Operator(Enum):
    """An operator of a filter; the value is its GraphQL name."""

    EQ = "eq"
    NE = "ne"
    IN = "in"
    NOT_IN = "notIn"
    LT = "lt"
    LTE = "lte"
    GT = "gt"
    GTE = "gte"
    CONTAINS = "contains"
    STARTS_WITH = "startsWith"
    ENDS_WITH = "endsWith"
    HAS = "has"
    HAS_ANY = "hasAny"
    HAS_ALL = "hasAll"
    IS_NULL = "isNull"

    @property
    def takes_list(self) -> bool:
        return self in {Operator.IN, Operator.NOT_IN, Operator.HAS_ANY, Operator.HAS_ALL}


DESCRIPTIONS = {
    Operator.EQ: "Equal to this.",
    Operator.NE: "Not equal to this; what is empty counts as not equal.",
    Operator.IN: "Equal to one of these; an empty list matches nothing.",
    Operator.NOT_IN: "Equal to none of these; what is empty matches.",
    Operator.LT: "Less, or earlier, than this.",
    Operator.LTE: "At most this.",
    Operator.GT: "Greater, or later, than this.",
    Operator.GTE: "At least this.",
    Operator.CONTAINS: "Contains this; text without regard to case and accents.",
    Operator.STARTS_WITH: "Starts with this, without regard to case and accents.",
    Operator.ENDS_WITH: "Ends with this, without regard to case and accents.",
    Operator.HAS: "Has this among its values.",
    Operator.HAS_ANY: "Has at least one of these.",
    Operator.HAS_ALL: "Has all of these.",
    Operator.IS_NULL: "Whether it is empty.",
}

_EQUALITY = (Operator.EQ, Operator.NE, Operator.IN, Operator.NOT_IN)
_ORDER = (Operator.LT, Operator.LTE, Operator.GT, Operator.GTE)
_TEXT = (Operator.CONTAINS, Operator.STARTS_WITH, Operator.ENDS_WITH)


def operators(column: Column) -> tuple[Operator, ...]:
    """The operators that a filter on this column offers."""
    if column.array:
        return (Operator.HAS, Operator.HAS_ANY, Operator.HAS_ALL, Operator.IS_NULL)
    if column.scalar.name == "JSON":
        return (Operator.CONTAINS, Operator.IS_NULL)
    if column.scalar.name == "Boolean":
        return (Operator.EQ, Operator.NE, Operator.IS_NULL)
    more = _ORDER if column.scalar.ordered else ()
    text = _TEXT if column.scalar.name == "String" else ()
    return (*_EQUALITY, *more, *text, Operator.IS_NULL)
