"""Random commands by random people, against a repair in plain Python: no state is reached that should not be."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from tests.model.conftest import Theatre
from tests.model.moves import COMMANDS, Move, moves, play
from tests.model.repair import ENDED, STEPS, Actor, Refusal, Repair
from tests.model.stage import Stage, learn

_STEPS = 10
_ENDS = {"cancelTicket", "holdTicket"}
_BEGINNINGS = (0, 3, 5, 6, 7, 7, 7, 8, 9, 10)
"""How far the story has come when chance takes over; 7 is an approved repair, from where most is possible."""


def _outcome(repair: Repair, move: Move, actor: Actor) -> Repair | None:
    """What the model becomes; None where the command is refused."""
    later = deepcopy(repair)
    try:
        play(later, move, actor)
    except Refusal:
        return None
    return later


def _choice(data: Any, repair: Repair, actors: list[Actor], theme: tuple[str, Actor]) -> tuple[Move, Actor]:
    """Half of the time the example's theme, somebody and a command, so that they meet again and again; else anything.

    Of a command's moves mostly what is possible, so that examples come far, or possible for somebody else.
    """
    offered, (command, actor) = list(moves(repair)), theme
    if data.draw(st.booleans()) and any(move.command == command for move in offered):
        actors_tried = [actor]
    else:
        command = data.draw(st.sampled_from(sorted({move.command for move in offered} - _ENDS)))
        actors_tried = actors
    tried = [(move, who) for move in offered if move.command == command for who in actors]
    possible = [(move, who) for move, who in tried if _outcome(repair, move, who) is not None]
    ways = {str(move) for move, _ in possible}
    likely = [(move, who) for move, who in tried if str(move) in ways and who in actors_tried]
    done = [each for each in likely if each in possible]
    kind = data.draw(st.integers(0, 9))
    among = (done if kind < 6 else []) or (likely if kind < 9 else []) or tried
    chosen: tuple[Move, Actor] = data.draw(st.sampled_from(among))
    return chosen


def _story(repair: Repair) -> tuple[Move, Actor] | None:
    """The next move of a repair that goes well."""
    live, agent, tenant = repair.live, Actor("agent", "agent"), Actor("tenant", "tenant")
    vendor = Actor("vendor", "alpha")
    match repair.status:
        case "reported":
            return Move("contactVendor", {"vendor": "alpha"}), agent
        case "vendor_contacted" if "beta" not in repair.linked:
            return Move("contactVendor", {"vendor": "beta"}), agent
        case "vendor_contacted":
            return Move("submitQuote", {"vendor": "alpha", "amount": 25_000}), vendor
        case "quoted":
            return Move("requestApproval"), agent
        case "pending_approval" if live:
            return Move("decideApproval", {"quote": live.id, "amount": live.amount}), agent
        case "pending_tenant_confirmation" if live and not live.slots:
            return Move("offerSlots"), vendor
        case "pending_tenant_confirmation" if live:
            return Move("selectSlot", {"slots": (next(iter(live.slots)),)}), tenant
        case "approved":
            return Move("startWork", {"override": None}), vendor
        case "in_progress":
            return Move("completeWork", {"evidence": True, "cost": 22_000}), vendor
        case "completed":
            return Move("disputeWork"), tenant
    return None


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
async def test_a_repair_goes_where_the_model_goes_and_nowhere_else(theatre: Theatre, data: Any) -> None:
    stage, repair = await theatre.stage(), Repair()
    begun = data.draw(st.sampled_from(_BEGINNINGS))
    theme = data.draw(st.tuples(st.sampled_from(COMMANDS), st.sampled_from(list(stage.players))))
    for n in range(begun + _STEPS):
        if data.draw(st.integers(0, 19)) == 0:
            await stage.pay()
            repair.paid += 22_000
        story = _story(repair) if n < begun else None
        move, actor = story or _choice(data, repair, list(stage.players), theme)
        note(f"{n}: {actor.role} {actor.name} {move} in {repair.status}")
        key = f"{stage.ticket}-{n}" if data.draw(st.booleans()) else None
        repair = await _made(stage, repair, move, actor, key=key)
        if repair.status in ENDED:
            break
    await _check_ways(stage)


async def _made(stage: Stage, repair: Repair, move: Move, actor: Actor, *, key: str | None) -> Repair:
    later = _outcome(repair, move, actor)
    before, sent = await stage.trace(), stage.input(move)
    await stage.send(move, actor, sent, validateOnly=True)
    assert await stage.trace() == before, "validateOnly leaves no trace"
    contract = {"idempotencyKey": key} if key else {}
    payload = await stage.send(move, actor, sent, **contract)
    after = await stage.trace()
    if later is None:
        assert payload["problems"], f"{actor} {move}: refused by the model, done by the command"
        assert after == before, "a refused command changes nothing"
        later = repair
    else:
        assert payload["problems"] == [], f"{actor} {move}: done by the model"
        learn(later, move, payload)
        changed = {name: value for name, value in after.items() if name not in ("events", "keys")}
        assert after["events"] > before["events"] or changed == {name: before[name] for name in changed}
        assert before["locked_in_at"] in (None, after["locked_in_at"])
        if key:
            again = await stage.send(move, actor, sent, **contract)
            assert again["problems"] == []
            assert await stage.trace() == after, "a replayed key changes nothing"
    assert await stage.state() == later.state()
    return later


async def _check_ways(stage: Stage) -> None:
    """Events tell an unbroken way of allowed steps."""
    status = "reported"
    for source, target in await stage.ways():
        assert source == status
        assert (source, target) in STEPS or "on_hold" in (source, target)
        status = target
    assert status == (await stage.state())["status"]
