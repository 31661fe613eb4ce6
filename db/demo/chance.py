"""The one source of chance: the same seed gives the same data."""

import random
from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

from asyncpg.pgproto.pgproto import UUID

T = TypeVar("T")


class Ids:
    """UUIDs of version 7: the row's time, then a counter, then random bits, so that ids order as rows were made."""

    def __init__(self, rng: random.Random) -> None:
        self._bits = rng.getrandbits
        self._count = 0

    def new(self, moment: int) -> UUID:
        """An id of a row that was created at a moment."""
        self._count = count = self._count + 1 & 0x3FFFFFF
        number = moment << 80 | 0x7000 + (count >> 14) << 64 | 2 << 62 | (count & 0x3FFF) << 48 | self._bits(48)
        return UUID(number.to_bytes(16, "big"))


class Deck(Generic[T]):
    """Choices dealt like cards: random in order, exact in proportion, so that none is missing from a small data set.

    Args:
        cards: The choices, each with how often it stands in the deck.
    """

    def __init__(self, rng: random.Random, cards: Mapping[T, int] | Sequence[T]) -> None:
        self._rng = rng
        counted = cards.items() if isinstance(cards, Mapping) else ((card, 1) for card in cards)
        self._cards = [card for card, count in counted for _ in range(count)]
        if not self._cards:
            raise ValueError("a deck needs a card")
        self._next = len(self._cards)

    def deal(self) -> T:
        """The next card; a new shuffle when all are dealt."""
        if self._next == len(self._cards):
            self._rng.shuffle(self._cards)
            self._next = 0
        self._next += 1
        return self._cards[self._next - 1]
