"""`peftlint config`, `peftlint schema` and `peftlint explain` tell what a configuration says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from peftlint import registry
from peftlint.config import load
from peftlint.finder import Finder
from peftlint.report.as_toml import toml, toml_key

Run = Callable[..., Result]

CONFIG = """\
[project]
name = "lists"

[tool.peftlint]
profile = "minimal"
ignore = ["PL302"]
extend-select = [
    "PL2",
    "duplicate-badge",
]
severity.PL20 = "info"
severity.empty-code-link = "error"
exclude = ["old/"]
lists = [["README.md", "docs/*.md"]]

[tool.peftlint.per-file-ignores]
"docs/*.md" = ["PL202"]

[tool.peftlint.rules.empty-code-link]
placeholder = "[Code]"
"""


@pytest.fixture(autouse=True)
def _repository(empty_folder: Path) -> None:
    (empty_folder / ".git").mkdir()
    for folder in ("docs", "old"):
        Path(folder).mkdir()
        Path(folder, "list.md").touch()
    Path("README.md").touch()


def record(run: Run, *words: str) -> dict[str, object]:
    """What `peftlint config` says to a program."""
    result = run("config", "--output-format", "json", *words)
    assert (result.exit_code, result.stderr) == (0, "")
    found = json.loads(result.stdout)
    assert isinstance(found, dict)
    return found


def sources(found: dict[str, object]) -> dict[str, str]:
    """Where each value comes from, for those that are no default."""
    values = found["settings"]
    assert isinstance(values, list)
    return {
        ".".join(value["key"]): " and ".join(map(origin, value["origins"]))
        for value in values
        if value["origins"][0]["kind"] != "default"
    }


def origin(given: dict[str, object]) -> str:
    """`pyproject.toml:3`, `command line`."""
    file = given["file"]
    return f"{Path(file).name}:{given['line']}" if isinstance(file, str) else str(given["kind"])


def reasons(found: dict[str, object]) -> dict[str, str]:
    """For each rule whether it runs, and what decides that."""
    states = found["rules"]
    assert isinstance(states, list)
    return {
        state["code"]: f"{'on' if state['runs'] else 'off'} {'.'.join(state['because']['key'])} "
        f"{origin(state['because']['origin'])}"
        for state in states
    }


# config


def test_without_a_config_everything_is_a_default(run: Run) -> None:
    found = record(run)
    assert sources(found) == {}
    assert (found["path"], found["file"], found["excluded"]) == (".", None, False)
    assert set(reasons(found).values()) <= {"on profile default", "off profile default"}
    lines = run("config").stdout.splitlines()
    assert lines[:5] == ["# Settings of .", "# file: none", "", *lines[3:5]]
    assert lines[3].split() == ["profile", "=", '"default"', "#", "default"]
    assert lines[4].split() == ["#", "select", "is", "not", "set", "#", "default"]


def test_each_value_is_told_with_its_line(run: Run) -> None:
    Path("pyproject.toml").write_text(CONFIG)
    found = record(run)
    assert sources(found) == {
        "profile": "pyproject.toml:5",
        "ignore": "pyproject.toml:6",
        "extend-select": "pyproject.toml:7",
        "severity": "pyproject.toml:11",
        "exclude": "pyproject.toml:13",
        "per-file-ignores": "pyproject.toml:16",
        "lists": "pyproject.toml:14",
        "rules.empty-code-link.placeholder": "pyproject.toml:20",
    }
    assert found["file"] == str(Path.cwd() / "pyproject.toml")
    out = run("config", "docs").stdout
    assert '\nignore = ["PL302"]' in out
    assert "  # pyproject.toml:6\n" in out
    assert '\n[rules.empty-code-link]\nplaceholder = "[Code]"  # pyproject.toml:20\n' in out


@pytest.mark.parametrize("path", ["README.md", "docs/list.md", "docs", "."])
def test_each_rule_is_told_with_what_decides_whether_it_runs(run: Run, path: str) -> None:
    Path("pyproject.toml").write_text(CONFIG)
    found = reasons(record(run, path))
    is_in_docs = path.startswith("docs")
    assert found["PL101"] == "off profile pyproject.toml:5"
    assert found["PL301"] == "on profile pyproject.toml:5"
    assert found["PL302"] == "off ignore[0] pyproject.toml:6"
    assert found["PL406"] == "on extend-select[1] pyproject.toml:7"
    assert found["PL202"] == (
        "off per-file-ignores.docs/*.md pyproject.toml:17"
        if is_in_docs
        else "on extend-select[0] pyproject.toml:7"
    )
    settings = Finder().settings(Path(path, "a.md") if Path(path).is_dir() else Path(path))
    running = settings.rules_for(Path(path, "a.md") if Path(path).is_dir() else Path(path))
    assert [code for code, why in found.items() if why.startswith("on")] == [
        rule.code for rule in running
    ]
    text = run("config", path).stdout
    assert f"# Rules that run: {len(running)}\n" in text
    assert f"# Rules that do not run: {len(found) - len(running)}\n" in text
    assert 'not in profile "minimal" (pyproject.toml:5)\n' in text
    assert (
        'error    extend-select[0] = "PL2" (pyproject.toml:7); error by pyproject.toml:12' in text
    )


def test_severities_are_told_with_what_gives_them(run: Run) -> None:
    Path("pyproject.toml").write_text(CONFIG)
    states = record(run)["rules"]
    assert isinstance(states, list)
    found = {one["code"]: (one["severity"], origin(one["severity_origin"])) for one in states}
    assert found["PL201"] == ("info", "pyproject.toml:11")
    assert found["PL205"] == ("error", "pyproject.toml:12")
    assert found["PL301"] == ("error", "default")


def test_the_command_line_is_told_as_such(run: Run) -> None:
    Path("pyproject.toml").write_text(CONFIG)
    found = record(run, "--ignore", "PL206", "--fail-on", "error")
    assert sources(found)["ignore"] == "pyproject.toml:6 and command line"
    assert sources(found)["fail-on"] == "command line"
    assert reasons(found)["PL302"] == "off ignore[0] pyproject.toml:6"
    assert reasons(found)["PL206"] == "off ignore[1] command line"

    found = record(run, "--select", "PL1,PL302", "--extend-select", "PL401")
    assert sources(found)["select"] == sources(found)["ignore"] == "command line"
    assert sources(found)["extend-select"] == "command line"
    assert reasons(found)["PL302"] == "on select[1] command line"
    assert reasons(found)["PL401"] == "on extend-select[0] command line"
    assert reasons(found)["PL301"] == "off select command line"
    assert "not in select (command line)" in run("config", "--select", "PL1").stdout

    found = record(run, "--profile", "strict")
    assert sources(found)["profile"] == "command line"
    assert "select" not in sources(found)
    assert reasons(found)["PL101"] == "on profile command line"
    Path("peftlint.toml").write_text('select = ["PL1"]')
    found = record(run, "--profile", "strict")
    assert sources(found)["select"] == "command line"


def test_a_path_that_is_left_out_is_told(run: Run) -> None:
    Path("pyproject.toml").write_text(CONFIG)
    for path, is_excluded in (("old/list.md", True), ("old", True), ("docs", False)):
        assert record(run, path)["excluded"] is is_excluded
        assert ("# It is left out: see exclude" in run("config", path).stdout) is is_excluded


def test_the_file_of_another_folder_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("docs/peftlint.toml").write_text('fail-on = "never"\n')
    assert "# docs/peftlint.toml:1\n" in run("config", "docs/list.md").stdout
    assert "# file: none\n" in run("config").stdout
    assert "# file: none\n" in run("config", "docs", "--isolated").stdout
    assert "# file: docs/peftlint.toml\n" in run("config", "--config", "docs/peftlint.toml").stdout
    monkeypatch.chdir("old")
    root = Path("..").resolve().as_posix()
    assert f"# {root}/docs/peftlint.toml:1\n" in run("config", "../docs").stdout


def test_what_is_printed_is_a_config_that_says_the_same(run: Run) -> None:
    Path("pyproject.toml").write_text(CONFIG)
    said = Finder().settings(Path("README.md"))
    Path("peftlint.toml").write_text(run("config").stdout, encoding="utf-8")
    shown = load(Path("peftlint.toml"))
    options = {**shown.options}
    assert options.pop("empty-code-link") == said.options["empty-code-link"]
    assert options == {rule: registry.find(rule).default_options() for rule in options}
    assert shown._replace(options={}, source=None) == said._replace(options={}, source=None)


def test_a_config_that_cannot_be_used_is_an_error(run: Run) -> None:
    Path("peftlint.toml").write_text("selct = []\n")
    result = run("config")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: peftlint.toml:1:1: selct: unknown key")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["gone.md"], "error: gone.md: there is no such file"),
        (["-"], "settings are those of a path"),
        ([""], "a PATH is empty"),
        (["--isolated", "--config", "README.md"], "contradict each other"),
        (["--select", "PL8"], "error: there is no rule 'PL8'"),
        (["--select", "PL1", "--profile", "strict"], "contradict each other"),
    ],
)
def test_a_path_that_is_not_there_and_misuse_are_errors(
    run: Run, words: list[str], message: str
) -> None:
    result = run("config", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_a_config_cannot_command_the_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "1")
    evil = "\\u001b[2J]\\u009b\\u202e##[x]\\u007f"
    Path("peftlint.toml").write_text(
        f'exclude = ["{evil}"]\nper-file-ignores = {{ "{evil}" = ["PL1"] }}\nlists = [["{evil}"]]\n'
    )
    for words in ([], ["README.md", "--output-format", "json"]):
        result = run("config", *words)
        assert (result.exit_code, result.stderr) == (0, "")
        assert "##[" not in result.stdout
        assert all(one.isprintable() or one == "\n" for one in result.stdout)


def test_colours_and_links_are_for_terminals(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    out = run("config", "--color", "always").stdout
    assert "\x1b[2m# default\x1b[0m" in out
    monkeypatch.setenv("FORCE_HYPERLINK", "1")
    assert "\x1b]8;;https://" in run("config").stdout
    assert "\x1b]8;;https://" in run("rules").stdout
    assert run("config", "--color", "never").stdout.isprintable() is False
    assert "\x1b" not in run("config", "--color", "never").stdout


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ('a"b\\\n\x7f\u202e\U000e0041é', '"a\\"b\\\\\\n\\u007f\\u202e\\U000e0041é"'),
        (True, "true"),
        (-3, "-3"),
        (0.5, "0.5"),
        (float("inf"), "inf"),
        (("a", ["b"]), '["a", ["b"]]'),
        ({"a b": 1, "c": {}}, '{ "a b" = 1, c = {} }'),
    ],
)
def test_values_are_written_as_toml(value: object, text: str) -> None:
    import tomllib

    assert toml(value) == text
    assert tomllib.loads(f"{toml_key('a.b')} = {text}") == {
        "a.b": ["a", ["b"]] if isinstance(value, tuple) else value
    }


# schema


def test_the_schema_is_the_one_that_is_committed(run: Run) -> None:
    """It is about our own rules, and so is this environment."""
    committed = Path(__file__).parent.parent / "docs" / "peftlint.schema.json"
    result = run("schema")
    assert result.exit_code == 0
    assert all(rule.origin == "peftlint" for rule in registry.rules())
    assert result.stdout == committed.read_text(encoding="utf-8")


# explain


def test_a_rule_is_explained_with_its_severity_its_profiles_and_its_page(run: Run) -> None:
    out = run("explain", "empty-link").stdout
    assert "\nIts severity is `error`.\n" in out
    assert "\nThe profiles `minimal`, `default` and `strict` run it; it has no fix.\n" in out
    assert (
        "\nIt is also at https://peftlint.readthedocs.io/en/stable/rules/empty-link.html\n" in out
    )
    assert "Here it" not in out


def test_a_rule_is_explained_with_what_the_config_says_of_it(run: Run) -> None:
    Path("pyproject.toml").write_text(CONFIG)
    out = run("explain", "empty-code-link").stdout
    assert "\nIts severity is `warning`.\n" in out
    assert "\nHere it is `error`, by pyproject.toml:12.\n" in out
    assert '\nHere it runs: extend-select[0] = "PL2" (pyproject.toml:7).\n' in out
    assert out.endswith(
        '\n- `placeholder`: a string, not set by default; here `"[Code]"`, by pyproject.toml:20\n'
    )
    out = run("explain", "PL302").stdout
    assert '\nHere it does not run: ignore[0] = "PL302" (pyproject.toml:6).\n' in out


def test_a_rule_is_explained_although_the_config_cannot_be_used(run: Run) -> None:
    Path("peftlint.toml").write_text("[rules.empty-code-link]\nplaceholde = 1\n")
    result = run("explain", "empty-code-link")
    assert result.exit_code == 2
    assert "- `placeholder`: a string, not set by default\n" in result.stdout
    assert "unknown option; did you mean" in result.stderr
