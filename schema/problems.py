"""Problems: why a command was not done. Each type's description says how to mend it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from schema.enums import ActorType, TicketStatus
from schema.vocabulary.problem import Problem, problem
from schema.vocabulary.result import record, told


@problem
class NotFound(Problem):
    """There is no such row, or it is not yours to see. Look the id up again, by a query."""


@problem
class Invalid(Problem):
    """A value is not allowed. `path` says which, `message` what is allowed: send another."""


@problem
class Forbidden(Problem):
    """You may not do this in your role. Ask somebody who may."""

    role: str | None = told("A role that may; none where no role does it with such credentials.", default=None)


@problem
class Conflict(Problem):
    """It cannot be done as things stand. Read them again, and decide anew."""

    existing: UUID | None = told("The row that is there already, where one is in the way.", default=None)


@problem
class LimitExceeded(Problem):
    """A limit would be exceeded. `message` has the figures: ask for less."""


@problem
class KeyReused(Problem):
    """The idempotency key came with another command or another input before. Use a new key for what is new."""


@record
class RecentChange:
    """A change of a row since the version that a client knew."""

    event_type: str = told("What happened, in the past tense.")
    actor_type: ActorType = told("In what capacity somebody acted.")
    actor: str | None = told("Their name, where you may know it.")
    occurred_at: datetime = told("When it happened.")


@problem
class VersionConflict(Problem):
    """The row has changed since you read it. Look at the changes, then send the command with the actual version."""

    expected: int = told("The version that you expected.")
    actual: int = told("The version that the row has.")
    changes: list[RecentChange] = told("What happened since, in order.")


@record
class Missing:
    """What a transition waits for."""

    code: str = told("What it is; stable.")
    message: str = told("What it is, in words.")
    role: str | None = told("A role that can supply it; none where it takes no other role.", default=None)


@problem
class TransitionRefused(Problem):
    """The ticket may not go there now. Supply what is missing, or take one of the allowed ways."""

    from_status: TicketStatus = told("Where it stands.", name="from")
    to_status: TicketStatus = told("Where it should have gone.", name="to")
    allowed: list[TicketStatus] = told("Where it may go from here, as far as its workflow goes.")
    missing: list[Missing] = told("What it waits for.")
