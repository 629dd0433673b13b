"""Classes that are nothing but their fields, which take next to no time to make.

There are a hundred and thirty such classes on the way of a check. What is written is the same as
with `typing.NamedTuple` or `dataclass`, but a named tuple compiles each of its annotations and a
function, and a dataclass some methods, whether or not they are ever needed: that took a tenth of
the whole check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from operator import itemgetter
from types import CodeType, FunctionType, GenericAlias, MappingProxyType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NamedTuple, dataclass_transform
else:

    def dataclass_transform(**_: object) -> Callable[[type], type]:
        """What tells a type checker how a class is written does nothing to the class."""
        return lambda made: made


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
    defaults = tuple(made._defaults.values())
    return FunctionType(_with_names(code, made._fields), {}, "__init__", defaults)


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
    return _compiled(f"def made({', '.join(('self', *parameters))}):\n    {body}")


def _parameters(count: int) -> list[str]:
    return [f"field_{number}" for number in range(count)]


def _compiled(source: str) -> CodeType:
    """The code of a function `made`."""
    names: dict[str, FunctionType] = {}
    exec(source, names)  # noqa: S102
    return names["made"].__code__


def _with_names(code: CodeType, fields: Sequence[str]) -> CodeType:
    """Code with the names of some fields instead of `_parameters`."""
    names = dict(zip(_parameters(len(fields)), fields, strict=True))
    return code.replace(
        co_varnames=tuple([names.get(name, name) for name in code.co_varnames]),
        co_names=tuple([names.get(name, name) for name in code.co_names]),
    )


if not TYPE_CHECKING:
    try:
        # What the fields of Python's own named tuples are.
        from _collections import _tuplegetter as _field
    except ImportError:  # pragma: no cover - another Python than CPython

        def _field(index: int, doc: str | None) -> property:
            return property(itemgetter(index), doc=doc)

    class _Tuple(tuple):
        """What all named tuples have; see `collections.namedtuple`."""

        __slots__ = ()
        _fields = ()
        _field_defaults = MappingProxyType({})

        def __new__(cls, *values: object, **named: object) -> _Tuple:
            # As that of a `Value`, it is compiled with the first instance.
            cls.__new__ = staticmethod(_maker(cls))
            return cls.__new__(cls, *values, **named)

        @classmethod
        def _make(cls, values: Iterable[object]) -> _Tuple:
            return cls(*values)

        def _replace(self, /, **named: object) -> _Tuple:
            return type(self)(**self._asdict() | named)

        def _asdict(self) -> dict[str, object]:
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            shown = [f"{name}={value!r}" for name, value in self._asdict().items()]
            return f"{type(self).__name__}({', '.join(shown)})"

        def __getnewargs__(self) -> tuple[object, ...]:
            return tuple(self)

    def _maker(made: type[_Tuple]) -> FunctionType:
        """The `__new__` that one would write for a named tuple's fields."""
        code = _with_names(_maker_code(len(made._fields)), made._fields)
        defaults = tuple(made._field_defaults.values())
        return FunctionType(code, {"tuple_of": tuple.__new__}, "__new__", defaults)

    @cache
    def _maker_code(count: int) -> CodeType:
        names = "".join([f"{name}, " for name in _parameters(count)])
        return _compiled(f"def made(cls, {names}): return tuple_of(cls, ({names}))")

    class _NamedTupleType(type):
        """Makes a named tuple of a class, with what else is in it."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = tuple(body.get("__annotations__", ()))
            body["_field_defaults"] = {field: body[field] for field in fields if field in body}
            for index, field in enumerate(fields):
                body[field] = _field(index, None)
            body |= {"__slots__": (), "_fields": fields, "__match_args__": fields}
            # What Python adds where a base is something like `Generic[Way]`.
            if "__orig_bases__" in body:
                body["__class_getitem__"] = classmethod(GenericAlias)
            return type(name, (_Tuple,), body)

    class NamedTuple(metaclass=_NamedTupleType):
        """As `typing.NamedTuple`, for classes that are unpacked, sorted or often compared.

        A `Value` is made in little more than half the time, and its fields are read faster. The
        annotations are for the type checker alone.
        """
