"""The work of a repair: started, completed, disputed, rated, escalated."""

from __future__ import annotations

from uuid import UUID

from schema.enums import EscalationStatus, EscalationType
from schema.vocabulary.command import command
from schema.vocabulary.given import OMITTED, Omitted, given
from schema.vocabulary.role import HOMEOWNER, STAFF, SYSTEM, TENANT, VENDOR
from schema.vocabulary.scalar import BigInt


@command(
    by=STAFF | {VENDOR},
    subject="ticket_id",
    gives={"ticket": "Ticket"},
    example="""mutation {
  startWork(input: {ticketId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", arrivalNotes: "The valve is stuck."}) {
    ticket { status job { workStartedAt } }
    problems { code message path ... on TransitionRefused { missing { code message role } } }
  }
}""",
)
class StartWork:
    """Starts the work, once cost and time are agreed.

    Without these agreements a manager starts it, or in an emergency an agent, and says why.
    """

    ticket_id: UUID = given("The repair.", of="Ticket")
    arrival_notes: str | None = given("What was found on arrival.", default=None, longest=5_000, lines=True)
    override: str | None = given(
        "Why it starts without the agreements; a manager's.", default=None, longest=2_000, lines=True
    )


@command(
    by=STAFF | {VENDOR},
    subject="ticket_id",
    gives={"ticket": "Ticket"},
    example="""mutation {
  completeWork(input: {
    ticketId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", notes: "A new cartridge.", actualCostCents: "17000",
    photoFileIds: ["018f4e2b-0d6c-7f00-8a11-5b3c7d9e1f20"]
  }) {
    ticket { status resolvedAt job { actualCostCents completedAt } }
    problems { code message path ... on TransitionRefused { missing { code message role } } }
  }
}""",
)
class CompleteWork:
    """Says that the work is done: what was done, what it cost, and a photo of it or the reason why there is none."""

    ticket_id: UUID = given("The repair.", of="Ticket")
    notes: str = given("What was done.", longest=10_000, lines=True)
    actual_cost_cents: BigInt = given("What it cost, in cents.")
    photo_file_ids: list[UUID] = given("Photos of the finished work.", default=[], of="File", most_items=20)
    no_photo_reason: str | None = given("Why there is no photo.", default=None, longest=1_000, lines=True)


@command(
    by=STAFF | {TENANT, HOMEOWNER},
    subject="ticket_id",
    gives={"ticket": "Ticket"},
    example="""mutation {
  disputeWork(input: {ticketId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", reason: "It still drips."}) {
    ticket { status }
    problems { code message path }
  }
}""",
)
class DisputeWork:
    """Says that the work is not as it should be."""

    ticket_id: UUID = given("The repair.", of="Ticket")
    reason: str = given("What is wrong with it.", longest=5_000, lines=True)


@command(
    by=STAFF | {TENANT},
    subject="ticket_id",
    gives={"ticket": "Ticket"},
    example="""mutation {
  recordFeedback(input: {ticketId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", satisfied: true, rating: 5}) {
    ticket { job { tenantRating } }
    problems { code message path }
  }
}""",
)
class RecordFeedback:
    """Keeps what the tenant thinks of the work, which counts for the vendor's rating."""

    ticket_id: UUID = given("The repair.", of="Ticket")
    satisfied: bool = given("Whether the tenant is content.")
    rating: int | None = given("How well it was done, 1 to 5.", default=None, least=1, most=5)
    feedback: str | None = given("What the tenant says.", default=None, longest=5_000, lines=True)


@command(
    by=STAFF | {SYSTEM},
    subject="ticket_id",
    gives={"escalation": "Escalation", "ticket": "Ticket"},
    example="""mutation {
  escalate(input: {
    ticketId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", type: SAFETY_RISK, details: "It smells of gas in the cellar."
  }) {
    escalation { id status }
    problems { code message path }
  }
}""",
)
class Escalate:
    """Says that a ticket needs a manager's eye."""

    ticket_id: UUID = given("The ticket.", of="Ticket")
    type: EscalationType = given("What went wrong.")
    details: str | None = given("What happened.", default=None, longest=5_000, lines=True)


@command(
    by=STAFF,
    subject="escalation_id",
    gives={"escalation": "Escalation"},
    example="""mutation {
  updateEscalation(input: {escalationId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", status: RESOLVED}) {
    escalation { status resolvedAt }
    problems { code message path }
  }
}""",
)
class UpdateEscalation:
    """Says how far an escalation has been dealt with."""

    escalation_id: UUID = given("The escalation.", of="Escalation")
    status: EscalationStatus | Omitted = given("How far.", default=OMITTED)
    details: str | Omitted | None = given("What happened.", default=OMITTED, longest=5_000, lines=True)
