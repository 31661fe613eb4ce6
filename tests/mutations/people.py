"""Who gives commands, and what each of them is to the tickets of these tests."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from resolvers.viewer import Viewer
from schema.vocabulary.role import ViewerRole
from tests.commands.player import Player
from tests.lifecycle import house

Players = dict[str, Player]

UNSEEN = "unseen"
"""To whom there is no such ticket."""
NOBODY = "nobody"
"""Who sees a ticket, and has no say in its steps."""


@dataclass(frozen=True)
class Person:
    """Somebody; `repair` and `general` tell what they are to a ticket of that workflow, by the tables of steps."""

    viewer: Viewer
    repair: str
    general: str

    def to(self, workflow: str) -> str:
        return self.repair if workflow == "maintenance" else self.general

    @property
    def role(self) -> str:
        return self.viewer.role.value

    @property
    def outside(self) -> bool:
        return not self.viewer.role.staff


def _person(viewer: house.Viewer, repair: str, general: str, *, at: UUID = house.OPERATOR) -> Person:
    return Person(Viewer(ViewerRole(viewer.role), at, viewer.contact, viewer.company), repair, general)


PEOPLE = {
    "agent": _person(house.AGENT, "agent", "agent"),
    "manager": _person(house.MANAGER, "manager", "manager"),
    "admin": _person(house.ADMIN, "admin", "admin"),
    "system": _person(house.SYSTEM, "system", "system"),
    "analyst": _person(house.ANALYST, NOBODY, NOBODY),
    "assigned vendor": _person(house.VENDOR, "vendor", UNSEEN),
    "linked vendor": _person(house.OTHER_VENDOR, NOBODY, NOBODY),
    "tenant": _person(house.TENANT, "tenant", UNSEEN),
    "tenant who takes part": _person(house.OTHER_TENANT, NOBODY, NOBODY),
    "requestor": _person(house.GUEST, "requestor", "requestor"),
    "homeowner": _person(house.OWNER, "owner", "owner"),
    "co-owner": _person(house.CO_OWNER, "owner", UNSEEN),
    "homeowner who takes part": _person(house.OTHER_OWNER, NOBODY, NOBODY),
    "guest elsewhere": _person(house.OTHER_GUEST, UNSEEN, UNSEEN),
    "another operator's manager": _person(house.Viewer("manager"), UNSEEN, UNSEEN, at=house.NEIGHBOUR),
}
