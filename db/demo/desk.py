"""An operator's desk: what every story of its tickets works with."""

from dataclasses import dataclass

from db.demo.conversation import Conversations
from db.demo.timesheet import Timesheet
from db.demo.world import Member, Operator, World


@dataclass(slots=True)
class Desk:
    """One operator's ticket desk."""

    world: World
    operator: Operator
    timesheet: Timesheet
    conversations: Conversations

    def agent(self) -> Member:
        """Somebody who takes tickets; now and then the program."""
        return self.timesheet.member("program") if self.world.chance(0.12) else self.timesheet.member("host", "lead")

    def coordinator(self) -> Member:
        """Somebody who runs maintenance."""
        return self.timesheet.member("lead")

    def manager(self) -> Member:
        """Somebody who may override."""
        return self.timesheet.member("manager")
