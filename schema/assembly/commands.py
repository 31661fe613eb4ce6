"""The commands that modules declare, checked against the graph they change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import ModuleType

from schema.assembly.inputs import Inputs
from schema.assembly.mistakes import Mistakes, nearest
from schema.assembly.names import lower_first
from schema.assembly.results import Results
from schema.vocabulary.command import Command, CommandWord, declared_command
from schema.vocabulary.entity import Entity
from schema.vocabulary.given import Input
from schema.vocabulary.result import EachResult, Result, RowResult
from schema.vocabulary.role import ViewerRole


def assemble_commands(
    modules: Iterable[ModuleType], entities: dict[str, Entity], mistakes: Mistakes
) -> dict[str, Command]:
    """The commands by the names of their fields; what is wrong with them is added to the mistakes."""
    inputs, results = Inputs(entities, mistakes), Results(entities, mistakes)
    commands: dict[str, Command] = {}
    for cls, word in _classes(modules):
        name = lower_first(cls.__name__)
        if name in commands:
            mistakes.add(cls.__name__, "is declared twice", "Give one another name")
        commands[name] = _command(cls, name, word, inputs, results, entities, mistakes)
    return commands


def _classes(modules: Iterable[ModuleType]) -> Iterator[tuple[type, CommandWord]]:
    for module in modules:
        for cls in vars(module).values():
            word = declared_command(cls) if isinstance(cls, type) and cls.__module__ == module.__name__ else None
            if word is not None:
                yield cls, word


def _command(
    cls: type,
    name: str,
    word: CommandWord,
    inputs: Inputs,
    results: Results,
    entities: dict[str, Entity],
    mistakes: Mistakes,
) -> Command:
    description = " ".join((cls.__doc__ or "").split())
    # A dataclass without a docstring gets its signature for one.
    if not description or description.startswith(f"{cls.__name__}("):
        mistakes.add(cls.__name__, "has no description", "Write a docstring that says what it does")
    if not word.example.strip():
        mistakes.add(cls.__name__, "has no example", "Write a mutation that does it")
    if not word.by or ViewerRole.ANALYST in word.by:
        mistakes.add(cls.__name__, "names no role, or the analyst's", "Say who may, in `by`: an analyst never writes")
    given = inputs.of(cls)
    subject = _subject(cls, word, given, mistakes)
    told = tuple(results.of(cls.__name__, key, kind) for key, kind in word.gives.items())
    return Command(
        cls=cls,
        name=name,
        description=description,
        example=word.example,
        by=word.by,
        inputs=given,
        subject=subject,
        results=told,
        domain=_domain(cls, word, subject, told, entities, mistakes),
    )


def _subject(cls: type, word: CommandWord, given: tuple[Input, ...], mistakes: Mistakes) -> Input | None:
    if word.subject is None:
        return None
    found = next((each for each in given if each.name == word.subject), None)
    if found is None:
        fix = nearest(word.subject, (each.name for each in given))
        mistakes.add(cls.__name__, f"its subject {word.subject} is no value of its input", fix)
    elif found.word.of is None or found.many or found.optional:
        mistakes.add(cls.__name__, "its subject is not one id", "Make it a UUID that must be given, with of=…")
    return found


def _domain(
    cls: type,
    word: CommandWord,
    subject: Input | None,
    told: tuple[Result, ...],
    entities: dict[str, Entity],
    mistakes: Mistakes,
) -> str:
    """The one whose rows the command is about."""
    rows = [result.row if isinstance(result, EachResult) else result for result in told]
    names = [subject.word.of] if subject else [row.entity for row in rows if isinstance(row, RowResult)]
    found = [entities[name].domain for name in names if name in entities]
    domain = word.domain or next(iter(found), "")
    if not domain:
        mistakes.add(cls.__name__, "belongs to no domain", "Say which, in `domain`")
    return domain
