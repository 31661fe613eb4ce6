"""Names: snake_case in PostgreSQL and Python, camelCase in GraphQL, UPPER_CASE in enums."""

from __future__ import annotations

import re


def camel(name: str) -> str:
    """snake_case → camelCase."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def lower_first(name: str) -> str:
    return name[:1].lower() + name[1:]


def upper_first(name: str) -> str:
    return name[:1].upper() + name[1:]


def upper_snake(name: str) -> str:
    """camelCase → UPPER_SNAKE."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).upper()
