"""What peftlint says about a place in a list."""

from __future__ import annotations

from peftlint.rule import Fix, Related, Severity
from peftlint.source import Span
from peftlint.value import NamedTuple


class Diagnostic(NamedTuple):
    """A finding with its rule and its place.

    Attributes:
        code, name: of the rule.
        message: what is wrong here; one line.
        span: where, as code points into the text.
        line, column: where it begins, counted from 1, columns in code points.
        end_line, end_column: the place just after it.
        fix: how to mend it, if the rule knows.
        entry_line: the first line of the entry that it lies in, or `None`.
        severity: how bad it is.
        url: the address of the rule's documentation, or `None`.
        related: the other place that it is about, where that is in another file.
    """

    code: str
    name: str
    message: str
    span: Span
    line: int
    column: int
    end_line: int
    end_column: int
    fix: Fix | None = None
    entry_line: int | None = None
    severity: Severity = "warning"
    url: str | None = None
    related: Related | None = None
