"""Scalars as members of JSON objects."""

from __future__ import annotations

from schema.vocabulary.scalar import Scalar


def member(scalar: Scalar, sql: str, *, many: bool = False) -> str:
    """What becomes the JSON that the executor gives: an enum goes by its name, and what is JSON by itself as it is."""
    if scalar.enum is not None:
        # Not by the database's locale: upper('i') is not 'I' in all of them.
        return f'upper({sql}::text COLLATE "C")::text[]' if many else f'upper({sql} COLLATE "C")'
    return sql if many or scalar.raw or scalar.native else scalar.output.format(sql)
