"""Rules come in through entry points, and selectors mean what they say."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

from peftlint import installed, registry
from peftlint.registry import GROUP, UnknownRuleError
from peftlint.rule import Rule, RuleError

RULE = '''"""A {word} rule."""

CODE = "{code}"


def check(document):
    return iter(())
'''


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that Python imports from, for distributions that tests install."""
    monkeypatch.syspath_prepend(str(tmp_path))
    registry.rules.cache_clear()
    yield tmp_path
    registry.rules.cache_clear()
    for name in [name for name in sys.modules if name.startswith("stranger")]:
        del sys.modules[name]


def install(site: Path, entry_points: str, **modules: str) -> None:
    info = site / "stranger_rules-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger-rules\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(entry_points)
    package = site / "stranger"
    package.mkdir()
    for name, text in {"__init__": "", **modules}.items():
        (package / f"{name}.py").write_text(text)


def codes(rules: tuple[Rule, ...]) -> list[str]:
    return [rule.code for rule in rules]


def test_our_rules_come_through_the_entry_point() -> None:
    points = [point for point in installed.entry_points(GROUP) if point.name == "peftlint"]
    assert [(point.module, point.distribution) for point in points] == [
        ("peftlint.rules", "peftlint")
    ]


@pytest.mark.parametrize("group", ["console_scripts", "pytest11", GROUP])
def test_entry_points_are_those_that_the_standard_library_finds(group: str) -> None:
    theirs = {(p.name, p.value.partition(":")[0]) for p in metadata.entry_points(group=group)}
    ours = {(p.name, p.module.partition(":")[0]) for p in installed.entry_points(group)}
    assert ours == theirs


def test_a_stranger_s_rule_is_found_like_ours(site: Path) -> None:
    points = f"[other]\nx = y\n\n[{GROUP}]\n# ours\nstranger = stranger\n"
    install(site, points, good=RULE.format(word="good", code="ST001"), _own="raise SystemExit")
    found = registry.find("st001")
    assert (found.name, found.origin) == ("good", "stranger-rules")
    assert "ST001" in codes(registry.rules())


def test_a_rule_that_says_neither_is_a_warning_of_the_default_profile(site: Path) -> None:
    points = f"[{GROUP}]\nstranger = stranger\n"
    strict = RULE.format(word="strict", code="ST002") + "SEVERITY = 'info'\nPROFILE = 'strict'\n"
    install(site, points, good=RULE.format(word="good", code="ST001"), strict=strict)
    good, strict_one = registry.find("ST001"), registry.find("ST002")
    assert (good.severity, good.profile, good.is_default) == ("warning", "default", True)
    assert (strict_one.severity, strict_one.profile, strict_one.is_default) == (
        "info", "strict", False,
    )  # fmt: skip


def test_a_stranger_s_rule_may_say_where_it_is_documented(site: Path) -> None:
    points = f"[{GROUP}]\nstranger = stranger\n"
    said = RULE.format(word="b", code="ST002") + "URL = 'https://lab.org/rules?x=1#said'\n"
    install(site, points, silent=RULE.format(word="a", code="ST001"), said=said)
    assert registry.find("silent").url is None
    assert registry.find("said").url == "https://lab.org/rules?x=1#said"


def test_our_rules_have_pages_of_their_own() -> None:
    for rule in registry.rules():
        assert rule.url == f"https://peftlint.readthedocs.io/en/stable/rules/{rule.name}.html"


def test_the_first_of_two_copies_of_a_distribution_counts(site: Path) -> None:
    install(site, f"[{GROUP}]\nstranger = stranger\n", good=RULE.format(word="a", code="ST001"))
    later = site / "later" / "Stranger.Rules-0.9.dist-info"
    later.mkdir(parents=True)
    (later / "entry_points.txt").write_text(f"[{GROUP}]\nstranger = nowhere\n")
    sys.path.append(str(site / "later"))
    try:
        points = [p for p in installed.entry_points(GROUP) if p.name == "stranger"]
    finally:
        sys.path.remove(str(site / "later"))
    assert [point.module for point in points] == ["stranger"]


@pytest.mark.parametrize(
    ("modules", "message"),
    [
        (
            {"bad": "1 / 0"},
            "rule module stranger.bad of stranger-rules cannot be loaded: ZeroDivision",
        ),
        ({"bad": "CODE = 'ST001'"}, "has no docstring"),
        ({"bad": '"""A rule."""'}, "needs a CODE"),
        ({"bad": '"""A rule."""\nCODE = "st1"'}, "needs a CODE"),
        ({"bad": '"""A rule."""\nCODE = "ST001"'}, "has no function `check`"),
        ({"bad": RULE.format(word="b", code="ST001") + "FIX = 'maybe'"}, "FIX is"),
        ({"bad": RULE.format(word="b", code="ST001") + "SEVERITY = 'bad'"}, "SEVERITY is"),
        ({"bad": RULE.format(word="b", code="ST001") + "PROFILE = []"}, "PROFILE is"),
        ({"bad": RULE.format(word="b", code="ST001") + "URL = 'http://a.org'"}, "URL is"),
        ({"bad": RULE.format(word="b", code="ST001") + "URL = 'javascript:x'"}, "URL is"),
        ({"bad": RULE.format(word="b", code="ST001") + "URL = 'https://a.org/\\x1b'"}, "URL is"),
        ({"bad": RULE.format(word="b", code="ST001") + "URL = 'https://a.org/a b'"}, "URL is"),
        ({"bad": RULE.format(word="b", code="ST001") + "URL = 'https://\u00e4.org'"}, "URL is"),
        (
            {"bad": RULE.format(word="b", code="ST001") + "URL = 'https://a/' + 'x' * 5000"},
            "URL is",
        ),
        ({"bad": RULE.format(word="b", code="ST001") + "URL = 1"}, "URL is"),
        ({"bad": RULE.format(word="b", code="ST001") + "FOLLOWS_LIST = 1"}, "FOLLOWS_LIST is True"),
        (
            {"bad": RULE.format(word="b", code="ST001") + "MAY_CHANGE = {'x'}"},
            "MAY_CHANGE is a set of facts",
        ),
        ({"bad": RULE.format(word="b", code="ST001") + "Options = dict"}, "not a dataclass"),
        (
            {"arxiv_pdf_link": RULE.format(word="b", code="ST001")},
            "both have a rule arxiv-pdf-link",
        ),
        ({"bad": RULE.format(word="b", code="PL201")}, "both have a rule PL201"),
    ],
)
def test_a_broken_plugin_is_one_error_that_names_it(
    site: Path, modules: dict[str, str], message: str
) -> None:
    install(site, f"[{GROUP}]\nstranger = stranger\n", **modules)
    with pytest.raises(RuleError, match=message) as error:
        registry.rules()
    assert "stranger-rules" in str(error.value)


def test_a_plugin_that_is_not_there_is_one_error(site: Path) -> None:
    install(site, f"[{GROUP}]\nstranger = stranger.nothing\n")
    with pytest.raises(RuleError, match="stranger-rules cannot be loaded: ModuleNotFoundError"):
        registry.rules()


def test_folders_that_cannot_be_read_are_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = tmp_path / "damaged-1.dist-info"
    info.mkdir()
    (info / "entry_points.txt").write_bytes(b"\xff[")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "nowhere"), str(tmp_path)])
    assert list(installed.entry_points(GROUP)) == []


def test_selectors_are_codes_their_beginnings_names_and_all() -> None:
    assert codes(registry.matching("PL201")) == codes(registry.matching("arxiv-pdf-link"))
    assert codes(registry.matching("pl2")) == [
        code for code in codes(registry.rules()) if code.startswith("PL2")
    ]
    assert registry.matching("ALL") == registry.rules()


def test_the_more_exact_selector_wins() -> None:
    assert "PL201" not in codes(registry.select(["PL2"], ["PL201"]))
    assert codes(registry.select(["PL201"], ["PL2"])) == ["PL201"]
    assert "PL201" not in codes(registry.select(None, ["arxiv-pdf-link"]))
    assert codes(registry.select(["PL201"], [], ["PL202"])) == ["PL201", "PL202"]
    assert codes(registry.select(["ALL"])) == codes(registry.rules())


@pytest.mark.parametrize(
    ("selector", "nearest"),
    [("arxiv-pdf-links", "arxiv-pdf-link"), ("pl201x", "PL20"), ("zzz", None), ("", None)],
)
def test_an_unknown_rule_is_told_with_the_nearest(selector: str, nearest: str | None) -> None:
    with pytest.raises(UnknownRuleError) as error:
        registry.matching(selector)
    assert (error.value.nearest or "").startswith(nearest or "")
    assert (error.value.nearest is None) == (nearest is None)
    with pytest.raises(UnknownRuleError):
        registry.find(selector)


TWO = RULE.format(word="b", code="ST001")


@pytest.mark.parametrize(
    ("modules", "message"),
    [
        ({"bad": "raise SystemExit(0)"}, "module stranger.bad of .* cannot be loaded: SystemExit: 0"),
        ({"bad": "def check(:"}, r"cannot be loaded: SyntaxError: invalid syntax \(bad.py, line 1\)"),
        ({"bad": "import nobody"}, "ModuleNotFoundError: No module named 'nobody'"),
        ({"bad": "raise OSError('a\\n\\tb')"}, "OSError: a b$"),
        ({"bad": "class E(Exception):\n    def __str__(self): 1 / 0\nraise E"}, "cannot be loaded: E$"),
        ({"Bad": TWO}, "a rule is named after its module"),
        ({"all": TWO}, "a rule is named after its module"),
        ({"bad": TWO + "\n__doc__ = 5"}, "has no docstring"),
        ({"bad": TWO + "\nMAY_CHANGE = 5"}, "module stranger.bad of .* cannot be read: TypeError"),
        ({"bad": TWO + "\nMAY_CHANGE = 'title'"}, "MAY_CHANGE is a set of facts"),
        (
            {
                "bad": TWO + "\nfrom dataclasses import dataclass\n@dataclass\nclass Options:\n"
                "    words: int\n"
            },
            "the option words has no default",
        ),
        ({"bad": TWO, "worse": TWO}, "stranger-rules has two rules ST001: rename one"),
        ({"__init__": "raise SystemExit"}, "the rules of .* cannot be loaded: SystemExit$"),
    ],
)  # fmt: skip
def test_whatever_a_module_does_wrong_is_one_line_that_names_its_distribution(
    site: Path, modules: dict[str, str], message: str
) -> None:
    install(site, f"[{GROUP}]\nstranger = stranger\n", **modules)
    with pytest.raises(RuleError, match=message) as error:
        registry.rules()
    assert "stranger-rules" in str(error.value)
    assert str(error.value).splitlines() == [str(error.value)]


def test_a_module_that_is_not_in_utf_8_is_one_error(site: Path) -> None:
    install(site, f"[{GROUP}]\nstranger = stranger\n")
    (site / "stranger" / "bad.py").write_bytes(b'"""A \xff rule."""\n')
    with pytest.raises(RuleError, match=r"module stranger\.bad of stranger-rules .* SyntaxError: "):
        registry.rules()


def test_an_entry_point_that_names_a_module_is_told(site: Path) -> None:
    install(site, f"[{GROUP}]\nstranger = stranger.good\n", good=TWO)
    with pytest.raises(RuleError, match=r"stranger\.good is a module; the entry point names the"):
        registry.rules()


def test_a_folder_of_rules_that_cannot_be_listed_is_told(site: Path) -> None:
    install(site, f"[{GROUP}]\nstranger = stranger\n", __init__="__path__ = ['/nowhere/at/all']")
    with pytest.raises(RuleError, match="the rules of stranger-rules cannot be loaded: FileNot"):
        registry.rules()


def test_ctrl_c_while_rules_are_loaded_is_not_their_fault(site: Path) -> None:
    install(site, f"[{GROUP}]\nstranger = stranger\n", bad="raise KeyboardInterrupt")
    with pytest.raises(KeyboardInterrupt):
        registry.rules()
