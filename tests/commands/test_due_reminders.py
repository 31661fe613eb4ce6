"""Each reminder is told once, however often and by however many it is asked for."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tests.commands.estate import Estate
from tests.commands.player import Player

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_REMINDERS = "reminders { kind ticketId companyId contactId dueAt } remaining events { eventType }"


async def _reminders(clockwork: Player, **given: Any) -> list[tuple[str, UUID]]:
    payload = await clockwork.done("dueReminders", _REMINDERS, **given)
    return [(reminder["kind"], UUID(reminder["ticketId"])) for reminder in payload["reminders"]]


async def test_a_vendor_is_reminded_a_day_before_the_visit(estate: Estate, clockwork: Player) -> None:
    ticket, later, unconfirmed = (
        await estate.approved(_DAY - _HOUR),
        await estate.approved(_DAY + _HOUR),
        await estate.asked(_HOUR),
    )
    payload = await clockwork.done("dueReminders", _REMINDERS)
    (reminder,) = payload["reminders"]
    sql = "SELECT visit_at - interval '24 hours' FROM maintenance.quotes WHERE ticket_id = $1"
    assert datetime.fromisoformat(reminder.pop("dueAt")) == await estate.connection.fetchval(sql, ticket)
    receiver = {"companyId": str(estate.vendor), "contactId": str(estate.speaker)}
    assert reminder == {"kind": "START", "ticketId": str(ticket), **receiver}
    assert payload["events"] == [{"eventType": "reminder_claimed"}]
    assert await _reminders(clockwork) == []
    assert {await estate.status(key) for key in (later, unconfirmed)} == {"approved", "pending_tenant_confirmation"}


async def test_a_vendor_is_reminded_two_days_after_work_began(estate: Estate, clockwork: Player) -> None:
    ticket = await estate.begun()
    await estate.age(ticket, 2 * _DAY - _HOUR)
    assert await _reminders(clockwork) == []
    await estate.age(ticket, _HOUR)
    assert await _reminders(clockwork) == [("COMPLETION", ticket)]
    assert await _reminders(clockwork) == []


async def test_a_tenant_is_asked_once_what_it_thought(estate: Estate, clockwork: Player) -> None:
    ticket, rated = await estate.completed(), await estate.completed()
    rate = "UPDATE maintenance.jobs SET tenant_rating = 5 WHERE ticket_id = $1"
    await estate.connection.execute(rate, rated)
    payload = await clockwork.done("dueReminders", _REMINDERS)
    (reminder,) = payload["reminders"]
    assert (reminder["kind"], reminder["ticketId"]) == ("FEEDBACK", str(ticket))
    assert (reminder["companyId"], reminder["contactId"]) == (None, str(estate.tenant))
    assert await _reminders(clockwork) == []


async def test_nobody_is_asked_for_feedback_about_a_vacant_home(estate: Estate, clockwork: Player) -> None:
    ticket = await estate.asked(vacant=True)
    assert await estate.status(ticket) == "approved"
    await estate.step(ticket, "in_progress")
    await estate.connection.execute(
        "UPDATE maintenance.jobs SET completion_notes = 'Done', actual_cost_cents = 0, no_photo_reason = 'Dark'"
        " WHERE ticket_id = $1",
        ticket,
    )
    await estate.step(ticket, "completed")
    assert await _reminders(clockwork) == []


async def test_reminders_to_start_come_first_and_the_rest_is_told(estate: Estate, clockwork: Player) -> None:
    feedback, start = await estate.completed(), await estate.approved(_HOUR)
    payload = await clockwork.done("dueReminders", _REMINDERS, most=1)
    assert ([each["ticketId"] for each in payload["reminders"]], payload["remaining"]) == ([str(start)], 1)
    assert await _reminders(clockwork) == [("FEEDBACK", feedback)]


async def test_an_answer_that_was_lost_is_told_again_by_its_key(estate: Estate, clockwork: Player) -> None:
    ticket = await estate.completed()
    given = {"idempotencyKey": f"reminders of {estate.operator}"}
    first = await clockwork.done("dueReminders", _REMINDERS, **given)
    assert await clockwork.done("dueReminders", _REMINDERS, **given) == first
    assert [reminder["ticketId"] for reminder in first["reminders"]] == [str(ticket)]


async def test_a_rehearsal_claims_nothing(estate: Estate, clockwork: Player) -> None:
    ticket = await estate.completed()
    assert await _reminders(clockwork, validateOnly=True) == [("FEEDBACK", ticket)]
    assert await _reminders(clockwork) == [("FEEDBACK", ticket)]


async def test_many_at_once_claim_each_reminder_once(estate: Estate, clockwork: Player) -> None:
    for _ in range(8):
        due = [("FEEDBACK", await estate.completed()) for _ in range(2)]
        due += [("START", await estate.approved(_HOUR)) for _ in range(2)]
        for _ in range(2):
            ticket = await estate.begun()
            await estate.age(ticket, 3 * _DAY)
            due.append(("COMPLETION", ticket))
        found = await asyncio.gather(*(_reminders(clockwork, most=4) for _ in range(4)))
        found.append(await _reminders(clockwork))
        assert Counter(reminder for told in found for reminder in told) == Counter(due)
