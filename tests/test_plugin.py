"""A stranger's rule is installed, listed, run, configured, silenced and explained like ours.

The stranger is `examples/peftlint-plugin-example`, installed by pip into an environment of its
own. A plugin that is broken is one clear line, and no traceback.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from peftlint.registry import GROUP

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "peftlint-plugin-example"

LIST = """\
# A List

- **VISUAL PROMPT TUNING,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]
- **LEARNING TO PROMPT WITH CLIP,** IJCV 2022. [[Paper](https://arxiv.org/abs/2109.01134)]
"""
VISUAL = "list.md:3:3: info EXA001 'VISUAL PROMPT TUNING' is in capital letters [shouting-title]\n"
CLIP = "list.md:4:3: info EXA001 'LEARNING TO PROMPT WITH CLIP' is in capital letters [shouting-title]\n"


def execute(
    *command: str | Path, cwd: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command, with neither colors nor what CI changes in the output."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("GITHUB_")}
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, check=False, env=ours | environment
    )


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, copied to where building it leaves nothing behind."""
    folder = tmp_path_factory.mktemp("example") / EXAMPLE.name
    ignored = shutil.ignore_patterns("__pycache__", "build", "*.egg-info")
    return shutil.copytree(EXAMPLE, folder, ignore=ignored)


@pytest.fixture(scope="module")
def programs(
    example: Path,
    make_environment: Callable[[Path], Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The programs of an environment in which the example is installed."""
    programs = make_environment(tmp_path_factory.mktemp("environment"))
    done = execute(programs / "pip", "install", "--quiet", example, cwd=example)
    assert done.returncode == 0, done.stdout + done.stderr
    return programs


@pytest.fixture
def peftlint(programs: Path, tmp_path: Path) -> Callable[..., str]:
    """Runs peftlint on a list, and gives its output where its exit code is as it should be."""
    (tmp_path / "list.md").write_text(LIST, encoding="utf-8")

    def run(*words: str, code: int = 0) -> str:
        done = execute(programs / "peftlint", *words, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (code, ""), done.stdout + done.stderr
        return done.stdout

    return run


def test_it_is_listed_with_the_distribution_that_it_comes_from(
    peftlint: Callable[..., str],
) -> None:
    rules = json.loads(peftlint("rules", "--output-format", "json"))
    (rule,) = [rule for rule in rules if rule["origin"] != "peftlint"]
    assert (rule["code"], rule["name"]) == ("EXA001", "shouting-title")
    assert rule["origin"] == "peftlint-plugin-example"
    assert "shouting-title" in peftlint("rules")


def test_it_runs_with_ours(peftlint: Callable[..., str]) -> None:
    assert peftlint("check", "-q", "list.md", code=1) == VISUAL + CLIP


def test_it_is_selected_and_left_out_as_ours(peftlint: Callable[..., str]) -> None:
    for selector in ("EXA", "exa001", "shouting-title"):
        assert peftlint("check", "-q", "list.md", "--select", selector, code=1) == VISUAL + CLIP
        assert peftlint("check", "-q", "list.md", "--ignore", selector) == ""
    assert peftlint("check", "-q", "list.md", "--select", "PL") == ""


def test_it_is_explained_by_its_documentation(peftlint: Callable[..., str]) -> None:
    out = peftlint("explain", "shouting-title")
    assert out.startswith("# shouting-title (EXA001)\n")
    assert "A title is written in capital letters.\n" in out
    assert "- `keep`: a list of strings, default `[]`\n" in out


def test_its_options_are_configured_as_ours(peftlint: Callable[..., str], tmp_path: Path) -> None:
    config = tmp_path / "pyproject.toml"
    config.write_text("[tool.peftlint.rules.shouting-title]\nleast-words = 4\n")
    assert peftlint("check", "-q", "list.md", code=1) == CLIP


def test_a_wrong_option_is_told_as_ours_are(
    peftlint: Callable[..., str], programs: Path, tmp_path: Path
) -> None:
    (tmp_path / "peftlint.toml").write_text("[rules.shouting-title]\nleast-words = 0\n")
    done = execute(programs / "peftlint", "check", cwd=tmp_path)
    assert done.returncode == 2
    assert "rules.shouting-title: least-words is at least 1, not 0" in done.stderr


def test_it_is_silenced_as_ours(peftlint: Callable[..., str], tmp_path: Path) -> None:
    comment = "<!-- peftlint-disable-next-line shouting-title -- as printed -->\n"
    (tmp_path / "list.md").write_text(LIST.replace("- **VISUAL", f"{comment}- **VISUAL"))
    assert peftlint("check", "-q", "list.md", code=1) == CLIP.replace(":4:", ":5:")


def test_its_fixes_are_made_as_ours(peftlint: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "peftlint.toml").write_text('[rules.shouting-title]\nkeep = ["CLIP"]\n')
    assert "2 more fixable with --unsafe-fixes" in peftlint("fix", "list.md", code=1)
    assert (tmp_path / "list.md").read_text(encoding="utf-8") == LIST
    peftlint("fix", "list.md", "--unsafe-fixes")
    assert (tmp_path / "list.md").read_text(encoding="utf-8") == LIST.replace(
        "VISUAL PROMPT TUNING", "Visual Prompt Tuning"
    ).replace("LEARNING TO PROMPT WITH CLIP", "Learning to Prompt with CLIP")


def test_its_own_tests_pass(programs: Path, example: Path) -> None:
    done = execute(
        *(programs / "python", "-m", "pytest", "-q", "-p", "no:cacheprovider"), cwd=example
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "passed" in done.stdout


def test_its_cases_are_as_the_kit_writes_them(programs: Path, example: Path) -> None:
    done = execute(
        *(programs / "python", "-m", "peftlint.testing", "--update", "cases"), cwd=example
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


RULE = '"""A rule."""\n\nCODE = "ACM001"\n\n\ndef check(document):\n    return []\n'


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("def check(:", "rule module acme.bad of acme-rules cannot be loaded: SyntaxError: "),
        ("import nobody_at_all", "rule module acme.bad of acme-rules cannot be loaded: Module"),
        ("raise SystemExit(0)", "rule module acme.bad of acme-rules cannot be loaded: SystemExit"),
        (b'"""\xff"""', "rule module acme.bad of acme-rules cannot be loaded: SyntaxError: "),
        (b"\0", "rule module acme.bad of acme-rules cannot be loaded: SyntaxError: "),
        (RULE.replace("CODE", "KODE"), "rule module acme.bad of acme-rules needs a CODE"),
        (RULE.replace("ACM001", "PL201"), "both have a rule PL201: uninstall one of them"),
        (RULE + "FIX = 'always'", "rule module acme.bad of acme-rules: FIX is 'safe', 'unsafe'"),
        (RULE + "MAY_CHANGE = 5", "rule module acme.bad of acme-rules cannot be read: TypeError"),
        (RULE + "Options = 5", "rule module acme.bad of acme-rules: Options is not a dataclass"),
        (RULE.replace("[]", "[1]"), "list.md: rule bad of acme-rules failed: it yielded a value"),
        (RULE.replace("[]", "exit()"), "list.md: rule bad of acme-rules failed: SystemExit"),
        (RULE.replace("[]", "1 / 0"), "list.md: rule bad of acme-rules failed: ZeroDivision"),
        (
            RULE.replace("return []", "raise OSError('a\\n\\x1b[2J')"),
            "list.md: rule bad of acme-rules failed: OSError: a \\x1b[2J",
        ),
    ],
)
def test_a_broken_plugin_is_one_line_that_names_it(
    source: str | bytes, message: str, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    (site / "acme").mkdir(parents=True)
    (site / "acme" / "__init__.py").touch()
    (site / "acme" / "bad.py").write_bytes(source.encode() if isinstance(source, str) else source)
    (site / "acme_rules-1.0.dist-info").mkdir()
    (site / "acme_rules-1.0.dist-info" / "entry_points.txt").write_text(f"[{GROUP}]\nx = acme\n")
    (tmp_path / "list.md").write_text(LIST, encoding="utf-8")
    peftlint = [sys.executable, "-m", "peftlint", "check", "--isolated", "list.md"]
    done = execute(*peftlint, cwd=tmp_path, PYTHONPATH=str(site))
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith("error: ")
    assert message in line
    assert "acme-rules" in line
    assert "Traceback" not in done.stdout + done.stderr
