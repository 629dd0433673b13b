"""What a configuration says, and what is wrong with it."""

import json
import os
import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, make_dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peftlint import registry, rule
from peftlint.config import KEYS, MOST_LAYOUTS, load
from peftlint.finder import Finder
from peftlint.keyplace import KeyPath, key_lines, line_of, long_number, offset_of
from peftlint.model import Document
from peftlint.option import options_in
from peftlint.report.as_toml import toml, toml_key
from peftlint.rule import Finding, Severity
from peftlint.schema import config_schema
from peftlint.settings import ConfigError, Settings
from peftlint.source import Lines, Place
from peftlint.wording import dotted

needs_links = pytest.mark.skipif(
    sys.platform == "win32", reason="links and special files need rights on Windows"
)


@dataclass(frozen=True)
class Options:
    """Options of every kind.

    Attributes:
        placeholder: what stands for code.
    """

    style: Literal["auto", "first", "last"] = "auto"
    placeholder: str | None = None
    max_count: int = 3
    share: float = 0.5
    across_sections: bool = True
    known_hosts: tuple[str, ...] = ()
    levels: Literal[1, 2] | None = None
    colors: dict[str, str] | None = None
    counts: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        if self.max_count < 0:
            raise ValueError("max-count cannot be negative")


def make_rule(
    name: str,
    code: str,
    *,
    severity: str = "warning",
    profile: str = "default",
    options: type | None = None,
) -> rule.Rule:
    def check(_: Document) -> Iterator[Finding]:
        yield from ()

    module = ModuleType(name.replace("-", "_"), "A rule.")
    vars(module).update(CODE=code, SEVERITY=severity, PROFILE=profile, check=check)
    if options:
        vars(module).update(Options=options)
    return rule.from_module(module, "test")


RULES = (
    make_rule("missing-blank-line", "PL101", severity="info"),
    make_rule("unsorted-section", "PL150", profile="strict"),
    make_rule("arxiv-pdf-link", "PL201", severity="error", profile="minimal"),
    make_rule("empty-code-link", "PL205", options=Options),
)


@pytest.fixture(autouse=True)
def known_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few rules that do not change."""
    monkeypatch.setattr(registry, "rules", lambda: RULES)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The root of a repository, and the current folder."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, newline="")
    return path


def wrong(root: Path, text: str, name: str = "peftlint.toml") -> ConfigError:
    """The error of a configuration."""
    source = write(root / name, text)
    with pytest.raises(ConfigError) as caught:
        load(source)
    assert caught.value.file == source
    assert "\n" not in str(caught.value)
    return caught.value


def codes(settings: Settings, path: Path) -> list[str]:
    return [rule.code for rule in settings.rules_for(path)]


EVERYTHING = """\
select = ["PL2"]
profile = "strict"
ignore = ["arxiv-pdf-link"]
extend-select = ["unsorted-section"]
severity = { PL2 = "info", empty-code-link = "error" }
fail-on = "warning"
exclude = ["vendor/", "*.draft.md"]
lists = [["README.md", "./docs/*.md"], ["old.md"]]
baseline = ".github/baseline.json"
layout = "ours"

[per-file-ignores]
"docs/**" = ["PL1"]

[layouts]
ours = "- **{title}**{, {venue}}."

[rules.empty-code-link]
style = "first"
placeholder = "[Code]"
max-count = 5
share = 1
across-sections = false
known-hosts = ["a.org", "b.org"]
levels = 2
colors = { blue = "work" }
"""


def test_every_key_is_read(root: Path) -> None:
    source = write(root / "peftlint.toml", EVERYTHING)
    assert load(source) == Settings(
        source=source,
        root=root,
        profile="strict",
        select=("PL2",),
        ignore=("arxiv-pdf-link",),
        extend_select=("unsorted-section",),
        severity={"PL2": "info", "empty-code-link": "error"},
        fail_on="warning",
        exclude=("vendor/", "*.draft.md"),
        per_file_ignores={"docs/**": ("PL1",)},
        lists=(("README.md", "docs/*.md"), ("old.md",)),
        baseline=".github/baseline.json",
        layout="ours",
        layouts={"ours": "- **{title}**{, {venue}}."},
        options={
            "empty-code-link": Options(
                style="first",
                placeholder="[Code]",
                max_count=5,
                share=1.0,
                across_sections=False,
                known_hosts=("a.org", "b.org"),
                levels=2,
                colors={"blue": "work"},
            )
        },
    )


def test_a_project_file_has_the_same_keys_under_its_table(root: Path) -> None:
    nested = EVERYTHING.replace("[per-file", "[tool.peftlint.per-file")
    nested = nested.replace("[rules", "[tool.peftlint.rules")
    nested = nested.replace("[layouts", "[tool.peftlint.layouts")
    project = write(root / "pyproject.toml", f"[project]\nname = 'x'\n[tool.peftlint]\n{nested}")
    alone = write(root / "peftlint.toml", EVERYTHING)
    assert load(project).with_options() == load(alone)._replace(source=project)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_byte_order_mark_and_windows_lines_are_no_trouble(root: Path, end: str) -> None:
    source = write(root / "peftlint.toml", f'\ufeffselect = ["PL2"]{end}ignore = ["PL205"]{end}')
    assert load(source).ignore == ("PL205",)


def test_an_empty_file_says_nothing(root: Path) -> None:
    source = write(root / "peftlint.toml", "")
    assert load(source) == Settings(source=source, root=root)


# ---- what is wrong


#: What is wrong, with its key and the beginning of the message.
WRONG = [
    ('slect = ["PL2"]', "slect", 'unknown key; did you mean "select"?'),
    ('extend_select = ["PL2"]', "extend_select", 'unknown key; did you mean "extend-select"?'),
    (
        "zzz = 1",
        "zzz",
        "unknown key; there are profile, select, ignore, extend-select, severity, fail-on, "
        "exclude, per-file-ignores, lists, baseline, layout, layouts and rules",
    ),
    (
        '[tool.peftlint]\nselect = ["PL2"]',
        "tool",
        "unknown key; in this file the keys stand at the top, without [tool.peftlint]",
    ),
    (
        'select = "PL2"',
        "select",
        'expected a list of strings, got the string "PL2"; write ["PL2"]',
    ),
    ("ignore = true", "ignore", "expected a list of strings, got true"),
    ("exclude = 3", "exclude", "expected a list of strings, got the number 3"),
    ("exclude = 1.5", "exclude", "expected a list of strings, got the number 1.5"),
    ("exclude = ['a', 1]", "exclude[1]", "expected a string, got the number 1"),
    ("select = [1]", "select[0]", "expected a string, got the number 1"),
    (
        "per-file-ignores.'a.md' = ['PL2', []]",
        'per-file-ignores."a.md"[1]',
        "expected a string, got a list",
    ),
    ("extend-select = {}", "extend-select", "expected a list of strings, got a table"),
    ("select = 2026-11-01", "select", "expected a list of strings, got a date or a time"),
    (
        'select = ["PL2", "arxiv-pfd-link"]',
        "select[1]",
        'there is no rule "arxiv-pfd-link"; did you mean "arxiv-pdf-link"?',
    ),
    (
        'ignore = ["qqqqqq"]',
        "ignore[0]",
        'there is no rule "qqqqqq"; `peftlint rules` lists them',
    ),
    ('extend-select = [""]', "extend-select[0]", 'there is no rule ""'),
    ('exclude = ["a", ""]', "exclude[1]", 'the pattern "" cannot be used: it matches nothing'),
    ('exclude = ["a[b"]', "exclude[0]", 'the pattern "a[b" cannot be used: it matches nothing'),
    ("exclude = ['a\\']", "exclude[0]", 'the pattern "a\\" cannot be used: it is malformed'),
    ("per-file-ignores = []", "per-file-ignores", "expected a table, got a list"),
    (
        'per-file-ignores."docs/*" = "PL2"',
        'per-file-ignores."docs/*"',
        "expected a list of strings, got the string",
    ),
    (
        'per-file-ignores."docs/*" = ["PL2", "PL9"]',
        'per-file-ignores."docs/*"[1]',
        'there is no rule "PL9"; `peftlint rules` lists them',
    ),
    (
        'per-file-ignores."!a.md" = ["PL2"]',
        'per-file-ignores."!a.md"',
        "a pattern with ! matches no file here; remove the !",
    ),
    (
        'per-file-ignores."[" = ["PL2"]',
        'per-file-ignores."["',
        'the pattern "[" cannot be used',
    ),
    (
        'profile = "strickt"',
        "profile",
        'expected "minimal", "default" or "strict", got the string "strickt"; did you mean '
        '"strict"?',
    ),
    ("profile = []", "profile", 'expected "minimal", "default" or "strict", got a list'),
    (
        "fail-on = false",
        "fail-on",
        'expected "error", "warning", "info" or "never", got false',
    ),
    ('severity = "error"', "severity", 'expected a table, got the string "error"'),
    (
        'severity = { PL201 = "off" }',
        "severity.PL201",
        'expected "error", "warning" or "info", got the string "off"',
    ),
    (
        'severity = { arxiv-pfd-link = "error" }',
        "severity.arxiv-pfd-link",
        'there is no rule "arxiv-pfd-link"; did you mean "arxiv-pdf-link"?',
    ),
    (
        'severity = { PL201 = "info", arxiv-pdf-link = "error" }',
        "severity.arxiv-pdf-link",
        "it means the same as PL201; keep one of them",
    ),
    (
        'severity = { pl2 = "info", PL2 = "info" }',
        "severity.PL2",
        "it means the same as pl2; keep one of them",
    ),
    (
        "lists = 'a.md'",
        "lists",
        'expected a list of lists of strings, got the string "a.md"; write [["a.md"]]',
    ),
    (
        "lists = ['a.md']",
        "lists[0]",
        'expected a list of strings, got the string "a.md"; write ["a.md"]',
    ),
    ("lists = [['a.md'], []]", "lists[1]", "a list has at least one file; name it, or remove"),
    ("lists = [['a.md', 1]]", "lists[0][1]", "expected a string, got the number 1"),
    ("lists = [['']]", "lists[0][0]", "a file has a name; remove this"),
    ("lists = [['a.md', './']]", "lists[0][1]", "a file has a name; remove this"),
    ("lists = [['!a.md']]", "lists[0][0]", "a pattern with ! adds no file here; remove it"),
    ("lists = [['/a.md']]", "lists[0][0]", "paths are from the folder of this config"),
    ("lists = [['C:/a.md']]", "lists[0][0]", "paths are from the folder of this config"),
    ("lists = [['a/../b.md']]", "lists[0][0]", "a list's files are below the folder of this"),
    ("lists = [['a\\b.md']]", "lists[0][0]", "folders are parted by /; write it instead"),
    ("baseline = 1", "baseline", "expected a string, got the number 1"),
    ("baseline = ''", "baseline", "a file has a name; write it, or remove this"),
    ("baseline = 'known/'", "baseline", "a file has a name; write it, or remove this"),
    ("baseline = '/b.json'", "baseline", "paths are from the folder of this config"),
    ("baseline = 'C:/b.json'", "baseline", "paths are from the folder of this config"),
    ("baseline = 'a/../../b.json'", "baseline", "it has to be below the folder of this config"),
    ("baseline = 'a\\b.json'", "baseline", "folders are parted by /; write it instead"),
    ("baseline = 'a\u200bb.json'", "baseline", "a path has no characters that cannot be seen"),
    ("rules = 1", "rules", "expected a table, got the number 1"),
    (
        "layout = 'pelt'",
        "layout",
        'expected the name of a layout, got the string "pelt"; did you mean "petl"?',
    ),
    (
        "layout = 'zzz'\nlayouts.ours = '- {title}'",
        "layout",
        'expected the name of a layout, got the string "zzz"; there are "list", "petl", ',
    ),
    ("layout = ['petl']", "layout", "expected the name of a layout, got a list"),
    ("layouts = '- {title}'", "layouts", "expected a table, got the string"),
    ("layouts.ours = 1", "layouts.ours", "expected a template as a string, got the number 1"),
    ("layouts.table = '- {title}'", "layouts.table", "there is a layout 'table' already"),
    ("layouts.'a b' = '- {title}'", 'layouts."a b"', "a layout's name is at most 50 letters"),
    ("layouts.ours = '- {titel}'", "layouts.ours", "column 3: there is no field 'titel'; there"),
    (
        "[rules.empty-cod-link]",
        "rules.empty-cod-link",
        'there is no such rule; did you mean "empty-code-link"?',
    ),
    (
        "[rules.'a b']",
        'rules."a b"',
        "there is no such rule; `peftlint rules` lists them",
    ),
    (
        "[rules.PL205]",
        "rules.PL205",
        "a rule's table has its name; write [rules.empty-code-link]",
    ),
    ("rules.empty-code-link = 1", "rules.empty-code-link", "expected a table, got"),
    (
        "[rules.arxiv-pdf-link]\nx = 1",
        "rules.arxiv-pdf-link",
        "this rule has no options; leave it out",
    ),
    (
        "[rules.empty-code-link]\nplaceholde = 'x'",
        "rules.empty-code-link.placeholde",
        'unknown option; did you mean "placeholder"?',
    ),
    (
        "[rules.empty-code-link]\nmax_count = 1",
        "rules.empty-code-link.max_count",
        'unknown option; did you mean "max-count"?',
    ),
    (
        "[rules.empty-code-link]\n'%%' = 1",
        'rules.empty-code-link."%%"',
        "unknown option; there are style, placeholder, max-count, share,",
    ),
    (
        "[rules.empty-code-link]\nstyle = 'frist'",
        "rules.empty-code-link.style",
        'expected "auto", "first" or "last", got the string "frist"; did you mean "first"?',
    ),
    (
        "[rules.empty-code-link]\nstyle = 1",
        "rules.empty-code-link.style",
        'expected "auto", "first" or "last", got the number 1',
    ),
    (
        "[rules.empty-code-link]\nplaceholder = 1",
        "rules.empty-code-link.placeholder",
        "expected a string, got the number 1",
    ),
    (
        "[rules.empty-code-link]\nmax-count = '5'",
        "rules.empty-code-link.max-count",
        'expected a whole number, got the string "5"',
    ),
    (
        "[rules.empty-code-link]\nmax-count = true",
        "rules.empty-code-link.max-count",
        "expected a whole number, got true",
    ),
    (
        "[rules.empty-code-link]\nshare = 'x'",
        "rules.empty-code-link.share",
        'expected a number, got the string "x"',
    ),
    (
        "[rules.empty-code-link]\nacross-sections = 0",
        "rules.empty-code-link.across-sections",
        "expected true or false, got the number 0",
    ),
    (
        "[rules.empty-code-link]\nknown-hosts = 'a'",
        "rules.empty-code-link.known-hosts",
        'expected a list of strings, got the string "a"',
    ),
    (
        "[rules.empty-code-link]\ncounts = ['a']",
        "rules.empty-code-link.counts[0]",
        'expected a whole number, got the string "a"',
    ),
    (
        "[rules.empty-code-link]\nknown-hosts = ['a', ['b']]",
        "rules.empty-code-link.known-hosts[1]",
        "expected a string, got a list",
    ),
    (
        "[rules.empty-code-link]\nlevels = 3",
        "rules.empty-code-link.levels",
        "expected 1 or 2, got the number 3",
    ),
    (
        "[rules.empty-code-link]\ncolors = 3",
        "rules.empty-code-link.colors",
        "expected a table, got the number 3",
    ),
    (
        "[rules.empty-code-link]\nmax-count = -1",
        "rules.empty-code-link",
        "max-count cannot be negative",
    ),
]


def test_there_are_not_any_number_of_layouts(root: Path) -> None:
    """Each of them is looked at whenever the configuration is read."""
    most = "".join(f"a{number} = '- {{title}}'\n" for number in range(MOST_LAYOUTS))
    assert len(load(write(root / "peftlint.toml", f"[layouts]\n{most}")).layouts) == MOST_LAYOUTS
    error = wrong(root, f"[layouts]\n{most}more = '- {{title}}'\n")
    assert str(error).endswith("layouts: there are more than 50; remove some")


@pytest.mark.parametrize(("text", "key", "message"), WRONG)
def test_what_is_wrong_is_said_with_its_key(root: Path, text: str, key: str, message: str) -> None:
    error = wrong(root, text)
    assert error.key == key
    assert error.message.startswith(message)
    assert error.place is not None
    where = f"{error.place.line}:{error.place.column}"
    assert str(error) == f"peftlint.toml:{where}: {key}: {error.message}"


@pytest.mark.parametrize(("text", "key"), [(text, key) for text, key, _ in WRONG])
@pytest.mark.parametrize("before", ["", "\ufeff# tool = 1\r\n\r\n"])
def test_what_is_wrong_is_said_with_its_place(root: Path, text: str, key: str, before: str) -> None:
    """In a file of its own, and in a project's under its table."""
    path = path_of(tomllib.loads(text), key)
    error = wrong(root, before + text)
    assert error.place is not None
    assert_stands(before.removeprefix("\ufeff") + text, path, error.place)
    if text.startswith("[tool"):
        return
    project = text.replace("[rules", "[tool.peftlint.rules")
    if project == text:
        project = f"[tool.peftlint]\n{text}"
    error = wrong(root, before + project, "pyproject.toml")
    assert error.key == f"tool.peftlint.{key}"
    assert error.place is not None
    assert_stands(before.removeprefix("\ufeff") + project, ("tool", "peftlint", *path), error.place)


def paths_in(data: object, above: KeyPath = ()) -> Iterator[KeyPath]:
    """The paths of all keys and items in what `tomllib` reads."""
    if isinstance(data, dict):
        parts: Any = data.items()
    else:
        parts = enumerate(data) if isinstance(data, list) else ()
    for part, value in parts:
        yield (*above, part)
        yield from paths_in(value, (*above, part))


def path_of(data: object, key: str) -> KeyPath:
    """The path that is told so."""
    (path,) = (path for path in paths_in(data) if dotted(path) == key)
    return path


def assert_stands(text: str, path: KeyPath, place: Place) -> None:
    """Hold that what is written at the place is what the path leads to, for `tomllib` too.

    A key there is renamed, and before an item another is put in: that must change just this.
    """
    *above, last = path
    at = Lines(text).starts[place.line - 1] + place.column - 1
    parent: Any = tomllib.loads(text)
    for part in above:
        parent = parent[part]
    if isinstance(last, int):
        text = f'{text[:at]}"@@", {text[at:]}'
        wanted: object = [*parent[:last], "@@", *parent[last:]]
    else:
        found = re.compile(r"""[\w-]+|"(?:\\.|[^"])*"|'[^']*'""").match(text, at)
        assert found
        text = f'{text[:at]}"@@"{text[found.end() :]}'
        wanted = {("@@" if key == last else key): value for key, value in parent.items()}
    changed: Any = tomllib.loads(text)
    for part in above:
        changed = changed[part]
    assert changed == wanted


def test_in_a_project_file_the_key_has_its_table(root: Path) -> None:
    error = wrong(root, "[tool.peftlint]\nslect = []", "pyproject.toml")
    assert error.key == "tool.peftlint.slect"
    error = wrong(root, "[tool]\npeftlint = 1", "pyproject.toml")
    assert (error.key, error.message) == ("tool.peftlint", "expected a table, got the number 1")
    error = wrong(root, "[tool.peftlint.rules.PL205]", "pyproject.toml")
    assert error.key == "tool.peftlint.rules.PL205"
    assert error.message.endswith("; write [tool.peftlint.rules.empty-code-link]")


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ('select = [\n"PL2" x', Place(2, 7), "it is not valid TOML: Unclosed array"),
        ("a = 1\na = 2", Place(2, 6), "it is not valid TOML: Cannot overwrite a value"),
        ("= 1", Place(1, 1), "it is not valid TOML: Invalid statement"),
        ("x = 1\nx = [", Place(2, 6), "it is not valid TOML: Invalid value"),
        ("x = " + "9" * 5000, Place(1, 5), "a number has more than 4,300 digits; shorten it"),
        (
            f"# {'9' * 5000}\n{'9' * 5000} = '{'9' * 5000}'\ny = [1.5, {{ {'9' * 5000} = 1 }}, 0,\n"
            f"  -{'9_9' * 2500},\n]",
            Place(4, 3),
            "a number has more than 4,300 digits; shorten it",
        ),
        ("x = " + "[" * 50_000, None, "its keys or values are nested too deeply; flatten them"),
        ("x = " + "{a=" * 50_000, None, "its keys or values are nested too deeply; flatten them"),
        (
            "y = 1\n" + "a." * 400_000 + "b = 1",
            Place(2, 1),
            "its keys or values are nested too deeply; flatten them",
        ),
        (
            "y = {" + '"a". ' * 100_000 + "b = 1}",
            Place(1, 6),
            "its keys or values are nested too deeply; flatten them",
        ),
    ],
)
def test_broken_toml_says_where(root: Path, text: str, place: Place | None, message: str) -> None:
    begin = time.process_time()
    error = wrong(root, text)
    assert time.process_time() - begin < 2
    assert (error.key, error.place) == ("", place)
    assert error.message.startswith(message)
    where = f":{place.line}:{place.column}" if place else ""
    assert str(error).startswith(f"peftlint.toml{where}: {message}")


def test_a_huge_number_is_an_error_like_any_other(root: Path) -> None:
    error = wrong(root, "select = 0x" + "f" * 10_000)
    assert error.message == "expected a list of strings, got a huge number"


def test_a_long_value_is_cut_in_its_error(root: Path) -> None:
    for text in (f"{'x' * 900} = 1", f"select = ['{'x' * 900}']", f"select = '{'x' * 900}'"):
        assert len(str(wrong(root, text))) < 400


def test_a_file_that_is_not_utf_8_says_where(root: Path) -> None:
    source = root / "peftlint.toml"
    source.write_bytes(b"# caf\xe9\n")
    with pytest.raises(ConfigError) as caught:
        load(source)
    assert caught.value.place == Place(1, 6)
    assert "it is not UTF-8" in caught.value.message


def test_a_file_that_is_too_large_is_not_read(root: Path) -> None:
    assert "more than 1,000,000 bytes" in wrong(root, "#" * 1_000_001).message


def test_a_missing_file_and_a_folder_are_errors(root: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        load(root / "gone.toml")
    with pytest.raises(ConfigError, match="it is a folder"):
        load(root)


def test_a_project_file_that_is_named_must_have_the_table(root: Path) -> None:
    for text in ("[project]\nname = 'x'", "[project]\nname = 'peftlint'", "tool = 1 # peftlint"):
        error = wrong(root, text, "pyproject.toml")
        assert error.message == "it has no table [tool.peftlint]; add one"


def test_an_error_cannot_command_the_terminal(root: Path) -> None:
    shown = str(wrong(root, '"sel\\u001b[2J\\u202e" = 1'))
    assert shown.startswith(r'peftlint.toml:1:1: "sel\x1b[2J\u202e": unknown key')
    shown = str(wrong(root, '[rules."a\\u000ab"]'))
    assert shown.isprintable()


def test_an_error_outside_of_the_current_folder_names_the_whole_path(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write(root / "peftlint.toml", "x = 1")
    (root / "docs").mkdir()
    monkeypatch.chdir(root / "docs")
    with pytest.raises(ConfigError) as caught:
        load(source)
    assert str(caught.value).startswith(f"{source}:1:1: x: unknown key")


#: What takes long or much where nobody thinks of it, just below the largest size of a config.
HUGE = {
    "a key": "x" * 990_000 + " = 1",
    "a quoted key": f'"{"x" * 990_000}" = 1',
    "a key of a table": "[rules." + "x" * 980_000 + "]",
    "a pattern": f'per-file-ignores."{"[" * 900_000}" = ["PL2"]',
    "a string": f'select = "{"x" * 980_000}"',
    "a selector": f'ignore = ["PL2", "{"x" * 980_000}"]',
    "an array": "ignore = [" + '"PL2", ' * 140_000 + "1]",
    "an array of arrays": "lists = [" + '["a"], ' * 20_000 + "1]",
    "keys": "\n".join(f"k{number} = 1" for number in range(70_000)),
    "tables": "\n".join(f"[rules.k{number}]" for number in range(50_000)),
    "an array of tables": "[[lists]]\n" * 90_000,
    "an inline table": "severity = {" + ", ".join(f"k{n} = 1" for n in range(70_000)) + "}",
    "an infinite number": "select = 1e999",
    "deep arrays": "select = " + "[" * 10_000 + "]" * 10_000,
    "deep tables": "select = " + "{a = " * 10_000 + "1" + "}" * 10_000,
    "rather deep arrays": "select = [1, " + "[" * 90 + "]" * 90 + ", 2]",
    "a long dotted key": ".".join("a" * 10_000) + " = 1",
    "a long header": "[" + ".".join("a" * 10_000) + "]",
    "ten megabytes": "#" * 10_000_000,
}


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE.keys())
def test_a_hostile_config_is_one_short_error_in_little_time(root: Path, text: str) -> None:
    source = write(root / "peftlint.toml", text)
    began = time.process_time()
    with pytest.raises(ConfigError) as caught:
        load(source)
    message = str(caught.value)
    assert time.process_time() - began < 5
    assert len(message) < 500
    assert message.isprintable()


# ---- the schema


#: What the schema takes although the reader does not: patterns that can match nothing, what a
#: rule refuses by itself, two names for one rule, and what is wrong inside a layout's template.
#: A layout's name may be one that `layouts` has.
LAX = {
    "the pattern", "max-count cannot be", "it means the same", "a path has no characters",
    "column ", "line ", "expected the name of a layout, got the string",
}  # fmt: skip


@pytest.fixture
def is_valid() -> Callable[[object], bool]:
    """Whether the schema of the rules above takes a config."""
    return jsonschema.Draft7Validator(config_schema(RULES)).is_valid


def test_the_schema_is_one_of_draft_7() -> None:
    schema = config_schema(RULES)
    assert schema["$schema"] == jsonschema.Draft7Validator.META_SCHEMA["$schema"]
    jsonschema.Draft7Validator.check_schema(schema)
    assert tuple(schema["properties"]) == KEYS
    assert all(one["description"].endswith(".") for one in schema["properties"].values())


@pytest.mark.parametrize(("text", "message"), [(text, message) for text, _, message in WRONG])
def test_the_schema_refuses_what_the_reader_refuses(
    text: str, message: str, is_valid: Callable[[object], bool]
) -> None:
    # As an editor has it: a date is a string there.
    data = json.loads(json.dumps(tomllib.loads(text), default=str))
    if not any(message.startswith(one) for one in LAX):
        assert not is_valid(data)


def test_the_schema_takes_everything_that_there_is(is_valid: Callable[[object], bool]) -> None:
    assert is_valid(tomllib.loads(EVERYTHING))
    assert is_valid({})


WORDS = st.sampled_from(
    ["PL2", "PL201", "PL", "ALL", "PL20", "arxiv-pdf-link", "PL9", "x", "error", "info", "never",
     "minimal", "strict", "a.md", "docs/*.md", "./a.md", "./", "/a", "./../b", "..", "a..b", "C:x",
     "auto", "first", "", "petl", "- {title}"]
)  # fmt: skip
PLAIN = st.one_of(WORDS, st.booleans(), st.integers(-2, 6), st.just(0.5))
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(WORDS, inner, max_size=2),
    max_leaves=4,
)
CONFIGS = st.one_of(
    st.fixed_dictionaries({}, optional=dict.fromkeys([*KEYS, "slect"], VALUES)),
    st.fixed_dictionaries({"lists": st.lists(st.lists(WORDS, max_size=2), max_size=2)}),
    st.fixed_dictionaries({"severity": st.dictionaries(WORDS, WORDS, max_size=2)}),
    st.fixed_dictionaries({"layouts": st.dictionaries(WORDS, WORDS, max_size=2), "layout": WORDS}),
    st.fixed_dictionaries({}, optional=dict.fromkeys(["profile", "fail-on", "baseline"], WORDS)),
    st.fixed_dictionaries({}, optional=dict.fromkeys(["select", "ignore"], st.lists(WORDS))),
    st.builds(
        lambda options: {"rules": {"empty-code-link": options}},
        st.fixed_dictionaries(
            {}, optional={one.key: VALUES for one in options_in(RULES[3])} | {"x": VALUES}
        ),
    ),
)


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CONFIGS)
def test_the_schema_and_the_reader_agree(
    root: Path, is_valid: Callable[[object], bool], config: dict[str, object]
) -> None:
    """But for what only the reader can know."""
    source = write(
        root / "peftlint.toml",
        "".join(f"{toml_key(key)} = {toml(value)}\n" for key, value in config.items()),
    )
    try:
        load(source)
    except ConfigError as error:
        if not any(error.message.startswith(one) for one in LAX):
            assert not is_valid(config), error
    else:
        assert is_valid(config)


def test_the_schema_has_the_types_the_defaults_and_the_documentation_of_options() -> None:
    options = config_schema(RULES)["properties"]["rules"]["properties"]
    assert options.keys() == {"empty-code-link"}
    assert options["empty-code-link"]["properties"] == {
        "style": {"enum": ["auto", "first", "last"], "default": "auto"},
        "placeholder": {"type": "string", "description": "What stands for code."},
        "max-count": {"type": "integer", "default": 3},
        "share": {"type": "number", "default": 0.5},
        "across-sections": {"type": "boolean", "default": True},
        "known-hosts": {"type": "array", "items": {"type": "string"}, "default": []},
        "levels": {"enum": [1, 2]},
        "colors": {"type": "object", "additionalProperties": {"type": "string"}},
        "counts": {"type": "array", "items": {"type": "integer"}, "default": []},
    }


class Shade:
    """A type that no schema knows."""


@dataclass(frozen=True)
class OddOptions:
    """Types that few rules have.

    Attributes:
        pair: a number
            and its word.
        shade: of a type of its own.
    """

    pair: tuple[int, str] = (1, "a")
    either: int | str = 1
    shade: Shade = field(default_factory=Shade)
    names: frozenset[str] = frozenset({"a"})


def test_odd_types_of_options_do_no_harm() -> None:
    odd = make_rule("odd", "OD001", options=OddOptions)
    found = config_schema([odd])["properties"]["rules"]["properties"]["odd"]["properties"]
    assert found["pair"]["description"] == "A number and its word."
    assert found["pair"]["items"] == [{"type": "integer"}, {"type": "string"}]
    assert found["pair"]["additionalItems"] is False
    assert found["either"]["anyOf"] == [{"type": "integer"}, {"type": "string"}]
    assert found["names"]["default"] == ["a"]
    assert "type" not in found["shade"]
    jsonschema.Draft7Validator.check_schema(json.loads(json.dumps(config_schema([odd]))))


@pytest.mark.parametrize(
    "one",
    [
        ("style", "Nowhere", 1),
        ("style", int, field(default_factory=lambda: int("x"))),
    ],
)
def test_options_that_cannot_be_used_are_an_error_with_the_rule_s_name(
    one: tuple[Any, ...],
) -> None:
    odd = make_rule("odd", "OD001", options=make_dataclass("Options", [one]))
    with pytest.raises(rule.RuleError, match="rule odd of test"):
        options_in(odd)


# ---- where a key stands


def test_the_lines_of_keys_are_told() -> None:
    text = EVERYTHING.replace("[per-file", "\n[per-file")
    lines = key_lines(text)
    rows = text.split("\n")
    for key in (("select",), ("severity",), ("lists",)):
        assert rows[line_of(lines, key) - 1].startswith(key[0])  # type: ignore[operator]
    number = line_of(lines, ("per-file-ignores", "docs/**"))
    assert number is not None
    assert rows[number - 1].startswith('"docs/**"')
    number = line_of(lines, ("rules", "empty-code-link", "levels"))
    assert number is not None
    assert rows[number - 1] == "levels = 2"
    # Inside of an inline table it is the table's own line.
    assert line_of(lines, ("severity", "PL2")) == lines["severity",]
    assert line_of(lines, ("ignored",)) is None


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a = 1\r\nb = 2\r\n", {"a": 1, "b": 2}),
        ("# c = 1\n\n \tb=2 # d = 3", {"b": 3}),
        ('a = """\nb = 1\n\\"""\n""""" # "\nc = 1', {"a": 1, "c": 5}),
        ("a = '''\nb = 1 \\\n'''\nc = 1", {"a": 1, "c": 4}),
        ('a = [ # ]\n "]", {b = 1},\n]\nc = 1', {"a": 1, "c": 4}),
        ("a.b . 'c d'.\"\\u0065\" = 1", {"a": 1, "a.b": 1, "a.b.c d": 1, "a.b.c d.e": 1}),
        ("[a]\nb = 1\n[ c . d ] # x\ne = 1\n", {"a": 1, "a.b": 2, "c": 3, "c.d": 3, "c.d.e": 4}),
        ("[[a]]\nb = 1\n[[a]]\nb = 1\n", {"a": 1, "a.b": 2}),
        ("[a.b]\n[a]\nc = 2026-11-01T00:00:00\nd = +1e3", {"a": 1, "a.b": 1, "a.c": 3, "a.d": 4}),
        ("", {}),
        ("a = [", {"a": 1}),
        ("= 1\nb = 1", {}),
    ],
)
def test_keys_of_every_form_have_their_line(text: str, lines: dict[str, int]) -> None:
    assert {".".join(key): line for key, line in key_lines(text).items()} == lines


@pytest.mark.parametrize(
    "shape",
    ["a=1\n", "[a]\n", "[[", "a=[", "a.b=1\n", '"\\u0041"=1\n', "#\n", '"""', "a='''", "a=", "a=\"\"\"\\",
     "a.", "a ", '"', "a=\"", "a = {", "\n"],
)  # fmt: skip
def test_the_lines_of_keys_take_linear_time(shape: str) -> None:
    def seconds(count: int) -> float:
        begin = time.process_time()
        key_lines(shape * count)
        return time.process_time() - begin

    assert seconds(40_000) < 8 * seconds(10_000) + 0.2


#: Each path with the text in front of which it stands.
STANDS = [
    ("[a]\nb = 1\n", ("a", "b"), "b = 1"),
    ("[a . 'b c']\nd.e = 1", ("a", "b c"), "'b c'"),
    ("[a . 'b c']\nd.e = 1", ("a", "b c", "d"), "d.e"),
    ("[a . 'b c']\nd.e = 1", ("a", "b c", "d", "e"), "e = 1"),
    ("[a]\n[a.b]\n[a.c]", ("a",), "a]\n[a.b]"),
    ("x = {}\n[[a]]\n[[a]]\nb = 1\n[[a]]\nb = 2", ("a", 1), "a]]\nb = 1"),
    ("x = {}\n[[a]]\n[[a]]\nb = 1\n[[a]]\nb = 2", ("a", 2, "b"), "b = 2"),
    ("[[a]]\n[a.b]\nc = 1\n[[a]]\n[a.b]\nc = 2", ("a", 1, "b", "c"), "c = 2"),
    ("[[a]]\n[[a.b]]\n[[a.b]]\nc = [1, 2]", ("a", 0, "b", 1, "c", 1), "2]"),
    ("a = [ # [,\n  1, # 2,\n  ',', 3]", ("a", 2), "3]"),
    ("a = [[1], [2, [3, 4]]]", ("a", 1, 1, 0), "3, 4"),
    ("a = {b.c = [1], d = {e = 'x', f = 2}}", ("a", "d", "f"), "f = 2"),
    ("a = {b.c = [1], d = {e = 'x', f = 2}}", ("a", "b"), "b.c"),
    ("a = {b.c = [1], d = {e = 'x', f = 2}}", ("a", "b", "c", 0), "1]"),
    ('a = ["""\n1, 2]"""", 5]\nb = 1', ("a", 1), "5]"),
    ("c = [1]\nb = {a = [[]], 'c' = {}}", ("b", "c"), "'c'"),
    ('"\\u0061" = 1', ("a",), '"\\u'),
    ("a.b = 1\na.c = 2\n[d]\na = 3", ("a", "c"), "c = 2"),
]


@pytest.mark.parametrize(("text", "path", "rest"), STANDS)
def test_the_place_of_a_key_or_an_item_is_exact(text: str, path: KeyPath, rest: str) -> None:
    parent: Any = tomllib.loads(text)
    for part in path:
        parent = parent[part]
    at = offset_of(text, path)
    assert at is not None
    assert text[at:].startswith(rest)


@pytest.mark.parametrize(
    "path",
    [("b",), ("a", "c"), ("a", 0), ("list", 2), ("list", "a"), ("list", 1, 0), ("a", "b", "c"), ()],
)
def test_what_is_not_there_has_no_place(path: KeyPath) -> None:
    assert offset_of("a = {b = 1}\nlist = [1, 2]\n", path) is None


TREES = st.dictionaries(
    st.sampled_from(["a", "b", "a b", '"', "#", "=", "[", "\u00e9", ""]),
    st.recursive(
        st.one_of(
            st.integers(-1, 99), st.booleans(), st.sampled_from(["", "[", "'", '"', ",", "#", "\n"])
        ),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["a", "b c", "]", "}"]), inner, max_size=3)
        ),
        max_leaves=8,
    ),
    max_size=4,
)


@settings(max_examples=200)
@given(TREES)
def test_every_key_and_every_item_is_found(data: dict[str, object]) -> None:
    text = "".join(f"{toml_key(key)} = {toml(value)}\n" for key, value in data.items())
    assert tomllib.loads(text) == data
    for path in paths_in(data):
        at = offset_of(text, path)
        assert at is not None
        assert_stands(text, path, Lines(text).place(at))


@pytest.mark.parametrize(
    "shape",
    ["a=1\n", "[a]\n", "[[a]]\n", "a=[", "a.b=1\n", '"\\u0041"=1\n', "#\n", "a='''", "a=[1,", "a={b={",
     "a=[[],", "x={a=1,b=[1]}\n", "a=\"", "\n", "a=[1]\n", "a=9\n", "a=[9_"],
)  # fmt: skip
def test_places_are_found_in_linear_time(shape: str) -> None:
    def seconds(count: int) -> float:
        begin = time.process_time()
        for path in (("x", "b", 1), ("a", count, 0), ("a", "b", "b", "c"), ("zz",)):
            offset_of(shape * count, path)
        long_number(shape * count, 10**7)
        return time.process_time() - begin

    assert seconds(20_000) < 8 * seconds(5_000) + 0.2


# ---- which file counts


def source_of(path: str | Path) -> Path | None:
    return Finder().settings(Path(path)).source


def test_without_a_configuration_there_are_defaults(root: Path) -> None:
    assert Finder().settings(root / "a.md") == Settings()


def test_the_nearest_folder_counts(root: Path) -> None:
    top = write(root / "peftlint.toml", "")
    docs = write(root / "docs" / "peftlint.toml", "")
    (root / "docs" / "in").mkdir()
    (root / "lists").mkdir()
    assert source_of("docs/in/a.md") == docs
    assert source_of("docs/a.md") == docs
    assert source_of("lists/a.md") == top
    assert source_of("a.md") == top
    assert source_of(root / "docs" / "in" / ".." / "a.md") == docs


def test_in_one_folder_the_hidden_file_comes_first_and_the_project_last(root: Path) -> None:
    project = write(root / "pyproject.toml", "[tool.peftlint]")
    assert source_of("a.md") == project
    plain = write(root / "peftlint.toml", "")
    assert source_of("a.md") == plain
    hidden = write(root / ".peftlint.toml", "")
    assert source_of("a.md") == hidden


@pytest.mark.parametrize(
    "text",
    [
        "[project]\nname = 'x'",
        "this is [no TOML",
        "[project]\ndependencies = ['peftlint']",
        "[tool.other]\nx = 'peftlint'",
    ],
)
def test_a_project_file_without_the_table_does_not_end_the_search(root: Path, text: str) -> None:
    top = write(root / "peftlint.toml", "")
    write(root / "docs" / "pyproject.toml", text)
    assert source_of("docs/a.md") == top


def test_the_search_ends_at_the_root_of_the_repository(root: Path) -> None:
    write(root / "peftlint.toml", "")
    (root / "inner" / ".git").mkdir(parents=True)
    (root / "inner" / "docs").mkdir()
    assert source_of("inner/docs/a.md") is None
    assert source_of("inner/a.md") is None
    own = write(root / "inner" / "peftlint.toml", "")
    assert source_of("inner/docs/a.md") == own


def test_a_worktree_whose_git_is_a_file_ends_the_search(root: Path) -> None:
    write(root / "peftlint.toml", "")
    write(root / "tree" / ".git", "gitdir: ../.git/worktrees/tree\n")
    assert source_of("tree/a.md") is None


def test_without_a_repository_the_search_ends_at_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "peftlint.toml", "")
    top = write(tmp_path / "work" / "peftlint.toml", "")
    (tmp_path / "work" / "docs").mkdir()
    (tmp_path / "else" / "docs").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "work")
    assert source_of("docs/a.md") == top
    assert source_of("a.md") == top
    # Elsewhere only the file's own folder counts.
    write(tmp_path / "else" / "peftlint.toml", "")
    assert source_of("../else/docs/a.md") is None
    assert source_of("../else/a.md") == tmp_path / "else" / "peftlint.toml"


def test_a_file_that_need_not_exist_has_settings(root: Path) -> None:
    top = write(root / "peftlint.toml", "")
    assert source_of("gone/deep/stdin.md") == top
    assert source_of("stdin.md") == top


@needs_links
def test_a_configuration_that_is_a_link_is_read(root: Path, tmp_path: Path) -> None:
    outside = write(root.parent / f"{root.name}-shared.toml", 'select = ["PL201"]')
    (root / "peftlint.toml").symlink_to(outside)
    settings = Finder().settings(Path("a.md"))
    assert settings.select == ("PL201",)
    assert settings.root == tmp_path


@needs_links
def test_a_configuration_that_is_no_file_is_an_error_and_does_not_wait(root: Path) -> None:
    os.mkfifo(root / "peftlint.toml")
    with pytest.raises(ConfigError, match="special file"):
        source_of("a.md")
    (root / "peftlint.toml").unlink()
    (root / "peftlint.toml").symlink_to("gone.toml")
    with pytest.raises(ConfigError, match="whose target is not there"):
        source_of("a.md")


@needs_links
def test_a_linked_file_has_the_settings_of_where_the_link_lies(root: Path) -> None:
    top = write(root / "peftlint.toml", "")
    docs = write(root / "docs" / "peftlint.toml", "")
    (root / "link.md").symlink_to("docs/a.md")
    (root / "folder").symlink_to("docs", target_is_directory=True)
    assert source_of("link.md") == top
    assert source_of("folder/a.md") == docs


def test_no_configuration_is_read_twice(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = write(root / "peftlint.toml", "")
    (root / "docs").mkdir()
    finder = Finder()
    first = finder.settings(root / "docs" / "a.md")
    source.write_text("broken [")
    assert finder.settings(root / "docs" / "b.md") is first
    assert finder.settings(root / "c.md") is first


def test_isolated_takes_no_configuration(root: Path) -> None:
    write(root / "peftlint.toml", "broken [")
    finder = Finder(isolated=True)
    assert finder.settings(root / "a.md") == Settings()
    assert not finder.is_excluded(root / "a.md")


def test_a_configuration_that_is_named_counts_for_every_file(root: Path) -> None:
    write(root / "peftlint.toml", "broken [")
    named = write(root / "ci" / "lists.toml", 'exclude = ["vendor"]')
    finder = Finder(Path("ci/lists.toml"))
    assert finder.settings(root / "docs" / "a.md").source == Path("ci/lists.toml")
    # Its patterns are about the current folder, not about the one that it lies in.
    assert finder.is_excluded(root / "vendor" / "a.md")
    assert not finder.is_excluded(named.parent / "a.md")


def test_a_named_configuration_that_is_broken_is_an_error_at_once(root: Path) -> None:
    write(root / "lists.toml", "broken [")
    with pytest.raises(ConfigError, match="not valid TOML"):
        Finder(root / "lists.toml")


# ---- what it does


def test_excluded_files_and_folders_are_told(root: Path) -> None:
    write(root / "peftlint.toml", 'exclude = ["vendor/", "*.draft.md", "!keep.draft.md", "/a.md"]')
    finder = Finder()
    assert finder.is_excluded(Path("vendor"), is_folder=True)
    assert finder.is_excluded(Path("docs/vendor/deep/list.md"))
    assert finder.is_excluded(Path("docs/x.draft.md"))
    assert finder.is_excluded(Path("a.md"))
    assert not finder.is_excluded(Path("vendor"))
    assert not finder.is_excluded(Path("docs/keep.draft.md"))
    assert not finder.is_excluded(Path("docs/a.md"))
    assert not finder.is_excluded(Path(), is_folder=True)
    assert not finder.is_excluded(root.parent / "a.md")


def test_patterns_are_about_the_folder_of_the_configuration(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(root / "docs" / "peftlint.toml", 'exclude = ["/a.md"]')
    assert Finder().is_excluded(Path("docs/a.md"))
    assert not Finder().is_excluded(Path("a.md"))
    monkeypatch.chdir(root / "docs")
    assert Finder().is_excluded(Path("a.md"))


def test_a_folder_that_is_excluded_cannot_keep_its_files_by_its_own_configuration(
    root: Path,
) -> None:
    write(root / "peftlint.toml", 'exclude = ["vendor"]')
    write(root / "vendor" / "peftlint.toml", "")
    write(root / "vendor" / "deep" / "peftlint.toml", "")
    assert Finder().is_excluded(Path("vendor/deep/a.md"))
    assert Finder().is_excluded(Path("vendor/a.md"))
    # A repository of its own is another matter.
    (root / "vendor" / ".git").mkdir()
    assert not Finder().is_excluded(Path("vendor/a.md"))


def test_rules_follow_select_ignore_and_extend_select(root: Path) -> None:
    path = root / "a.md"
    assert codes(Settings(), path) == ["PL101", "PL201", "PL205"]
    assert codes(Settings(select=("PL2",), ignore=("PL205",)), path) == ["PL201"]
    assert codes(Settings(extend_select=("PL150",)), path) == ["PL101", "PL150", "PL201", "PL205"]
    assert codes(Settings(select=("ALL",)), path) == ["PL101", "PL150", "PL201", "PL205"]
    assert codes(Settings(select=()), path) == []


def test_a_profile_is_what_runs_where_nothing_is_selected(root: Path) -> None:
    path = root / "a.md"
    assert codes(Settings(profile="minimal"), path) == ["PL201"]
    assert codes(Settings(profile="strict"), path) == ["PL101", "PL150", "PL201", "PL205"]
    assert codes(Settings(profile="minimal", select=("PL1",)), path) == ["PL101", "PL150"]
    assert codes(Settings(profile="minimal", extend_select=("PL1",)), path) == [
        "PL101", "PL150", "PL201",
    ]  # fmt: skip
    assert codes(Settings(profile="strict", ignore=("PL1",)), path) == ["PL201", "PL205"]


def test_the_more_exact_severity_counts_whatever_the_order(root: Path) -> None:
    def severities(**given: Severity) -> dict[str, str]:
        settings = Settings(severity={key.replace("_", "-"): one for key, one in given.items()})
        return {rule.code: rule.severity for rule in settings.rules_for(root / "a.md")}

    as_they_are = {"PL101": "info", "PL201": "error", "PL205": "warning"}
    assert severities() == as_they_are
    assert severities(PL2="info") == {**as_they_are, "PL201": "info", "PL205": "info"}
    for one in (
        {"ALL": "warning", "arxiv_pdf_link": "info", "PL20": "error"},
        {"arxiv_pdf_link": "info", "PL20": "error", "ALL": "warning"},
    ):
        assert severities(**one) == {"PL101": "warning", "PL201": "info", "PL205": "error"}  # type: ignore[arg-type]  # literals


def test_rules_of_some_files_are_left_out(root: Path) -> None:
    write(
        root / "peftlint.toml",
        'per-file-ignores = {"docs/" = ["PL2"], "/a.md" = ["ALL"], "*.x.md" = ["PL201", "PL1"]}',
    )
    settings = Finder().settings(Path("a.md"))
    assert codes(settings, Path("docs/deep/b.md")) == ["PL101"]
    assert codes(settings, Path("a.md")) == []
    assert codes(settings, Path("lists/a.md")) == ["PL101", "PL201", "PL205"]
    assert codes(settings, Path("lists/b.x.md")) == ["PL205"]
    assert codes(settings, Path("docs/b.x.md")) == []
    assert codes(settings, root.parent / "b.x.md") == ["PL101", "PL201", "PL205"]


def test_the_command_line_replaces_what_is_selected_and_adds_the_rest() -> None:
    settings = Settings(select=("PL1",), ignore=("PL101",), extend_select=("PL150",))
    assert settings.with_options() == settings
    added = settings.with_options(ignore=["PL205"], extend_select=["PL201"])
    assert added.select == ("PL1",)
    assert added.ignore == ("PL101", "PL205")
    assert added.extend_select == ("PL150", "PL201")
    replaced = settings.with_options(select=["PL2"], extend_select=["PL150"])
    assert replaced.select == ("PL2",)
    assert replaced.ignore == ()
    assert replaced.extend_select == ("PL150",)
    assert settings.with_options(select=["PL2"]).extend_select == ()


def test_the_profile_of_the_command_line_goes_over_what_is_selected() -> None:
    settings = Settings(select=("PL1",), ignore=("PL101",), extend_select=("PL150",))
    strict = settings.with_options(profile="strict", ignore=["PL205"])
    assert (strict.profile, strict.select) == ("strict", None)
    assert strict.ignore == ("PL101", "PL205")
    assert strict.extend_select == ("PL150",)
    assert settings.with_options(fail_on="never").fail_on == "never"
    assert Settings(fail_on="error").with_options().fail_on == "error"


def test_an_unknown_rule_of_the_command_line_is_told(root: Path) -> None:
    settings = Settings().with_options(select=["PL9"])
    with pytest.raises(registry.UnknownRuleError, match="PL9"):
        settings.rules_for(root / "a.md")


def test_without_a_configuration_nothing_heavy_is_loaded(root: Path) -> None:
    write(root / "pyproject.toml", "[project]\nname = 'x'\n")
    program = (
        "import sys; from pathlib import Path; from peftlint.finder import Finder; "
        "settings = Finder().settings(Path('a.md')); assert settings.source is None; "
        "print({'tomllib', 'msgspec', 'pathspec'} & set(sys.modules))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "set()"
