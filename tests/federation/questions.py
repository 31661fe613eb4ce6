"""Questions that the router and one gateway are asked alike."""

from __future__ import annotations

import re
from pathlib import Path

_CHECKOUT = Path(__file__).resolve().parents[2]
_PAGES = [_CHECKOUT / "README.md", *sorted((_CHECKOUT / "docs").glob("*.md"))]
MANUAL = {
    match[2]: match[1]
    for page in _PAGES
    for match in re.finditer(r"```graphql\n(query (\w+).*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
}
"""The queries that README and docs/ show, by name."""
MEASURED = {
    name: (_CHECKOUT / "bench" / "operations" / f"{name}.graphql").read_text(encoding="utf-8")
    for name in ("list", "project", "ticket")
}
"""Those of bench/ that lead through several domains."""
IDS = """{
  projects(first: 3, where: {projectProperties: {some: {}}}) { nodes { id } }
  tickets(first: 3, where: {currentAgentId: {isNull: false}}, orderBy: [CREATED_AT_DESC]) {
    nodes { id currentAgentId }
  }
}"""
OWN_TICKETS = """
query OwnTickets {
  tickets(first: 5, orderBy: [CREATED_AT_DESC]) {
    totalCount
    nodes {
      number title status
      property { id code name }
      requestor { fullName email }
      participants(first: 5) { nodes { role contact { fullName } } }
    }
  }
}"""
OWN_REPAIRS = """
query OwnRepairs {
  tickets(first: 5, where: {ticketType: {eq: MAINTENANCE}}) {
    nodes { job { issueType assignedVendor { name } } visitSlots(first: 5) { nodes { startsAt endsAt } } }
  }
}"""
OWN_PLACE = """
query OwnPlace {
  viewer { role contact { fullName company { name } } }
  properties(first: 5, orderBy: [CODE_ASC]) { nodes { code name tickets(first: 3) { nodes { number } } } }
}"""

ONE_TICKET = "{ tickets(first: 1, where: {propertyId: {isNull: false}}) { nodes { id property { code } } } }"
COMMENT = """
mutation Comment($ticket: ID!, $body: String!) {
  addComment(input: {ticketId: $ticket, body: $body}) {
    comment { id body author { fullName } ticket { property { code } } }
    problems { __typename code message path }
  }
}"""
