"""Values hold their fields as named tuples do, and are no tuples."""

from __future__ import annotations

import copy
import pickle
from typing import Generic, TypeVar

import pytest

from peftlint.value import NamedTuple, Record, Value

Content = TypeVar("Content")


class Point(Value):
    """A place with a name."""

    x: int
    y: int
    name: str = "here"

    @property
    def sum(self) -> int:
        """Of both numbers."""
        return self.x + self.y


class Other(Value):
    """Has the same fields."""

    x: int
    y: int
    name: str = "here"


def test_fields_are_given_by_place_or_by_name_and_have_defaults() -> None:
    for point in (Point(1, 2), Point(1, y=2), Point(x=1, y=2, name="here")):
        assert (point.x, point.y, point.name, point.sum) == (1, 2, "here", 3)


def test_values_are_equal_where_their_class_and_their_fields_are() -> None:
    assert Point(1, 2) == Point(1, 2, "here")
    assert hash(Point(1, 2)) == hash(Point(1, 2, "here"))
    assert Point(1, 2) != Point(1, 3)
    assert Point(1, 2) != Other(1, 2)
    assert repr(Point(1, 2)) == "Point(x=1, y=2, name='here')"


def test_a_field_that_is_missing_or_unknown_is_an_error() -> None:
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'y'"):
        Point(1)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected keyword argument 'z'"):
        Point(1, 2, z=3)  # type: ignore[call-arg]


def test_a_value_has_room_for_its_fields_alone() -> None:
    assert not hasattr(Point(1, 2), "__dict__")
    assert copy.copy(Point(1, 2)) == Point(1, 2)
    assert pickle.loads(pickle.dumps(Point(1, 2))) == Point(1, 2)  # noqa: S301 - our own


class Counter(Record):
    """Can be changed."""

    count: int
    step: int = 1

    def __post_init__(self) -> None:
        if self.step < 1:
            raise ValueError("a counter goes up")


def test_records_can_be_changed_and_are_equal_to_themselves_alone() -> None:
    one, other = Counter(1), Counter(count=1)
    one.count += one.step
    assert (one.count, other.count) == (2, 1)
    assert other == other and other != Counter(1)  # noqa: PLR0124
    assert not hasattr(one, "__dict__")
    with pytest.raises(ValueError, match="goes up"):
        Counter(1, step=0)


class Pair(NamedTuple):
    """A named tuple."""

    first: int
    second: str = "two"

    @property
    def swapped(self) -> tuple[str, int]:
        """The other way round."""
        return self.second, self.first


class Box(NamedTuple, Generic[Content]):
    """Holds anything."""

    content: Content


def test_a_named_tuple_can_be_generic() -> None:
    (content,) = Box[int](1)
    assert content == 1
    assert Box("a") == ("a",)


def test_a_named_tuple_is_as_that_of_typing() -> None:
    pair = Pair(1)
    first, second = pair
    assert (first, second) == (1, "two") == pair == Pair(second="two", first=1)
    assert pair.swapped == ("two", 1)
    assert pair._replace(first=0) < pair
    assert repr(pair) == "Pair(first=1, second='two')"
    assert (Pair.__doc__, Pair.__module__) == ("A named tuple.", __name__)
    assert not hasattr(pair, "__dict__")
    assert pickle.loads(pickle.dumps(pair)) == pair  # noqa: S301 - our own


def test_classes_with_as_many_fields_keep_their_own_names_and_defaults() -> None:
    class Left(Value):
        width: int
        height: int = 2

    class Right(Value):
        height: int
        depth: int = 3

    assert repr(Left(1)) == "Left(width=1, height=2)"
    assert repr(Right(height=1)) == "Right(height=1, depth=3)"
    with pytest.raises(TypeError, match="depth"):
        Left(1, depth=2)  # type: ignore[call-arg]
