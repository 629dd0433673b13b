"""Diagnostics as JUnit's XML, which nearly every CI shows as tests.

There is no standard of it.
This is what the readers of GitLab, Jenkins and GitHub's reporters have in common, by
https://github.com/testmoapp/junitxml and
https://github.com/jenkinsci/xunit-plugin/tree/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from peftlint.diagnostic import Diagnostic
from peftlint.model import Document
from peftlint.printable import printable
from peftlint.report.as_json import blocks
from peftlint.report.location import relative
from peftlint.report.tally import Tally
from peftlint.report.terminal import Write
from peftlint.rule import Fix
from peftlint.subject import Subject, Subjects

#: GitHub's runner obeys `##[command]` anywhere in a line; to a reader of XML it is the same.
_ENTITIES = {"#": "&#35;"}

#: So many characters of a title tell which entry a test is about.
_LENGTH = 80


class JunitReport:
    """A test suite for each file, with a test that failed for each finding.

    A clean file is one test that passed, and what could not be read is a test with an error.

    Args:
        write: where it goes.
    """

    def __init__(self, write: Write) -> None:
        self._write = write
        self._is_begun = False

    def file(self, path: str, document: Document, diagnostics: Sequence[Diagnostic]) -> None:
        """Write the suite of one file."""
        home = printable(relative(path))
        count = len(diagnostics)
        self._suite(home, tests=max(count, 1), failures=count, errors=0)
        cases = _failed(home, document, diagnostics) if count else iter([_passed(home)])
        for block in blocks(cases):
            self._write("".join(block))
        self._write("  </testsuite>\n")

    def close(self, tally: Tally) -> None:
        """Write what could not be read, and end the document."""
        if tally.errors:
            count = len(tally.errors)
            self._suite("peftlint", tests=count, failures=0, errors=count)
            for error in tally.errors:
                self._write(_unread(printable(error)))
            self._write("  </testsuite>\n")
        self._begin()
        self._write("</testsuites>\n")

    def _begin(self) -> None:
        if not self._is_begun:
            # How many tests there are in all is not known yet; readers add the suites up.
            self._write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="peftlint">\n')
            self._is_begun = True

    def _suite(self, name: str, *, tests: int, failures: int, errors: int) -> None:
        self._begin()
        self._write(
            f"  <testsuite name={_quoted(name)} "
            f'tests="{tests}" failures="{failures}" errors="{errors}" skipped="0">\n'
        )


def _passed(home: str) -> str:
    return f"{_case('no findings', home)} file={_quoted(home)}/>\n"


def _unread(message: str) -> str:
    return (
        f"{_case(message, 'peftlint')}>\n"
        f'      <error type="unreadable" message={_quoted(message)}>{_escaped(message)}</error>\n'
        "    </testcase>\n"
    )


def _failed(home: str, document: Document, diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    subjects = Subjects(document)
    seen: Counter[str] = Counter()
    for diagnostic in diagnostics:
        name = f"{diagnostic.name}: {_shown(subjects.of(diagnostic))}"
        seen[name] += 1
        # Platforms compare tests by name with those of the last run, so it has no line in it, and
        # of two tests of one name they take one.
        if seen[name] > 1:
            name = f"{name} ({seen[name]})"
        message = printable(diagnostic.message)
        place = f"{home}:{diagnostic.line}:{diagnostic.column}"
        text = [f"{place}: {diagnostic.severity} {diagnostic.code} {message}"]
        if diagnostic.fix is not None:
            text.append(_mended_by(diagnostic.fix))
        if diagnostic.url is not None:
            text.append(f"See {diagnostic.url}")
        lines = "\n".join(text)
        yield (
            f'{_case(name, home)} file={_quoted(home)} line="{diagnostic.line}">\n'
            f'      <failure type="{diagnostic.severity}" '
            f"message={_quoted(f'{diagnostic.code} {message}')}>"
            f"{_escaped(lines)}</failure>\n"
            "    </testcase>\n"
        )


def _case(name: str, home: str) -> str:
    return f'    <testcase name={_quoted(name)} classname={_quoted(home)} time="0"'


def _shown(subject: Subject) -> str:
    words = subject.entry or subject.id or subject.line
    # Cut first: a line may be long, and have many findings.
    return printable(words if len(words) <= _LENGTH else f"{words[: _LENGTH - 1]}\u2026")


def _mended_by(fix: Fix) -> str:
    return f"`peftlint fix{'' if fix.is_safe else ' --unsafe-fixes'}` mends it."


def _escaped(text: str) -> str:
    return escape(text, _ENTITIES)


def _quoted(text: str) -> str:
    return quoteattr(text, _ENTITIES)
