"""Operations that show what the planner does, and those that it once answered wrong: their SQL and their answers.

UPDATE_TRIPLETS=1 writes both anew, where the two ways agree.
"""

from __future__ import annotations

import os

import orjson
import pytest

from resolvers.planner.declined import Declined
from tests.oracle.seat import Seat
from tests.oracle.trial import Verdict, tried
from tests.oracle.triplet import Triplet, readable

_UPDATE = os.environ.get("UPDATE_TRIPLETS") == "1"
_TRIPLETS = {triplet.path.stem: triplet for triplet in Triplet.all()}


def _printed(seat: Seat, triplet: Triplet) -> str:
    """The SQL, or why there is none."""
    try:
        return seat.planner.plan(seat.operation(triplet.text, triplet.name, triplet.variables)).sql + "\n"
    except Declined as declined:
        return f"-- The executor answers. {declined}\n"


@pytest.mark.parametrize("name", _TRIPLETS)
async def test_a_triplet_is_planned_and_answered_as_it_is_written_down(seats: dict[str, Seat], name: str) -> None:
    triplet = _TRIPLETS[name]
    seat = seats[triplet.viewer]
    trial = await tried(seat, triplet.text, triplet.name, triplet.variables)
    assert trial.verdict.is_good, f"{trial.verdict.value}\nexecutor: {trial.executor}\nplanner:  {trial.planner}"
    refused = trial.verdict is Verdict.REFUSED
    answer = readable(orjson.dumps({"refused": trial.executor}).decode() if refused else trial.executor)
    if _UPDATE:
        triplet.sql.write_text(_printed(seat, triplet), encoding="utf-8")
        triplet.json.write_text(answer, encoding="utf-8")
    assert answer == triplet.json.read_text(encoding="utf-8")
    assert _printed(seat, triplet) == triplet.sql.read_text(encoding="utf-8")
