"""What checking one list came to, in a form that other processes and later runs can take up."""

from __future__ import annotations

import marshal
from collections.abc import Mapping
from typing import TYPE_CHECKING

from peftlint.caching.store import Store
from peftlint.digest import hash_of
from peftlint.report.tally import Counts
from peftlint.rule import option_fields
from peftlint.value import NamedTuple, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peftlint.commands.target import Target
    from peftlint.diagnostic import Diagnostic
    from peftlint.model import Document

#: Changes with the form of what is kept.
_FORM = 1


class Found(Value):
    """A list and all findings in it: for what needs to know more than one list at a time."""

    document: Document
    diagnostics: Sequence[Diagnostic]
    target: Target


class Told(Value):
    """What was told of a list, by reports to which it is nothing what other lists hold.

    Attributes:
        counts: what there is in it.
        fails: whether a finding makes the run fail.
        output: what was written to standard output; empty where nobody is to take it up.
    """

    counts: Counts
    fails: bool
    output: bytes


class Failed(NamedTuple):
    """Why a list could not be done.

    Attributes:
        message: one line, safe to print.
        lines: the same as it is shown.
        is_final: whether none can be.
    """

    message: str
    lines: list[str]
    is_final: bool = False


Outcome = Found | Told | Failed


class KeptOutcomes:
    """What was told of lists in earlier runs.

    Args:
        store: where it is.
        program: tells one version of the program from another.
        manner: all that decides how findings are told.
    """

    def __init__(self, store: Store, program: bytes, manner: tuple[str | int | None, ...]) -> None:
        self._store = store
        self._program = program
        self._manner = marshal.dumps((_FORM, *manner))

    def name(self, target: Target) -> bytes:
        """A name for all that what is told of a list depends on."""
        judged_by = [
            (rule.code, rule.name, rule.severity, rule.origin, _in_words(target.options, rule.name))
            for rule in target.rules
        ]
        rest = marshal.dumps((target.path, target.fail_on, target.file.bom, judged_by))
        text = target.file.text.encode(errors="surrogatepass")
        return hash_of(self._program, self._manner, rest, text)

    def get(self, name: bytes) -> Told | None:
        """What was told, if that is known."""
        kept = self._store.get(name)
        return None if kept is None else told_from(kept)

    def put(self, name: bytes, told: Told) -> None:
        """Keep what was told."""
        self._store.put(name, *parts_of(told))


def parts_of(told: Told) -> tuple[bytes, bytes]:
    """What was told as bytes, which are to be joined."""
    head = marshal.dumps((told.counts, told.fails))
    return len(head).to_bytes(8, "little") + head, told.output


def told_from(data: bytes) -> Told:
    """The same from bytes, which have to be this program's own."""
    end = 8 + int.from_bytes(data[:8], "little")
    counts, fails = marshal.loads(data[8:end])  # noqa: S302 - sealed, or from a process of our own
    return Told(counts, fails, data[end:])


def _in_words(options: Mapping[str, object], rule: str) -> str:
    """The options of a rule; what is equal reads alike within one version of it."""
    given = options.get(rule)
    if given is None:
        return ""
    # Not that of all at once, which a rule may have say less.
    return repr([(name, getattr(given, name)) for name in option_fields(type(given)) or ()])
