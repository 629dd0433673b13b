"""`check --since REV` tells only what changed since a revision of the lists' repository."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from peftlint.cli import main
from peftlint.commands.options import SourceOptions
from peftlint.commands.since import Since
from peftlint.commands.target import Target
from peftlint.comparison import Now, Past, Pool, facts, fresh, pair
from peftlint.diagnostic import Diagnostic
from peftlint.file import TextFile
from peftlint.history import Revision, RevisionError
from peftlint.linter import lint
from peftlint.model import Document
from peftlint.reader import read
from peftlint.registry import select

ROOT = Path(__file__).parent.parent
REAL = ROOT.parent / "shared" / "lists"
SEEDS = sorted((REAL / "seeds").glob("*.md"))
WILD = [path for path in sorted((REAL / "wild").glob("*.md")) if path.stat().st_size < 12_000]
LISTS = [path for path in (ROOT / "fixtures" / "lists").glob("*.md") if ".fixed" not in path.name]

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

OLD = "- **Prefix-Tuning: Optimizing Prompts,** ACL 2021. [[Paper](https://arxiv.org/pdf/2101.00190)]\n"
FINE = "- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]\n"
NEW = "- **BitFit: Simple Fine-tuning,** ACL 2022. [[Paper](https://arxiv.org/pdf/2106.10199)]\n"
LIST = f"# Papers\n\n{OLD}\n{FINE}"


@pytest.fixture(autouse=True)
def repository(empty_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a list, in which the test is."""
    return begin(empty_folder / "repository", monkeypatch)


def begin(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str = LIST) -> Path:
    """A new repository with a list, in which the test then is."""
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    git("init", "--quiet", "--initial-branch=main")
    write("README.md", text)
    commit()
    return folder


def git(*arguments: str | Path) -> str:
    """Run git in the current folder."""
    done = subprocess.run(
        ["git", *arguments],  # noqa: S607 - the one that is installed
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def write(name: str, text: str | bytes) -> None:
    """Write a file, with its line ends as they are."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)


def commit() -> None:
    """Commit all that is there."""
    git("add", "--all")
    git("commit", "--quiet", "--allow-empty", "--message", "More")


def run(*arguments: str, stdin: str | bytes = "") -> Result:
    """Run `peftlint check`."""
    return CliRunner().invoke(main, ["check", *arguments], input=stdin, catch_exceptions=False)


def found(*arguments: str, since: str = "HEAD", stdin: str | bytes = "") -> list[str]:
    """What is told: `README.md:3 arxiv-pdf-link`."""
    result = run("--quiet", "--since", since, *arguments, stdin=stdin)
    assert result.stderr == ""
    shown = re.findall(r"^(.+?:\d+):\d+: .* \[([\w-]+)\]$", result.stdout, re.MULTILINE)
    assert len(shown) == len(result.stdout.splitlines())
    assert result.exit_code == bool(shown)
    return [f"{place} {name}" for place, name in shown]


def refused(*arguments: str, since: str = "HEAD") -> str:
    """The error with which a run is refused."""
    result = run("--since", since, *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "internal error" not in result.stderr
    *usage, line = result.stderr.splitlines()
    assert line.startswith("error: ")
    assert not usage or usage[0].startswith("Usage:")
    return line


# What is told


def test_a_list_that_did_not_change_has_nothing_new() -> None:
    result = run("--since", "HEAD")
    assert result.exit_code == 0
    assert result.stdout == "Nothing new since HEAD: 0 of 2 entries changed in 1 file.\n"


def test_the_full_name_of_a_commit_is_shown_short() -> None:
    """As a workflow gives it."""
    name = git("rev-parse", "HEAD")
    assert run("--since", name).stdout.startswith(f"Nothing new since {name[:12]}: 0 of 2 ")


def test_a_new_entry_is_told_and_the_old_ones_are_not() -> None:
    write("README.md", LIST + "\n" + NEW)
    result = run("--since", "HEAD")
    assert result.exit_code == 1
    assert "README.md:7:" in result.stdout
    assert "README.md:3:" not in result.stdout
    assert result.stdout.splitlines()[-1] == (
        "Found 1 finding in 1 file that is new since HEAD: 1 warning (1 fixable with `peftlint fix`)."
    )


def test_each_format_tells_the_same() -> None:
    write("README.md", LIST + "\n" + NEW)
    findings = json.loads(run("--since", "HEAD", "--output-format", "json").stdout)
    findings = findings["findings"] if isinstance(findings, dict) else findings
    assert [one["line"] for one in findings] == [7]
    assert "1  warning   PL201" in run("--since", "HEAD", "--statistics").stdout
    assert run("--since", "HEAD", "--fail-on", "error").exit_code == 0


def test_a_new_file_is_new_altogether() -> None:
    write("more.md", f"# More\n\n{NEW}")
    assert found() == ["more.md:3 arxiv-pdf-link"]


def test_an_entry_that_moved_to_another_file_is_not_new() -> None:
    write("more.md", f"# More\n\n{OLD}{NEW}")
    write("README.md", f"# Papers\n\n{FINE}")
    assert found() == ["more.md:4 arxiv-pdf-link"]
    # Also where only one of the files is asked for, as by a hook.
    assert found("more.md") == ["more.md:4 arxiv-pdf-link"]


def test_a_copy_in_another_file_is_new() -> None:
    write("more.md", f"# More\n\n{OLD}")
    assert found() == ["more.md:3 arxiv-pdf-link"]


@pytest.mark.parametrize("staged", [False, True])
def test_a_renamed_file_is_no_change(staged: bool) -> None:
    Path("docs").mkdir()
    if staged:
        git("mv", "README.md", "docs/list.md")
    else:
        Path("README.md").rename("docs/list.md")
    assert found() == []


def test_a_renamed_file_keeps_its_findings_outside_of_entries() -> None:
    write("README.md", f"See [there](#nowhere).\n\n{LIST}")
    commit()
    Path("README.md").rename("list.md")
    assert found() == []
    write("list.md", f"See [there](#nowhere).\n\nAnd [here](#nowhere).\n\n{LIST}")
    assert found() == ["list.md:3 broken-anchor"]


def test_what_broke_elsewhere_is_told() -> None:
    """The line with the anchor is as it was, but its heading is not."""
    write("README.md", f"- [Methods](#methods)\n\n## Methods\n\n{OLD}")
    commit()
    write("README.md", f"- [Methods](#methods)\n\n## Ways\n\n{OLD}")
    assert found() == ["README.md:1 broken-anchor"]


def test_a_majority_that_turned_is_not_told_of_old_entries() -> None:
    odd = "- **Odd {0}.** ACL 2021. [[Paper](https://arxiv.org/abs/2101.0019{0})]\n"
    usual = "- **Usual {0},** ACL 2021. [[Paper](https://arxiv.org/abs/2102.0019{0})]\n"
    write("README.md", odd.format(1) + "".join(usual.format(n) for n in range(2)))
    commit()
    write("README.md", odd.format(1) + "".join(usual.format(n) for n in range(4)))
    assert "mixed-title-delimiter" in run("--quiet").stdout
    assert found() == []
    # Who changes how an entry is written hears of it.
    other = odd.format(1).replace(".**", "**.")
    write("README.md", other + "".join(usual.format(n) for n in range(4)))
    assert found() == ["README.md:1 mixed-title-delimiter"]


def test_a_blank_line_that_was_taken_away_is_told() -> None:
    """The facts are the same and so are the words, but the entry is not written as it was."""
    entry = "- **A Title {0},** ACL 2021.\n\n  *A. Author, B. Author.* [[Paper](https://arxiv.org/abs/2101.0019{0})]\n\n"
    text = "".join(entry.format(number) for number in range(5))
    write("README.md", text)
    commit()
    write("README.md", text.replace("2021.\n\n", "2021.\n", 1))
    assert found() == ["README.md:2 missing-blank-line"]


def test_a_suppression_that_silences_nothing_any_more_is_told() -> None:
    comment = "<!-- peftlint-disable-next-line arxiv-pdf-link -->\n"
    write("README.md", f"# Papers\n\n{comment}{OLD}\n{FINE}")
    commit()
    assert found() == []
    write("README.md", f"# Papers\n\n{comment}{OLD.replace('/pdf/', '/abs/')}\n{FINE}")
    assert found() == ["README.md:3 unused-suppression"]
    write("README.md", f"# Papers\n\n{OLD}\n{FINE}")
    assert found() == ["README.md:3 arxiv-pdf-link"]


def test_the_old_list_is_judged_by_the_config_of_today() -> None:
    write("peftlint.toml", 'ignore = ["arxiv-pdf-link"]\n')
    commit()
    write("peftlint.toml", "")
    write(
        "README.md",
        LIST + "\n" + FINE.replace("2203.12119", "2101.00190").replace("Visual", "Other"),
    )
    assert found() == ["README.md:7 shared-paper-link"]


def test_a_file_that_is_excluded_now_is_left_out() -> None:
    write("README.md", LIST + NEW)
    write("peftlint.toml", 'exclude = ["README.md"]\n')
    assert "No Markdown files to check." in run("--since", "HEAD").stdout


def test_duplicates_that_change_places_are_no_news() -> None:
    """The later one is reported, which is another one now, also where they are spelled apart."""
    again = OLD.replace("Optimizing", "Optimising").replace("/pdf/", "/abs/")
    for other in again, again.replace("2101.00190", "2101.00190v2"):
        write("README.md", f"# Papers\n\n{OLD}\n# More\n\n{other}")
        commit()
        write("README.md", f"# More\n\n{other}\n# Papers\n\n{OLD}")
        assert "duplicate-entry" in run("--quiet").stdout
        assert found() == []
        # A third one above both is their duplicate, too.
        write(
            "README.md",
            f"# New\n\n{FINE.replace('2203.12119', '2101.00190')}\n# More\n\n{other}\n# Papers\n\n{OLD}",
        )
        assert found() != []


def test_two_lines_with_one_id_that_change_places_are_no_news() -> None:
    one, other = '<a id="x"></a> One text.\n', '<a id="x"></a> Other text.\n'
    write("README.md", f"{LIST}\n{one}\n{other}")
    commit()
    write("README.md", f"{LIST}\n{other}\n{one}")
    assert "stray-html" in run("--quiet").stdout
    assert found() == []
    # Where one went and another came, it is.
    write("README.md", f"{LIST}\n<a id='x'></a> A third text.\n\n{one}")
    assert found() == ["README.md:9 stray-html"]


def test_which_entries_are_new_can_be_asked_for_alone() -> None:
    text = LIST + "\n" + NEW
    write("README.md", text)
    sources = SourceOptions(paths=(".",), stdin_filename=None, config=None, isolated=False)
    since = Since("HEAD", sources)
    document = read(text)
    target = Target("README.md", TextFile(Path("README.md"), text))
    (entry,) = since.new_entries(target, document)
    assert entry is document.entries[2]
    assert since.changed == 1
    assert since.new_entries(Target("README.md", target.file), read(LIST)) == []


# Lists that stand in several files


def test_a_finding_in_an_unchanged_file_is_told_where_another_one_caused_it() -> None:
    write("peftlint.toml", 'lists = [["README.md", "docs/*.md"]]\n')
    write("docs/more.md", f"# More\n\n{NEW}")
    commit()
    assert found() == []
    write("README.md", LIST + "\n" + NEW.replace("/pdf/", "/abs/"))
    assert found() == ["docs/more.md:3 duplicate-entry"]
    assert found("README.md") == ["README.md:7 duplicate-entry"]


def test_a_renamed_file_of_several_is_no_change() -> None:
    write("peftlint.toml", 'lists = [["README.md", "docs/*.md"]]\n')
    write("docs/more.md", f"# More\n\n{NEW}\n{FINE}")
    commit()
    Path("docs/more.md").rename("docs/other.md")
    assert found() == []
    write("docs/other.md", f"# More\n\n{NEW}\n{FINE}\n{OLD}")
    assert found() == ["docs/other.md:7 duplicate-entry", "docs/other.md:7 arxiv-pdf-link"]


# Revisions


def test_a_revision_is_named_in_many_ways() -> None:
    git("tag", "--annotate", "--message", "A tag", "v1")
    first = git("rev-parse", "HEAD")
    git("switch", "--quiet", "--create", "feature")
    write("README.md", LIST + "\n" + NEW)
    commit()
    git("switch", "--quiet", "main")
    write("README.md", LIST.replace("# Papers", "# All papers"))
    commit()
    git("switch", "--quiet", "feature")
    told = ["README.md:7 arxiv-pdf-link"]
    for name in (
        "HEAD~1",
        "v1",
        first,
        first[:9],
        "main",
        "main...",
        "main...HEAD",
        "main...feature",
        "main..",
    ):
        assert found(since=name) == told, name
    assert found(since="HEAD") == []


@pytest.mark.parametrize(
    "name", ["", " ", "-p", "--output=x", "...", "..", "...HEAD", "HEAD...-x", "A\0"]
)
def test_what_names_no_revision_is_refused(name: str) -> None:
    with pytest.raises(RevisionError):
        Revision(name)
    assert "--since: " in refused(since=name)


def test_a_revision_that_is_not_there_is_said_with_what_to_do() -> None:
    assert "there is no revision nowhere; check the spelling, or fetch it" in refused(
        since="nowhere"
    )
    assert "stands for no commit" in refused(since="0" * 40)
    assert "there is no revision" in refused(since="1" * 40)
    assert "there is no revision" in refused(since="HEAD:README.md")
    git("switch", "--quiet", "--create", "other")
    commit()
    git("switch", "--quiet", "main")
    assert "check other out" in refused(since="main...other")


def test_commits_without_a_common_one_have_no_merge_base() -> None:
    git("switch", "--quiet", "--orphan", "alone")
    write("README.md", FINE)
    commit()
    assert "no commit in common" in refused(since="main...")


def test_a_shallow_clone_says_that_it_is_one(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = git("rev-parse", "HEAD")
    git("branch", "base")
    commit()
    git(
        "clone",
        "--quiet",
        "--depth=1",
        "--no-single-branch",
        f"file://{repository}",
        tmp_path / "shallow",
    )
    monkeypatch.chdir(tmp_path / "shallow")
    for name in ("HEAD~1", first + "~1"):
        said = refused(since=name)
        assert "shallow clone; fetch more of it with `git fetch --unshallow`" in said
        assert "fetch-depth: 0" in said
    git("-C", repository, "switch", "--quiet", "--orphan", "alone")
    assert "is not in this shallow clone" in refused(since="origin/base...")


def test_a_partial_clone_fetches_nothing(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("README.md", LIST + "\n" + NEW)
    commit()
    git("config", "uploadpack.allowFilter", "true")
    git("clone", "--quiet", "--filter=blob:none", f"file://{repository}", tmp_path / "partial")
    monkeypatch.chdir(tmp_path / "partial")
    result = run("--since", "HEAD~1")
    assert result.exit_code == 2
    assert "this partial clone has not all contents of that revision" in result.stderr
    name = re.findall(r"`(git cat-file blob \w+)`", result.stderr)[0]
    git(*name.split()[1:])
    assert found(since="HEAD~1") == ["README.md:7 arxiv-pdf-link"]


# Files


def test_standard_input_is_compared_with_the_file_that_it_is() -> None:
    text = LIST + "\n" + NEW
    assert found("-", "--stdin-filename", "README.md", stdin=text) == ["README.md:7 arxiv-pdf-link"]
    assert "--stdin-filename says which" in refused("-")


def test_paths_are_taken_from_anywhere(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("docs/more.md", LIST)
    commit()
    write("docs/more.md", LIST + "\n" + NEW)
    monkeypatch.chdir("docs")
    assert found() == ["more.md:7 arxiv-pdf-link"]
    assert found("..") == ["../docs/more.md:7 arxiv-pdf-link"]
    path = f"{repository}/docs/more.md"
    monkeypatch.chdir("/")
    assert found(path) == [f"{path}:7 arxiv-pdf-link"]
    monkeypatch.chdir(tmp_path)
    write("outside.md", LIST)
    result = run("--since", "HEAD", "outside.md", "repository")
    assert result.exit_code == 2
    assert "outside.md: it is in no git repository" in result.stderr
    assert "repository/docs/more.md:7:" in result.stdout


NAMES = (b"a b.md", b"-x.md", b":(top)x.md", b"'\"$(x).md", b"new\nline.md", b"\xff.md", b"*.md")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="no such names there")
def test_a_name_may_be_anything() -> None:
    for name in NAMES:
        Path(os.fsdecode(name)).write_text(LIST, encoding="utf-8")
    commit()
    for name in NAMES:
        Path(os.fsdecode(name)).write_text(LIST + "\n" + NEW, encoding="utf-8")
    result = run("--quiet", "--since", "HEAD")
    assert result.stderr == ""
    assert Counter(re.findall(r":(\d+):\d+: \w+ PL201", result.stdout)) == {"7": len(NAMES)}


def test_a_worktree_is_a_repository_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("worktree", "add", "--quiet", "-b", "side", "trees/side")
    monkeypatch.chdir("trees/side")
    write("README.md", LIST + "\n" + NEW)
    assert found() == ["README.md:7 arxiv-pdf-link"]
    commit()
    assert found() == []
    assert found(since="main") == ["README.md:7 arxiv-pdf-link"]


def test_a_submodule_is_compared_with_its_commit_in_the_revision(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(tmp_path / "other", monkeypatch)
    monkeypatch.chdir(repository)
    git(
        "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", tmp_path / "other", "sub"
    )
    commit()
    base = git("rev-parse", "HEAD")
    monkeypatch.chdir("sub")
    write("README.md", LIST + "\n" + NEW)
    commit()
    monkeypatch.chdir(repository)
    commit()
    # A hash that is one of the outer repository's only.
    assert found(since=base) == ["sub/README.md:7 arxiv-pdf-link"]
    assert found(since="HEAD") == []


def test_a_hook_that_is_about_another_repository_is_not_believed(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git tells its hooks where its repository and its index are."""
    begin(tmp_path / "other", monkeypatch, "# Other\n")
    monkeypatch.chdir(repository)
    write("README.md", LIST + "\n" + NEW)
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other" / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("GIT_PREFIX", "docs/")
    assert found() == ["README.md:7 arxiv-pdf-link"]


def test_a_repository_elsewhere_is_found_where_the_environment_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(".git").rename(tmp_path / "history")
    write("README.md", LIST + "\n" + NEW)
    assert "it is in no git repository" in run("--since", "HEAD").stderr
    monkeypatch.setenv("GIT_DIR", "../history")
    monkeypatch.setenv("GIT_WORK_TREE", ".")
    assert found() == ["README.md:7 arxiv-pdf-link"]


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_a_list_that_was_not_utf_8_is_compared_as_far_as_it_can_be_read(encoding: str) -> None:
    text = (
        LIST + "\n- **Lob der L\u00fccke,** ACL 2020. [[Paper](https://arxiv.org/pdf/2001.00001)]\n"
    )
    write("README.md", text.encode(encoding))
    commit()
    write("README.md", text + "\n" + NEW)
    damaged = ["README.md:7 arxiv-pdf-link"] if encoding == "latin-1" else []
    assert found() == [*damaged, "README.md:9 arxiv-pdf-link"]


def test_a_broken_repository_does_not_lead_to_the_one_around_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path("inner/.git").mkdir(parents=True)
    write("inner/README.md", LIST)
    monkeypatch.chdir("inner")
    assert "its .git is no git repository" in refused()


def test_another_users_repository_is_said_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fake = tmp_path / "bin" / "git"
    fake.parent.mkdir()
    fake.write_text(
        "#!/bin/sh\necho \"fatal: detected dubious ownership in repository at '.'\" >&2\nexit 128\n"
    )
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(fake.parent))
    assert "git config --global --add safe.directory" in refused()


def test_git_has_to_be_installed_and_not_to_lie_beside_the_list(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write("git", "#!/bin/sh\ntouch trace\n")
    Path("git").chmod(0o755)
    for path in ("", ".", f".{os.pathsep}", "bin"):
        monkeypatch.setenv("PATH", path)
        assert "git is needed to read its history; install it" in refused()
    assert not Path("trace").exists()


@pytest.mark.parametrize("url", ["ext::{}", "ssh://nowhere/list", "git://nowhere/list"])
def test_a_repository_runs_nothing(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever programs its configuration and its attributes name."""
    trace = tmp_path / "trace"
    program = tmp_path / "program"
    program.write_text(f'#!/bin/sh\necho "$0 $*" >> {trace}\ncat\n')
    program.chmod(0o755)
    settings = {
        "core.fsmonitor": program, "core.pager": program, "pager.ls-tree": program,
        "core.hooksPath": tmp_path, "core.sshCommand": program, "core.gitProxy": program,
        "core.alternateRefsCommand": program, "core.editor": program, "core.askPass": program,
        "diff.external": program, "diff.x.textconv": program, "diff.x.command": program,
        "filter.x.clean": program, "filter.x.smudge": program, "filter.x.process": program,
        "filter.x.required": "true", "gpg.program": program, "credential.helper": program,
        "alias.rev-parse": f"!{program}", "alias.ls-tree": f"!{program}", "alias.since": f"!{program}",
        "extensions.partialClone": "origin", "remote.origin.promisor": "true",
        "remote.origin.url": url.format(program), "remote.origin.uploadpack": program,
        "protocol.ext.allow": "always", "protocol.allow": "always",
    }  # fmt: skip
    write(".gitattributes", "*.md diff=x filter=x text=auto ident\n")
    commit()
    write("README.md", LIST + "\n" + NEW)
    git("config", "core.repositoryFormatVersion", "1")
    for name, value in settings.items():
        git("config", name, str(value))
    config = Path(".git/config").read_bytes()
    shutil.copy(program, tmp_path / "post-index-change")
    for name in (
        "GIT_EXTERNAL_DIFF",
        "GIT_PAGER",
        "GIT_SSH_COMMAND",
        "GIT_ASKPASS",
        "GIT_PROXY_COMMAND",
        "PAGER",
    ):
        monkeypatch.setenv(name, str(program))
    assert found() == ["README.md:7 arxiv-pdf-link"]
    assert run("--since", "1" * 40).exit_code == 2
    # A blob that is not there would be fetched.
    Path(".git/config").write_text("[core]\n\trepositoryFormatVersion = 0\n", encoding="utf-8")
    blob = git("rev-parse", "HEAD:README.md")
    Path(".git/config").write_bytes(config)
    Path(".git/objects", blob[:2], blob[2:]).unlink()
    result = run("--since", "HEAD")
    assert result.exit_code == 2
    assert "nothing is fetched here" in result.stderr
    assert "Nothing new since HEAD in 0 files; 1 file could not be checked." in result.stdout
    assert not trace.exists(), trace.read_text()


def test_what_a_revision_is_called_is_shown_safely() -> None:
    assert "\x1b" not in refused(since="a\x1b[31m")
    git("tag", "v\u202e1")
    assert run("--since", "v\u202e1").stdout.startswith("Nothing new since v\\u202e1:")


# No change is no news


def permuted(text: str, chance: random.Random) -> str:
    """The same with the sections of the level that most headings have in another order."""
    document = read(text)
    levels = Counter(one.heading.level for one in document.sections if one.heading)
    if not levels:
        return text
    ((usual, _),) = levels.most_common(1)
    starts = [*document.lines.starts, len(text)]
    pieces: list[list[str]] = [[]]
    for section in document.sections:
        piece = text[
            starts[section.start_line - 1] : starts[min(section.end_line, len(starts) - 1)]
        ]
        level = section.heading.level if section.heading else 0
        if level == usual:
            pieces[-1].append(piece)
        elif level > usual and pieces[-1]:
            pieces[-1][-1] += piece
        else:
            pieces += [[piece], []]
    for run_of_sections in pieces:
        chance.shuffle(run_of_sections)
    return "".join(f"{piece.rstrip()}\n\n" for run in pieces for piece in run)


def renumbered(text: str, _: random.Random) -> str:
    """The same with all numbers one higher, in sections where none gets longer by it."""
    document = read(text)
    for section in reversed(document.sections):
        markers = [one.marker for one in section.entries if one.kind == "ordered" and one.marker]
        if any(marker.text[:-1].strip("9") == "" for marker in markers):
            continue
        for marker in reversed(markers):
            number = str(int(marker.text[:-1]) + 1).zfill(len(marker.text) - 1)
            start, end = marker.span
            text = f"{text[:start]}{number}{text[end - 1 :]}"
    return text


def indented(text: str, chance: random.Random) -> str:
    """The same with one entry a blank further in, if it is still what it was."""
    document = read(text)
    alone = [one for one in document.entries if one.kind == "bullet" and one.line == one.end_line]
    if not alone:
        return text
    start = document.lines.starts[chance.choice(alone).line - 1]
    other = f"{text[:start]} {text[start:]}"
    is_same = list(map(facts, read(other).entries)) == list(map(facts, document.entries))
    return other if is_same else text


def with_crlf(text: str, _: random.Random) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def with_trailing_blank(text: str, chance: random.Random) -> str:
    """One blank, which means nothing at a line's end, at the ends of some lines of entries."""
    document = read(text)
    lines = text.split("\n")
    for entry in document.entries:
        line = lines[entry.end_line - 1]
        if chance.random() < 0.5 and line[-1:] not in (" ", "\r", "|", ""):
            lines[entry.end_line - 1] = f"{line} "
    return "\n".join(lines)


def compared(old: str, new: str) -> tuple[Document, list[Diagnostic], int]:
    """The list, what is new in it, and how many entries are."""
    rules = select(["ALL"])
    before, after = read(old), read(new)

    def find(codes: Collection[str]) -> Iterator[Diagnostic]:
        return (one for one in lint(before, rules) if one.code in codes)

    past = Past(before, find)
    pairs = pair(after, past, lambda: Pool(()))
    now = Now(after, lint(after, rules), past, pairs)
    told = fresh([now], rules, lambda: Pool(()))[0]
    return after, told, len(after.entries) - len(pairs)


@pytest.mark.usefixtures("untraced")
@pytest.mark.parametrize("path", [*LISTS, *SEEDS, *WILD], ids=lambda path: path.stem)
def test_what_is_no_change_is_no_news(path: Path) -> None:
    chance = random.Random(path.name)  # noqa: S311 - to be repeated
    text = path.read_bytes().decode()
    for change in permuted, renumbered, indented, with_crlf, with_trailing_blank:
        _, told, new = compared(text, change(text, chance))
        assert [(one.line, one.code, one.message) for one in told] == [], change.__name__
        assert new == 0, change.__name__


@pytest.mark.usefixtures("untraced")
@pytest.mark.parametrize("path", [*LISTS, *SEEDS], ids=lambda path: path.stem)
def test_damage_to_one_entry_is_told_of_that_entry_alone(path: Path) -> None:
    chance = random.Random(path.name)  # noqa: S311 - to be repeated
    text = path.read_bytes().decode()
    document = read(text)
    links = [
        (entry, link)
        for entry in document.entries
        for link in entry.links
        if link.url
        and link.url_span
        and link.url.startswith("http")
        and entry.span.contains(link.span)
    ]
    for entry, link in chance.sample(links, 3):
        assert link.url_span is not None
        damaged = f"{text[: link.url_span.start]}https://arxiv.org/pdf/2613.00001{text[link.url_span.end :]}"
        after, told, new = compared(text, damaged)
        assert new == 1
        assert "malformed-arxiv-id" in {one.name for one in told}
        assert {one.entry_line for one in told} == {entry.line}, told
        assert len(after.entries) == len(document.entries)
