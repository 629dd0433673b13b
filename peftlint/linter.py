"""Rules over a document.

One document serves all rules: the text is parsed once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping

from peftlint.contract import breach
from peftlint.diagnostic import Diagnostic
from peftlint.model import Document
from peftlint.rule import Finding, Rule, RuleError, in_words

#: What each comment that suppresses something has in it.
_SUPPRESSION = "peftlint-"

_NO_OPTIONS: Mapping[str, object] = {}


def lint(
    document: Document, rules: Iterable[Rule], options: Mapping[str, object] = _NO_OPTIONS
) -> list[Diagnostic]:
    """What `rules` find in `document`, by place, without what the list suppresses.

    Args:
        document: the list.
        rules: those to run; `peftlint.registry.select` gives them.
        options: a rule's name to an instance of its options; the defaults where it is not named.

    Raises:
        RuleError: a rule failed; the message names it and the distribution it comes from.
    """
    starts = [entry.span.start for entry in document.entries]
    found: list[Diagnostic] = []
    for rule in rules:
        try:
            findings = list(rule.check(document, options.get(rule.name)))
        except (KeyboardInterrupt, RuleError):
            raise
        except BaseException as error:
            # A stranger's rule may raise anything, or exit; the user needs to know whose it is.
            raise RuleError(
                f"rule {rule.name} of {rule.origin} failed: {in_words(error)}"
            ) from error
        for finding in findings:
            wrong = breach(finding, rule, len(document.text))
            if wrong:
                raise RuleError(f"rule {rule.name} of {rule.origin} failed: {wrong}")
            found.append(_diagnostic(document, rule, finding, starts))
    if any(_SUPPRESSION in comment.text for comment in document.comments):
        # Imported here: most lists suppress nothing.
        from peftlint.suppression import Suppressions

        suppressions = Suppressions(document)
        found = [diagnostic for diagnostic in found if not suppressions.covers(diagnostic)]
    found.sort(key=lambda diagnostic: (diagnostic.span, diagnostic.code, diagnostic.message))
    return found


def _diagnostic(document: Document, rule: Rule, finding: Finding, starts: list[int]) -> Diagnostic:
    line, column = document.place(finding.span.start)
    end_line, end_column = document.place(finding.span.end)
    index = bisect_right(starts, finding.span.start) - 1
    entry = document.entries[index] if index >= 0 else None
    inside = entry is not None and finding.span.start <= entry.span.end
    return Diagnostic(
        code=rule.code,
        name=rule.name,
        # One line, also where it quotes several of the list.
        message=" ".join(finding.message.splitlines()),
        span=finding.span,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        fix=finding.fix,
        entry_line=entry.line if entry is not None and inside else None,
        severity=rule.severity,
    )
