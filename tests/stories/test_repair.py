"""A repair from its report to its end, as the manual tells it."""

from __future__ import annotations

import pytest

from tests.files.samples import PNG
from tests.stories.calendar import moment, seconds_between, soon
from tests.stories.person import Person
from tests.stories.story import Story

_SIGHT = """query ($id: ID!) {
  ticket(id: $id) { number status job { accessNotes tenant { fullName phone } } }
}"""
_MONEY = """query ($id: ID!) {
  ticket(id: $id) {
    job { actualCostCents } quotes { nodes { amountCents } } approvals { nodes { approvedAmountCents } }
    payments { nodes { amountCents status } }
  }
}"""
_TIMELINE = """query ($id: ID!) {
  ticket(id: $id) { timeline(first: 100) { totalCount nodes { __typename ... on AuditEvent { eventType } } } }
}"""
_QUOTED, _PAID = "78000", "80000"


@pytest.mark.parametrize("decider", ["manager", "owner"])
def test_a_repair_goes_from_the_report_to_its_end(story: Story, home: str, decider: str) -> None:
    _reported(story, home)
    _quoted(story)
    _decided(story, decider)
    _agreed(story)
    _completed(story)
    _closed(story)
    _figures_follow(story)
    _everybody_sees_their_part(story)


def _sees(person: Person, ticket: str) -> bool:
    return person.ask(_SIGHT, id=ticket)["ticket"] is not None


def _access(person: Person, ticket: str) -> tuple[str | None, str | None]:
    """The tenant's telephone number and the way in, as far as somebody sees them."""
    job = person.ask(_SIGHT, id=ticket)["ticket"]["job"]
    return (job["tenant"] or {}).get("phone"), job["accessNotes"]


def _reported(story: Story, home: str) -> None:
    ticket = story.play("Report", home=home)["ticket"]
    assert (ticket["priority"], ticket["source"]) == ("HIGH", "PORTAL")
    assert ticket["number"].startswith("MT-")
    assert story.news() == [
        "ticket_created tenant",
        "participant_added tenant",
        "job_created tenant",
        "participant_added tenant",
    ]
    assert story.gates("manager") == {"cost": "closed: NO_QUOTE", "time": "closed: NO_TIME"}
    assert story.open_ways("tenant") == {"CANCELLED"}
    assert story.open_ways("agent") == {"ON_HOLD", "CANCELLED"}
    assert not _sees(story.cast["vendor"], story.ticket)


def _quoted(story: Story) -> None:
    vendor = story.cast["vendor"]
    story.play("TakeRepair", me=story.cast["agent"].member["id"])
    assert story.stands()["firstResponseAt"] is None
    story.play("AskVendor", vendor=vendor.company)
    assert story.stands()["firstResponseAt"] is not None
    assert story.open_ways("vendor") == {"REPORTED"}
    assert _access(vendor, story.ticket) == (None, None)

    quote = story.play("Quote", cents=_QUOTED)["quote"]
    assert (quote["revision"], quote["amountCents"]) == (1, _QUOTED)
    assert story.gates("manager")["cost"] == "closed: NOT_APPROVED"
    assert story.news() == [
        "ticket_assigned agent",
        "vendor_assigned agent",
        "vendor_linked agent",
        "status_changed agent",
        "quote_submitted vendor",
        "status_changed vendor",
    ]


def _decided(story: Story, decider: str) -> None:
    vendor = story.cast["vendor"]
    asked = story.play("AskForApproval")["approval"]
    assert (asked["required"], asked["decision"]) == (True, None)
    assert _access(vendor, story.ticket) == (None, None)
    assert [each["code"] for each in story.refused("Begin")["missing"]] == ["NO_SUCH_STEP"]
    story.play("Decide", by=decider, quote=story.newest_quote())
    assert all(_access(vendor, story.ticket))
    assert story.gates("manager") == {"cost": "passed: APPROVED", "time": "closed: NO_TIME"}
    assert story.gates("tenant") == story.gates("manager")
    person = "homeowner" if decider == "owner" else decider
    assert story.news() == [
        "status_changed agent",
        "approval_requested agent",
        f"approval_decided {person}",
        "status_changed system",
    ]


def _agreed(story: Story) -> None:
    slots = story.play("OfferTimes", first=soon(days=2), second=soon(days=3))["slots"]
    chosen = story.play("ChooseTime", slot=slots[1]["id"])
    assert moment(chosen["visitAt"]) == moment(slots[1]["startsAt"])
    assert story.gates("manager") == {"cost": "passed: APPROVED", "time": "passed: CONFIRMED"}
    assert story.stands()["job"]["lockedInAt"] is not None
    assert "IN_PROGRESS" in story.open_ways("vendor")
    assert story.news() == [
        "slot_offered vendor",
        "slot_offered vendor",
        "quote_updated vendor",
        "slot_selected tenant",
        "visit_time_changed tenant",
        "visit_confirmed tenant",
        "status_changed system",
    ]


def _completed(story: Story) -> None:
    story.play("Begin")
    assert story.open_ways("tenant") == {"DISPUTED"}
    upload = story.play("AnnouncePhoto", size=len(PNG))
    photo = story.cast["vendor"].send(upload["uploadUrl"], PNG)["id"]
    story.play("Complete", cents=_PAID, photo=photo)
    assert story.news() == [
        "job_updated vendor",
        "status_changed vendor",
        "work_started vendor",
        "job_updated vendor",
        "photo_attached vendor",
        "status_changed vendor",
        "work_completed vendor",
    ]


def _closed(story: Story) -> None:
    (missing,) = story.refused("Close")["missing"]
    assert (missing["code"], missing["role"]) == ("PAYMENT", "agent")
    assert "CLOSED" not in story.open_ways("agent")
    story.play("Pay", cents=_PAID)
    story.play("Rate")
    assert "CLOSED" in story.open_ways("agent")
    story.play("Close")
    assert story.open_ways("manager") == set()
    assert story.news() == [
        "payment_recorded agent",
        "feedback_recorded tenant",
        "status_changed agent",
    ]


def _figures_follow(story: Story) -> None:
    stands = story.stands()
    job = stands["job"]
    whole = seconds_between(stands["createdAt"], stands["resolvedAt"])
    assert stands["resolutionSeconds"] == round(whole)
    assert stands["createdAt"] < stands["firstResponseAt"] < job["lockedInAt"] < job["workStartedAt"]
    assert job["workStartedAt"] < job["completedAt"] == stands["resolvedAt"] < stands["closedAt"]
    assert (stands["totalDaysOpen"], stands["reopenedCount"], stands["activeTimeSeconds"]) == (0, 0, 0)
    assert (job["costVarianceCents"], job["costVariancePercent"]) == ("2000", "2.56")
    assert (job["tenantSatisfied"], job["tenantRating"]) == (True, 5)


def _everybody_sees_their_part(story: Story) -> None:
    cast, ticket = story.cast, story.ticket
    assert not _sees(cast["rival"], ticket)
    assert cast["tenant"].unknown_fields(_MONEY, id=ticket) == {"actualCostCents", "quotes", "approvals", "payments"}
    for who in ("vendor", "owner"):
        seen = cast[who].ask(_MONEY, id=ticket)["ticket"]
        assert seen["job"]["actualCostCents"] == _PAID
        assert [quote["amountCents"] for quote in seen["quotes"]["nodes"]] == [_QUOTED]
        assert seen["payments"]["nodes"] == [{"amountCents": _PAID, "status": "PAID"}]
    whole = cast["manager"].ask(_TIMELINE, id=ticket)["ticket"]["timeline"]
    part = cast["tenant"].ask(_TIMELINE, id=ticket)["ticket"]["timeline"]
    assert {node["eventType"] for node in part["nodes"]} == {"ticket_created", "status_changed"}
    assert part["totalCount"] == len(
        [n for n in whole["nodes"] if n["eventType"] in ("ticket_created", "status_changed")]
    )
