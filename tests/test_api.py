"""What `import peftlint` offers: documented, typed, and cheap until it is used."""

from __future__ import annotations

import doctest
import inspect
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

import peftlint
from peftlint import registry

LIST = """\
- **LoRA,** ICLR 2022. [[Paper](https://arxiv.org/pdf/2106.09685)] [[Code]()]

- **Adapters,** ICML 2019. [[Paper](http://arxiv.org/abs/1902.00751)]
"""


def names(diagnostics: list[peftlint.Diagnostic] | tuple[peftlint.Diagnostic, ...]) -> list[str]:
    """The rules that fired, in order."""
    return [diagnostic.name for diagnostic in diagnostics]


def loaded_by(code: str) -> set[str]:
    """The modules that a fresh Python has loaded after `code`."""
    code += "; import sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_example_of_the_documentation_runs() -> None:
    (example,) = doctest.DocTestFinder(recurse=False).find(peftlint, "peftlint")
    runner = doctest.DocTestRunner()
    assert runner.run(example) == (0, len(example.examples))
    assert len(example.examples) > 5


def test_importing_the_package_loads_none_of_its_modules() -> None:
    loaded = loaded_by("import peftlint")
    assert {name for name in loaded if name.startswith("peftlint.")} == set()
    assert "markdown_it" not in loaded


def test_a_class_is_loaded_when_it_is_asked_for() -> None:
    loaded = loaded_by("from peftlint import Span")
    assert {name for name in loaded if name.startswith("peftlint.")} == {
        "peftlint.regex",
        "peftlint.source",
        "peftlint.value",
    }


@pytest.mark.parametrize("name", peftlint.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert name in dir(peftlint)
    value = getattr(peftlint, name)
    if inspect.isclass(value):
        assert value.__name__ == name
        assert value.__module__.startswith("peftlint.")


@pytest.mark.parametrize("name", ["linters", "_private"])
def test_a_name_that_is_not_there_is_an_attribute_error(name: str) -> None:
    with pytest.raises(AttributeError, match=f"no attribute '{name}'"):
        getattr(peftlint, name)


def test_the_version_is_that_of_the_distribution() -> None:
    assert peftlint.__version__ == version("peftlint")


def test_parse_gives_entries_with_their_places() -> None:
    document = peftlint.parse(LIST)
    assert [entry.title.text for entry in document.entries] == ["LoRA", "Adapters"]
    assert document.slice(document.entries[0].title.span) == "**LoRA,**"


def test_lint_sorts_by_place() -> None:
    found = peftlint.lint(LIST)
    assert names(found) == ["arxiv-pdf-link", "empty-code-link", "arxiv-mirror-host"]
    assert (found[0].line, found[0].column, found[0].entry_line) == (1, 33, 1)


def test_lint_runs_the_rules_that_are_selected() -> None:
    assert names(peftlint.lint(LIST, select=["empty-code-link"])) == ["empty-code-link"]
    assert names(peftlint.lint(LIST, select=["PL2"], ignore=["PL201", "PL205"])) == [
        "arxiv-mirror-host"
    ]
    assert names(peftlint.lint(LIST, select=[], extend_select=["PL202"])) == ["arxiv-mirror-host"]


def test_a_profile_and_severities_are_as_in_a_config() -> None:
    assert peftlint.lint(LIST, profile="minimal") == []
    assert names(peftlint.lint(LIST, profile="minimal", extend_select=["PL202"])) == [
        "arxiv-mirror-host"
    ]
    found = peftlint.lint(LIST, severity={"empty-code-link": "error", "PL2": "info"})
    assert [one.severity for one in found] == ["info", "error", "info"]
    remaining = peftlint.fix(LIST, severity={"ALL": "error"}, profile="strict").remaining
    assert {one.severity for one in remaining} == {"error"}
    wrong: Any = "maximal"
    for call in (peftlint.lint, peftlint.fix):
        with pytest.raises(ValueError, match=r"^profile is one of .*, not 'maximal'$"):
            call(LIST, profile=wrong)
        with pytest.raises(ValueError, match=r"^severity\['PL2'\] is one of .*, not 'maximal'$"):
            call(LIST, severity={"PL2": wrong})
        with pytest.raises(peftlint.UnknownRuleError):
            call(LIST, severity={"PL9999": "error"})


def test_fix_makes_safe_fixes_and_leaves_the_rest() -> None:
    result = peftlint.fix(LIST)
    assert result.text == LIST.replace("/pdf/", "/abs/").replace("http:", "https:")
    assert names(result.applied) == ["arxiv-pdf-link", "arxiv-mirror-host"]
    assert names(result.remaining) == ["empty-code-link"]
    assert result.changed
    assert result.withheld == ()


def test_fix_makes_unsafe_fixes_when_asked() -> None:
    result = peftlint.fix(LIST, unsafe=True, select=["empty-code-link"])
    assert result.text == LIST.replace(" [[Code]()]", "")
    assert result.remaining == ()


def test_a_clean_list_is_returned_as_it_is() -> None:
    text = "- **LoRA,** ICLR 2022. [[Paper](https://arxiv.org/abs/2106.09685)]\r\n\n\r"
    assert peftlint.lint(text) == []
    result = peftlint.fix(text)
    assert result.text == text
    assert not result.changed


def test_options_reach_their_rule() -> None:
    text = (
        "# One\n\n- **Low-Rank Adaptation of Large Language Models.** ICLR 2022.\n\n"
        "# Two\n\n- **Low-Rank Adaptation of Large Language Models.** ICLR 2022.\n"
    )
    rule = registry.find("duplicate-entry")
    assert names(peftlint.lint(text)) == [rule.name]
    assert peftlint.lint(text, options={rule.name: {"across-sections": False}}) == []
    assert peftlint.fix(text, options={rule.name: {"across-sections": False}}).remaining == ()
    assert names(peftlint.lint(text, options={rule.name: {}})) == [rule.name]


def test_a_rule_that_is_not_there_is_an_error_with_the_nearest_name() -> None:
    with pytest.raises(peftlint.UnknownRuleError, match="did you mean 'arxiv-pdf-link'"):
        peftlint.lint(LIST, select=["arxiv-pdf-links"])
    with pytest.raises(peftlint.UnknownRuleError, match="did you mean 'duplicate-entry'"):
        peftlint.fix(LIST, options={"duplicate-entries": {}})


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"arxiv-mirror-host": {}},
            "arxiv-mirror-host: this rule has no options; leave it out",
        ),
        (
            {"duplicate-entry": {"speed": 1}},
            "duplicate-entry.speed: unknown option; there are across-sections and "
            "cross-listing-sections",
        ),
        (
            {"duplicate-entry": {"across_sections": False}},
            'duplicate-entry.across_sections: unknown option; did you mean "across-sections"?',
        ),
        (
            {"duplicate-entry": {"across-sections": "no"}},
            'duplicate-entry.across-sections: expected true or false, got the string "no"',
        ),
        (
            {"duplicate-entry": {"across-sections": None}},
            "duplicate-entry.across-sections: expected true or false, got a value of type NoneType",
        ),
        (
            {"duplicate-entry": ["across-sections"]},
            "options['duplicate-entry']: expected a dict of options, got ['across-sections']",
        ),
        (
            {"PL301": {}},
            "options['PL301']: options go by a rule's name: 'duplicate-entry'",
        ),
    ],
)
def test_options_that_a_rule_does_not_have_are_an_error(
    options: dict[str, dict[str, object]], message: str
) -> None:
    for call in (peftlint.lint, peftlint.fix):
        with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
            call(LIST, options=options)


@pytest.mark.parametrize("text", [LIST.encode(), Path("list.md"), None])
def test_a_text_that_is_no_string_is_a_type_error(text: str) -> None:
    message = f"not {type(text).__name__}; peftlint.file.read"
    for call in (peftlint.parse, peftlint.lint, peftlint.fix):
        with pytest.raises(TypeError, match=message):
            call(text)


@pytest.mark.parametrize("argument", ["select", "ignore", "extend_select"])
def test_selectors_that_are_no_list_of_strings_are_a_type_error(argument: str) -> None:
    wrong: Any
    for call in (peftlint.lint, peftlint.fix):
        wrong = {argument: "PL201"}
        with pytest.raises(
            TypeError,
            match=rf"^{argument} is a list of selectors, not a string; write \['PL201'\]$",
        ):
            call(LIST, **wrong)
        wrong = {argument: ["PL201", 1]}
        with pytest.raises(TypeError, match=rf"^{argument}\[1\] is 1, which is no string$"):
            call(LIST, **wrong)


def test_options_load_nothing_where_there_are_none() -> None:
    loaded = loaded_by("import peftlint; peftlint.fix('', options={})")
    assert loaded & {"msgspec", "peftlint.config", "pathspec"} == set()
