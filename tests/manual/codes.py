"""Every code of a problem, and of what a transition waits for, that stands in the code: in Python and in SQL."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from resolvers.commands.contract.codes import Code

_CHECKOUT = Path(__file__).resolve().parents[2]
_REFUSALS = _CHECKOUT / "db" / "refusals.py"
_HANDLERS = _CHECKOUT / "resolvers" / "commands"
_MIGRATIONS = _CHECKOUT / "db" / "migrations"
_PROBLEMS = {"Conflict", "Forbidden", "Invalid", "LimitExceeded", "Missing", "NotFound", "TransitionRefused"}
_CODE = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)+")
_REFUSED = re.compile(r"lifecycle\.refuse\(\s*'TK00[1-4]',\s*'([A-Z_]+)'")  # TK005 is a fault of ours
_LACKING = re.compile(r"lifecycle\.lack\(\s*'([A-Z_]+)'")
_REFUSAL = re.compile(r'\("(?:invalid|conflict)", "([A-Z_]+)"\)')
# An error's code, which is no problem's.
_ERRORS = {"DATABASE_UNAVAILABLE"}
# Retried, so that nobody hears of them.
_RETRIED = {"TRANSACTION_ABORTED", "SERIALIZATION_FAILED", "DEADLOCK"}


def codes() -> set[str]:
    """What a client may read in `code`."""
    return {code.value for code in Code} | _of_handlers() | _of_sql() | _of_the_database()


def _of_handlers() -> set[str]:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in _HANDLERS.rglob("*.py")]
    return {code for tree in trees for code in _written(tree)} - _ERRORS


def _written(tree: ast.Module) -> Iterator[str]:
    """Those that a problem is made with, and whatever else looks like one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _PROBLEMS:
            given = [*node.args[:1], *(word.value for word in node.keywords if word.arg == "code")]
            yield from (str(each.value) for each in given if isinstance(each, ast.Constant))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _CODE.fullmatch(node.value):
            yield node.value


def _of_sql() -> set[str]:
    texts = [path.read_text(encoding="utf-8") for path in _MIGRATIONS.rglob("*.sql")]
    return {code for text in texts for pattern in (_REFUSED, _LACKING) for code in pattern.findall(text)}


def _of_the_database() -> set[str]:
    """What PostgreSQL refuses for a reason that nobody has given a code of its own."""
    return set(_REFUSAL.findall(_REFUSALS.read_text(encoding="utf-8"))) - _RETRIED
