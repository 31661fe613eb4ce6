"""Habits of files: their size, their names, what they may hold."""

import ast
import re
from pathlib import Path

from tests.house.source import CHECKOUT, Module, files, modules

_LONGEST = 500
_ASK_WHY = 300
_LONG = {
    "schema/enums.py": "every vocabulary of the graph, one after the other: a list, not a program",
}
_HOMELESS = {"utils", "helpers", "common", "manager", "base", "core", "misc", "util", "helper", "stuff"}

_REGISTRY = re.compile(r"https?://[^\s\"']*(?:pypi|npmjs|pythonhosted)[^\s\"']*")
_MACHINE = re.compile(r"(?<![\w.~:/-])/(?:opt|root|work|home)/[\w.-]+")


def _lines(module: Module) -> int:
    return len(module.text.splitlines())


def test_no_file_is_longer_than_can_be_read_at_once() -> None:
    assert {module.place: _lines(module) for module in modules() if _lines(module) > _LONGEST} == {}


def test_a_long_file_has_its_reason_here_and_a_reason_its_long_file() -> None:
    assert {module.place for module in modules() if _lines(module) > _ASK_WHY} == set(_LONG)


def test_no_module_is_named_for_having_no_home() -> None:
    words = {module.place: set(module.place.removesuffix(".py").split("/")) & _HOMELESS for module in modules()}
    assert [place for place, found in words.items() if found] == []


def test_the_environment_is_read_by_the_settings_alone() -> None:
    allowed = {"gateway/settings.py"}
    readers = {
        module.place
        for module in modules()
        if module.package != "tests"
        for node in ast.walk(ast.parse(module.text))
        if (isinstance(node, ast.Attribute) and node.attr in {"environ", "environb", "getenv"})
        or (isinstance(node, ast.ImportFrom) and node.module == "os" and "environ" in {n.name for n in node.names})
    }
    assert readers - allowed == set()


def test_every_module_with_a_word_in_it_begins_with_what_it_is() -> None:
    told = [module for module in modules() if module.package != "tests" and module.text]
    assert [module.place for module in told if not ast.get_docstring(ast.parse(module.text))] == []


def test_no_file_names_a_registry_or_a_machines_folders() -> None:
    found = []
    for path in files():
        if path == Path(__file__):  # which writes what it looks for
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        place = path.relative_to(CHECKOUT).as_posix()
        found += [(place, match[0]) for match in _REGISTRY.finditer(text)]
        found += [(place, m[0]) for m in _MACHINE.finditer(text)]
    assert found == []


def test_the_search_for_such_names_finds_them() -> None:
    assert _REGISTRY.search("--index-url https://pypi.org/simple")
    assert _REGISTRY.search('"resolved": "https://registry.npmjs.org/left-pad"')
    assert _MACHINE.search("cd /root/checkout")
    assert not _MACHINE.search("see https://example.org/home/page and .data/home/x")
