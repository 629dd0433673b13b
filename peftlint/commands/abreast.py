"""The rules over one long list, run in two processes.

This one begins with the first rule, and a copy of it with the last, and they go on until they meet:
so neither has to wait for the other for longer than one rule takes, and rules that ask for the same
of a list, which follow each other, run in one process. What the copy cannot say, this process finds
out itself: so the result is the same as that of one process, and so is the error of a rule.
"""

from __future__ import annotations

import marshal
import mmap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from peftlint.commands.pool import Pool, WorkerError
from peftlint.contract import breach
from peftlint.diagnostic import Diagnostic
from peftlint.linter import found_by, reported
from peftlint.model import Document
from peftlint.rule import Finding, Fix, Rule
from peftlint.source import Edit, Span

#: A finding as plain values: its place, its message, and whether its fix is safe with the edits.
_Said = tuple[Any, ...]


def lint_abreast(
    document: Document, rules: Sequence[Rule], options: Mapping[str, object]
) -> list[Diagnostic]:
    """What `peftlint.linter.lint` finds.

    Args:
        document: the list.
        rules: those to run.
        options: a rule's name to an instance of its options.

    Raises:
        RuleError: as `lint`.
    """
    # Both see in it which rules were begun. Where both begin the same one, both run it.
    begun = mmap.mmap(-1, max(len(rules), 1))
    found: list[tuple[Rule, Finding]] = []
    with Pool(1, lambda _: _found_backwards(document, rules, options, begun)) as pool:
        pool.begin((0,))
        said: Mapping[int, bytes] | None = None
        for number, rule in enumerate(rules):
            if said is None and begun[number]:
                said = _received(pool)
            if said is not None and number in said:
                found += [(rule, one) for one in _findings(said[number])]
                continue
            begun[number] = 1
            found += [(rule, one) for one in found_by(rule, document, options)]
    return reported(document, found, rules)


def _received(pool: Pool) -> Mapping[int, bytes]:
    """What the copy found, by the numbers of the rules; nothing where it has ended before."""
    _, result = next(pool.results(), (0, b""))
    if isinstance(result, WorkerError) or not result:
        return {}
    said: Mapping[int, bytes] = marshal.loads(result)  # noqa: S302 - from a process of our own
    return said


def _found_backwards(
    document: Document, rules: Sequence[Rule], options: Mapping[str, object], begun: mmap.mmap
) -> bytes:
    """What the rules find, from the last to the last that the other process has not begun."""
    said: dict[int, bytes] = {}
    for number in reversed(range(len(rules))):
        if begun[number]:
            break
        begun[number] = 1
        rule = rules[number]
        # The first process will meet the same error, and tell of it.
        with suppress(BaseException):
            found = found_by(rule, document, options)
            said[number] = marshal.dumps([_said(one, rule, document) for one in found])
    return marshal.dumps(said)


def _said(finding: Finding, rule: Rule, document: Document) -> _Said:
    """A finding as plain values.

    Raises:
        ValueError: it is none, or has something that is not said.
    """
    if breach(finding, rule, len(document.text)) or finding.related is not None:
        raise ValueError
    fix = finding.fix
    edits = None if fix is None else [(*span, put) for span, put in fix.edits]
    return *finding.span, finding.message, edits, fix is not None and fix.is_safe


def _findings(said: bytes) -> Iterator[Finding]:
    for start, end, message, edits, is_safe in marshal.loads(said):  # noqa: S302 - as above
        fix = None
        if edits is not None:
            fix = Fix(tuple([Edit(Span(at, to), put) for at, to, put in edits]), is_safe)
        yield Finding(Span(start, end), message, fix)
