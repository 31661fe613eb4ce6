"""Projects: the same work in many homes, with a checklist and tickets."""

from collections.abc import Iterator

from db.demo.clock import DAY, HOUR, MINUTE, PRESENT, day_of
from db.demo.occasions import Appointment, Item, Task, Template
from db.demo.rows.team import Project, ProjectProperty
from db.demo.world import Home, Operator, World

_DETECTORS = Template(
    "maintenance", "Replace smoke detectors", "Replace all detectors, write down serial numbers.", "normal"
)
_COVERS = Template("general", "Fit the new hot tub cover", "Covers are in the storage of the front desk.", "normal")
_BOOKS = Template("general", "Put out the new welcome book", "Take the old one away.", "low")
_CALLS = Template("guest_request", "Call the guest after the stay", "Ask how it was, note what was missing.", "low")
_RECHECK = Template("general", "Check again after the project", "Look at it once more in daylight.", "low")
_SETTLED = frozenset({"resolved", "closed", "completed"})
_UNTOUCHED = frozenset({"open", "reported"})


class Projects:
    """One operator's projects. Checklists are written last: their tickets decide what is done."""

    def __init__(self, world: World, operator: Operator, index: int) -> None:
        self._world = world
        self._operator = operator
        self._index = index
        self._items: list[tuple[Item, bool]] = []

    def plan(self) -> Iterator[Appointment]:
        """Write the projects; their tickets to come."""
        active = [home for home in self._operator.homes if home.active]
        built = [home for home in active if home.kind != "DEV"]
        resort = [home for home in built if home.resort_id == active[0].resort_id][:30]
        size = max(100, round(45 * self._world.scale**0.45))
        yield from self._project(
            "Smoke detector replacement 2026",
            "safety",
            "portfolio",
            _DETECTORS,
            (active if len(built) < size else built)[:size],
            day_of(2026, 2, 2),
            288,
        )
        yield from self._project(
            "Hot tub covers before the season", "equipment", "resort", _COVERS, resort, day_of(2025, 9, 15), 40
        )
        yield from self._project("Welcome books", "hospitality", "property", _BOOKS, built[2:9], day_of(2026, 9, 1), 60)
        yield from self._project(
            "Calls after long stays", "hospitality", "reservation", _CALLS, built[5:9], day_of(2026, 4, 1), 100
        )

    def _project(
        self, name: str, kind: str, scope: str, template: Template, homes: list[Home], first_day: int, days: int
    ) -> Iterator[Appointment]:
        world, operator = self._world, self._operator
        created = operator.zone.at(first_day, 10 * HOUR)
        project_id = world.ids.new(created)
        manager = operator.members["manager"][0]
        world.record("project_created", ("Project", project_id), operator, created, manager.actor)
        by = manager.id if scope != "reservation" else None
        world.sink.add(Project(project_id, operator.id, name, kind, scope, by, created, created, 1))
        for at, home in enumerate(homes):
            item = Item(world.ids.new(created + MINUTE), project_id, home, created + MINUTE)
            self._items.append((item, scope in ("resort", "portfolio")))
            if at % 16 == 7:
                self._settle(item, "skipped", created + world.between(20, 60) * HOUR)
            elif at % 11 == 5:
                self._settle(item, "done", created + world.between(30, 900) * HOUR)
            elif at % 23 != 22:
                yield from self._task(item, template, first_day + 2 + at * days // len(homes))

    def _task(self, item: Item, template: Template, day: int) -> Iterator[Appointment]:
        """The ticket for an item, and now and then a look afterwards."""
        moment = self._operator.zone.at(day, 9 * HOUR + self._world.between(0, 25_000) * 1000)
        if moment >= PRESENT:
            return
        yield Appointment(moment, self._index, Task(item.project_id, template, item, "task"))
        again = moment + self._world.between(20, 45) * DAY
        if self._world.chance(0.1) and again < PRESENT:
            yield Appointment(again, self._index, Task(item.project_id, _RECHECK, item, "followup"))

    def _settle(self, item: Item, status: str, moment: int) -> None:
        item.status = status
        item.changed_at = min(moment, PRESENT - HOUR)
        item.completed_at = item.changed_at if status == "done" else None

    def write_checklists(self) -> None:
        """Write the items as they stand at present."""
        for item, with_resort in self._items:
            changed = item.changed_at
            self._world.sink.add(
                ProjectProperty(
                    item.id,
                    self._operator.id,
                    item.project_id,
                    item.home.id,
                    item.home.resort_id if with_resort else None,
                    item.status,
                    item.completed_at,
                    item.created_at,
                    changed or item.created_at,
                    2 if changed else 1,
                )
            )


def follow_ticket(item: Item, status: str, resolved_at: int | None, changed_at: int) -> None:
    """An item takes over how its ticket stands."""
    if resolved_at is not None and status in _SETTLED:
        item.status, item.completed_at = "done", resolved_at
    elif status in ("cancelled", "closed"):
        item.status = "skipped"
    elif status not in _UNTOUCHED:
        item.status = "in_progress"
    item.changed_at = changed_at
