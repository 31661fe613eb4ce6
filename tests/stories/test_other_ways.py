"""Other ways in which cost and time are agreed, and in which a ticket ends."""

from __future__ import annotations

from tests.stories.calendar import soon
from tests.stories.story import Story
from tests.stories.town import Stay, Town

_WITHIN_THE_LIMIT, _ABOVE_IT = "9000", "78000"


def _asked(story: Story, home: str) -> None:
    agent, vendor = story.cast["agent"], story.cast["vendor"]
    story.again("Report", "TakeRepair", "AskVendor", home=home, me=agent.member["id"], vendor=vendor.company)


def test_the_tenant_accepts_several_times_and_the_vendor_picks(story: Story, home: str) -> None:
    vendor, tenant = story.cast["vendor"], story.cast["tenant"]
    _asked(story, home)
    vendor.do("submitQuote", ticketId=story.ticket, amountCents=_WITHIN_THE_LIMIT, scope="A washer")
    times = [{"startsAt": soon(days=day)} for day in (2, 3, 4)]
    slots = [
        slot["id"] for slot in vendor.do("offerSlots", "slots { id }", ticketId=story.ticket, slots=times)["slots"]
    ]
    chosen = tenant.do("selectSlot", "visitAt", ticketId=story.ticket, slotIds=slots[:2])
    assert chosen["visitAt"] is None
    assert story.status == "PENDING_TENANT_CONFIRMATION"
    vendor.do("selectSlot", ticketId=story.ticket, slotIds=[slots[1]])
    assert story.status == "APPROVED"
    assert story.gates("tenant") == {"cost": "passed: APPROVED", "time": "passed: CONFIRMED"}
    assert story.gates("vendor")["cost"] == "passed: WITHIN_LIMIT"


def test_a_quote_is_in_a_currency_that_there_is(story: Story, home: str) -> None:
    _asked(story, home)
    for currency in ("usd", "ZZZ"):
        given = {"amountCents": "100", "scope": "A washer", "currency": currency}
        problem = story.cast["vendor"].problem("submitQuote", ticketId=story.ticket, **given)
        assert (problem["code"], problem["path"]) == ("CURRENCY_INVALID", ["input", "currency"])


def test_a_time_that_the_tenant_has_not_accepted_waits_for_its_word(story: Story, home: str) -> None:
    vendor, tenant = story.cast["vendor"], story.cast["tenant"]
    _asked(story, home)
    vendor.do("submitQuote", ticketId=story.ticket, amountCents="9000", scope="A washer", visitAt=soon(days=2))
    assert story.gates("tenant")["time"] == "closed: NOT_CONFIRMED"
    tenant.do("confirmTenantTime", ticketId=story.ticket)
    assert story.status == "APPROVED"
    vendor.do("submitQuote", ticketId=story.ticket, amountCents="9000", scope="A washer", visitAt=soon(days=3))
    assert story.status == "PENDING_TENANT_CONFIRMATION"


def test_both_gates_may_pass_in_the_other_order(story: Story, home: str) -> None:
    vendor, tenant = story.cast["vendor"], story.cast["tenant"]
    _asked(story, home)
    vendor.do("submitQuote", ticketId=story.ticket, amountCents=_ABOVE_IT, scope="A tap", visitAt=soon(days=2))
    tenant.do("confirmTenantTime", ticketId=story.ticket)
    assert story.status == "QUOTED"
    story.again("AskForApproval")
    story.cast["manager"].do("decideApproval", ticketId=story.ticket, decision="APPROVED", amountCents=_ABOVE_IT)
    assert story.status == "APPROVED"


def test_an_approval_of_less_sends_the_quote_back_with_its_conditions(story: Story, home: str) -> None:
    vendor, manager = story.cast["vendor"], story.cast["manager"]
    _asked(story, home)
    story.again("Quote", "AskForApproval", cents=_ABOVE_IT)
    given = {"ticketId": story.ticket, "decision": "APPROVED", "amountCents": "60000"}
    manager.do("decideApproval", "", **given, conditions=["A simpler tap"])
    assert story.status == "QUOTED"
    vendor.do("submitQuote", ticketId=story.ticket, amountCents="60000", scope="A simpler tap")
    assert story.status == "PENDING_TENANT_CONFIRMATION"


def test_a_vendor_that_declines_gives_the_repair_back(story: Story, home: str) -> None:
    vendor, agent, rival = story.cast["vendor"], story.cast["agent"], story.cast["rival"]
    _asked(story, home)
    vendor.do("transitionTicket", ticketId=story.ticket, to="REPORTED", reason="No time before June.")
    stands = story.stands()
    assert (stands["status"], stands["job"]["assignedVendor"]) == ("REPORTED", None)
    agent.do("contactVendor", ticketId=story.ticket, vendorId=rival.company)
    assert story.status == "VENDOR_CONTACTED"
    agent.do("contactVendor", ticketId=story.ticket, vendorId=vendor.company)
    assert story.stands()["job"]["assignedVendor"]["id"] == rival.company


def test_vendors_quote_beside_each_other_and_one_is_chosen(story: Story, home: str) -> None:
    vendor, rival, agent = story.cast["vendor"], story.cast["rival"], story.cast["agent"]
    _asked(story, home)
    agent.do("contactVendor", ticketId=story.ticket, vendorId=rival.company)
    rival.do("submitQuote", ticketId=story.ticket, amountCents=_WITHIN_THE_LIMIT, scope="A washer")
    assert story.status == "VENDOR_CONTACTED"
    vendor.do("submitQuote", ticketId=story.ticket, amountCents=_ABOVE_IT, scope="A tap")
    assert story.status == "QUOTED"
    agent.do("assignVendor", ticketId=story.ticket, vendorId=rival.company)
    assert story.status == "PENDING_TENANT_CONFIRMATION"


def test_without_a_tenant_nobody_is_asked_for_a_time(story: Story, home: str) -> None:
    agent, vendor = story.cast["agent"], story.cast["vendor"]
    given = {"propertyId": home, "title": "The gate squeaks", "issueType": "carpentry", "tenantContactId": None}
    story.ticket = agent.do("createMaintenanceTicket", "ticket { id }", **given)["ticket"]["id"]
    agent.do("contactVendor", ticketId=story.ticket, vendorId=vendor.company)
    vendor.do("submitQuote", ticketId=story.ticket, amountCents=_WITHIN_THE_LIMIT, scope="Oil")
    assert story.status == "APPROVED"
    assert story.stands()["job"]["lockedInAt"] is not None


def test_a_tenant_cancels_its_own_repair_before_work_begins_and_not_after(story: Story, home: str) -> None:
    tenant, manager = story.cast["tenant"], story.cast["manager"]
    _asked(story, home)
    manager.do("startWork", ticketId=story.ticket, override="They are there already.")
    problem = tenant.problem("cancelTicket", ticketId=story.ticket, reason="NOT_NEEDED")
    assert [each["code"] for each in problem["missing"]] == ["ROLE"]
    story.ticket = ""
    story.again("Report", home=home)
    tenant.do("cancelTicket", ticketId=story.ticket, reason="OTHER", note="It was only loose.")
    stands = story.stands()
    assert (stands["status"], stands["cancelledBy"]) == ("CANCELLED", "TENANT")


def test_a_guest_reopens_a_resolved_request_and_only_a_manager_a_closed_one(town: Town, stay: Stay) -> None:
    story = Story(town.hotel(stay))
    guest, agent, manager = story.cast["guest"], story.cast["agent"], story.cast["manager"]
    story.again("Request", "BeginRequest", "Resolve", stay=stay.reservation)
    guest.do("transitionTicket", ticketId=story.ticket, to="IN_PROGRESS", reason="It is dark again.")
    stands = story.stands()
    assert (stands["reopenedCount"], stands["resolvedAt"], stands["resolutionSeconds"]) == (1, None, None)
    story.again("Resolve")
    agent.do("closeTicket", ticketId=story.ticket)
    assert story.open_ways("agent") == set()
    assert story.open_ways("manager") == {"IN_PROGRESS"}
    manager.do("transitionTicket", ticketId=story.ticket, to="IN_PROGRESS")
    assert story.stands()["reopenedCount"] == 2


def test_payment_is_waived_by_a_manager_and_the_owner_may_dispute(story: Story, home: str) -> None:
    agent, manager, owner = story.cast["agent"], story.cast["manager"], story.cast["owner"]
    _asked(story, home)
    manager.do("startWork", ticketId=story.ticket, override="They are there already.")
    given = {"notes": "A washer.", "actualCostCents": "5000", "noPhotoReason": "Nothing to see."}
    story.cast["vendor"].do("completeWork", ticketId=story.ticket, **given)
    owner.do("disputeWork", ticketId=story.ticket, reason="It was not needed.")
    agent.do("transitionTicket", ticketId=story.ticket, to="COMPLETED", reason="It was.")
    waived = {"ticketId": story.ticket, "method": "CASH", "amountCents": "5000", "status": "WAIVED"}
    assert agent.problem("recordPayment", **waived)["code"] == "MANAGER_NEEDED"
    manager.do("recordPayment", **waived)
    agent.do("closeTicket", ticketId=story.ticket)
    assert story.status == "CLOSED"


def test_a_request_that_becomes_a_repair_asks_who_lives_there_for_a_time(story: Story, home: str) -> None:
    agent, tenant = story.cast["agent"], story.cast["tenant"]
    made = agent.do("createTicket", "ticket { id }", ticketType="GENERAL", title="It is cold", propertyId=home)
    story.ticket = made["ticket"]["id"]
    agent.do("convertTicket", ticketId=story.ticket, ticketType="MAINTENANCE", issueType="heating", urgency="URGENT")
    assert (story.status, story.stands()["priority"]) == ("REPORTED", "HIGH")
    assert story.gates("tenant")["time"] == "closed: NO_TIME"
    assert story.open_ways("tenant") == {"CANCELLED"}
    tenant.do("cancelTicket", ticketId=story.ticket, reason="NOT_NEEDED")
