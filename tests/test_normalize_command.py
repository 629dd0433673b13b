"""`peftlint normalize` and `peftlint layouts` as one types them, and their settings."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

import peftlint
from peftlint.commands.layout import Layouts
from peftlint.config import load
from peftlint.layout.lacking import LOSABLE
from peftlint.layout.named import OWN, TEMPLATES
from peftlint.normalizer import Left, NormalizeResult
from peftlint.registry import layout_rules
from peftlint.settings import ConfigError

Run = Callable[..., Result]

#: Three entries in one way, one in another, and one that the layout has no place for.
MIXED = """\
# Papers

- **LoRA,** ICLR 2022. [[Paper](https://arxiv.org/abs/2106.09685)]

- **Adapters,** ICML 2019. [[Paper](https://arxiv.org/abs/1902.00751)]

- **Prefix-Tuning,** ACL 2021. [[Paper](https://arxiv.org/abs/2101.00190)]

- **Compacter**, NeurIPS 2021. [[Paper](https://arxiv.org/abs/2106.04647)]
"""
UNIFORM = MIXED.replace("**Compacter**,", "**Compacter,**")
LINKED = """\
# Papers

- [LoRA](https://arxiv.org/abs/2106.09685), ICLR 2022.

- [Adapters](https://arxiv.org/abs/1902.00751), ICML 2019.

- [Prefix-Tuning](https://arxiv.org/abs/2101.00190), ACL 2021.

- [Compacter](https://arxiv.org/abs/2106.04647), NeurIPS 2021.
"""
OURS = "- **{title}**{, {venue}{ {year}}|, {year}}.{ {links:[@] [@]}}"
#: An entry whose authors the layout `badges` has no place for.
WITH_AUTHORS = """\
# Papers

- **LoRA,** ICLR 2022. *Edward Hu, Yelong Shen.* [[Paper](https://arxiv.org/abs/2106.09685)]
"""

pytestmark = pytest.mark.usefixtures("empty_folder")


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def left(reason: str, line: int = 3, title: str = "LoRA") -> Left:
    return Left(line, title, reason)


@pytest.fixture
def gives(monkeypatch: pytest.MonkeyPatch) -> Callable[[NormalizeResult], None]:
    """Has the command show what it would show of this result."""

    def give(result: NormalizeResult) -> None:
        monkeypatch.setattr(
            "peftlint.commands.normalize.normalize", lambda *_words, **_named: result
        )

    return give


# Writing


def test_entries_are_written_in_the_lists_own_layout(run: Run) -> None:
    path = write("list.md", MIXED)
    result = run("normalize", "list.md")
    assert (result.exit_code, result.stderr) == (0, "")
    assert path.read_text() == UNIFORM
    assert result.stdout == (
        "Normalized list.md: 1 entry; 3 were so already\nNormalized 1 entry in 1 file.\n"
    )
    result = run("normalize")
    assert (result.exit_code, result.stdout) == (0, "Nothing to normalize in 1 file.\n")
    assert path.read_text() == UNIFORM


def test_entries_are_written_in_a_layout_that_is_named(run: Run) -> None:
    path = write("list.md", MIXED)
    result = run("normalize", "--layout", "linked-title", "list.md")
    assert (result.exit_code, path.read_text()) == (0, LINKED)
    assert result.stdout.startswith("Normalized list.md: 4 entries\n")
    assert run("normalize", "--layout", "petl").exit_code == 0
    assert "(arXiv:2106.09685)" in path.read_text()


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_are_kept(run: Run, newline: str, mark: str) -> None:
    def bytes_of(text: str) -> bytes:
        return (mark + text.replace("\n", newline)).encode()

    path = Path("list.md")
    path.write_bytes(bytes_of(MIXED))
    assert run("normalize", "list.md").exit_code == 0
    assert path.read_bytes() == bytes_of(UNIFORM)
    result = run("normalize", "-", stdin=bytes_of(MIXED))
    assert result.stdout_bytes == bytes_of(UNIFORM)


def test_folders_are_walked_and_their_configs_obeyed(run: Run) -> None:
    write("a/peftlint.toml", 'layout = "linked-title"\nexclude = ["old.md"]\n')
    paths = [write(name, MIXED) for name in ("a/list.md", "a/old.md", "b/list.md")]
    result = run("normalize", "a", "b")
    assert [path.read_text() for path in paths] == [LINKED, MIXED, UNIFORM]
    assert result.stdout.endswith("\nNormalized 5 entries in 2 files.\n")
    assert run("normalize", "--isolated", "--check", "a/list.md").exit_code == 0
    assert run("normalize", "--layout", "delta", "--check", "a/list.md").exit_code == 1


def test_a_folder_without_lists_is_told(run: Run) -> None:
    result = run("normalize")
    assert (result.exit_code, result.stdout) == (0, "No Markdown files to normalize.\n")


def test_the_mode_of_a_file_is_kept_and_no_other_file_is_left(run: Run) -> None:
    path = write("list.md", MIXED)
    path.chmod(0o640)
    run("normalize", "list.md")
    assert path.read_text() == UNIFORM
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(Path().iterdir()) == [path]


def test_what_cannot_be_read_or_written_stays_and_the_others_are_done(run: Run) -> None:
    other = write("other/target.md", MIXED)
    Path("link.md").symlink_to(other)
    Path("latin.md").write_bytes(b"- **Caf\xe9,** ICLR 2022.\n")
    path = write("z.md", MIXED)
    result = run("normalize", "gone.md", "latin.md", "link.md", "z.md")
    assert result.exit_code == 2
    errors = [line.partition(": ")[2] for line in result.stderr.splitlines()]
    assert [error.partition(": ")[0] for error in errors] == ["gone.md", "latin.md:1:8", "link.md"]
    assert "it is a symbolic link" in errors[2]
    assert (other.read_text(), path.read_text()) == (MIXED, UNIFORM)
    assert Path("latin.md").read_bytes() == b"- **Caf\xe9,** ICLR 2022.\n"
    assert result.stdout.endswith("1 entry in 1 file; 3 files could not be done.\n")


def test_a_file_that_is_read_only_stays_as_it_is(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("list.md", MIXED)
    monkeypatch.setattr("peftlint.file.os.access", lambda *_words: False)
    result = run("normalize", "list.md")
    assert (result.exit_code, path.read_text()) == (2, MIXED)
    assert result.stderr.startswith("error: list.md: it is read-only")


def test_an_error_of_one_list_is_told_and_the_others_are_done(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from peftlint.normalizer import normalize

    def failing(text: str, *words: object, **named: object) -> NormalizeResult:
        if text == UNIFORM:
            raise RuntimeError("\x1b[31mtrouble")
        return normalize(text, *words, **named)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr("peftlint.commands.normalize.normalize", failing)
    write("a.md", UNIFORM)
    path = write("b.md", MIXED)
    result = run("normalize")
    assert (result.exit_code, path.read_text()) == (2, UNIFORM)
    assert r"a.md: internal error: RuntimeError: \x1b[31mtrouble" in result.stderr


# Standard input


def test_standard_input_goes_to_standard_output_and_the_report_elsewhere(run: Run) -> None:
    write("docs/peftlint.toml", 'layout = "linked-title"')
    result = run("normalize", "-", "--stdin-filename", "docs/list.md", stdin=MIXED)
    assert (result.exit_code, result.stdout) == (0, LINKED)
    assert result.stderr.startswith("Normalized docs/list.md: 4 entries\n")
    assert not Path("docs/list.md").exists()
    result = run("normalize", "-", stdin=UNIFORM)
    assert (result.exit_code, result.stdout) == (0, UNIFORM)
    result = run("normalize", "--check", "-", stdin=MIXED)
    assert (result.exit_code, result.stdout) == (1, "")


def test_standard_input_that_is_excluded_goes_on_as_it_is(run: Run) -> None:
    write("peftlint.toml", 'exclude = ["old.md"]')
    result = run("normalize", "-", "--stdin-filename", "old.md", stdin=MIXED)
    assert (result.exit_code, result.stdout) == (0, MIXED)
    assert result.stderr == "No Markdown files to normalize.\n"


# --check and --diff


def test_check_writes_nothing_and_fails_where_a_file_would_change(run: Run) -> None:
    path = write("list.md", MIXED)
    result = run("normalize", "--check", "list.md")
    assert (result.exit_code, path.read_text()) == (1, MIXED)
    assert result.stdout == (
        "Would normalize list.md: 1 entry; 3 were so already\nWould normalize 1 entry in 1 file.\n"
    )
    path.write_text(UNIFORM)
    result = run("normalize", "--check", "list.md")
    assert (result.exit_code, result.stdout) == (0, "Nothing to normalize in 1 file.\n")
    assert run("normalize", "--check", "list.md", "gone.md").exit_code == 2


@pytest.mark.parametrize("option", [(), ("--check",)])
def test_diff_writes_nothing_and_can_be_applied(run: Run, option: tuple[str, ...]) -> None:
    windows = MIXED.replace("\n", "\r\n")
    paths = [write("a.md", MIXED), write("sub folder/b.md", windows)]
    result = run("normalize", "--diff", *option)
    assert result.exit_code == 1
    assert [path.read_bytes().decode() for path in paths] == [MIXED, windows]
    assert result.stderr.endswith("\nWould normalize 2 entries in 2 files.\n")
    subprocess.run(["git", "apply", "-"], input=result.stdout_bytes, check=True)  # noqa: S607
    assert [path.read_bytes().decode() for path in paths] == [
        UNIFORM,
        UNIFORM.replace("\n", "\r\n"),
    ]
    result = run("normalize", "--diff", *option)
    assert (result.exit_code, result.stdout) == (0, "")


# What is left and what is refused


def test_an_entry_that_would_lose_something_is_left_and_told(run: Run) -> None:
    text = UNIFORM + WITH_AUTHORS.partition("\n")[2]
    path = write("list.md", text)
    result = run("normalize", "list.md")
    assert (result.exit_code, path.read_text()) == (0, text)
    first, second, last = result.stdout.splitlines()
    assert first == "Left list.md: 1 entry as it is:"
    assert re.fullmatch(r"  1  the layout has no place for its .*authors.* \(list\.md:11\)", second)
    assert last == (
        "Nothing to normalize in 1 file; 1 entry left as before (--show-left tells each of them)."
    )
    result = run("normalize", "--show-left", "list.md")
    assert result.stdout.startswith("list.md:11: left 'LoRA': the layout has no place for its ")
    assert "--show-left" not in result.stdout
    quiet = run("normalize", "-q", "list.md").stdout.splitlines()
    assert quiet == ["Left list.md: 1 entry as it is", last]


def test_entries_that_are_left_are_grouped_by_reason(
    run: Run, gives: Callable[[NormalizeResult], None]
) -> None:
    write("list.md", MIXED)
    gives(
        NormalizeResult(
            MIXED,
            0,
            2,
            (
                left("it has no place"),
                *(left(f"its title would read as '{n}', not 'LoRA'", n) for n in range(10, 15)),
                *(left(f"its year would read as {year}, not nothing", year) for year in (20, 21)),
                *(left(f"'{one}' has no place in a layout", one) for one in (30, 31)),
            ),
        )
    )
    result = run("normalize", "list.md")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:-1] == [
        "Left list.md: 10 entries as they are:",
        "  5  its title would read as ... (list.md:10, 11, 12 and 2 more)",
        "  2  its year would read as ... (list.md:20, 21)",
        "  2  ... has no place in a layout (list.md:30, 31)",
        "  1  it has no place (list.md:3)",
    ]


def test_a_list_that_would_lose_something_is_refused_and_the_others_are_done(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from peftlint.normalizer import normalize

    def refusing(text: str, *words: object, **named: object) -> NormalizeResult:
        if text == WITH_AUTHORS:
            return NormalizeResult(text, 0, 0, (), "line 7 would render otherwise \x1b")
        return normalize(text, *words, **named)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr("peftlint.commands.normalize.normalize", refusing)
    refused, done = write("a.md", WITH_AUTHORS), write("b.md", MIXED)
    result = run("normalize")
    assert (result.exit_code, result.stderr) == (1, "")
    assert (refused.read_text(), done.read_text()) == (WITH_AUTHORS, UNIFORM)
    assert result.stdout == (
        "Refused a.md: line 7 would render otherwise \\x1b; the file stays as it is\n"
        "Normalized b.md: 1 entry; 3 were so already\n"
        "Normalized 1 entry in 1 file; 1 file refused.\n"
    )
    assert run("normalize", "--check").exit_code == 1
    result = run("normalize", "a.md")
    assert result.stdout.splitlines()[-1] == "1 file refused."


def test_a_layout_without_a_place_for_a_field_is_refused_until_the_field_may_be_lost(
    run: Run,
) -> None:
    path = write("list.md", WITH_AUTHORS)
    result = run("normalize", "--layout", "badges", "list.md")
    assert (result.exit_code, path.read_text()) == (1, WITH_AUTHORS)
    assert result.stdout.startswith("Refused list.md: the layout badges has no place for authors ")
    (options,) = re.findall(r"(--allow-loss .*) drops?", result.stdout)
    result = run("normalize", "--layout", "badges", *options.split(), "list.md")
    assert (result.exit_code, result.stderr) == (0, "")
    assert path.read_text() == "# Papers\n\n- LoRA [[Paper](https://arxiv.org/abs/2106.09685)]\n"


def test_a_text_that_changes_only_between_entries_is_told_so(
    run: Run, gives: Callable[[NormalizeResult], None]
) -> None:
    path = write("list.md", MIXED)
    gives(NormalizeResult(MIXED.replace("# Papers", "# The Papers"), 0, 4, ()))
    result = run("normalize", "list.md")
    assert path.read_text().startswith("# The Papers")
    assert result.stdout == (
        "Normalized list.md: no entry, but what stands between them\nNormalized 1 file.\n"
    )


def test_a_list_of_which_only_the_entries_could_be_written_is_told_so(
    run: Run, gives: Callable[[NormalizeResult], None]
) -> None:
    write("list.md", MIXED)
    gives(NormalizeResult(UNIFORM, 1, 3, (), None, "line 9: it would render otherwise \x1b"))
    result = run("normalize", "--check", "list.md")
    assert result.stdout.splitlines()[1] == (
        "Left list.md: all but its entries as it is; line 9: it would render otherwise \\x1b"
    )


@pytest.mark.parametrize("option", ["--show-left", "--diff", "--check"])
def test_nothing_of_a_list_acts_on_a_terminal(
    run: Run, gives: Callable[[NormalizeResult], None], option: str
) -> None:
    attack = "\x1b]52;c;ZXZpbA==\x07\u202e"
    write("list.md", MIXED)
    gives(NormalizeResult(MIXED, 0, 0, (left(f"it says {attack}", title=attack * 50),)))
    result = run("normalize", option, "list.md")
    shown = result.stdout + result.stderr
    assert r"\x1b]52;c;ZXZpbA==\x07\u202e" in shown
    assert not set("\x1b\x07\u202e") & set(shown)
    assert max(map(len, shown.splitlines())) < 200


def test_the_program_is_told_as_github_obeys_nothing_of_it(
    run: Run, gives: Callable[[NormalizeResult], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    write("list.md", MIXED)
    gives(NormalizeResult(MIXED, 0, 0, (left("##[error]x"),), "::error::x ##[error]y"))
    assert "##[" not in run("normalize", "--show-left", "list.md").stdout


# Options


def test_fields_that_may_be_lost_are_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[tuple[object, object]] = []

    def normalize(
        text: str, _choice: object, *, may_lose: object, entries_only: object, **rules: object
    ) -> NormalizeResult:
        given.append((may_lose, entries_only))
        assert rules == {"rules": layout_rules(), "options": {}}
        return NormalizeResult(text, 0, 0, ())

    monkeypatch.setattr("peftlint.commands.normalize.normalize", normalize)
    write("list.md", MIXED)
    run("normalize", "list.md")
    run("normalize", "--allow-loss", "authors, year", "--allow-loss", "name", "list.md")
    run("normalize", "--entries-only", "list.md")
    assert given == [
        (frozenset(), False),
        (frozenset({"authors", "name", "year"}), False),
        (frozenset(), True),
    ]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--allow-loss", "title"), f"'title' cannot be let go; what can is {', '.join(LOSABLE)}"),
        (("--allow-loss", ""), "'' cannot be let go"),
        (("--layout", ""), "a layout has a name"),
        (("--layout", "pelt"), "error: --layout: there is no layout 'pelt'; did you mean 'petl'?"),
        (("--layout", "zzz"), "there is no layout 'zzz'; there are list, petl, three-part, "),
        (("--layout", "\x1b[31m"), r"there is no layout '\x1b[31m'; there are list, "),
        (("",), "a PATH is empty"),
        (("--stdin-filename", "x.md"), "give '-' as the path"),
    ],
)
def test_misuse_is_told_and_nothing_is_written(
    run: Run, words: tuple[str, ...], message: str
) -> None:
    paths = [write(name, MIXED) for name in ("a.md", "b.md")]
    result = run("normalize", *words)
    assert result.exit_code == 2
    assert result.stderr.count(message) == 1
    assert "\x1b" not in result.stderr
    assert [path.read_text() for path in paths] == [MIXED, MIXED]


# Layouts of one's own


def test_a_layout_of_the_config_is_used_by_its_name(run: Run) -> None:
    write("pyproject.toml", f'[tool.peftlint]\nlayout = "ours"\nlayouts.ours = "{OURS}"\n')
    path = write("list.md", MIXED)
    assert run("normalize").exit_code == 0
    assert path.read_text().count("**, ") == 4
    path.write_text(MIXED)
    assert run("normalize", "--layout", "list").exit_code == 0
    assert path.read_text() == UNIFORM
    assert run("normalize", "--layout", "ours").exit_code == 0
    assert "- **LoRA**, ICLR 2022. [[Paper]" in path.read_text()


def test_a_layout_of_another_config_is_none_here(run: Run) -> None:
    write("a/peftlint.toml", f'layouts.ours = "{OURS}"')
    here, there = write("a/list.md", MIXED), write("b/list.md", MIXED)
    result = run("normalize", "--layout", "ours")
    assert result.exit_code == 2
    assert result.stderr.startswith("error: --layout: there is no layout 'ours'; ")
    assert "**LoRA**, " in here.read_text()
    assert there.read_text() == MIXED


def test_a_layout_that_does_not_read_back_is_an_error_of_the_config(run: Run) -> None:
    write(
        "pyproject.toml",
        "[tool.peftlint]\nlayout = 'ours'\n\n[tool.peftlint.layouts]\n"
        f"fine = '{OURS}'\nours = '- **{{title}}** <!-- {{year}} -->'\n",
    )
    paths = [write(name, MIXED) for name in ("a.md", "b.md")]
    message = (
        "error: pyproject.toml:6:1: tool.peftlint.layouts.ours: "
        "an entry cannot be read back: written as '- **Low-Rank Adaptation of Large Language "
        "Models** <!-- 2022 -->', its year would read as nothing, not 2022\n"
    )
    result = run("normalize")
    assert (result.exit_code, result.stderr) == (2, message)
    assert [path.read_text() for path in paths] == [MIXED, MIXED]
    for command in ("config", "layouts"):
        result = run(command)
        assert (result.exit_code, result.stdout, result.stderr) == (2, "", message)
    # Of a layout that nobody uses only the template is looked at.
    assert run("check", "--exit-zero").exit_code == 0
    assert run("normalize", "--layout", "fine").exit_code == 0


def test_a_template_that_cannot_be_parsed_is_an_error_in_every_command(run: Run) -> None:
    write("peftlint.toml", 'layouts = { ours = "- {title}{ ({year}" }\n')
    write("list.md", MIXED)
    for command in ("check", "fix", "normalize", "layouts", "config"):
        result = run(command)
        assert result.exit_code == 2
        assert result.stderr == (
            "error: peftlint.toml:1:13: layouts.ours: column 10: '{' is not closed; "
            "write '\\{' for the character\n"
        )


def test_an_error_of_a_config_that_has_changed_since_is_told_without_a_place() -> None:
    source = write("peftlint.toml", "layouts.ours = '- <!-- {title}'")
    settings = load(source)
    source.write_text("layouts =")
    with pytest.raises(ConfigError) as caught:
        Layouts("ours").choice(settings)
    assert caught.value.place is None
    assert str(caught.value).startswith("peftlint.toml: layouts.ours: an entry cannot be read back")


def test_config_shows_the_layout_and_where_it_comes_from(run: Run) -> None:
    write("peftlint.toml", f'layout = "ours"\n\n[layouts]\nours = "{OURS}"\n')
    lines = run("config").stdout.splitlines()
    assert any(re.fullmatch(r'layout = "ours" +# peftlint.toml:1', line) for line in lines)
    assert f'layouts = {{ ours = "{OURS}" }}  # peftlint.toml:3' in lines
    assert 'layout = "list"' in run("config", "--isolated").stdout


@pytest.mark.parametrize("layout", ["list", "linked-title", "ours"])
def test_mdformat_writes_the_layout_of_the_config_as_the_command_does(
    run: Run, layout: str
) -> None:
    """It checks what it wrote against what was there, in that layout as well."""
    for folder in ("one", "two"):
        write(f"{folder}/peftlint.toml", f'layout = "{layout}"\nlayouts.ours = "{OURS}"')
    one, two = (write(f"{folder}/list.md", f"{MIXED}* Item\n") for folder in ("one", "two"))
    command = [sys.executable, "-m", "mdformat", str(one)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert run("normalize", "two").exit_code == 0
    assert one.read_text() == two.read_text()
    assert one.read_text() != f"{MIXED}* Item\n"


# peftlint layouts


def test_layouts_lists_each_with_its_template_and_an_example(run: Run) -> None:
    write("peftlint.toml", f'layout = "ours"\nlayouts.ours = "{OURS}"')
    result = run("layouts")
    assert (result.exit_code, result.stderr) == (0, "")
    heads = [line for line in result.stdout.splitlines() if line and line[0] != " "]
    assert heads == [OWN, *TEMPLATES, "ours (of the config), chosen here"]
    assert (
        f"  {OURS}\n\n      - **LoRA: Low-Rank Adaptation**, ICLR 2022. [[Paper]" in result.stdout
    )
    isolated = run("layouts", "--isolated").stdout
    assert isolated.startswith("list, chosen here\n")
    assert "ours" not in isolated


def test_layouts_are_listed_for_programs(run: Run) -> None:
    records = {
        one["name"]: one for one in json.loads(run("layouts", "--output-format", "json").stdout)
    }
    assert list(records) == [OWN, *TEMPLATES]
    assert records[OWN] == {
        "name": "list", "template": None, "example": None, "is_own": False, "is_chosen": True,
    }  # fmt: skip
    for name, source in TEMPLATES.items():
        assert records[name]["template"] == source
        (entry,) = peftlint.parse(f"# Papers\n\n{records[name]['example']}\n").entries
        assert entry.title.text == "LoRA: Low-Rank Adaptation"


# The library


def test_the_library_normalizes_as_the_command_does() -> None:
    result = peftlint.normalize(MIXED)
    assert (result.text, result.laid, result.like, result.left) == (UNIFORM, 1, 3, ())
    assert peftlint.normalize(MIXED, layout="linked-title").text == LINKED
    assert "**LoRA**, " in peftlint.normalize(MIXED, layout="ours", layouts={"ours": OURS}).text
    kept = peftlint.normalize(WITH_AUTHORS, layout="badges", entries_only=True)
    assert kept.text == WITH_AUTHORS
    assert "authors (1 entry, in line 3)" in str(kept.refused)
    lost = peftlint.normalize(
        WITH_AUTHORS, layout="badges", allow_loss=["authors", "venue", "year"]
    )
    assert lost.text == "# Papers\n\n- LoRA [[Paper](https://arxiv.org/abs/2106.09685)]\n"
    assert peftlint.normalize(MIXED, allow_loss=LOSABLE).text == UNIFORM


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"layout": "pelt"}, ValueError, "there is no layout 'pelt'; did you mean 'petl'?"),
        ({"layout": 3}, TypeError, "layout is the name of a layout, not int"),
        ({"layouts": {"ours": "- {titel}"}}, ValueError, "layout ours: column 3: there is no"),
        ({"layouts": {"list": OURS}}, ValueError, "layouts['list']: there is a layout 'list'"),
        ({"layouts": {"a b": OURS}}, ValueError, "layouts['a b']: a layout's name is at most 50"),
        ({"layouts": {"ours": 3}}, TypeError, "layouts is a dict of strings to strings; 3 is none"),
        (
            {"layout": "ours", "layouts": {"ours": "- <!-- {title}"}},
            ValueError,
            "layout ours: an entry cannot be read back: written as '- <!-- Low-Rank",
        ),
        ({"allow_loss": "name"}, TypeError, "allow_loss is a list of fields, not a string"),
        ({"allow_loss": [3]}, TypeError, "allow_loss[0] is 3, which is no string"),
        ({"allow_loss": ["title"]}, ValueError, "'title' cannot be let go; what can is name, "),
    ],
)
def test_misuse_of_the_library_is_told(
    options: dict[str, object], error: type[Exception], message: str
) -> None:
    with pytest.raises(error) as caught:
        peftlint.normalize(MIXED, **options)  # type: ignore[arg-type]  # as it is wrong
    assert str(caught.value).startswith(message)
    with pytest.raises(TypeError, match="text is the list itself"):
        peftlint.normalize(b"x")  # type: ignore[arg-type]  # as it is wrong


def test_an_item_with_a_number_among_bullets_is_left_and_the_reason_says_so(run: Run) -> None:
    bullets = "".join(
        f"- **On Things {one},** ACL 2021. [[Paper](https://arxiv.org/abs/2101.0000{one})]\n"
        for one in range(1, 6)
    )
    numbered = "1. **On Other Things,** ACL 2021. [[Paper](https://arxiv.org/abs/2101.00009)]\n"
    Path("list.md").write_text(f"# A\n\n{bullets}\n## B\n\n{numbered}", encoding="utf-8")
    result = run("normalize", "list.md")
    assert "it has a number, and in its list's layout entries have none" in result.stdout


def test_what_fixes_alone_change_is_not_said_to_stand_between_entries(run: Run) -> None:
    glued = "- **On Things,** ACL 2021. [[Code](https://github.com/a/b)]\n  *A. Lee, B. Chen.*\n"
    Path("list.md").write_text(f"# A\n\n{glued}  - A remark.\n", encoding="utf-8")
    result = run("normalize", "--entries-only", "--layout", "table", "list.md")
    assert "Normalized list.md: no entry, by fixes alone" in result.stdout


STOPPED = "- **{title}**{, {authors:@, @ and @}}{. {venue}{ {year}}|. {year}}.{ {links:[@] [@]}}"


def test_an_entry_that_a_fix_writes_otherwise_than_its_layout_is_left_alone(run: Run) -> None:
    """Of the others, authors follow the title's comma, so a fix wants one before its venue."""
    entries = "".join(
        f"- **On Things {one},** *Ann Lee, Bo Chen*. ACL 2021. "
        f"[[Paper](https://arxiv.org/abs/2101.0000{one})]\n"
        for one in range(1, 8)
    )
    lonely = "- **On Nobody,** ACL 2021. [[Paper](https://arxiv.org/abs/2101.00009)]\n"
    Path("list.md").write_text(f"# A\n\n{entries}{lonely}", encoding="utf-8")
    config = f"layout = 'ours'\nlayouts = {{ ours = '{STOPPED}' }}\n"
    Path("peftlint.toml").write_text(config, encoding="utf-8")
    result = run("normalize", "list.md")
    assert result.exit_code == 0, result.stdout
    assert "Normalized list.md: 7 entries" in result.stdout
    assert "ain and again (list.md:10)" in result.stdout
    again = run("normalize", "--check", "list.md")
    assert again.exit_code == 0, again.stdout


def test_titles_that_keep_a_label_from_being_lost_are_counted(run: Run) -> None:
    entry = "- **One Prompt,** ACL 2021. [[pdf](https://arxiv.org/abs/2101.00190)]\n"
    Path("list.md").write_text(f"# Papers\n\n{entry}", encoding="utf-8")
    told = "1 title could open the link to the paper"
    shown = run("normalize", "--layout", "linked-title", "--diff", "list.md")
    assert told in shown.stderr
    assert "--allow-loss labels lets it go (list.md:3)" in shown.stderr
    assert (
        told not in run("normalize", "--layout", "linked-title", "--diff", "-q", "list.md").stderr
    )
    opened = run("normalize", "--layout", "linked-title", "--allow-loss", "labels", "list.md")
    assert told not in opened.stdout
    assert "[One Prompt](https://arxiv.org/abs/2101.00190)" in Path("list.md").read_text()


@pytest.mark.parametrize(
    "ignores", ['ignore = ["PL106"]', '[per-file-ignores]\n"list.md" = ["PL106"]']
)
def test_rules_about_layout_that_the_config_ignores_change_nothing(run: Run, ignores: str) -> None:
    """Here the one that spells labels as most of the list does."""
    entries = [
        f"- **On Prompt {one},** ACL 2021. [[{label}](https://arxiv.org/abs/2101.0000{one})]\n"
        for one, label in enumerate(["Paper"] * 6 + ["paper"])
    ]
    Path("list.md").write_text(f"# A\n\n{''.join(entries)}", encoding="utf-8")
    assert run("normalize", "--check", "list.md").exit_code == 1
    Path("peftlint.toml").write_text(ignores, encoding="utf-8")
    assert run("normalize", "--check", "list.md").exit_code == 0
