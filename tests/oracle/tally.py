"""The tally of a run: what was asked, what came of it, and what went wrong."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from graphql import GraphQLObjectType, GraphQLSchema, get_named_type

from schema.supergraph.meaning import Part, Root
from tests.oracle.asked import meaning
from tests.oracle.picking import TYPENAME
from tests.oracle.trial import Trial, Verdict
from tests.oracle.uses import Item


@dataclass(repr=False)
class Tally:
    """Counts of one run."""

    verdicts: Counter[Verdict] = field(default_factory=Counter)
    viewers: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    declined: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    """By the gateway, before anybody was asked."""
    characters: int = 0
    """Of answers."""
    counterexamples: list[str] = field(default_factory=list)

    def add(self, viewer: str, trial: Trial) -> None:
        self.viewers[viewer] += 1
        self.verdicts[trial.verdict] += 1
        if trial.verdict is Verdict.DECLINED:
            self.declined[trial.declined] += 1
        elif trial.verdict is Verdict.EQUAL:
            self.characters += len(trial.executor)

    def add_fields(self, schema: GraphQLSchema, uses: Counter[Item]) -> None:
        """What kinds of fields were asked for, by what they mean."""
        for item, count in uses.items():
            kind = schema.type_map.get(item[0])
            if isinstance(kind, GraphQLObjectType) and len(item) == 2:
                self.kinds[kind_of(kind, item[1])] += count

    @property
    def operations(self) -> int:
        return sum(self.verdicts.values())

    @property
    def planned(self) -> float:
        """How many of the operations without errors the planner answered, 0 to 1."""
        answered = self.operations - self.verdicts[Verdict.REFUSED]
        return 1 - self.verdicts[Verdict.DECLINED] / (answered or 1)

    def __str__(self) -> str:
        lines = [
            f"{self.operations} operations, {self.refused} more refused by the gateway, {self.planned:.2%} planned"
        ]
        lines += [f"  {count:7} {verdict.value}" for verdict, count in self.verdicts.most_common()]
        lines.append(f"  {self.characters / (self.verdicts[Verdict.EQUAL] or 1):7.0f} characters an equal answer")
        for title, counts in (("viewers", self.viewers), ("fields", self.kinds), ("declined", self.declined)):
            lines += [title, *(f"  {count:7} {name}" for name, count in counts.most_common(40))]
        return "\n".join(lines)


def kind_of(kind: GraphQLObjectType, name: str) -> str:
    """What kind of field it is: by its meaning, a value by its scalar."""
    if name == TYPENAME:
        return name
    field = kind.fields[name]
    match meaning(field):
        case None:
            return f"value of {get_named_type(field.type).name}"
        case Part() | Root() as part:
            return f"{type(part).__name__} {part.value}"
        case means:
            many = " many" if "after" in field.args else ""
            return f"{type(means).__name__}{many}"
