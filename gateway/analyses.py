"""Saved analyses: questions that analysts ask again and again, one GraphQL document each, ready to run as they are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphql import GraphQLError, NonNullTypeNode, OperationDefinitionNode, OperationType, parse, value_from_ast_untyped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ANALYSES = Path(__file__).resolve().parents[1] / "graphql" / "analyses"


@dataclass(frozen=True, slots=True)
class Analysis:
    """A saved question.

    Attributes:
        name: The file's name, by which it is addressed.
        title: What analysts call it, in few words.
        about: A sentence: what it tells and how to read it.
        operation: The name of its one query.
        text: The file as it is.
        query: The same without its first lines, which say what it is.
        defaults: Its variables as JSON; those that have no default are left out.
    """

    name: str
    title: str
    about: str
    operation: str
    text: str
    query: str
    defaults: Mapping[str, Any]


class UnfitAnalyses(ValueError):  # noqa: N818 - it names what they are
    """Files that cannot be offered as analyses, each with what to mend."""


class _Unfit(Exception):  # noqa: N818 - it names what the document is
    """A document that is no analysis."""


def read_analyses(folder: Path = ANALYSES) -> tuple[Analysis, ...]:
    """The folder's, by name. Raises `UnfitAnalyses`, with every mistake of every file."""
    found, mistakes = [], []
    for path in sorted(folder.glob("*.graphql")):
        try:
            found.append(_analysis(path.stem, path.read_text(encoding="utf-8")))
        except _Unfit as error:
            mistakes.append(f"{path.name}: {error}")
    mistakes += _repeated("title", (analysis.title for analysis in found))
    mistakes += _repeated("query", (analysis.operation for analysis in found))
    if mistakes:
        raise UnfitAnalyses("\n".join(mistakes))
    return tuple(found)


def table_of(analyses: Iterable[Analysis]) -> str:
    """Their titles and sentences, in Markdown."""
    rows = [f"| {each.title} | {each.about} | `{each.name}` |" for each in analyses]
    return "\n".join(["| analysis | tells | file |", "| --- | --- | --- |", *rows])


def _analysis(name: str, text: str) -> Analysis:
    lines = text.splitlines()
    title, about = _told(lines, 0, "# title: "), _told(lines, 1, "# about: ")
    query = _query(text)
    if query.name is None:
        raise _Unfit("its query has no name. Write `query SomeName { … }`.")
    asked = "\n".join(lines[2:]).strip() + "\n"
    return Analysis(name, title, about, query.name.value, text, asked, dict(_defaults(query)))


def _told(lines: list[str], place: int, start: str) -> str:
    """What the line says behind its start."""
    line = lines[place] if place < len(lines) else ""
    told = line.removeprefix(start).strip()
    if not line.startswith(start) or not told:
        raise _Unfit(f"line {place + 1} does not begin with `{start}` and a text. Add it.")
    return told


def _query(text: str) -> OperationDefinitionNode:
    try:
        definitions = parse(text).definitions
    except GraphQLError as error:
        raise _Unfit(f"it does not parse: {error.message}") from error
    operations = [each for each in definitions if isinstance(each, OperationDefinitionNode)]
    if len(operations) != 1 or operations[0].operation is not OperationType.QUERY:
        raise _Unfit("it must have exactly one operation, a query.")
    return operations[0]


def _defaults(query: OperationDefinitionNode) -> Iterator[tuple[str, Any]]:
    for definition in query.variable_definitions or ():
        name = definition.variable.name.value
        if definition.default_value is not None:
            yield name, value_from_ast_untyped(definition.default_value)
        elif isinstance(definition.type, NonNullTypeNode):
            raise _Unfit(f"nobody can run it as it is, for ${name} has no default. Give it one.")


def _repeated(what: str, told: Iterable[str]) -> Iterator[str]:
    texts = list(told)
    for text in sorted({text for text in texts if texts.count(text) > 1}):
        yield f"several files have the {what} {text!r}. Name each for what it alone tells."
