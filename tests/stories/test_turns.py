"""Turns that a repair may take beside its straight way."""

from __future__ import annotations

from typing import Any

import pytest

from tests.files.samples import SAMPLES
from tests.stories.calendar import soon
from tests.stories.person import Person
from tests.stories.story import Story

_SEES = "query ($id: ID!) { ticket(id: $id) { status } }"
_LINKS = "query ($id: ID!) { ticket(id: $id) { vendors { nodes { vendorId role } } } }"
_WITHIN_THE_LIMIT, _ABOVE_IT = "9000", "78000"


@pytest.fixture
def asked(story: Story, home: str) -> Story:
    """A vendor is asked for a quote."""
    agent, vendor = story.cast["agent"], story.cast["vendor"]
    story.again("Report", "TakeRepair", "AskVendor", home=home, me=agent.member["id"], vendor=vendor.company)
    return story


@pytest.fixture
def waiting(asked: Story) -> Story:
    """A decision is asked for."""
    asked.again("Quote", "AskForApproval", cents=_ABOVE_IT)
    return asked


@pytest.fixture
def agreed(waiting: Story) -> Story:
    """Cost and time are agreed."""
    waiting.again("Decide", quote=waiting.newest_quote())
    _choose_time(waiting)
    return waiting


@pytest.fixture
def begun(agreed: Story) -> Story:
    agreed.again("Begin")
    return agreed


def _choose_time(story: Story, by: str = "vendor") -> None:
    given = {"ticketId": story.ticket, "slots": [{"startsAt": soon(days=2)}]}
    (slot,) = story.cast[by].do("offerSlots", "slots { id }", **given)["slots"]
    story.again("ChooseTime", slot=slot["id"])


def _sees(person: Person, story: Story) -> bool:
    return person.ask(_SEES, id=story.ticket)["ticket"] is not None


def _decide(person: Person, story: Story, decision: str, **more: Any) -> None:
    person.do("decideApproval", ticketId=story.ticket, quoteId=story.newest_quote(), decision=decision, **more)


def test_a_rejected_quote_gives_way_to_another_vendors(waiting: Story) -> None:
    vendor, rival = waiting.cast["vendor"], waiting.cast["rival"]
    _decide(waiting.cast["owner"], waiting, "REJECTED", justification="Far too dear.")
    assert waiting.status == "REJECTED"
    waiting.cast["agent"].do("assignVendor", ticketId=waiting.ticket, vendorId=rival.company)
    assert waiting.status == "VENDOR_CONTACTED"
    assert not _sees(vendor, waiting)
    links = waiting.cast["agent"].ask(_LINKS, id=waiting.ticket)["ticket"]["vendors"]["nodes"]
    assert {(link["vendorId"], link["role"]) for link in links} == {
        (vendor.company, "DECLINED"),
        (rival.company, "ASSIGNED"),
    }
    rival.do("submitQuote", ticketId=waiting.ticket, amountCents=_WITHIN_THE_LIMIT, scope="A new washer")
    assert waiting.status == "PENDING_TENANT_CONFIRMATION"
    _choose_time(waiting, by="rival")
    assert waiting.status == "APPROVED"


def test_a_change_order_within_what_is_approved_keeps_the_approval_and_a_higher_one_asks_anew(begun: Story) -> None:
    vendor, manager = begun.cast["vendor"], begun.cast["manager"]
    locked, started = begun.stands()["job"]["lockedInAt"], begun.stands()["job"]["workStartedAt"]
    vendor.do("submitQuote", ticketId=begun.ticket, amountCents="70000", scope="A simpler tap")
    assert begun.status == "APPROVED"
    vendor.do("startWork", ticketId=begun.ticket)
    vendor.do("submitQuote", ticketId=begun.ticket, amountCents="95000", scope="A new pipe too")
    assert begun.status == "QUOTED"
    begun.again("AskForApproval")
    _decide(manager, begun, "APPROVED")
    assert begun.status == "APPROVED"  # the tenant is not asked again
    vendor.do("startWork", ticketId=begun.ticket)
    job = begun.stands()["job"]
    assert (job["lockedInAt"], job["workStartedAt"]) == (locked, started)


def test_disputed_work_is_done_again_and_its_completion_needs_new_proof(begun: Story) -> None:
    vendor, tenant, agent = begun.cast["vendor"], begun.cast["tenant"], begun.cast["agent"]
    done = {"ticketId": begun.ticket, "notes": "A new tap.", "actualCostCents": _ABOVE_IT}
    vendor.do("completeWork", **done, photoFileIds=[_photo(vendor)])
    first = begun.stands()["job"]["completedAt"]
    tenant.do("disputeWork", ticketId=begun.ticket, reason="It still drips.")
    assert begun.status == "DISPUTED"
    agent.do("transitionTicket", ticketId=begun.ticket, to="IN_PROGRESS", reason="They come again.")
    stands = begun.stands()
    assert (stands["resolvedAt"], stands["reopenedCount"], stands["job"]["completionNotes"]) == (None, 0, None)
    problem = vendor.problem("completeWork", **done)
    assert [each["code"] for each in problem["missing"]] == ["COMPLETION_PHOTO"]
    vendor.do("completeWork", **done, noPhotoReason="The camera is broken.")
    stands = begun.stands()
    assert stands["status"] == "COMPLETED"
    assert stands["resolvedAt"] is not None
    assert stands["job"]["completedAt"] > first


def _photo(person: Person) -> str:
    return _file(person, "tap.png", "image/png")


def _file(person: Person, name: str, media_type: str) -> str:
    content = SAMPLES[media_type]
    given = {"fileName": name, "mediaType": media_type, "byteSize": len(content)}
    announced = person.do("createUpload", "uploadUrl", **given)
    return str(person.send(announced["uploadUrl"], content)["id"])


def test_a_text_is_no_proof_of_finished_work(begun: Story) -> None:
    vendor = begun.cast["vendor"]
    files = [_photo(vendor), _file(vendor, "done.txt", "text/plain")]
    given = {"notes": "A new tap.", "actualCostCents": _ABOVE_IT, "photoFileIds": files}
    problem = vendor.problem("completeWork", ticketId=begun.ticket, **given)
    assert (problem["code"], problem["path"]) == ("NOT_A_PICTURE", ["input", "photoFileIds", "1"])
    assert begun.status == "IN_PROGRESS"


def test_the_second_wish_for_another_time_warns_and_the_third_cancels(agreed: Story) -> None:
    tenant = agreed.cast["tenant"]
    wish = {"ticketId": agreed.ticket, "reason": "I am at work that day."}
    warnings = []
    for _ in range(2):
        warnings.append(tenant.do("requestReschedule", "warning", **wish)["warning"])
        assert agreed.status == "PENDING_TENANT_CONFIRMATION"
        _choose_time(agreed)
    assert warnings[0] is None
    assert warnings[1]
    tenant.do("requestReschedule", "warning", **wish)
    stands = agreed.stands()
    assert stands["status"] == "CANCELLED"
    assert (stands["cancelReason"], stands["cancelledBy"]) == ("RESCHEDULE_LIMIT_REACHED", "SYSTEM")
    assert stands["job"]["rescheduleCount"] == 2
    assert agreed.news()[-1] == "status_changed system"


def test_what_is_held_stands_still_and_returns_to_where_it_was(waiting: Story) -> None:
    agent, manager, vendor = waiting.cast["agent"], waiting.cast["manager"], waiting.cast["vendor"]
    agent.do("holdTicket", ticketId=waiting.ticket, reason="The owner is away.", until=soon(days=5))
    assert (waiting.status, waiting.stands()["heldFrom"]) == ("ON_HOLD", "PENDING_APPROVAL")
    held = [
        manager.problem("decideApproval", ticketId=waiting.ticket, decision="APPROVED", amountCents=_ABOVE_IT),
        vendor.problem("submitQuote", ticketId=waiting.ticket, amountCents="1", scope="Less"),
        vendor.problem("offerSlots", ticketId=waiting.ticket, slots=[{"startsAt": soon(days=2)}]),
    ]
    assert {problem["code"] for problem in held} == {"TICKET_ON_HOLD", "NO_VISIT"}
    agent.do("resumeTicket", ticketId=waiting.ticket)
    assert (waiting.status, waiting.stands()["heldFrom"]) == ("PENDING_APPROVAL", None)
    _decide(manager, waiting, "APPROVED")
    assert waiting.status == "PENDING_TENANT_CONFIRMATION"


def test_an_agent_starts_work_at_once_in_an_emergency_and_only_then(asked: Story) -> None:
    agent = asked.cast["agent"]
    direct = {"ticketId": asked.ticket, "override": "Water runs down the stairs."}
    problem = agent.problem("startWork", **direct)
    assert {each["code"] for each in problem["missing"]} >= {"MANAGER"}
    agent.do("updateJob", ticketId=asked.ticket, urgency="EMERGENCY")
    agent.do("startWork", **direct)
    stands = asked.stands()
    assert (stands["status"], stands["priority"]) == ("IN_PROGRESS", "URGENT")
    assert stands["job"]["gateOverride"] == direct["override"]
    assert stands["job"]["lockedInAt"] is None


def test_what_began_without_the_gates_wants_its_approval_before_it_is_closed(asked: Story) -> None:
    manager, vendor, agent = asked.cast["manager"], asked.cast["vendor"], asked.cast["agent"]
    manager.do("startWork", ticketId=asked.ticket, override="They are there already.")
    given = {"notes": "A new pipe.", "actualCostCents": _ABOVE_IT, "noPhotoReason": "It is behind the wall."}
    vendor.do("completeWork", ticketId=asked.ticket, **given)
    problem = agent.problem("closeTicket", ticketId=asked.ticket)
    assert [each["code"] for each in problem["missing"]] == ["PAYMENT", "COST_APPROVAL"]
    manager.do("decideApproval", ticketId=asked.ticket, decision="APPROVED", amountCents=_ABOVE_IT)
    asked.again("Pay", "Rate", "Close", cents=_ABOVE_IT)
    assert asked.status == "CLOSED"
