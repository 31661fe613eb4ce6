"""The limits to what a request may ask, each by the name that its refusal tells.

The defaults let pass what people write by hand, what generators make of a page of an application, and what tools ask
about the schema, and keep the time before execution near 100 ms at worst (`bench/documents.py` measures it).
"""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings

# graphql-core follows selections and values by recursion, and refuses beyond this.
_DEEPEST = 200


class LimitSettings(BaseSettings):
    """All can be raised; what the defaults keep within 100 ms then takes longer."""

    document_characters: int = Field(default=128 * 1024, ge=1)
    document_tokens: int = Field(default=4_000, ge=1)
    document_comments: int = Field(default=1_000, ge=0)
    document_operations: int = Field(default=50, ge=1)
    document_comparisons: int = Field(default=10_000, ge=1)
    """Of fields with each other, to tell whether they can be merged; in graphql-core's units."""

    operation_depth: int = Field(default=30, ge=1, le=_DEEPEST)
    """Each field with fields below it, inline fragment and fragment spread is a level."""
    operation_fields: int = Field(default=1_000, ge=1)
    """Here and below, fragments count wherever they are spread."""
    operation_root_fields: int = Field(default=50, ge=1)
    mutation_root_fields: int = Field(default=10, ge=1)
    """Each is a transaction."""
    operation_aliases: int = Field(default=200, ge=0)
    operation_directives: int = Field(default=100, ge=0)
    operation_variables: int = Field(default=100, ge=0)
    operation_conditions: int = Field(default=500, ge=0)
    """Names in all `where` arguments, those in variables among them."""
    operation_rows: int = Field(default=100_000, ge=1)
    operation_values: int = Field(default=1_000_000, ge=1)
    """Fields of an answer, by the sizes of its pages; a value takes about 4 µs."""
    introspection_percent: int = Field(default=125, ge=1)
    """How much of the schema is told at once: 100 is what tools ask to know all of it."""

    input_depth: int = Field(default=32, ge=1, le=_DEEPEST)
    input_list_length: int = Field(default=1_000, ge=1)
    input_order_keys: int = Field(default=10, ge=1)
    """Of `orderBy` and `by`."""
    input_values: int = Field(default=10_000, ge=1)
    """In all variables of a request."""
