"""A file of SQL cut into its statements, for those that PostgreSQL refuses to run several of at once."""

import re
from collections.abc import Iterator

# What a semicolon does not end a statement in; the last alternative is any other character.
_TOKEN = re.compile(
    r"""
      (?P<space> \s+ | --[^\n]* | /\*.*?\*/ )
    | (?P<end> ; )
    | [eE]'(?:[^'\\]|\\.|'')*'
    | '(?:[^']|'')*'
    | "(?:[^"]|"")*"
    | \$(?P<tag>[A-Za-z_]\w*|)\$.*?\$(?P=tag)\$
    | \w+
    | .
    """,
    re.DOTALL | re.VERBOSE,
)


def split(sql: str) -> Iterator[tuple[int, str]]:
    """Each statement with the place where it begins in the text.

    Comments may not nest, and a function's body must be quoted (not BEGIN ATOMIC): files that are run statement by
    statement hold no such things.
    """
    start: int | None = None
    for token in _TOKEN.finditer(sql):
        if token["end"]:
            if start is not None:
                yield start, sql[start : token.start()]
            start = None
        elif not token["space"] and start is None:
            start = token.start()
    if start is not None:
        yield start, sql[start:]
