"""Teams and their members: managers, agents (one of them a program), analysts."""

from db.demo.clock import BEGINNING, DAY, HOUR
from db.demo.names import Name
from db.demo.people import People
from db.demo.rows.team import Team, TeamMember
from db.demo.world import ADMIN, Member, Operator, World

TEAMS = ("Management", "Property care", "Housekeeping", "Guest services", "Finance", "Analytics")
# What the next member does, for each operator in this order; the last eleven come again as the company grows.
_FIRST_POSTS = (
    "manager",
    "lead",
    "program",
    "technician",
    "housekeeper",
    "host",
    "bookkeeper",
    "analyst",
    "technician",
)
_MORE_POSTS = (
    "housekeeper",
    "technician",
    "housekeeper",
    "host",
    "manager",
    "technician",
    "housekeeper",
    "on_call",
    "technician",
    "host",
    "leaver",
    "bookkeeper",
    "technician",
    "housekeeper",
    "lead",
    "analyst",
)
_TEAM_OF = {
    "manager": "Management",
    "lead": "Property care",
    "program": "Guest services",
    "technician": "Property care",
    "housekeeper": "Housekeeping",
    "host": "Guest services",
    "bookkeeper": "Finance",
    "analyst": "Analytics",
    "leaver": "Housekeeping",
}
_RATES = {"technician": 4200, "housekeeper": 2400, "host": 2600, "bookkeeper": 3800, "lead": 4800, "on_call": 5200}


class Staff:
    """Hires one operator's people."""

    def __init__(self, world: World, operator: Operator, people: People) -> None:
        self._world = world
        self._operator = operator
        self._people = people
        self._hired = BEGINNING - 650 * DAY
        self._managers: list[Member] = []

    def hire(self) -> None:
        """Write the teams and as many members as the scale asks for."""
        operator, world = self._operator, self._world
        for name in TEAMS:
            operator.teams[name] = team_id = world.ids.new(self._hired)
            world.sink.add(Team(team_id, operator.id, name, self._hired, self._hired, 1))
        size = max(len(_FIRST_POSTS), round(32 * world.scale**0.5 * (operator.share * 0.9 + 0.05)))
        for count in range(size):
            more = count - len(_FIRST_POSTS)
            self._hire(_FIRST_POSTS[count] if more < 0 else _MORE_POSTS[more % len(_MORE_POSTS)], count)

    def _hire(self, post: str, count: int) -> None:
        operator, world = self._operator, self._world
        since = self._hired + (1 + count % 400) * DAY
        name = Name("Intake assistant", "en-US", operator.nationality) if post == "program" else self._people.local()
        person = self._people.add("staff", name, since, company_id=operator.id, host=operator.domain)
        team_name = _TEAM_OF.get(post)
        member = Member(
            id=world.ids.new(since),
            person=person,
            team_id=operator.teams[team_name] if team_name else None,
            role="manager" if post == "manager" else "agent",
            approval_limit={"manager": 5_000_00, "lead": 1_500_00}.get(post),
            hourly_rate=_RATES.get(post, 3000) + count % 5 * 100,
            starts=(7 + count % 3) * HOUR,
        )
        operator.members.setdefault(post, []).append(member)
        if post == "manager":
            self._managers.append(member)
        self._write(member, post, since)

    def _write(self, member: Member, post: str, since: int) -> None:
        self._world.record("member_added", ("TeamMember", member.id), self._operator, since, ADMIN)
        manager = None if post == "manager" else self._managers[self._world.between(0, len(self._managers) - 1)]
        left = since + 700 * DAY if post == "leaver" else None
        self._world.sink.add(
            TeamMember(
                id=member.id,
                operator_id=self._operator.id,
                name=member.person.name,
                contact_id=member.person.id,
                team_id=member.team_id,
                manager_id=manager.id if manager else None,
                approval_limit_cents=member.approval_limit,
                active=left is None,
                created_at=since,
                updated_at=left or since,
                version=2 if left else 1,
            )
        )
