"""Imports point one way: gateway → resolvers → {schema, db}."""

import subprocess
import sys

import pytest

from tests.house.source import CHECKOUT, PACKAGES, Module, modules

_MAY_IMPORT = {"schema": {"schema"}, "db": {"db"}, "resolvers": {"resolvers", "schema", "db"}, "gateway": set(PACKAGES)}


def _of(package: str) -> list[Module]:
    return [module for module in modules() if module.package == package]


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_imports_none_above_it_nor_beside_it(package: str) -> None:
    foreign = {"bench", "tests", *PACKAGES} - _MAY_IMPORT[package]
    wrong = [(m.place, name) for m in _of(package) for name in m.imports() if name.partition(".")[0] in foreign]
    assert _of(package)
    assert wrong == []


@pytest.mark.parametrize("package", PACKAGES)
def test_no_modules_of_a_package_import_each_other_in_a_circle(package: str) -> None:
    waiting = {module.name: module.imports() for module in _of(package)}
    while ready := {name for name, imports in waiting.items() if not imports & (waiting.keys() - {name})}:
        waiting = {name: imports for name, imports in waiting.items() if name not in ready}
    assert sorted(waiting) == []


def test_the_walk_sees_what_is_imported_and_not_what_only_annotates() -> None:
    found = Module(CHECKOUT / "schema" / "team.py").imports()
    assert "schema.enums" in found
    assert "schema.property" not in found
    assert "schema.assembly.graph" in Module(CHECKOUT / "gateway" / "commands" / "check.py").imports()


@pytest.mark.parametrize("word", ["fastapi", "psycopg", "sqlalchemy"])
def test_no_second_library_does_what_a_chosen_one_does(word: str) -> None:
    assert [m.place for m in modules() for name in m.imports() if name.partition(".")[0] == word] == []


def test_the_schema_knows_no_driver_and_no_http() -> None:
    away = {"asyncpg", "starlette", "uvicorn", "httpx"}
    assert [(m.place, n) for m in _of("schema") for n in m.imports() if n.partition(".")[0] in away] == []


def test_the_folder_graphql_is_data_and_the_module_graphql_is_the_library() -> None:
    assert list((CHECKOUT / "graphql").rglob("*.py")) == []
    code = "import graphql; print(graphql.__file__, graphql.version)"
    told = subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True)  # noqa: S603 - ours
    file, version = told.stdout.split()
    assert "site-packages" in file
    assert version.startswith("3.3.")
