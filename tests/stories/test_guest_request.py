"""A guest's request with all that hangs on it, as the manual tells it."""

from __future__ import annotations

from tests.files.samples import PNG
from tests.stories.calendar import seconds_between, soon
from tests.stories.manual import STEPS
from tests.stories.story import Story
from tests.stories.town import Stay, Town

_HANGS = """query ($id: ID!) {
  ticket(id: $id) {
    currentAgentId propertyId
    timeEntries { nodes { allocatedSeconds timeEntry { durationSeconds } } }
    inspections { nodes { inspection { status score timeEntries { nodes { allocatedSeconds } } } } }
    cleans { nodes { clean { status } } }
    inventoryEvents { nodes { quantityUsed inventoryEvent { item } } }
    transactions { nodes { role transaction { amountCents type propertyId } } }
    photos { nodes { photoType file { fileName } } }
    projectLinks { nodes { role project { name } } }
  }
}"""
_OUTSIDE = """query ($id: ID!) { ticket(id: $id) { status property { name } photos { nodes { photoType } } } }"""


def test_a_guests_request_gathers_the_work_that_it_took(town: Town, stay: Stay, inspection: str, clean: str) -> None:
    story = Story(town.hotel(stay))
    agent = story.cast["agent"]
    ticket = story.play("Request", stay=stay.reservation)["ticket"]
    assert ticket["number"].startswith("TK-")
    assert ticket["propertyId"] == stay.home
    member = agent.member
    story.play("TakeRequest", me=member["id"], team=member["teamId"])
    _work(story, stay, inspection, clean)
    _cost(story, stay)
    story.play("BeginRequest")
    story.play("Resolve")
    _plan(story, stay)
    _ends(story)


def _work(story: Story, stay: Stay, inspection: str, clean: str) -> None:
    time = story.play("LogTime", home=stay.home, began=soon(days=-400), ended=soon(days=-400, seconds=3600))
    entry = time["timeEntry"]
    assert entry["durationSeconds"] == 3600
    story.play("CompleteInspection", inspection=inspection, version=1)
    story.play("AllocateTime", time=entry["id"], version=entry["version"], inspection=inspection)
    assert story.stands()["activeTimeSeconds"] == 1800
    story.play("LinkInspection", inspection=inspection)
    story.play("CompleteClean", clean=clean, version=1)
    story.play("LinkClean", clean=clean)


def _cost(story: Story, stay: Stay) -> None:
    story.play("UseStock", home=stay.home)
    story.play("RecordExpense", stay=stay.reservation)
    upload = story.cast["agent"].do(
        "createUpload", "uploadUrl", fileName="bulb.png", mediaType="image/png", byteSize=len(PNG)
    )
    story.play("AttachPhoto", photo=story.cast["agent"].send(upload["uploadUrl"], PNG)["id"])


def _plan(story: Story, stay: Stay) -> None:
    project = story.play("PlanProject", home=stay.home)["project"]
    (row,) = project["projectProperties"]["nodes"]
    story.play("AddToProject", project=project["id"])
    done = story.play("TickOff", row=row["id"], version=row["version"])["projectProperty"]
    assert done["completedAt"] is not None


def _ends(story: Story) -> None:
    stands = story.stands()
    assert stands["status"] == "RESOLVED"
    assert stands["resolutionSeconds"] == round(seconds_between(stands["createdAt"], stands["resolvedAt"]))
    assert stands["firstResponseAt"] is not None
    hangs = story.cast["manager"].ask(_HANGS, id=story.ticket)["ticket"]
    assert hangs["timeEntries"]["nodes"][0]["allocatedSeconds"] == 1800
    assert hangs["transactions"]["nodes"][0]["transaction"]["amountCents"] == "450"
    seen = story.cast["guest"].ask(_OUTSIDE, id=story.ticket)["ticket"]
    assert seen["status"] == "RESOLVED"
    assert seen["photos"]["nodes"] == [{"photoType": "PROGRESS"}]


def test_what_is_only_tried_tells_what_would_come_of_it_and_leaves_no_trace(town: Town, stay: Stay) -> None:
    story = Story(town.hotel(stay))
    story.again("Request", stay=stay.reservation)
    before = story.stands()
    agent = story.cast["agent"]
    ways = agent.ask(STEPS["Ways"].text, ticket=story.ticket)["ticket"]
    assert {way["to"] for way in ways["availableTransitions"] if way["wantsReason"]} == {"CANCELLED"}
    assert ways["gates"] is None
    tried = agent.ask(STEPS["Wait"].text, ticket=story.ticket)["transitionTicket"]
    assert tried["ticket"]["status"] == "WAITING"
    assert [event["eventType"] for event in tried["events"]] == ["status_changed"]
    assert tried["problems"] == []
    assert story.stands() == before
    assert agent.ask(STEPS["Wait"].text, ticket=story.ticket)["transitionTicket"]["problems"] == []
