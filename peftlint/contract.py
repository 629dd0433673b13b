"""What a rule has to yield: findings with a message and places in the text.

A type checker sees to that for our rules; a stranger's may yield anything, and the user needs to
know whose it is.
"""

from __future__ import annotations

from itertools import pairwise

from peftlint.rule import Finding, Fix, Rule
from peftlint.source import Span


def breach(finding: object, rule: Rule, end: int) -> str | None:
    """What makes a finding unusable, in words, or `None` where it is as it has to be.

    Args:
        finding: what the rule yielded.
        rule: whose it is.
        end: where the text ends.
    """
    if not isinstance(finding, Finding):
        return f"it yielded a value of type {type(finding).__name__}, not a Finding"
    if not isinstance(finding.message, str) or not finding.message.strip():
        return "a finding has no message"
    if not _is_inside(finding.span, end):
        return f"the place of a finding is outside of the text: {finding.span!r}"
    return None if finding.fix is None else _breach_of_fix(finding.fix, rule, end)


def _breach_of_fix(fix: object, rule: Rule, end: int) -> str | None:
    if not isinstance(fix, Fix):
        return f"a fix is a value of type {type(fix).__name__}, not a Fix"
    if rule.fix == "none":
        return "a finding has a fix, but the rule's FIX is 'none'"
    spans: list[Span] = []
    for span, replacement in fix.edits:
        if not isinstance(replacement, str):
            return "an edit has no text to put in"
        if not _is_inside(span, end):
            return f"an edit is outside of the text: {span!r}"
        spans.append(span)
    if len(spans) > 1:
        spans.sort()
        if any(after.start < before.end for before, after in pairwise(spans)):
            return "two edits of a fix overlap"
    return None


def _is_inside(span: object, end: int) -> bool:
    return isinstance(span, Span) and 0 <= span.start <= span.end <= end
