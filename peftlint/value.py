"""Classes that are nothing but their fields, which take next to no time to make.

There are a hundred and thirty such classes on the way of a check. What is written is the same as
with `typing.NamedTuple` or `dataclass`, but a named tuple compiles each of its annotations, and a
dataclass some methods, whether or not they are ever needed: that took a tenth of the whole check.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable
from functools import cache
from types import CodeType, FunctionType, GenericAlias
from typing import TYPE_CHECKING, Any, Generic, dataclass_transform

__all__ = ["NamedTuple", "Record", "Value"]


class _FieldsType(type):
    """Makes the annotated names of a class its slots, and what they are set to its defaults."""

    _fields: tuple[str, ...]
    _defaults: dict[str, Any]
    _is_looked_at: bool

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> _FieldsType:
        fields = tuple(body.get("__annotations__", ()))
        defaults = {field: body.pop(field) for field in fields if field in body}
        made = super().__new__(cls, name, bases, {**body, "__slots__": fields})
        made._fields = fields
        made._defaults = defaults
        made._is_looked_at = "__post_init__" in body
        return made


class _Fields(metaclass=_FieldsType):
    """The base of both, which sets the fields."""

    def __init__(self, *values: object, **named: object) -> None:
        # Compiled with the first instance: many classes never have one in a run.
        made = type(self)
        made.__init__ = _initializer(made)  # type: ignore[method-assign]
        made.__init__(self, *values, **named)

    def __post_init__(self) -> None:
        """Look at what the fields were set to; called where a class has its own."""


@dataclass_transform()
class Record(_Fields):
    """A base for classes that are written as dataclasses are.

    A default is one value for all of them, so none that grows. A `__post_init__` is called. A
    record is equal to itself alone.
    """


@dataclass_transform(frozen_default=True)
class Value(_Fields):
    """A base for classes that are written as `NamedTuple` ones are, and are no tuples.

    What a value holds is not to be changed, which the type checker sees to. Two are equal where
    all their fields are.
    """

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Value) and type(other) is type(self) and _held(self) == _held(other)
        )

    def __hash__(self) -> int:
        return hash(_held(self))

    def __repr__(self) -> str:
        held = zip(type(self)._fields, _held(self), strict=True)
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in held)})"


def _held(value: Value) -> tuple[object, ...]:
    return tuple([getattr(value, name) for name in type(value)._fields])


def _initializer(made: _FieldsType) -> Callable[..., None]:
    """The `__init__` that one would write for these fields."""
    code = _initializer_code(len(made._fields), is_looked_at=made._is_looked_at)
    fields = dict(zip(_parameters(len(made._fields)), made._fields, strict=True))
    code = code.replace(
        co_varnames=tuple([fields.get(name, name) for name in code.co_varnames]),
        co_names=tuple([fields.get(name, name) for name in code.co_names]),
    )
    return FunctionType(code, {}, "__init__", tuple(made._defaults.values()))


@cache
def _initializer_code(count: int, *, is_looked_at: bool) -> CodeType:
    """The code of an `__init__` for so many fields, whatever these are called.

    To compile it takes fifteen times as long as to give the fields their names.
    """
    parameters = _parameters(count)
    lines = [f"self.{name} = {name}" for name in parameters]
    if is_looked_at:
        lines.append("self.__post_init__()")
    body = "\n    ".join(lines or ["pass"])
    names: dict[str, FunctionType] = {}
    exec(f"def __init__({', '.join(('self', *parameters))}):\n    {body}", names)  # noqa: S102
    return names["__init__"].__code__


def _parameters(count: int) -> list[str]:
    return [f"field_{number}" for number in range(count)]


if TYPE_CHECKING:
    from typing import NamedTuple
else:

    class _NamedTupleType(type):
        """Makes a named tuple of a class, with what else is in it."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, body)
            annotations = body.get("__annotations__", {})
            defaults = [body.pop(field) for field in annotations if field in body]
            made = namedtuple(name, annotations, defaults=defaults, module=body.pop("__module__"))
            for key, member in body.items():
                setattr(made, key, member)
            if Generic in bases:
                made.__class_getitem__ = classmethod(GenericAlias)
            return made

    class NamedTuple(metaclass=_NamedTupleType):
        """As `typing.NamedTuple`, for classes that are unpacked, sorted or often compared.

        A `Value` is made in little more than half the time, and its fields are read faster. The
        annotations are for the type checker alone.
        """
