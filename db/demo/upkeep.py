"""What is done at homes without a ticket: inspections, deep cleans, stock rounds, payouts."""

from asyncpg.pgproto.pgproto import UUID

from db.demo.chance import Deck
from db.demo.clock import BEGINNING, DAY, HOUR, MINUTE, PRESENT
from db.demo.errands import STOCK
from db.demo.rows.property import Clean, Inspection, InspectionTimeEntry, InventoryAction
from db.demo.rows.records import Transaction
from db.demo.timesheet import Timesheet
from db.demo.world import Home, Operator, World


class Upkeep:
    """One operator's rounds."""

    def __init__(self, world: World, operator: Operator, timesheet: Timesheet) -> None:
        rng = world.rng
        self._world = world
        self._operator = operator
        self._timesheet = timesheet
        self._kinds = Deck(rng, {"routine": 5, "safety": 2, "move_in": 1, "move_out": 1})
        self._roles = Deck(rng, {"work": 10, "travel": 2, "admin": 1})
        self._items = Deck(rng, list(STOCK))
        self._actions = Deck(rng, {"add": 3, "use": 2, "remove": 1})
        self._moves = Deck(rng, {"owner_payout": 5, "expense": 2, "purchase": 2, "adjustment": 1})

    def write(self) -> None:
        """Write three years of it."""
        homes = [home for home in self._operator.homes if home.active and home.kind != "DEV"]
        rounds = max(1.0, 300 * self._world.scale * self._operator.share / len(homes))
        for home in homes:
            self._rounds(home, rounds)
        self._purchases()
        self._present(homes[0], homes[1])

    def _present(self, inspected: Home, cleaned: Home) -> None:
        """What is going on just now."""
        world, operator = self._world, self._operator
        planned, due = PRESENT - 9 * DAY, PRESENT - HOUR
        world.sink.add(
            Inspection(
                world.ids.new(planned),
                operator.id,
                inspected.id,
                "routine",
                "in_progress",
                due,
                None,
                None,
                None,
                planned,
                due,
                2,
            )
        )
        world.sink.add(
            Clean(
                world.ids.new(planned),
                operator.id,
                cleaned.id,
                None,
                "deep",
                "in_progress",
                due,
                None,
                None,
                planned,
                due,
                2,
            )
        )

    def _rounds(self, home: Home, rounds: float) -> None:
        step = int((PRESENT - BEGINNING + 30 * DAY) / rounds)
        moment = BEGINNING + self._world.between(0, step // DAY) * DAY
        while moment < PRESENT + 30 * DAY:
            when = self._operator.zone.at_work(moment)
            self._inspect(home, when)
            if self._world.chance(0.25):
                self._clean(home, when + 3 * HOUR)
            if when < PRESENT:
                self._stock(home, when + HOUR)
                self._pay(home, when + 2 * HOUR)
            moment += step

    def _inspect(self, home: Home, due: int) -> None:
        world, operator = self._world, self._operator
        planned = min(due - 14 * DAY, PRESENT - DAY)
        inspection_id = world.ids.new(planned)
        status, done = "scheduled", None
        if due < PRESENT - 6 * HOUR:
            status, done = "completed", self._visit(home, inspection_id, due)
            if done is None:
                status = "cancelled"
        elif due < PRESENT + DAY:
            status = "in_progress"
        score = 100 - int(world.rng.random() ** 2 * 45) if done and world.chance(0.9) else None
        notes = "Minor wear, see pictures." if world.chance(0.3) else None
        world.sink.add(
            Inspection(
                inspection_id,
                operator.id,
                home.id,
                self._kinds.deal(),
                status,
                due,
                done,
                score,
                notes,
                planned,
                done or planned,
                2 if done else 1,
            )
        )
        if done:
            home.inspections.append((done, inspection_id))

    def _visit(self, home: Home, inspection_id: UUID, due: int) -> int | None:
        """Somebody goes there; when it is done, None if nobody did."""
        if self._world.chance(0.05):
            return None
        if self._world.chance(0.45):
            return due + self._world.between(25, 80) * MINUTE
        member = self._timesheet.member("technician", "lead")
        booking = self._timesheet.book(member, due, self._world.between(25, 70) * 60, home)
        if booking is None:
            return None
        self._world.sink.add(
            InspectionTimeEntry(
                self._world.ids.new(booking.ended_at),
                self._operator.id,
                inspection_id,
                booking.entry_id,
                booking.seconds,
                self._roles.deal(),
                booking.ended_at,
            )
        )
        return booking.ended_at

    def _clean(self, home: Home, due: int) -> None:
        world = self._world
        planned = min(due - 10 * DAY, PRESENT - DAY)
        done: int | None = due + world.between(60, 300) * MINUTE
        if done and done > PRESENT:
            done = None
        status = "completed" if done else "scheduled" if due > PRESENT else "in_progress"
        kind = "deep" if world.chance(0.7) else "mid_stay"
        world.sink.add(
            Clean(
                world.ids.new(planned),
                self._operator.id,
                home.id,
                None,
                kind,
                status,
                due,
                done,
                None,
                planned,
                done or planned,
                2 if done else 1,
            )
        )

    def _stock(self, home: Home, moment: int) -> None:
        world, item = self._world, self._items.deal()
        if moment > PRESENT:
            return
        by = self._timesheet.member("housekeeper").id if world.chance(0.9) else None
        world.sink.add(
            InventoryAction(
                world.ids.new(moment),
                self._operator.id,
                home.id,
                item,
                self._actions.deal(),
                world.between(1, 20),
                STOCK[item] if world.chance(0.85) else None,
                by,
                moment,
                moment,
            )
        )

    def _pay(self, home: Home, moment: int) -> None:
        if moment > PRESENT:
            return
        kind = self._moves.deal()
        cents = self._world.between(80, 5200) * 100
        memo = f"Payout {home.code}" if kind == "owner_payout" else None
        self._money(home, cents, kind, memo, moment)

    def _purchases(self) -> None:
        """Bulk supplies, for no home in particular."""
        moment = BEGINNING + 5 * DAY
        while moment < PRESENT:
            self._money(None, self._world.between(200, 3000) * 100, "purchase", "Bulk supplies", moment + 9 * HOUR)
            moment += 28 * DAY

    def _money(self, home: Home | None, cents: int, kind: str, memo: str | None, moment: int) -> None:
        operator = self._operator
        home_id = home.id if home else None
        self._world.sink.add(
            Transaction(
                self._world.ids.new(moment),
                operator.id,
                home_id,
                None,
                cents,
                operator.currency,
                kind,
                moment,
                memo,
                moment,
            )
        )
