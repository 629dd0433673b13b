"""A check that went before is said again as it was, and only where nothing has changed."""

from __future__ import annotations

import ast
import fcntl
import os
import pty
import shutil
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from peftlint.caching import replay
from peftlint.caching.variable import VARIABLES
from peftlint.commands import checking
from peftlint.report import terminal

if TYPE_CHECKING:
    from tests.conftest import Ran, Start

ROOT = Path(__file__).parent.parent
LIST = "# Papers\n\n- [A Title](https://arxiv.org/pdf/1706.03762)\n"
CLEAN = "# Papers\n\nNothing yet.\n"


def write(path: str, text: str = LIST) -> Path:
    """A file, and the folders that it is in."""
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def told(ran: Ran) -> tuple[int, str, str]:
    return ran.exit_code, ran.stdout, ran.stderr


@pytest.fixture
def again(start: Start, cached: Path) -> Callable[..., Ran]:
    """Runs twice, has the second one be a replay that says the same, and gives it."""

    def again(*words: str) -> Ran:
        start("check", *words)
        second = start("check", *words)
        assert second.is_replay
        assert told(second) == told(start("check", *words, "--no-cache"))
        return second

    return again


@pytest.mark.parametrize(
    "words",
    [
        ("README.md",),
        (".",),
        (),
        ("README.md", "-q"),
        ("README.md", "--statistics"),
        ("README.md", "--exit-zero"),
        ("README.md", "--color", "always"),
        ("README.md", "--output-format", "json"),
        ("README.md", "--output-format", "sarif"),
        ("README.md", "--output-format", "github"),
        ("README.md", "--output-format", "junit"),
        ("README.md", "--baseline", "known.json"),
        ("clean.md",),
        ("README.md", "clean.md", "--jobs", "2"),
    ],
)
def test_an_equal_run_says_the_same(
    start: Start, again: Callable[..., Ran], words: tuple[str, ...]
) -> None:
    write("README.md")
    write("clean.md", CLEAN)
    start("check", "clean.md", "--write-baseline", "known.json")
    said = again(*words)
    assert said.stdout or said.stderr
    assert said.exit_code == (0 if "--exit-zero" in words or words == ("clean.md",) else 1)


def test_nothing_is_loaded_to_say_it_again(cached: Path) -> None:
    write("README.md")
    program = (
        "import sys\nbefore = set(sys.modules)\nfrom peftlint.launch import main\n"
        "try: main()\nfinally: print(*(set(sys.modules) - before), file=sys.stderr)"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", program, "check", "--jobs=1", "README.md"],
            capture_output=True,
            text=True,
            check=False,
        )
        for _ in range(2)
    ]
    assert runs[0].stdout == runs[1].stdout
    assert [run.returncode for run in runs] == [1, 1]
    loaded = [set(run.stderr.splitlines()[-1].split()) for run in runs]
    assert {"peftlint.linter", "peftlint.reader"} <= loaded[0]
    assert "click" not in loaded[0]
    # `re`, `pathlib` and `typing` may have been there before: an editable install loads them.
    assert loaded[1] == {
        "_blake2",
        "peftlint",
        "peftlint.basis",
        "peftlint.caching",
        "peftlint.caching.program",
        "peftlint.caching.replay",
        "peftlint.caching.store",
        "peftlint.caching.suppress",
        "peftlint.caching.variable",
        "peftlint.digest",
        "peftlint.launch",
    } | ({"__future__", "atexit", "marshal", "time"} & loaded[1])


# What changes is seen.


def change_list() -> None:
    write("docs/a.md", LIST * 2)


def change_list_in_secret() -> None:
    """Change one byte, and have the file look as old as it was."""
    file = Path("docs/a.md")
    before = file.stat()
    file.write_text(LIST.replace("/pdf/", "/abs/"), encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size


def link_to_other_folder() -> None:
    Path("docs").rename("other")
    write("third/a.md", CLEAN)
    Path("docs").symlink_to("third")


def link_to_same_folder() -> None:
    Path("docs").rename("other")
    Path("docs").symlink_to("other")


def replaced(make: Callable[[Path], None]) -> None:
    """Put something else in the place of a list."""
    Path("docs/a.md").rename("x")
    make(Path("docs/a.md"))


CHANGES: dict[str, Callable[[], object]] = {
    "nothing": lambda: None,
    "a list": change_list,
    "a list, which looks as before": change_list_in_secret,
    "a list is gone": lambda: Path("docs/a.md").unlink(),
    "a list comes": lambda: write("docs/deep/c.md"),
    "a file becomes a list": lambda: Path("docs/notes").rename("docs/notes.markdown"),
    "a list becomes a link": lambda: replaced(lambda path: path.symlink_to("../x")),
    "a list becomes a folder": lambda: replaced(Path.mkdir),
    "a list becomes a pipe": lambda: replaced(os.mkfifo),
    "a folder is a link to another": link_to_other_folder,
    "a folder is a link": link_to_same_folder,
    "a folder becomes an environment": lambda: write("docs/deep/pyvenv.cfg", ""),
    "what git ignores, in the folder": lambda: write("docs/.gitignore", "a.md\n"),
    "what git ignores, above": lambda: write(".gitignore", "b.md\n"),
    "what git ignores, at the top": lambda: write("../.gitignore", "b.md\n"),
    "what git ignores, in secret": lambda: write("../.git/info/exclude", "b.md\n"),
    "a repository begins": lambda: Path(".git").mkdir(),
    "a repository ends": lambda: shutil.rmtree("../.git"),
    "a config beside the list": lambda: write("docs/.peftlint.toml", "ignore = ['PL2']\n"),
    "a config above": lambda: write("peftlint.toml", "ignore = ['PL2']\n"),
    "a config at the top": lambda: write(
        "../pyproject.toml", "[tool.peftlint]\nignore = ['PL2']\n"
    ),
    "a config that cannot be used": lambda: write("peftlint.toml", "ignore = 1\n"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_is_seen(start: Start, cached: Path, change: str) -> None:
    Path("../.git/info").mkdir(parents=True)
    write("docs/a.md")
    write("docs/deep/b.md")
    write("docs/notes")
    start("check", "docs")
    CHANGES[change]()
    after = start("check", "docs")
    assert after.is_replay == (change == "nothing")
    assert told(after) == told(start("check", "docs", "--no-cache"))


@pytest.mark.parametrize(
    "change", ["nothing", "a list", "a list, which looks as before", "a config beside the list"]
)
def test_what_changes_is_seen_where_other_processes_look(
    start: Start, cached: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    monkeypatch.setattr(checking, "_WORTH_A_PROCESS", 1)
    write("docs/a.md")
    write("docs/b.md", CLEAN)
    words = ("check", "docs", "--jobs", "2", "--output-format", "concise")
    start(*words)
    CHANGES[change]()
    after = start(*words)
    assert after.is_replay == (change == "nothing")
    assert told(after) == told(start(*words, "--no-cache"))


@pytest.mark.parametrize(
    "change",
    [
        lambda: write("peftlint.toml", "ignore = ['PL201']\n"),
        lambda: Path("peftlint.toml").unlink(),
        lambda: write(".peftlint.toml", "ignore = ['PL201']\n"),
    ],
)
def test_a_config_that_changes_is_seen(
    start: Start, again: Callable[..., Ran], change: Callable[[], object]
) -> None:
    write("a.md")
    write("peftlint.toml", "ignore = ['PL202']\n")
    again("a.md")
    change()
    after = start("check", "a.md")
    assert not after.is_replay
    assert told(after) == told(start("check", "a.md", "--no-cache"))


def test_a_config_that_is_named_is_seen(start: Start, again: Callable[..., Ran]) -> None:
    write("a.md")
    write("x/config.toml", "ignore = ['PL202']\n")
    assert again("--config", "x/config.toml", "a.md").exit_code == 1
    write("x/config.toml", "ignore = ['ALL']\n")
    assert told(start("check", "--config", "x/config.toml", "a.md"))[0] == 0


@pytest.mark.parametrize("named", ["out.md", "out"])
def test_what_a_config_leaves_out_is_seen_when_it_is_something_else(
    start: Start, again: Callable[..., Ran], named: str
) -> None:
    write("a.md")
    write("peftlint.toml", "exclude = ['out.md', 'out/']\n")
    write("out.md" if named == "out.md" else "out/b.md")
    again("a.md", named)
    if named == "out":
        shutil.rmtree("out")
        write("out")
    else:
        Path("out.md").unlink()
    after = start("check", "a.md", named)
    assert not after.is_replay
    assert told(after) == told(start("check", "a.md", named, "--no-cache"))


@pytest.mark.parametrize("where", ["option", "config"])
def test_a_baseline_that_changes_is_seen(
    start: Start, again: Callable[..., Ran], where: str
) -> None:
    write("a.md")
    words = ("a.md", "--baseline", "known.json") if where == "option" else ("a.md",)
    if where == "config":
        write("peftlint.toml", "baseline = 'known.json'\n")
    assert start("check", "a.md", "--write-baseline", "known.json").exit_code == 0
    assert again(*words).exit_code == 0
    write("b.md", CLEAN)
    assert start("check", "b.md", "--write-baseline", "known.json").exit_code == 0
    after = start("check", *words)
    assert told(after) == told(start("check", *words, "--no-cache"))
    Path("known.json").unlink()
    after = start("check", *words)
    assert not after.is_replay
    assert told(after) == told(start("check", *words, "--no-cache"))


def test_a_variable_that_changes_is_seen(
    start: Start, again: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.md")
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    again("a.md")
    for name in VARIABLES:
        with monkeypatch.context() as patch:
            patch.setenv(name, "50")
            assert not start("check", "a.md").is_replay


def test_the_folder_of_the_run_counts(
    start: Start, again: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.md")
    write("x/a.md", CLEAN)
    assert again("a.md").exit_code == 1
    monkeypatch.chdir("x")
    after = start("check", "a.md")
    assert (after.is_replay, after.exit_code) == (False, 0)


def named_in_code(tree: ast.AST, constants: dict[str, str]) -> Iterator[str]:
    """The names of all variables of the environment that some code asks for."""
    for node in ast.walk(tree):
        asked: list[ast.expr] = []
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in {"get", "getenv"} and ast.unparse(node.func.value) in {
                "environ",
                "os.environ",
                "os",
            }:
                asked = node.args[:1]
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("environ"):
            asked = [node.slice]
        elif isinstance(node, ast.Compare) and ast.unparse(node.comparators[0]).endswith("environ"):
            asked = [node.left]
        for one in asked:
            if isinstance(one, ast.Constant):
                yield str(one.value)
            else:
                yield constants.get(ast.unparse(one), f"<{ast.unparse(one)}>")


def test_every_variable_that_is_asked_for_counts() -> None:
    found: set[str] = set()
    for path in [*(ROOT / "peftlint").rglob("*.py"), *(ROOT / "rules").rglob("*.py")]:
        text = path.read_text(encoding="utf-8")
        # git is run for `--since` only, which is not said again.
        if "env" not in text or "caching" in path.parts or path.stem in {"git", "history"}:
            continue
        tree = ast.parse(text)
        constants = {
            ast.unparse(node.targets[0]): str(node.value.value)
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        }
        found.update(named_in_code(tree, constants))
    # Where results are kept; and a loop over those that follow.
    found -= {"<OFF_VARIABLE>", "<FOLDER_VARIABLE>", "<name>"}
    found.update(terminal._LINKING_VARIABLES)
    assert found == set(VARIABLES)


# What is not said again.


def unreadable() -> tuple[str, ...]:
    write("a.md")
    Path("b.md").write_bytes(b"\xff\n")
    return ("a.md", "b.md")


def missing() -> tuple[str, ...]:
    return (str(write("a.md")), "none.md")


def with_file() -> tuple[str, ...]:
    return (str(write("a.md")), "--output-format", "json:report.json")


def with_two_reports() -> tuple[str, ...]:
    return (*with_file(), "--output-format", "text")


def with_baseline() -> tuple[str, ...]:
    return (str(write("a.md")), "--write-baseline", "known.json")


def with_suppressions() -> tuple[str, ...]:
    return (str(write("a.md")), "--add-suppressions")


def with_group() -> tuple[str, ...]:
    write("a.md")
    write("b.md")
    write("peftlint.toml", "lists = [['a.md', 'b.md']]\n")
    return ("a.md", "b.md")


def since() -> tuple[str, ...]:
    write("a.md", CLEAN)
    for command in ("init -q", "add a.md", "commit -qm x"):
        subprocess.run(["git", *command.split()], check=True)  # noqa: S607 - as on the path
    write("a.md")
    return ("a.md", "--since", "HEAD")


def without() -> tuple[str, ...]:
    return (str(write("a.md")), "--no-cache")


def wrong() -> tuple[str, ...]:
    return (str(write("a.md")), "--no-such-option")


def files() -> tuple[str, ...]:
    return (str(write("a.md")), "--show-files")


@pytest.mark.parametrize(
    "make",
    [
        unreadable,
        missing,
        with_file,
        with_two_reports,
        with_baseline,
        with_suppressions,
        with_group,
        since,
        without,
        wrong,
        files,
    ],
)
def test_what_does_more_than_to_say_something_is_done_again(
    start: Start, cached: Path, make: Callable[[], Sequence[str]]
) -> None:
    words = make()
    first = start("check", *words)
    assert not start("check", *words).is_replay
    if make is with_file:
        before = Path("report.json").read_text(encoding="utf-8")
        Path("report.json").unlink()
        assert told(start("check", *words)) == told(first)
        assert Path("report.json").read_text(encoding="utf-8") == before


def test_standard_input_is_read_again(cached: Path) -> None:
    for text in (LIST, CLEAN, LIST):
        done = subprocess.run(
            [sys.executable, "-m", "peftlint", "check", "-q", "-"],
            input=text,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == (1 if text == LIST else 0)


def test_a_list_that_changes_while_it_is_read_is_read_again(start: Start, cached: Path) -> None:
    file = write("a.md")

    def change() -> None:
        remember = replay.Looks.file

        def file_(looks: replay.Looks, path: str, data: bytes) -> None:
            remember(looks, path, data)
            file.write_text(CLEAN, encoding="utf-8")

        setattr(replay.Looks, "file", file_)  # noqa: B010 - as type checkers do not have it

    assert start("check", "a.md", inside=change).exit_code == 1
    after = start("check", "a.md")
    assert (after.is_replay, after.exit_code) == (False, 0)


def test_a_run_that_is_interrupted_is_not_said_again(start: Start, cached: Path) -> None:
    write("a.md")

    def interrupt() -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        keep = replay.Looks.file

        def file_(looks: replay.Looks, path: str, data: bytes) -> None:
            keep(looks, path, data)
            os.kill(os.getpid(), signal.SIGINT)

        setattr(replay.Looks, "file", file_)  # noqa: B010 - as type checkers do not have it

    stopped = start("check", "a.md", inside=interrupt)
    assert stopped.exit_code == 130
    assert stopped.stderr == "\nInterrupted.\n"
    after = start("check", "a.md")
    assert (after.is_replay, after.exit_code) == (False, 1)


def test_more_output_than_is_kept_is_said_all_the_same(start: Start, cached: Path) -> None:
    write("a.md")

    def limit() -> None:
        replay._MOST_OUTPUT = 10

    first = start("check", "a.md", inside=limit)
    second = start("check", "a.md", inside=limit)
    assert not second.is_replay
    assert told(first) == told(second)


# All that a run looks at is noted.


@pytest.mark.parametrize("jobs", ["1", "3"])
@pytest.mark.parametrize("form", ["text", "sarif"])
def test_all_that_a_run_opens_is_noted(
    start: Start, cached: Path, monkeypatch: pytest.MonkeyPatch, jobs: str, form: str
) -> None:
    monkeypatch.setattr(checking, "_WORTH_A_PROCESS", 1)
    words = ("docs", "README.md", "--jobs", jobs, "--output-format", form)
    write("../.gitignore", "x\n")
    write("../.git/info/exclude", "y\n")
    write("../pyproject.toml", "[tool.peftlint]\nbaseline = 'known.json'\n")
    write("pyproject.toml", "[project]\nname = 'x'\n")
    write("docs/.gitignore", "z\n")
    write("docs/deep/peftlint.toml", "ignore = ['PL202']\n")
    write("docs/a.md")
    write("docs/deep/b.md")
    write("docs/deep/x/c.md")
    write("README.md", CLEAN)
    start("check", "README.md", "--write-baseline", "../known.json")
    top = os.path.realpath("..")
    # A file, as other processes open files, too.
    log = os.open(cached.parent / "opened", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        if event in {"open", "os.listdir", "os.scandir"} and isinstance(arguments[0], str | Path):
            os.write(log, os.fsencode(os.path.realpath(arguments[0])) + b"\n")

    def compare() -> None:
        record = replay.current()
        assert record is not None
        assert record.looks.is_complete
        noted = {os.path.realpath(path) for path in (*record.looks.files, *record.looks.folders)}
        lines = (cached.parent / "opened").read_text(encoding="utf-8").splitlines()
        left_out = (f"{top}/cache", f"{top}/opened")
        seen = {path for path in lines if path.startswith(top) and not path.startswith(left_out)}
        assert {
            ".gitignore",
            "README.md",
            "a.md",
            "b.md",
            "deep",
            "exclude",
            "known.json",
            "pyproject.toml",
        } <= {Path(path).name for path in seen}
        assert seen - noted == set()

    first = start("check", *words, inside=lambda: sys.addaudithook(hear), after=compare)
    assert first.exit_code == 1
    assert start("check", *words).is_replay


# The program itself.


def python(*words: str, **environment: str) -> str:
    """What a new process says, whose program is the first that is on the path."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "peftlint", *words],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
    )
    assert not done.stderr, done.stderr
    return done.stdout


RULE = '''"""
A word is loud.

Loud words are not read.

## Bad

```markdown
- LOUD
```

## Good

```markdown
- loud
```
"""

from peftlint.rule import Finding
from peftlint.source import Span
from plug.words import WORD

CODE = "PLG001"


def check(document):
    at = document.text.find(WORD)
    if at >= 0:
        yield Finding(Span(at, at + len(WORD)), "it is loud")
'''


def test_a_plugin_and_all_that_is_in_it_is_seen_when_it_changes(cached: Path) -> None:
    site = cached.parent / "site"
    place = str(site)
    write(f"{place}/plug-1.dist-info/entry_points.txt", "[peftlint.rules]\nplug = plug.rules\n")
    write(f"{place}/plug/__init__.py", "")
    write(f"{place}/plug/rules/__init__.py", "")
    words = write(f"{place}/plug/words.py", "WORD = 'LOUD'\n")
    rule = write(f"{place}/plug/rules/loud_word.py", RULE)
    write("a.md", "# Papers\n\nLOUD\n")
    run = ("check", "-q", "a.md", "--select", "PLG001")
    for _ in range(2):
        assert "it is loud" in python(*run, PYTHONPATH=place)
    rule.write_text(RULE.replace("it is loud", "it is very loud"), encoding="utf-8")
    assert "it is very loud" in python(*run, PYTHONPATH=place)
    words.write_text("WORD = 'quiet'\n", encoding="utf-8")
    assert python(*run, PYTHONPATH=place) == ""
    words.write_text("WORD = 'LOUD'\n", encoding="utf-8")
    assert "it is very loud" in python(*run, PYTHONPATH=place)
    # Another name in the report, so that what is kept of the list alone is asked for too.
    write(f"{place}/plug/rules/loud_word.py", RULE.replace("it is loud", "it is much louder"))
    assert "much louder" in python(*run, "--exit-zero", PYTHONPATH=place)
    (site / "plug-1.dist-info" / "entry_points.txt").write_text("[other]\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-P", "-m", "peftlint", *run],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": place},
    )
    assert done.returncode == 2


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_peftlint_itself_is_seen_when_it_changes(cached: Path, jobs: str) -> None:
    site = cached.parent / "site"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "peftlint", site / "peftlint", ignore=ignored)
    shutil.copytree(ROOT / "rules", site / "peftlint" / "rules", ignore=ignored)
    write(
        f"{site}/peftlint-0.dist-info/entry_points.txt",
        "[peftlint.rules]\npeftlint = peftlint.rules\n",
    )
    text = "# Papers\n\n" + "- [A Title](https://arxiv.org/pdf/1706.03762)\n" * 2000
    write("a.md", text)
    write("b.md", text)
    words = ("check", "a.md", "b.md", "--jobs", jobs, "--select", "PL201", "--color", "never", "-q")
    said = python(*words, PYTHONPATH=str(site))
    assert said == python(*words, PYTHONPATH=str(site))
    # What is read is read by the workers only, where there are any.
    reader = site / "peftlint" / "reader.py"
    with reader.open("a", encoding="utf-8") as file:
        file.write(
            "\n\n_unchanged_read = read\n\n\ndef read(text, *others):\n    return _unchanged_read('', *others)\n"
        )
    assert python(*words, PYTHONPATH=str(site)) == ""
    assert said


# Where it is said.


def shell(command: str) -> subprocess.CompletedProcess[str]:
    """What a shell makes of it; `peftlint` is ours."""
    program = f'peftlint() {{ "{sys.executable}" -m peftlint "$@"; }}\n'
    return subprocess.run(
        ["bash", "-c", program + command],  # noqa: S607 - as on the path
        capture_output=True,
        text=True,
        check=False,
    )


ENDS = (
    "| head -n 1; echo ${PIPESTATUS[0]}",
    "| :; echo ${PIPESTATUS[0]}",
    "2>&1 >/dev/null | :; echo ${PIPESTATUS[0]}",
    "> /dev/full; echo $?",
    "2> /dev/full; echo $?",
    ">&-; echo $?",
    "2>&-; echo $?",
    "<&-; echo $?",
)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk here is always full")
def test_where_nothing_can_be_written_a_replay_ends_as_a_run_does(cached: Path) -> None:
    write("a.md", "# Papers\n\n" + "- [A Title](https://arxiv.org/pdf/1706.03762)\n" * 600)
    commands = "\n".join(f"peftlint check a.md {end}" for end in ENDS)
    shell("peftlint check a.md")
    before = shell(f"export PEFTLINT_NO_CACHE=1\n{commands}")
    after = shell(commands)
    assert (after.stdout, after.stderr) == (before.stdout, before.stderr)
    assert "standard output: the disk is full" in after.stderr


def on_terminal(columns: int, *words: str) -> str:
    """What a program says on a terminal of so many columns."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "peftlint", *words], stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    said = b""
    try:
        while part := os.read(ours, 65536):
            said += part
    except OSError:
        # Linux says so where the other end is closed.
        pass
    os.close(ours)
    process.wait()
    return said.decode()


def test_another_width_of_the_terminal_is_seen(
    cached: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    write("a.md", LIST.replace("A Title", "A Very Long Title " * 8))
    wide, narrow = (on_terminal(columns, "check", "a.md") for columns in (150, 50))
    assert wide != narrow
    assert [on_terminal(columns, "check", "a.md") for columns in (150, 50)] == [wide, narrow]
    assert "\x1b[" in wide
    plain = shell("peftlint check a.md").stdout
    assert "\x1b[" not in plain
