"""Rules over a document.

One document serves all rules: the text is parsed once.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from peftlint.contract import breach
from peftlint.diagnostic import Diagnostic
from peftlint.model import Document
from peftlint.rule import Finding, Related, Rule, RuleError, in_words
from peftlint.value import Value
from peftlint.watch import Watch

if TYPE_CHECKING:
    from peftlint.suppression import Suppressions

#: What each comment that suppresses something has in it.
_SUPPRESSION = "peftlint-"

_NO_OPTIONS: Mapping[str, object] = {}


def lint(
    document: Document,
    rules: Iterable[Rule],
    options: Mapping[str, object] = _NO_OPTIONS,
    *,
    is_part: bool = False,
    watch: Watch | None = None,
) -> list[Diagnostic]:
    """What `rules` find in `document`, by place, without what the list suppresses.

    Args:
        document: the list.
        rules: those to run; `peftlint.registry.select` gives them.
        options: a rule's name to an instance of its options; the defaults where it is not named.
        is_part: whether the document is one of several files that are one list. A rule that
            compares these files cannot say then that its suppressions are unused.
        watch: is told after each rule.

    Raises:
        RuleError: a rule failed; the message names it and the distribution it comes from.
    """
    running = tuple(rules)
    found = _findings(document, running, options, watch)
    return reported(document, found, running, is_part=is_part)


class ListFile(Value):
    """One of the files that are one list together.

    Attributes:
        document: what is in it, with its path.
        rules: those to run on it.
        options: a rule's name to an instance of its options.
        is_asked_for: whether its findings are wanted; else it is there to be compared with.
    """

    document: Document
    rules: tuple[Rule, ...] = ()
    options: Mapping[str, object] = _NO_OPTIONS
    is_asked_for: bool = True


def lint_together(files: Sequence[ListFile]) -> list[list[Diagnostic]]:
    """What is wrong in files that are one list, in each as `lint` gives it.

    A finding in a file that is not asked for is told in the file that it is about as well, if
    that one is.

    Args:
        files: in the list's order.

    Raises:
        RuleError: a rule failed; the message names it and the distribution it comes from.
    """
    found = []
    for file in files:
        alone = [rule for rule in file.rules if not rule.joint_checker]
        found.append(_findings(file.document, alone, file.options) if file.is_asked_for else [])
    # A rule may be graded otherwise in one file than in another.
    rules = [{rule.code: rule for rule in file.rules if rule.joint_checker} for file in files]
    for code in sorted({code for of_file in rules for code in of_file}):
        runs = next(place for place, of_file in enumerate(rules) if code in of_file)
        for place, finding in _joint_findings(rules[runs][code], files, files[runs].options):
            if code in rules[place]:
                found[place].append((rules[place][code], finding))
    return [
        reported(file.document, findings, file.rules, is_part=True) if file.is_asked_for else []
        for file, findings in zip(files, found, strict=True)
    ]


def _joint_findings(
    rule: Rule, files: Sequence[ListFile], options: Mapping[str, object]
) -> list[tuple[int, Finding]]:
    """What a rule finds in files that are one list, with the index of the file to tell it in."""
    places = {id(file.document): place for place, file in enumerate(files)}
    documents = [file.document for file in files]
    told: list[tuple[int, Finding]] = []
    elsewhere: dict[int, list[tuple[Finding, Related]]] = {}
    with _blamed_on(rule):
        for document, finding in rule.check_together(documents, options.get(rule.name)):
            place = places[id(document)]
            if files[place].is_asked_for:
                told.append((place, finding))
            elif finding.related:
                elsewhere.setdefault(place, []).append((finding, finding.related))
        for place, pairs in elsewhere.items():
            suppressions = _suppressions(documents[place])
            for finding, (other, span, message) in pairs:
                found = _diagnostic(documents[place], rule, finding)
                if suppressions is None or not suppressions.covers(found):
                    told.append((places[id(other)], Finding(span, message)))
    return told


def _findings(
    document: Document,
    rules: Sequence[Rule],
    options: Mapping[str, object],
    watch: Watch | None = None,
) -> list[tuple[Rule, Finding]]:
    found: list[tuple[Rule, Finding]] = []
    for number, rule in enumerate(rules, 1):
        found.extend((rule, finding) for finding in found_by(rule, document, options))
        if watch is not None:
            watch(number / len(rules))
    return found


def found_by(rule: Rule, document: Document, options: Mapping[str, object]) -> list[Finding]:
    """What one rule finds in a document, as it says it.

    Args:
        rule: one of those that run on this document, one after the other.
        document: the list.
        options: as for `lint`.

    Raises:
        RuleError: as for `lint`.
    """
    with _blamed_on(rule):
        findings = list(rule.check(document, options.get(rule.name)))
    document.let_go()
    return findings


@contextlib.contextmanager
def _blamed_on(rule: Rule) -> Iterator[None]:
    """A stranger's rule may raise anything, or exit; the user needs to know whose it is."""
    try:
        yield
    except (KeyboardInterrupt, RuleError):
        raise
    except BaseException as error:
        raise RuleError(f"rule {rule.name} of {rule.origin} failed: {in_words(error)}") from error


def reported(
    document: Document,
    found: list[tuple[Rule, Finding]],
    rules: Sequence[Rule] = (),
    *,
    is_part: bool = False,
) -> list[Diagnostic]:
    """Findings with their rules and places, sorted by place, without what the list suppresses.

    Args:
        document: the list.
        found: all findings in it; none of them is left afterwards.
        rules: those that ran, to judge the suppressions by.
        is_part: as for `lint`.

    Raises:
        RuleError: a rule found what is no finding.
    """
    diagnostics = _diagnostics(document, found)
    suppressions = _suppressions(document)
    if suppressions is not None:
        about = [
            _diagnostic(document, rule, finding)
            for rule, finding in _about(document, suppressions, diagnostics, rules, is_part)
        ]
        diagnostics = [one for one in diagnostics if not suppressions.covers(one)]
        diagnostics += [
            diagnostic for diagnostic in about if not suppressions.covers_by_name(diagnostic)
        ]
    diagnostics.sort(key=lambda diagnostic: (diagnostic.span, diagnostic.code, diagnostic.message))
    return diagnostics


def _suppressions(document: Document) -> Suppressions | None:
    if not any(_SUPPRESSION in comment.text for comment in document.comments):
        return None
    # Imported here: most lists suppress nothing.
    from peftlint.suppression import Suppressions

    return Suppressions(document)


def _about(
    document: Document,
    suppressions: Suppressions,
    found: Sequence[Diagnostic],
    rules: Sequence[Rule],
    is_part: bool,
) -> list[tuple[Rule, Finding]]:
    """What the rules about suppressions find."""
    judges = [rule for rule in rules if rule.suppression_checker]
    if not judges:
        return []
    from peftlint.usage import uses

    ran = [rule for rule in rules if not (is_part and rule.joint_checker)]
    used = uses(document, suppressions, found, ran)
    about: list[tuple[Rule, Finding]] = []
    for rule in judges:
        if rule.suppression_checker is not None:
            with _blamed_on(rule):
                about.extend((rule, item) for item in rule.suppression_checker(document, used))
    return about


def _diagnostics(document: Document, found: list[tuple[Rule, Finding]]) -> list[Diagnostic]:
    """Findings with their rules and places; each is let go at once, as there may be many."""
    diagnostics: list[Diagnostic] = []
    found.reverse()
    while found:
        diagnostics.append(_diagnostic(document, *found.pop()))
    return diagnostics


def _diagnostic(document: Document, rule: Rule, finding: Finding) -> Diagnostic:
    wrong = breach(finding, rule, len(document.text))
    if wrong:
        raise RuleError(f"rule {rule.name} of {rule.origin} failed: {wrong}")
    line, column, end_line, end_column = document.lines.places(finding.span)
    entry = document.entry_at(finding.span.start)
    message = finding.message
    if not message.isprintable():
        # One line, also where it quotes several of the list.
        message = " ".join(message.splitlines())
    # By place: with names it takes three times as long to make.
    return Diagnostic(
        rule.code,
        rule.name,
        message,
        finding.span,
        line,
        column,
        end_line,
        end_column,
        finding.fix,
        entry.line if entry is not None else None,
        rule.severity,
        rule.url,
        finding.related,
    )
