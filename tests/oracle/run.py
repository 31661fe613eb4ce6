"""A run: operations generated one after the other, each tried by one of the viewers."""

from __future__ import annotations

from collections.abc import Mapping

from gateway.refusal import Refusal
from tests.oracle.cursors import fulfil
from tests.oracle.draft import Draft
from tests.oracle.drafter import Drafter
from tests.oracle.reduction import last_trial, reduced
from tests.oracle.seat import Seat
from tests.oracle.tally import Tally
from tests.oracle.text import document, sent
from tests.oracle.trial import Trial, tried
from tests.oracle.triplet import written

_MOST_COUNTEREXAMPLES = 5
_STAFF = ("manager", "manager", "agent", "admin", "manager", "neighbour", "analyst", "system")
_OUTSIDERS = ("vendor", "tenant", "guest", "homeowner")


class Run:
    """Tries `operations` operations that follow from a seed; stops when it has found enough."""

    def __init__(self, seats: Mapping[str, Seat], seed: int) -> None:
        self._seats = seats
        self._seed = seed
        self._failures: set[str] = set()
        self.tally = Tally()

    async def go(self, operations: int) -> Tally:
        drafted = 0
        while self.tally.operations < operations and len(self.tally.counterexamples) < _MOST_COUNTEREXAMPLES:
            await self._try(self._seat(drafted), self._seed + drafted)
            drafted += 1
        for uses in {id(seat.ground.uses): seat for seat in self._seats.values()}.values():
            self.tally.add_fields(uses.ground.schema, uses.ground.uses.counts)
        return self.tally

    def _seat(self, drafted: int) -> Seat:
        """Two of three times staff, whose schema is the largest."""
        turn, third = divmod(drafted, 3)
        return self._seats[_OUTSIDERS[turn % len(_OUTSIDERS)] if third == 2 else _STAFF[(turn + third) % len(_STAFF)]]

    async def _try(self, seat: Seat, seed: int) -> None:
        draft = Drafter(seat.ground).draft(seed)
        await fulfil(draft, seat)
        text = document(draft)
        for time in range(len(draft.variables)):
            try:
                trial = await tried(seat, text, draft.name, sent(draft, time))
            except Refusal:
                self.tally.refused += 1
                continue
            self.tally.add(seat.name, trial)
            if not trial.verdict.is_good:
                draft.variables = draft.variables[: time + 1]
                await self._keep(draft, seat, seed, trial)
                return

    async def _keep(self, draft: Draft, seat: Seat, seed: int, trial: Trial) -> None:
        """A counterexample, cut down, as a triplet's first file, with what was found; one for each kind of failure."""
        if trial.failure in self._failures:
            return
        if trial.failure:
            self._failures.add(trial.failure)
        again = await last_trial(draft, seat)
        if again.verdict is trial.verdict:
            draft = await reduced(draft, seat, trial.verdict)
            trial = await last_trial(draft, seat)
        else:
            self.tally.counterexamples.append(
                f"# The next one came to this the first time only: {again.verdict.value}."
            )
        text = written(document(draft), seat.name, sent(draft, len(draft.variables) - 1), draft.name)
        told = f"# seed {seed}: {trial.verdict.value}\n# executor: {trial.executor}\n# planner:  {trial.planner}\n"
        self.tally.counterexamples.append(f"{text}{told}")
