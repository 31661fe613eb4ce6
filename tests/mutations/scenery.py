"""The scenes that make a difference to a step: each guard of it unsatisfied in turn, and whoever it depends on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from tests.lifecycle.scenes import FULL, SCENES, Scene
from tests.mutations.people import PEOPLE
from tests.mutations.verdict import STATES, STEPS, Asked

_ENDED = {"on_hold", "closed", "cancelled"}
_ALL = [
    *SCENES.values(),
    replace(FULL, emergency=True),
    replace(FULL, emergency=True, overridden=False),
    replace(FULL, old=False),
    *(replace(FULL, held_from=state) for state in STATES["maintenance"] if state not in _ENDED),
    replace(FULL, held_from="approved", confirmed=False),
    replace(FULL, held_from="pending_tenant_confirmation", confirmed=False),
]
_TELLING = ("agent", "manager", "system", "tenant")


def scenes_that_matter(workflow: str, here: str, *, reason: bool) -> dict[Scene, list[str]]:
    """The targets to try in each scene: those of which it has something to say that no scene before it has said."""
    found: dict[Scene, list[str]] = defaultdict(list)
    for there in [there for start, there in STEPS[workflow] if start == here]:
        heard = set()
        for scene in _ALL:
            asked = [Asked(workflow, here, scene, PEOPLE[name]) for name in _TELLING]
            verdict = tuple(each.transition(there, reason=reason) for each in asked)
            if verdict not in heard:
                heard.add(verdict)
                found[scene].append(there)
    return found
