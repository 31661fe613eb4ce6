"""The front of an operator: takes whatever comes, and has its story told."""

from db.demo.clock import DAY, PRESENT
from db.demo.conversation import Conversations
from db.demo.desk import Desk
from db.demo.issues import SMOKE_DETECTORS
from db.demo.jobs import MaintenanceDesk
from db.demo.matter import Intake, Matter
from db.demo.matters import Matters
from db.demo.occasions import Occasion, Occurrence, Task
from db.demo.projects import follow_ticket
from db.demo.remarks import Remarks
from db.demo.requests import RequestDesk
from db.demo.rows.links import ProjectTicket, TicketRecurring
from db.demo.rows.team import Ticket
from db.demo.timesheet import Timesheet
from db.demo.world import Operator, World

_RECENT = {"maintenance": 120 * DAY, "general": 40 * DAY}


class Front:
    """One operator's tickets."""

    def __init__(self, world: World, operator: Operator, timesheet: Timesheet) -> None:
        self._world = world
        self._operator = operator
        self._timesheet = timesheet
        self._conversations = Conversations(world, operator)
        desk = Desk(world, operator, timesheet, self._conversations)
        intake, remarks = Intake(desk), Remarks(world)
        self._requests = RequestDesk(desk, intake, remarks)
        self._jobs = MaintenanceDesk(desk, intake, remarks)
        self._matters = Matters(world, operator)

    def serve(self, moment: int, occasion: Occasion) -> Ticket:
        """One ticket, from a moment to the present."""
        if isinstance(occasion, Occurrence):
            return self._recur(moment, occasion)
        if isinstance(occasion, Task):
            return self._do_task(moment, occasion)
        kind = self._matters.next_type()
        if kind == "maintenance":
            matter, issue, urgency = self._matters.defect(moment)
            recent = moment > PRESENT - _RECENT["maintenance"]
            return self._jobs.tell(matter, issue, urgency, moment, recent=recent)
        return self._tell(self._matters.wish(kind, moment), moment)

    def _tell(self, matter: Matter, moment: int) -> Ticket:
        return self._requests.tell(matter, moment, recent=moment > PRESENT - _RECENT["general"])

    def _recur(self, moment: int, turn: Occurrence) -> Ticket:
        template = turn.template
        matter = Matter(
            template.ticket_type,
            template.title,
            template.description,
            "recurring",
            template.priority,
            turn.home,
            turn.stay,
        )
        ticket = self._tell(matter, moment)
        self._world.sink.add(
            TicketRecurring(
                self._world.ids.new(moment),
                self._operator.id,
                ticket.id,
                turn.rule_id,
                turn.at,
                None if turn.stay else turn.home.id,
                turn.stay.id if turn.stay else None,
                moment,
            )
        )
        return ticket

    def _do_task(self, moment: int, task: Task) -> Ticket:
        template, item = task.template, task.item
        tenant = item.home.tenant_on(moment // DAY)
        matter = Matter(
            template.ticket_type,
            template.title,
            template.description,
            "project",
            template.priority,
            item.home,
            tenant=tenant,
        )
        if template.ticket_type == "maintenance":
            recent = moment > PRESENT - _RECENT["general"]
            ticket = self._jobs.tell(matter, SMOKE_DETECTORS, "routine", moment, recent=recent, own_staff=True)
        else:
            ticket = self._tell(matter, moment)
        link_id = self._world.ids.new(moment)
        self._world.sink.add(ProjectTicket(link_id, self._operator.id, task.project_id, ticket.id, task.role, moment))
        if task.role == "task":
            follow_ticket(item, ticket.status, ticket.resolved_at, ticket.updated_at)
        return ticket

    def close(self) -> None:
        """Write what stands at present."""
        self._conversations.close()
        self._timesheet.close()
