"""Declarations become a graph, or every mistake in them is told at once."""

import pytest

from schema.assembly.graph import assemble
from schema.assembly.mistakes import AssemblyError
from schema.vocabulary.derived import Merged
from tests.schema.declarations import module

_HOUSES = '''
@entity("a.houses")
class House(Owned):
    """A house."""
    code: str = column("Its code.", natural_key="code")
    priority: Priority | None = column("How soon.")
    tags: list[str] = column("Its tags.")
'''
_ROOMS = '''
@entity("a.rooms")
class Room(Owned):
    """A room."""
    house: One[House] = one("house_id", "Its house.", reverse=many("rooms", "Its rooms."))
    beside: One[Room | None] = one("beside_id", "The room beside.", reverse=single("other_side", "The other side."))
'''


def _mistakes(*texts: str) -> list[str]:
    with pytest.raises(AssemblyError) as caught:
        assemble([module(text) for text in texts])
    first, *lines = str(caught.value).splitlines()
    assert first.startswith(f"{len(lines)} mistake")
    return [line.strip() for line in lines]


def test_one_foreign_key_makes_the_edge_its_key_column_and_the_way_back() -> None:
    graph = assemble([module(_HOUSES), module(_ROOMS)])
    house, room = graph.entities["House"], graph.entities["Room"]
    assert room.columns["house_id"].field == "houseId"
    assert not room.columns["house_id"].nullable
    assert room.columns["beside_id"].nullable
    assert room.edges["house"].link.pairs == (("house_id", "id"),)
    assert house.edges["rooms"].link.pairs == (("id", "house_id"),)
    assert (house.edges["rooms"].many, room.edges["otherSide"].many) == (True, False)


def test_an_edge_to_a_row_of_an_operator_is_nullable_whatever_its_key() -> None:
    graph = assemble([module(_HOUSES), module(_ROOMS)])
    assert graph.entities["Room"].edges["house"].nullable


def test_an_edge_and_its_way_back_belong_to_the_domain_of_the_foreign_key() -> None:
    rooms = _ROOMS.replace("a.rooms", "b.rooms")
    graph = assemble([module(_HOUSES), module(rooms)])
    assert graph.entities["House"].edges["rooms"].domain == "b"


def test_modules_may_be_given_in_any_order() -> None:
    either = assemble([module(_ROOMS), module(_HOUSES)])
    assert set(either.entities) == {"House", "Room"}


def test_columns_know_their_scalar_their_nullability_and_whether_they_are_lists() -> None:
    columns = assemble([module(_HOUSES)]).entities["House"].columns
    assert (columns["priority"].scalar.name, columns["priority"].nullable) == ("Priority", True)
    assert (columns["tags"].array, columns["tags"].scalar.name) == (True, "String")


def test_a_redeclared_column_of_a_base_takes_its_place() -> None:
    text = _HOUSES + '    created_at: datetime = column("When it was built.", order=True)\n'
    assert assemble([module(text)]).entities["House"].columns["created_at"].description == "When it was built."


def test_a_misspelt_entity_is_told_with_the_nearest_name() -> None:
    (line,) = _mistakes(_HOUSES, _ROOMS.replace("One[House]", "One[Hause]"))
    assert line == "Room.house: One[Hause]: Hause is no entity and no type. Did you mean House."


def test_every_mistake_is_told_at_once() -> None:
    text = """
@entity("houses")
class House(Owned):
    code: str = column("")
    made: bytes = column("When.")
    size: int = 3
    tags: list[str] = column("Its tags.", order=True)
    Code: int = column("Another.", name="code")
"""
    lines = _mistakes(text)
    told = "\n".join(lines)
    for words in (
        "House: has no description",
        "House: is bound to 'houses'",
        "House.code: has no description",
        "House.made: no column holds",
        "House.size: is neither a column nor an edge",
        "House.tags: cannot be ordered by",
        "House.code: is declared twice",
    ):
        assert words in told


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('"house_id"', '("house_id", "nothing")'), "pairs unequal numbers of columns"),
        (('reverse=many("rooms"', 'reverse=many("code"'), "House.code: is declared twice"),
        (("One[House]", "Many[House]"), "annotation and word disagree"),
        (("One[House]", "One[int]"), "its annotation names no entity"),
        (('"Its house."', '""'), "Room.house: has no description"),
        (('reverse=many("rooms"', 'to="cod", reverse=many("rooms"'), "declares no column cod. Did you mean code"),
        (("class Room(Owned)", "class House(Owned)"), "House: is declared twice"),
        (('@entity("a.rooms")', '@entity("a.rooms", plural="houses")'), "Query.houses would mean two things"),
    ],
)
def test_each_mistake_of_an_edge_is_told(change: tuple[str, str], words: str) -> None:
    assert any(words in line for line in _mistakes(_HOUSES, _ROOMS.replace(*change)))


_KEYS = '''
@entity("a.keys")
class Key(Owned):
    """A key of a house, to a room."""
    house: One[House] = one("house_id", "Its house.", reverse=many("keys", "Its keys."))
    rooms: Many[Room] = path("The rooms.", on=("house_id",), through=Through("a.key_rooms", own="id", target="room_id"))
'''


def test_a_path_over_an_undeclared_table_is_told() -> None:
    (line,) = _mistakes(_HOUSES, _ROOMS, _KEYS)
    assert line.startswith("Key.rooms: a.key_rooms is no declared table")


def test_a_path_that_leaves_its_domain_is_told() -> None:
    keys = _KEYS.replace("a.key_rooms", "a.rooms").replace("a.keys", "b.keys").replace('"room_id"', '"beside_id"')
    (line,) = _mistakes(_HOUSES, _ROOMS, keys)
    assert line.startswith("Key.rooms: its path leaves its domain")


_WORTH = '''
@record
class Part:
    """A part of it."""
    code: str = told("What it is.")
    at: datetime | None = told("Since when.")

@record
class Worth:
    """What a house is worth."""
    parts: list[Part] = told("Of what it consists.")
    owner_id: UUID = told("Whose it is.", name="owner", of="House")

@entity("a.lots")
class Lot(Owned):
    """A piece of land."""
    worth: Worth | None = derived("What it is worth.", function="a.worth")
    story: Many[House | Lot] = merged("What happened.", view="a.story", by="lot_id")
'''


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("", ""), "Lot.worth: parts is a list of what JSON does not hold as it is told"),
        (('function="a.worth"', 'function="worth"'), "Lot.worth: is derived by 'worth'. Write the function as"),
        (('"What it is worth."', '""'), "Lot.worth: has no description"),
        (('function="a.worth"', 'function="a.worth", of="ids"'), "a.lots declares no column ids. Did you mean id"),
        (("Worth | None", "bytes"), "is nothing that can be told"),
        (('of="House"', 'of="Hause"'), "Worth.owner_id: Hause is no entity. Did you mean House"),
        (("story: Many[House | Lot]", "story: Many[House | int]"), "Lot.story: its annotation names no entities"),
        (('function="a.worth"', 'function="a.worth", name="story"'), "Lot.story: is declared twice"),
    ],
)
def test_each_mistake_of_a_derived_field_is_told(change: tuple[str, str], words: str) -> None:
    assert any(words in line for line in _mistakes(_HOUSES, _WORTH.replace(*change)))


def test_a_merge_is_a_view_of_its_own_beside_the_graph() -> None:
    graph = assemble([module(_HOUSES), module(_WORTH.replace("datetime | None", "str"))])
    lot = graph.entities["Lot"]
    assert set(lot.derived) == {"worth", "story"}
    merged = lot.derived["story"]
    assert isinstance(merged, Merged)
    assert (merged.entities, merged.link.pairs) == (("House", "Lot"), (("id", "lot_id"),))
    assert set(merged.view.columns) == {"id", "entity", "at", "lot_id"}
    assert "Story" not in graph.entities
