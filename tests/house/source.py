"""The checkout's own files, as tests of habits read them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGES = ("schema", "db", "resolvers", "gateway")
_CACHES = {".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache"}
_NOT_OURS = {".git", ".venv", ".data", "node_modules", "dist", *_CACHES}


@dataclass(frozen=True)
class Module:
    """A Python file."""

    path: Path

    @property
    def place(self) -> str:
        return self.path.relative_to(CHECKOUT).as_posix()

    @property
    def name(self) -> str:
        return self.place.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def package(self) -> str:
        return self.name.partition(".")[0]

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    def imports(self) -> set[str]:
        """The modules that it imports when it is imported itself: not those for annotations, nor inside functions."""
        return {name for statement in _at_import(ast.parse(self.text).body) for name in self._named(statement)}

    def _named(self, statement: ast.stmt) -> Iterator[str]:
        if isinstance(statement, ast.Import):
            yield from (alias.name for alias in statement.names)
        elif isinstance(statement, ast.ImportFrom) and statement.module:
            for alias in statement.names:
                inner = f"{statement.module}.{alias.name}"
                yield inner if inner in names() else statement.module


def _at_import(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    for statement in body:
        yield statement
        match statement:
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                yield from _at_import(statement.orelse)
            case ast.If() | ast.For() | ast.While():
                yield from _at_import([*statement.body, *statement.orelse])
            case ast.Try():
                handlers = [inner for handler in statement.handlers for inner in handler.body]
                yield from _at_import([*statement.body, *handlers, *statement.orelse, *statement.finalbody])
            case ast.With() | ast.ClassDef():
                yield from _at_import(statement.body)


@cache
def modules() -> tuple[Module, ...]:
    """Every Python file of the checkout."""
    return tuple(Module(path) for path in files() if path.suffix == ".py")


@cache
def names() -> frozenset[str]:
    return frozenset(module.name for module in modules())


@cache
def files() -> tuple[Path, ...]:
    """Every file of the checkout that is not made or fetched by a tool."""
    return tuple(sorted(_walk(CHECKOUT)))


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name in _NOT_OURS or path.name.endswith(("_cache", "__pycache__", ".egg-info")) or path.is_symlink():
            continue
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path
