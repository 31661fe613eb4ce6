"""Scalars: what is taken for a value of theirs, and what a vocabulary must be like."""

from enum import Enum

import pytest

from schema.vocabulary.scalar import FLOAT, vocabulary


class Weather(Enum):
    """How the sky looks."""

    CLEAR = "clear"
    LIGHT_RAIN = "light-rain"
    Snow = "snow"


@pytest.mark.parametrize(("written", "value"), [(1, 1.0), (0.25, 0.25), ("1e-05", 1e-05), ("-3", -3.0)])
def test_a_float_is_a_number_or_what_sql_printed_of_one(written: object, value: float) -> None:
    assert FLOAT.parse(written) == value


@pytest.mark.parametrize("written", [True, None, "", "x", "NaN", "inf", float("nan"), 10**400, [1]])
def test_a_float_is_nothing_else_and_finite(written: object) -> None:
    with pytest.raises(ValueError, match="is not a Float: write a number"):
        FLOAT.parse(written)


def test_a_vocabulary_names_its_members_as_sql_prints_them() -> None:
    with pytest.raises(ValueError, match="Weather: LIGHT_RAIN = 'light-rain', Snow = 'snow'"):
        vocabulary(Weather)
