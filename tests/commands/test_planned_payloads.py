"""Payloads read by the planner and by the executor are the same, to the byte."""

from __future__ import annotations

from dataclasses import replace

import orjson
import pytest

from tests.commands.player import Player

_UPDATE = """
mutation ($ticket: ID!, $title: String!, $first: Int, $more: Boolean!) {
    __typename
    one: updateTicket(input: {ticketId: $ticket, title: $title, validateOnly: true}) {
        __typename
        kept: ticket { ...T }
        ...P
        problems { code }
    }
    two: updateTicket(input: {ticketId: $ticket, title: "", validateOnly: true}) {
        ticket { title @skip(if: $more) }
        ... on UpdateTicketPayload { ticket { id } }
        events { id }
        problems { __typename code message path }
    }
}
fragment T on Ticket {
    id title status property { code } dueAt
    participants(first: $first) { totalCount nodes { role contact { fullName } } }
    availableTransitions { to open missing { code } }
}
fragment P on UpdateTicketPayload {
    events { __typename eventType ticket { title } }
    ticket @include(if: $more) { number }
}
"""


async def _both(player: Player, text: str, **variables: object) -> tuple[bytes, bytes]:
    """By the planner, by the executor."""
    planned, executed = [await replace(player, plans=plans).answer(text, variables) for plans in (True, False)]
    return (
        orjson.dumps([planned.data, [str(error) for error in planned.errors or ()]]),
        orjson.dumps([executed.data, [str(error) for error in executed.errors or ()]]),
    )


@pytest.mark.parametrize("more", [True, False])
async def test_what_was_written_is_told_alike(manager: Player, ticket: str, *, more: bool) -> None:
    planned, executed = await _both(manager, _UPDATE, ticket=ticket, title="A tap drips no more", first=2, more=more)
    assert planned == executed
    assert b"A tap drips no more" in planned
    assert b"INVALID" in planned or b"EMPTY" in planned or b'"problems":[{' in planned


async def test_a_row_that_is_not_there_is_told_alike(manager: Player) -> None:
    nowhere = "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f"
    planned, executed = await _both(manager, _UPDATE, ticket=nowhere, title="Nothing", first=2, more=True)
    assert planned == executed
    assert b"NOT_FOUND" in planned


async def test_a_payload_with_a_wrong_page_is_told_by_the_executor(manager: Player, ticket: str) -> None:
    planned, executed = await _both(manager, _UPDATE, ticket=ticket, title="A tap", first=-1, more=True)
    assert planned == executed
    assert b"Ask for 0 rows or more" in planned


async def test_rows_of_a_list_are_told_in_its_order(manager: Player, ticket: str) -> None:
    text = """mutation ($ids: [ID!]!) {
        transitionTickets(input: {ticketIds: $ids, to: IN_PROGRESS, validateOnly: true}) {
            results { ticket { id title } problems { code } }
            events { ticket { title } }
        }
    }"""
    planned, executed = await _both(manager, text, ids=[ticket])
    assert planned == executed
    assert b'"results":[{"ticket":{"id"' in planned
