"""Values: small classes that are nothing but their fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast, dataclass_transform


class _ValueType(type):
    """Makes the annotated names of a class its slots, and what they are set to its defaults."""

    _fields: tuple[str, ...]
    _defaults: dict[str, Any]

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> _ValueType:
        fields = tuple(body.get("__annotations__", ()))
        defaults = {field: body.pop(field) for field in fields if field in body}
        made = super().__new__(cls, name, bases, {**body, "__slots__": fields})
        made._fields = fields
        made._defaults = defaults
        return made


@dataclass_transform(frozen_default=True)
class Value(metaclass=_ValueType):
    """A base for classes that are written as `NamedTuple` ones are, and are no tuples.

    What a value holds is not to be changed, which the type checker sees to. Two are equal where
    all their fields are.

    There are a hundred such classes on the way of a check. A `NamedTuple` compiles each of its
    annotations when it is made, a frozen dataclass five methods: that took a tenth of the whole
    check. Here nothing is compiled before the first value of a class is made.
    """

    def __init__(self, *values: object, **named: object) -> None:
        made = type(self)
        made.__init__ = _initializer(made)  # type: ignore[method-assign]
        made.__init__(self, *values, **named)

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


def _initializer(made: _ValueType) -> Callable[..., None]:
    """The `__init__` that one would write for these fields."""
    parameters = [
        f"{name}=_defaults[{name!r}]" if name in made._defaults else name for name in made._fields
    ]
    lines = [f"    self.{name} = {name}" for name in made._fields] or ["    pass"]
    source = f"def __init__(self, {', '.join(parameters)}):\n" + "\n".join(lines)
    names: dict[str, Any] = {"_defaults": made._defaults}
    exec(source, names)  # noqa: S102 - names of fields, as `dataclass` does
    return cast(Callable[..., None], names["__init__"])
