"""Places that contain places; shared by all operators."""

from __future__ import annotations

from schema.enums import AreaKind
from schema.vocabulary.column import column
from schema.vocabulary.edge import One, many, one
from schema.vocabulary.entity import entity
from schema.vocabulary.row import Shared


@entity("geo.areas")
class Area(Shared):
    """A country, region, city or resort."""

    name: str = column("What people call it.", order=True)
    kind: AreaKind = column("How large it is.")
    parent: One[Area | None] = one(
        "parent_id",
        "The area that contains it; none for a country.",
        reverse=many("areas", "The areas directly inside it."),
    )
