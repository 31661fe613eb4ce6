"""Makes the demo: first everybody and everything there is, then the tickets in the order of time, in batches."""

import random
from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from asyncpg.pgproto.pgproto import UUID

from db.demo.agenda import ask_for_tickets
from db.demo.chance import Ids
from db.demo.front import Front
from db.demo.homes import Estate
from db.demo.names import Namer
from db.demo.occasions import Appointment
from db.demo.operators import found_operators
from db.demo.people import People
from db.demo.places import COAST, MOUNTAINS, Resort, add_areas
from db.demo.projects import Projects
from db.demo.recurring import Rules
from db.demo.sink import Batch, Sink
from db.demo.staff import Staff
from db.demo.stays import Bookings
from db.demo.timesheet import Timesheet
from db.demo.upkeep import Upkeep
from db.demo.vendors import Trade
from db.demo.world import Operator, World

_TICKETS = 2_000
_CHUNK = (500, 4_000)  # tickets a batch: bounds the memory, and how often progress is told


class Step(NamedTuple):
    """A batch to write, and how far the whole is."""

    phase: str
    done: int
    total: int
    batch: Batch


class Generator:
    """The demo data of a scale and seed."""

    def __init__(self, scale: float, seed: int) -> None:
        rng = random.Random(seed)  # noqa: S311  made-up data, and the same for the same seed
        self._world = World(rng, Ids(rng), Sink(), scale)
        self._areas: dict[str, UUID] = {}
        self._fronts: list[Front] = []
        self._trades: list[tuple[Trade, list[UUID]]] = []
        self._projects: list[Projects] = []
        self._total = round(_TICKETS * scale)

    def steps(self) -> Iterator[Step]:
        """Batches in an order in which they can be written; the total is the number of tickets."""
        appointments: list[Appointment] = []
        self._areas = add_areas(self._world)
        operators = found_operators(self._world)
        namer = Namer(self._world)
        for index, operator in enumerate(operators):
            self._settle(operator, namer)
            yield Step("homes and people", 0, self._total, self._world.sink.take(until=0))
            appointments += self._plan(operator, index)
            yield Step("upkeep", 0, self._total, self._world.sink.take(until=0))
        for index, operator in enumerate(operators):
            wanted = round(self._total * operator.share) - sum(each.operator == index for each in appointments)
            appointments += ask_for_tickets(self._world, operator, index, max(wanted, 0))
        appointments.sort(key=attrgetter("moment"))
        yield from self._tickets(appointments)
        self._finish()
        yield Step("what stands at present", self._total, self._total, self._world.sink.take())

    def _settle(self, operator: Operator, namer: Namer) -> None:
        """Everybody and everything of an operator."""
        world = self._world
        people = People(world, operator, namer)
        resorts: tuple[Resort, ...] = MOUNTAINS if operator.winter else COAST
        trade = Trade(world, operator, people, namer)
        Staff(world, operator, people).hire()
        trade.contract()
        Estate(world, operator, people, resorts, self._areas).build()
        Bookings(world, operator, people).book()
        self._trades.append((trade, [self._areas[resort.code] for resort in resorts]))

    def _plan(self, operator: Operator, index: int) -> list[Appointment]:
        """What operators do of their own accord, and the tickets that follow from it."""
        world = self._world
        timesheet = Timesheet(world, operator)
        Upkeep(world, operator, timesheet).write()
        projects = Projects(world, operator, index)
        self._projects.append(projects)
        self._fronts.append(Front(world, operator, timesheet))
        planned = [Appointment(turn.at, index, turn) for turn in Rules(world, operator).write()]
        return [*planned, *projects.plan()]

    def _tickets(self, appointments: list[Appointment]) -> Iterator[Step]:
        done = 0
        size = min(max(_CHUNK[0], len(appointments) // 50), _CHUNK[1])
        while done < len(appointments):
            chunk = appointments[done : done + size]
            for appointment in chunk:
                self._fronts[appointment.operator].serve(appointment.moment, appointment.occasion)
            done += len(chunk)
            until = appointments[done].moment if done < len(appointments) else None
            yield Step("tickets", done, len(appointments), self._world.sink.take(until))

    def _finish(self) -> None:
        """What could be known only now."""
        for trade, resorts in self._trades:
            trade.rate(resorts)
        for projects in self._projects:
            projects.write_checklists()
        for front in self._fronts:
            front.close()
