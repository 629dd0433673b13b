"""What a rule is.

A rule is a module: its docstring is its documentation, `CODE` its code, `check` its work.
The module's name, with hyphens, is the rule's name. It may also have:

- `FIX`: `"safe"`, `"unsafe"` or `"none"` (the default), what its fixes are at best;
- `MAY_CHANGE`: the facts of an entry that its fixes may change, of `FACTS`;
- `DEFAULT`: `False` for a rule that is off unless selected;
- `Options`: a frozen dataclass with a default for each field and a docstring that explains
  them; `check` then takes an instance as its second argument.

A rule is pure: it gets a document and yields findings. It says neither its own code nor its
name, and does no offset arithmetic: the model hands it spans.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import is_dataclass
from types import ModuleType
from typing import Any, Literal, NamedTuple

from peftlint.model import Document
from peftlint.source import Edit, Span

FixLevel = Literal["safe", "unsafe", "none"]

#: The facts of an entry, which a fix keeps unless its rule says that it may change them.
#: `entry` stands for the entry as a whole: its rule may remove one. `blocks` are the blocks of
#: Markdown in which it stands: a paragraph may become an item. `version` is that
#: of the papers on arXiv that its links open.
FACTS = frozenset(
    {
        "title", "name", "authors", "venue", "year", "links", "badges", "ids", "section",
        "entry", "blocks", "version",
    }
)  # fmt: skip

_CODE = re.compile(r"[A-Z]{2,6}[0-9]{3}")
_EXAMPLE = re.compile(
    r"^## (?P<kind>Bad|Good)\n.*?^(?P<fence>`{3,}|~{3,})markdown\n(?P<text>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)


class Fix(NamedTuple):
    """Edits that are made all together or not at all.

    Attributes:
        edits: they do not overlap.
        is_safe: the list says and means the same after it; an unsafe fix may lose or guess
            something, and is made only when asked for.
    """

    edits: tuple[Edit, ...]
    is_safe: bool


def safe_fix(*edits: Edit) -> Fix:
    """A fix after which the list says and means the same."""
    return Fix(edits, is_safe=True)


def unsafe_fix(*edits: Edit) -> Fix:
    """A fix that may lose or guess something."""
    return Fix(edits, is_safe=False)


class Finding(NamedTuple):
    """What a rule has to say about one place.

    Attributes:
        span: where it is.
        message: what is wrong here, for the person who wrote it: one line without a full stop
            at its end.
        fix: how to mend it, if the rule knows.
    """

    span: Span
    message: str
    fix: Fix | None = None


class Example(NamedTuple):
    """The Bad and the Good of a rule's docstring, as Markdown."""

    bad: str
    good: str


class RuleError(Exception):
    """A module is no rule; the message says why."""


class Rule(NamedTuple):
    """A rule, taken from its module.

    Attributes:
        name, code: what people and machines call it.
        doc: the module's docstring, Markdown.
        fix: what its fixes are at best.
        is_default: whether it runs unless ignored.
        may_change: the facts of an entry that its fixes may change.
        options: the dataclass of its options, or `None`.
        origin: the distribution that it comes from, for messages.
        checker: the module's `check`.
    """

    name: str
    code: str
    doc: str
    fix: FixLevel
    is_default: bool
    may_change: frozenset[str]
    options: type[Any] | None
    origin: str
    checker: Callable[..., Iterator[Finding]]

    @property
    def summary(self) -> str:
        """The first sentence of its documentation."""
        first = self.doc.strip().split("\n\n", 1)[0]
        return " ".join(first.split())

    @property
    def example(self) -> Example | None:
        """Its Bad and Good, or `None` where it has not both."""
        found = {match["kind"]: match["text"] for match in _EXAMPLE.finditer(self.doc)}
        if found.keys() != {"Bad", "Good"}:
            return None
        return Example(found["Bad"], found["Good"])

    def check(self, document: Document, options: object | None = None) -> Iterator[Finding]:
        """Its findings in `document`.

        Args:
            document: the list.
            options: an instance of `self.options`; the defaults where it is `None`.
        """
        if self.options is None:
            return self.checker(document)
        return self.checker(document, self.options() if options is None else options)


def from_module(module: ModuleType, origin: str) -> Rule:
    """The rule that `module` is.

    Args:
        module: see this module's docstring for what it holds.
        origin: the distribution that it comes from.

    Raises:
        RuleError: something that a rule needs is missing or not as it should be.
    """
    where = f"rule module {module.__name__} of {origin}"
    doc = module.__doc__
    if not doc or not doc.strip():
        raise RuleError(f"{where} has no docstring: it is the rule's documentation")
    code = getattr(module, "CODE", None)
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        raise RuleError(f"{where} needs a CODE of capital letters and three digits, got {code!r}")
    check = getattr(module, "check", None)
    if not callable(check):
        raise RuleError(f"{where} has no function `check`")
    fix: FixLevel = getattr(module, "FIX", "none")
    if fix not in ("safe", "unsafe", "none"):
        raise RuleError(f"{where}: FIX is 'safe', 'unsafe' or 'none', not {fix!r}")
    may_change = frozenset(getattr(module, "MAY_CHANGE", ()))
    if not may_change <= FACTS:
        raise RuleError(f"{where}: MAY_CHANGE names no fact: {sorted(may_change - FACTS)}")
    options = getattr(module, "Options", None)
    if options is not None and not (isinstance(options, type) and is_dataclass(options)):
        raise RuleError(f"{where}: Options is not a dataclass")
    return Rule(
        name=module.__name__.rpartition(".")[2].replace("_", "-"),
        code=code,
        doc=doc,
        fix=fix,
        is_default=bool(getattr(module, "DEFAULT", True)),
        may_change=may_change,
        options=options,
        origin=origin,
        checker=check,
    )
