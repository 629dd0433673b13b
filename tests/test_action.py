"""The GitHub Action works as its steps are written, whatever is in the inputs and the repository."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
ACTION = ROOT / "action.yml"
DOCUMENTS = [ROOT / "README.md", ROOT / "docs" / "ci.md"]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))

#: What the action's checkout needs: itself, and what `pip install` needs.
SOURCES = ("LICENSE", "README.md", "action", "action.yml", "peftlint", "pyproject.toml", "rules")

CLEAN = """\
# A List

- **Visual Prompt Tuning,** ECCV 2022.

  *Menglin Jia, Luming Tang, Bor-Chun Chen.* [[Paper](https://arxiv.org/abs/2203.12119)]
"""
OLD_FINDING = "- [An Old Entry](https://arxiv.org/pdf/2106.09685), ICLR 2022.\n"
NEW_FINDING = "- [A New Entry](https://arxiv.org/pdf/2104.08691), EMNLP 2021.\n"
LIST = f"# A List\n\n{OLD_FINDING}"

GIT, BASH = shutil.which("git"), shutil.which("bash")
needs_git = pytest.mark.skipif(
    GIT is None or BASH is None, reason="git or bash is not installed: the action needs both"
)

_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
_CONTEXT = re.compile(r"(?:inputs|github|runner|steps)(?:\.[A-Za-z_][\w-]*)+")


def evaluated(text: str, contexts: Mapping[str, Any]) -> str:
    """A text with its expressions evaluated as GitHub does it, of which a few forms are known.

    Args:
        text: of a value in `env`.
        contexts: `inputs`, `github` and the like; what is missing in them is an empty string.

    Raises:
        ValueError: it has an expression of another form.
    """

    def value(name: str) -> str:
        if _CONTEXT.fullmatch(name) is None:
            raise ValueError(f"not known how GitHub evaluates {name!r}")
        found: Any = contexts
        for key in name.split("."):
            found = found.get(key) if isinstance(found, Mapping) else None
        return "" if found is None else str(found)

    def of_expression(match: re.Match[str]) -> str:
        values = [value(operand.strip()) for operand in match[1].split("||")]
        return next(filter(None, values), "")

    return _EXPRESSION.sub(of_expression, text)


def action() -> dict[str, Any]:
    """`action.yml`, read."""
    read = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
    assert isinstance(read, dict)
    return read


def step_of(name: str) -> dict[str, Any]:
    """The step with that id."""
    (step,) = [step for step in action()["runs"]["steps"] if step["id"] == name]
    assert isinstance(step, dict)
    return step


@dataclass(frozen=True)
class Ended:
    """What came of a step."""

    code: int
    stdout: str
    stderr: str
    summary: str
    outputs: dict[str, str]

    @property
    def commands(self) -> list[str]:
        """The lines of its log that speak to the runner."""
        lines = f"{self.stdout}\n{self.stderr}".splitlines()
        return [line for line in lines if line.lstrip().startswith("::") or "##[" in line]


@dataclass
class Job:
    """A job on GitHub's runner, as far as the action can see it.

    Attributes:
        workspace: where the repository is checked out.
        temporary: the runner's folder for what goes when the job ends.
        action_path: where the action is checked out.
        programs: a folder to look into for programs before all others.
        event_name: what started it.
        event: its payload.
        sha: the commit that started it.
        environment: variables that the workflow sets.
        steps: the outputs of steps that ran, by id.
    """

    workspace: Path
    temporary: Path
    action_path: Path
    programs: Path
    event_name: str = "push"
    event: dict[str, Any] = field(default_factory=dict)
    sha: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    steps: dict[str, dict[str, str]] = field(default_factory=dict)

    def run(self, name: str, **inputs: str) -> Ended:
        """Run a step of the action as the runner does.

        Args:
            name: the step's id.
            inputs: with `_` for `-`; the others have their defaults.
        """
        step = step_of(name)
        assert step["shell"] == "bash"
        given = {key.replace("_", "-"): value for key, value in inputs.items()}
        defaults = {key: value["default"] for key, value in action()["inputs"].items()}
        assert given.keys() <= defaults.keys()
        contexts = {
            "inputs": {**defaults, **given},
            "github": {"event_name": self.event_name, "event": self.event, "sha": self.sha},
            "steps": {key: {"outputs": outputs} for key, outputs in self.steps.items()},
        }
        self.temporary.mkdir(exist_ok=True)
        summary, output = self.temporary / "summary", self.temporary / "output"
        for file in summary, output:
            file.write_text("")
        script = self.temporary / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        path = os.pathsep.join([str(self.programs), os.environ["PATH"]])
        done = subprocess.run(
            [str(BASH), "--noprofile", "--norc", "-e", "-o", "pipefail", script],
            cwd=self.workspace,
            env={
                "PATH": path,
                "HOME": str(self.temporary),
                "GIT_CONFIG_GLOBAL": os.devnull,
                "GIT_CONFIG_SYSTEM": os.devnull,
                **self.environment,
                "CI": "true",
                "GITHUB_ACTIONS": "true",
                "GITHUB_ACTION_PATH": str(self.action_path),
                "GITHUB_EVENT_NAME": self.event_name,
                "GITHUB_OUTPUT": str(output),
                "GITHUB_SHA": self.sha,
                "GITHUB_STEP_SUMMARY": str(summary),
                "GITHUB_WORKSPACE": str(self.workspace),
                "RUNNER_TEMP": str(self.temporary),
                **{key: evaluated(value, contexts) for key, value in step["env"].items()},
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        lines = output.read_text(encoding="utf-8").splitlines()
        outputs = dict(line.split("=", 1) for line in lines)
        self.steps[name] = outputs
        shown = summary.read_text(encoding="utf-8")
        return Ended(done.returncode, done.stdout, done.stderr, shown, outputs)

    def check(self, **inputs: str) -> Ended:
        """Run the step that checks."""
        return self.run("check", **inputs)


def write(path: Path, text: str, *, is_program: bool = False) -> Path:
    """Write a file, with the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    if is_program:
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.fixture(scope="module")
def action_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The action's checkout: a copy, because building writes into it."""
    folder = tmp_path_factory.mktemp("action")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, folder)
    return folder


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a `python3` whose environments have what that of the tests has.

    Their pip asks no registry, so the tests run offline; the action knows nothing of that.
    """
    folder = tmp_path_factory.mktemp("programs")
    offline = 'import os; os.environ.update(PIP_NO_INDEX="1", PIP_NO_BUILD_ISOLATION="0")'
    # Not the bare path: an editable install is a `.pth` file of its own.
    site = f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})"
    write(folder / "tests.pth", f"{offline}\n{site}\n")
    # Where Python still brings setuptools along, it is older than what we build with.
    write(
        folder / "python3",
        f"""\
#!/bin/sh
"{sys.executable}" "$@" || exit
case "$*" in
  *"-m venv "*)
    for made; do :; done
    for site in "$made"/lib/python*/site-packages; do
      rm -rf "$site"/setuptools* "$site"/pkg_resources "$site"/*distutils*
      cp "{folder}/tests.pth" "$site"
    done
    ;;
esac
""",
        is_program=True,
    )
    return folder


#: What is imported instead of what is meant where the repository under test is looked into.
SHADOWS = (
    "click", "encodings", "ensurepip", "json", "markdown_it", "peftlint", "pip", "setuptools",
    "sitecustomize", "site", "usercustomize", "venv",
)  # fmt: skip


def set_traps(workspace: Path) -> Path:
    """Put what tries to be run into a repository, and give the file that it would make."""
    trap = workspace.parent / "trapped"
    code = f"open({str(trap)!r}, 'a').write(__name__)\n"
    for name in SHADOWS:
        write(workspace / f"{name}.py", code)
    write(workspace / "peftlint_rules" / "setup.py", code)
    write(workspace / "setup.py", code)
    write(workspace / "setup.cfg", f"[build_ext]\ninplace=1\n[easy_install]\nindex_url={trap}\n")
    write(workspace / "pip.conf", "[install]\nrequirement = requirements.txt\n")
    write(workspace / "requirements.txt", "./peftlint_rules\n")
    write(workspace / "bin" / "python", f"#!/bin/sh\ntouch '{trap}'\n", is_program=True)
    return trap


#: Variables with which a workflow, meaning well, has Python and pip look into its repository.
LEADING_INTO_THE_REPOSITORY = {
    "PIP_CONFIG_FILE": "pip.conf",
    "PIP_CONSTRAINT": "requirements.txt",
    "PIP_REQUIREMENT": "requirements.txt",
    "PIP_TARGET": "target",
    "PYTHONPATH": ".",
    "PYTHONSTARTUP": "click.py",
    "PYTHONUSERBASE": ".",
}


@dataclass(frozen=True)
class Installed:
    """What the step that installs has done, in a repository full of traps."""

    job: Job
    ended: Ended
    trap: Path


@pytest.fixture(scope="module")
def installed(
    tmp_path_factory: pytest.TempPathFactory, action_path: Path, programs: Path
) -> Installed:
    """The environment of peftlint, made once: it takes seconds."""
    folder = tmp_path_factory.mktemp("job")
    workspace = folder / "workspace"
    workspace.mkdir()
    trap = set_traps(workspace)
    job = Job(workspace, folder / "temporary", action_path, programs)
    job.environment = dict(LEADING_INTO_THE_REPOSITORY)
    return Installed(job, job.run("install"), trap)


@pytest.fixture
def job(tmp_path: Path, installed: Installed) -> Job:
    """A job with peftlint installed, and an empty workspace."""
    assert installed.ended.code == 0, installed.ended.stdout + installed.ended.stderr
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    made = Job(workspace, tmp_path / "temporary", installed.job.action_path, installed.job.programs)
    made.steps = dict(installed.job.steps)
    return made


def git(folder: Path, *words: str | Path) -> str:
    """Run git, and give what it prints."""
    done = subprocess.run(
        [str(GIT), *words], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


class Origin:
    """A repository on GitHub with a pull request.

    Attributes:
        folder: the bare repository.
        base: the commit that the event calls the base of the pull request.
        head: the last commit of the pull request.
        merge: what GitHub makes of the two, `refs/pull/1/merge`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "origin.git"
        author = folder / "author"
        git(folder, "init", "--quiet", "--bare", self.folder)
        # So is GitHub.
        git(self.folder, "config", "uploadpack.allowAnySHA1InWant", "true")
        git(folder, "init", "--quiet", "--initial-branch=main", author)
        write(author / "list.md", LIST)
        git(author, "add", "--all")
        git(author, "commit", "--quiet", "--message=Start")
        self.base = git(author, "rev-parse", "HEAD")
        git(author, "switch", "--quiet", "--create=change")
        write(author / "list.md", LIST + NEW_FINDING)
        git(author, "commit", "--quiet", "--all", "--message=Add an entry")
        self.head = git(author, "rev-parse", "HEAD")
        # Meanwhile the base goes on, and the merge is made with what it is by then.
        git(author, "switch", "--quiet", "main")
        write(author / "other.md", LIST.replace("Old", "Other").replace("2106", "2006"))
        git(author, "add", "--all")
        git(author, "commit", "--quiet", "--message=Go on")
        git(author, "merge", "--quiet", "--no-ff", "--message=Merge", "change")
        self.merge = git(author, "rev-parse", "HEAD")
        git(author, "push", "--quiet", self.folder, "main^:refs/heads/main", "change")
        git(author, "push", "--quiet", self.folder, "main:refs/pull/1/merge")

    @property
    def event(self) -> dict[str, Any]:
        """What GitHub tells of the pull request."""
        return {"pull_request": {"base": {"sha": self.base}, "head": {"sha": self.head}}}

    def check_out(self, workspace: Path, commit: str, *options: str) -> None:
        """Do what actions/checkout does, which by default fetches one commit."""
        git(workspace, "init", "--quiet")
        git(workspace, "remote", "add", "origin", self.folder.as_uri())
        name = "refs/remotes/pull/1/merge"
        fetch = ("fetch", "--quiet", "--no-tags", "--prune", "--no-recurse-submodules")
        git(workspace, *fetch, *options, "origin", f"+{commit}:{name}")
        git(workspace, "checkout", "--quiet", "--force", name)


@pytest.fixture
def origin(tmp_path: Path) -> Origin:
    """A repository with a pull request."""
    return Origin(tmp_path)


@pytest.fixture
def pull_request(job: Job, origin: Origin) -> Job:
    """A job of a pull request as it is by default, with one commit checked out."""
    origin.check_out(job.workspace, origin.merge, "--depth=1")
    job.event_name, job.event, job.sha = "pull_request", origin.event, origin.merge
    return job


def annotated(ended: Ended, kind: str = "error") -> list[str]:
    """The annotations of a kind."""
    return [line for line in ended.commands if line.startswith(f"::{kind} ")]


# What is written


def test_the_action_is_as_github_wants_it() -> None:
    """By the schema of such files."""
    validate("vendor.github-actions", ACTION)


def test_no_step_has_an_expression_in_its_script() -> None:
    """What is put into a script is run; what is put into its environment is not."""
    for step in action()["runs"]["steps"]:
        assert "uses" not in step
        assert "${{" not in step["run"]
        assert set(step) == {"name", "id", "shell", "env", "run"}


def test_each_input_reaches_one_step() -> None:
    """None is described and then forgotten."""
    used = re.findall(r"inputs\.([\w-]+)", ACTION.read_text(encoding="utf-8"))
    assert sorted(used) == sorted(action()["inputs"])


def test_an_expression_of_an_unknown_form_is_not_guessed_at() -> None:
    """Else a test would run something that GitHub does not."""
    contexts = {"inputs": {"a": "", "b-c": "$(x)"}}
    assert evaluated("1 ${{ inputs.a || inputs.b-c }} 2", contexts) == "1 $(x) 2"
    assert evaluated("${{ github.event.pull_request.base.sha }}", contexts) == ""
    for expression in "format('a')", "inputs.a && inputs.b", "inputs['a']", "secrets.TOKEN":
        with pytest.raises(ValueError, match="not known"):
            evaluated(f"${{{{ {expression} }}}}", contexts)


# Installing


@needs_git
def test_peftlint_is_installed_from_the_action_itself(installed: Installed) -> None:
    """Into an environment in the runner's folder, not into that of the workflow."""
    assert (installed.ended.code, installed.ended.stdout) == (0, ""), installed.ended.stderr
    python = Path(installed.ended.outputs["python"])
    assert python.is_relative_to(installed.job.temporary)
    done = subprocess.run(
        [python, "-I", "-c", "import peftlint; print(peftlint.__file__)"],
        cwd=installed.job.temporary,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(done.stdout).is_relative_to(python.parent.parent)


@needs_git
def test_nothing_of_the_repository_is_run(installed: Installed, job: Job) -> None:
    """Neither when peftlint is installed nor when it checks."""
    trap = set_traps(job.workspace)
    write(job.workspace / "list.md", CLEAN)
    job.environment = dict(LEADING_INTO_THE_REPOSITORY)
    ended = job.check()
    assert (ended.code, ended.stdout) == (0, ""), ended.stderr
    assert not trap.exists()
    assert not installed.trap.exists()
    assert not (installed.job.workspace / "target").exists()
    # The trap works.
    subprocess.run(
        [sys.executable, "-c", "import click"], cwd=job.workspace, capture_output=True, check=False
    )
    assert trap.exists()


@needs_git
@pytest.mark.parametrize(
    "version",
    [
        "$(touch x)",
        "`touch x`",
        "1.0; touch x",
        "--config=evil",
        "1.0 --index-url=http://evil.example",
        "1.0\n::error::x",
        "1.0\n",
        "@ https://evil.example/x.whl",
        "../x",
        " ",
        "1.0+local",
        "v1.0",
    ],
)
def test_what_is_no_version_is_not_installed(version: str, job: Job) -> None:
    """It is not even shown: who can write it could speak to the runner."""
    ended = job.run("install", version=version)
    assert ended.code == 2
    assert ended.stdout == (
        "::error title=peftlint::the input 'version' is none: "
        "write one that is on PyPI, such as 1.2.0\n"
    )
    assert (ended.stderr, ended.outputs) == ("", {})
    assert list(job.workspace.iterdir()) == []


@needs_git
@pytest.mark.parametrize("version", ["0.0.1", "1.2.0", "2.0.0rc1", "2026.11.post1.dev3"])
def test_a_version_is_asked_of_the_registry(version: str, job: Job) -> None:
    """Here there is none, so it fails and says so."""
    # Making an environment takes seconds; one with pip is at hand.
    environment = Path(job.steps["install"]["python"]).parent.parent
    write(
        job.workspace.parent / "programs" / "python3",
        f'#!/bin/sh\ncase "$*" in *venv*) ln -s "{environment}" environment ;; esac\n',
        is_program=True,
    )
    job.programs = job.workspace.parent / "programs"
    ended = job.run("install", version=version)
    assert (ended.code, ended.outputs) == (2, {})
    assert ended.commands == [
        "::error title=peftlint::pip could not install peftlint; the log of this step says why"
    ]
    assert f"peftlint=={version}" in ended.stderr


@needs_git
@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("exit 1", "peftlint needs Python 3.11 or later"),
        ('case "$*" in *venv*) exit 1 ;; esac', "this Python makes no virtual environment"),
    ],
)
def test_a_python_that_will_not_do_is_told(program: str, message: str, job: Job) -> None:
    """With the way out: another step, which gets one."""
    job.programs = job.workspace.parent / "programs"
    write(job.programs / "python3", f"#!/bin/sh\n{program}\n", is_program=True)
    ended = job.run("install")
    assert ended.code == 2
    assert ended.stdout == (
        f"::error title=peftlint::{message}: add a step with actions/setup-python before this one\n"
    )


# Checking


@needs_git
def test_clean_lists_pass(job: Job) -> None:
    """The summary says so, and the log has nothing to say."""
    write(job.workspace / "list.md", CLEAN)
    ended = job.check()
    assert (ended.code, ended.stdout, ended.stderr) == (0, "", "")
    assert "All clean: 1 entry in 1 file." in ended.summary
    assert ended.outputs == {"exit-code": "0", "findings": "0"}


@needs_git
def test_a_pull_request_is_told_of_what_it_changes(pull_request: Job) -> None:
    """By default, with the one commit that actions/checkout clones."""
    ended = pull_request.check()
    assert ended.code == 1
    assert ended.stdout == (
        "::warning file=list.md,line=4,col=17,endLine=4,endColumn=49,title=PL201 arxiv-pdf-link::"
        "the title's link opens the PDF, not the abstract page%0A"
        "fix: - [A New Entry](https://arxiv.org/abs/2104.08691), EMNLP 2021.\n"
    )
    assert "A New Entry" in ended.summary
    assert "Old" not in ended.summary + ended.stdout
    assert ended.outputs == {"exit-code": "1", "findings": "1"}


@needs_git
def test_a_push_is_told_of_everything(pull_request: Job) -> None:
    """So is a pull request that asks for it."""
    asked = pull_request.check(since="none")
    pull_request.event_name = "push"
    pushed = pull_request.check()
    for ended in asked, pushed:
        assert ended.code == 1
        assert [line.partition(",")[0] for line in annotated(ended, "warning")] == [
            "::warning file=list.md",
            "::warning file=list.md",
            "::warning file=other.md",
        ]
        assert ended.outputs == {"exit-code": "1", "findings": "3"}


@needs_git
def test_a_branch_is_compared_with_where_it_left_its_base(job: Job, origin: Origin) -> None:
    """Where the workflow checks it out itself, with its history."""
    origin.check_out(job.workspace, origin.head)
    git(job.workspace, "fetch", "--quiet", "origin", "main:refs/remotes/origin/main")
    job.event_name, job.event, job.sha = "pull_request", origin.event, origin.merge
    job.event["pull_request"]["base"]["sha"] = git(job.workspace, "rev-parse", "origin/main")
    ended = job.check()
    assert (ended.code, ended.outputs["findings"]) == (1, "1"), ended.stdout
    assert "A New Entry" in ended.stdout


@needs_git
def test_a_branch_without_its_history_is_not_compared(job: Job, origin: Origin) -> None:
    """What to do is said where it shows, on the pull request."""
    origin.check_out(job.workspace, origin.head, "--depth=1")
    job.event_name, job.event, job.sha = "pull_request", origin.event, origin.merge
    ended = job.check()
    assert ended.code == 2
    assert ended.stdout == (
        "::error title=peftlint::this clone does not reach back to where the pull request left "
        "its base: set 'fetch-depth: 0' at actions/checkout, or 'since: none' here to check all "
        "of the lists\n"
    )


@needs_git
def test_a_base_that_cannot_be_fetched_is_told(pull_request: Job, origin: Origin) -> None:
    """As in a private repository, when checkout leaves no credentials behind."""
    origin.folder.rename(origin.folder.with_name("gone"))
    ended = pull_request.check()
    assert ended.code == 2
    assert ended.stdout == (
        "::error title=peftlint::the base is not in this clone and cannot be fetched: "
        "set 'fetch-depth: 0' at actions/checkout, or 'since: none' here to check all of the "
        "lists\n"
    )
    assert "git: fatal: " in ended.stderr
    assert ended.outputs == {}


@needs_git
def test_a_base_that_is_there_is_not_fetched(job: Job, origin: Origin) -> None:
    """`fetch-depth: 2` is enough for it."""
    origin.check_out(job.workspace, origin.merge, "--depth=2")
    job.event_name, job.event, job.sha = "pull_request", origin.event, origin.merge
    origin.folder.rename(origin.folder.with_name("gone"))
    ended = job.check()
    assert (ended.code, ended.outputs["findings"]) == (1, "1"), ended.stderr


@needs_git
def test_a_folder_without_a_clone_is_told(job: Job) -> None:
    """The step before is missing."""
    job.event_name, job.event, job.sha = "pull_request", {}, "0" * 40
    job.environment["GIT_CEILING_DIRECTORIES"] = str(job.workspace.parent)
    ended = job.check()
    assert ended.code == 2
    assert ended.stdout.startswith(
        "::error title=peftlint::there is no clone here to compare with the base: set "
    )


@needs_git
def test_a_merge_queue_is_compared_with_what_is_before_it(job: Job, origin: Origin) -> None:
    """The event says which commit that is."""
    origin.check_out(job.workspace, origin.merge, "--depth=1")
    before = git(origin.folder, "rev-parse", "main")
    job.event_name, job.event, job.sha = (
        "merge_group",
        {"merge_group": {"base_sha": before}},
        origin.merge,
    )
    ended = job.check()
    assert (ended.code, ended.outputs["findings"]) == (1, "1"), ended.stdout


@needs_git
def test_pull_request_target_has_to_say_what_it_means(pull_request: Job) -> None:
    """What is checked out there is the base, unless the workflow does something dangerous."""
    pull_request.event_name = "pull_request_target"
    ended = pull_request.check()
    assert (ended.code, ended.outputs) == (2, {})
    assert ended.stdout.startswith("::error title=peftlint::on pull_request_target ")
    assert pull_request.check(since="none").outputs["findings"] == "3"


@needs_git
def test_a_revision_can_be_named(job: Job, origin: Origin) -> None:
    """As for the option of that name."""
    origin.check_out(job.workspace, origin.merge)
    assert job.check(since="HEAD^1").outputs["findings"] == "1"
    assert job.check(since=f"{origin.base}...").outputs["findings"] == "2"
    for revision in "gone", "auto:x", "none:x", "":
        ended = job.check(since=revision)
        assert (ended.code, len(annotated(ended))) == (2, 1)


@needs_git
@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root gives files away")
def test_a_clone_of_another_user_is_read(pull_request: Job) -> None:
    """In a container the runner's user made it, and git does not like that."""
    for path in [pull_request.workspace, *pull_request.workspace.rglob("*")]:
        os.chown(path, 12345, 12345, follow_symlinks=False)
    ended = pull_request.check()
    assert (ended.code, ended.outputs["findings"]) == (1, "1"), ended.stdout + ended.stderr


@needs_git
def test_more_findings_than_github_shows_are_counted(job: Job) -> None:
    """The worst first: ten errors, ten warnings, and how many more there are."""
    entries = [
        f"- [Paper {number} of Many](https://arxiv.org/{kind}.{number:05}), ICLR 2022.\n"
        for kind in ("pdf/2106", "abs/2613")
        for number in range(1, 14)
    ]
    write(job.workspace / "list.md", f"# A List\n\n{''.join(entries)}")
    ended = job.check()
    assert ended.code == 1
    kinds = [line.split()[0] for line in ended.stdout.splitlines()]
    assert kinds == ["::error"] * 10 + ["::warning"] * 10 + ["::notice"]
    assert ended.outputs["findings"] == "39"
    assert ended.stdout.splitlines()[-1].startswith("::notice title=peftlint::19 more findings")
    assert all(f"Paper {number} of Many" in ended.summary for number in range(1, 14))


@needs_git
def test_a_list_that_cannot_be_read_fails_the_step(job: Job) -> None:
    """The others are checked nevertheless."""
    write(job.workspace / "list.md", LIST)
    (job.workspace / "bad.md").write_bytes(b"# A List\n\n\xff\n")
    ended = job.check(fail_on="never")
    assert ended.code == 2
    (error,) = annotated(ended)
    assert error.startswith("::error title=peftlint::bad.md:3:1: it is not UTF-8")
    assert len(annotated(ended, "warning")) == 1
    assert "bad.md" in ended.summary
    assert "An Old Entry" in ended.summary
    assert "error: bad.md:3:1: " in ended.stderr
    assert ended.outputs == {"exit-code": "2", "findings": "1"}


@needs_git
def test_a_config_that_is_wrong_fails_the_step(job: Job) -> None:
    """With its message, and nothing of the config reaches the runner."""
    write(job.workspace / "list.md", LIST)
    write(job.workspace / "peftlint.toml", '"::error::x" = 1\n"##[error]" = 2\n')
    ended = job.check()
    assert ended.code == 2
    assert [line[:22] for line in ended.commands] == ["::error title=peftlint"]
    assert "peftlint.toml" in ended.commands[0]
    assert "##[" not in ended.stdout + ended.stderr + ended.summary


@needs_git
def test_misuse_is_annotated(job: Job) -> None:
    """It is the workflow that is wrong, so no line of a list can be shown."""
    ended = job.check(args="--no-such-option")
    assert ended.code == 2
    assert ended.commands == ["::error title=peftlint::No such option '--no-such-option'."]
    assert (ended.summary, ended.outputs) == ("", {"exit-code": "2"})


@needs_git
@pytest.mark.parametrize(
    ("fail_on", "code"), [("", 1), ("warning", 1), ("error", 0), ("never", 0), ("bad", 2)]
)
def test_how_bad_a_finding_has_to_be_is_decided(fail_on: str, code: int, job: Job) -> None:
    """Findings are shown in any case."""
    write(job.workspace / "list.md", LIST)
    ended = job.check(fail_on=fail_on)
    assert ended.code == code
    assert len(annotated(ended, "warning")) == (code != 2)


@needs_git
@pytest.mark.parametrize(
    ("report", "has_summary", "has_annotations"),
    [
        ("summary, annotations", True, True),
        ("annotations\nsummary\n", True, True),
        ("summary", True, False),
        ("annotations", False, True),
        ("", False, False),
    ],
)
def test_reports_are_chosen(
    report: str, has_summary: bool, has_annotations: bool, job: Job
) -> None:
    """Where there are no annotations, the log tells of the findings."""
    write(job.workspace / "list.md", LIST)
    ended = job.check(report=report)
    assert ended.code == 1
    assert bool(ended.summary) == has_summary
    assert bool(annotated(ended, "warning")) == has_annotations
    assert ("list.md:3:" in ended.stdout) != has_annotations


@needs_git
def test_options_are_one_a_line(job: Job) -> None:
    """With a value behind a blank or a sign, in which blanks may be."""
    write(job.workspace / "list.md", LIST)
    write(job.workspace / "my config.toml", 'select = ["PL202"]\n')
    assert job.check(args="--select PL202").code == 0
    assert job.check(args="\n  --select   PL202 \n\n--quiet\n", report="").code == 0
    assert job.check(args="--config my config.toml").code == 0
    assert job.check(args="--config=my").code == 2
    ended = job.check(args="--output-format=concise", report="summary")
    assert ended.stdout.startswith("list.md:3:")
    assert ended.summary


@needs_git
def test_a_report_can_go_to_a_file(job: Job) -> None:
    """For a later step that uploads it."""
    write(job.workspace / "list.md", LIST)
    ended = job.check(args="--output-format json:a report.json", report="summary")
    report = json.loads((job.workspace / "a report.json").read_text(encoding="utf-8"))
    assert "arxiv-pdf-link" in json.dumps(report)
    assert "list.md:3:" in ended.stdout


@needs_git
def test_paths_are_one_a_line_and_as_they_are(job: Job) -> None:
    """Blanks are part of a name, a star is no pattern, and a dash begins no option."""
    for name in "a list.md", "--isolated.md", "-q", "other.md":
        write(job.workspace / name, LIST)
    names = ["a list.md", "--isolated.md", "-q"]
    ended = job.check(paths="".join(f"{name}\n\n" for name in names))
    found = [re.sub(r".*file=(.*?),.*", r"\1", line) for line in annotated(ended, "warning")]
    assert (ended.code, sorted(found)) == (1, sorted(names))
    assert job.check(paths="*.md").code == 2
    empty = job.check(paths=" \n".strip(" "))
    assert empty.code == 2
    assert "the input 'paths' names no file and no folder" in empty.stdout


HOSTILE = [
    "$(touch x)",
    "' ; `touch x` ; \" ; `touch x` #",
    "--config=evil",
    "x\n$(touch x)\n::error::x\n-q\n",
    "  ::stop-commands::x ##[error]x",
    "*",
    "--",
    "%0A::error::x\r::error::x",
]


@needs_git
@pytest.mark.parametrize("name", [name for name in action()["inputs"] if name != "version"])
def test_an_input_cannot_do_more_than_it_is_for(name: str, job: Job) -> None:
    """Nothing is run, nothing is written, and the runner hears of nothing that was put there."""
    write(job.workspace / "list.md", CLEAN)
    before = sorted(job.workspace.iterdir())
    for value in HOSTILE:
        ended = job.check(**{name.replace("-", "_"): value})
        assert sorted(job.workspace.iterdir()) == before, value
        spoken = [line for line in ended.commands if line[:24] != "::error title=peftlint::"]
        assert spoken == [], value
        assert ended.code == 2, value
        assert ended.commands, value


@needs_git
def test_names_and_texts_of_a_repository_do_not_speak_to_the_runner(job: Job) -> None:
    """Its files are those of whoever opens a pull request."""
    title = "##[error]x ::error::x %0A::error::x \u202e\x1b[31m"
    for name in "a\n::error::x.md", "::error file=x::b.md", "c%0A::error::x.md", "##[error]d.md":
        path = job.workspace / name.replace("/", "_")
        path.write_text(f"- [{title}](https://arxiv.org/pdf/2106.09685), ICLR 2022.\n::error::y\n")
    for report in "summary,annotations", "summary", "":
        ended = job.check(report=report)
        assert ended.code == 1
        expected = ended.outputs["findings"] if "annotations" in report else "0"
        assert len(ended.commands) == int(expected), ended.commands
        assert all(re.match(r"::(warning|error|notice) file=", line) for line in ended.commands)
        # In a line that is a command, the runner looks for no other.
        assert not re.search(
            r"^(?!::).*##\[|\x1b|\u202e", ended.stdout + ended.stderr, re.MULTILINE
        )
        assert not re.search(r"\x1b|\u202e", ended.summary)


# What the documents show


def blocks(path: Path) -> list[str]:
    """The YAML that a document shows, with what stands for the reader's own put in."""
    text = path.read_text(encoding="utf-8")
    found = re.findall(r"^```yaml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [
        code.replace("OWNER", "an-owner").replace("REVISION", "c0ffee" * 6 + "face")
        for code in found
    ]


def kind_of(code: str) -> str:
    """Which schema holds for a file that a document shows."""
    keys = set(yaml.safe_load(code))
    if True in keys:  # YAML 1.1 reads `on` as that
        return "vendor.github-workflows"
    return "pre-commit" if "repos" in keys else "vendor.gitlab-ci"


SHOWN = [(path, number, code) for path in DOCUMENTS for number, code in enumerate(blocks(path))]
SHOWN_WORKFLOWS = [shown for shown in SHOWN if kind_of(shown[2]) == "vendor.github-workflows"]


def validate(schema: str, path: Path) -> None:
    """Hold a file to a schema that check-jsonschema comes with, or to pre-commit's own check."""
    words = ["check_jsonschema", "--builtin-schema", schema]
    if schema == "pre-commit":
        words = ["pre_commit", "validate-config"]
    done = subprocess.run(
        [sys.executable, "-m", *words, path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("path", "number", "code"), SHOWN, ids=[f"{path.stem}-{number}" for path, number, _ in SHOWN]
)
def test_what_is_shown_is_as_its_reader_wants_it(
    path: Path, number: int, code: str, tmp_path: Path
) -> None:
    """By the schemas of GitHub's workflows, GitLab's pipelines and pre-commit."""
    validate(kind_of(code), write(tmp_path / f"{number}.yml", code))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_the_workflows_of_this_repository_are_as_github_wants_them(path: Path) -> None:
    """By the schema of such files."""
    validate("vendor.github-workflows", path)


def test_the_documents_use_the_action_with_inputs_that_it_has() -> None:
    """A renamed one is soon forgotten."""
    count = 0
    for _, _, code in SHOWN_WORKFLOWS:
        for job in yaml.safe_load(code)["jobs"].values():
            for step in job["steps"]:
                if step.get("uses", "").startswith("an-owner/peftlint@"):
                    assert set(step.get("with", {})) <= set(action()["inputs"])
                    count += 1
    assert count >= 4


def zizmor() -> str | None:
    """The auditor of workflows, if it is installed beside the Python that runs the tests."""
    return shutil.which("zizmor", path=str(Path(sys.executable).parent)) or shutil.which("zizmor")


@pytest.mark.skipif(zizmor() is None, reason="zizmor is not installed: pip install zizmor")
def test_an_audit_of_action_and_workflows_finds_nothing(tmp_path: Path) -> None:
    """Of ours and of those that the documents show."""
    shutil.copy(ACTION, tmp_path)
    folder = tmp_path / ".github" / "workflows"
    for path in WORKFLOWS:
        write(folder / path.name, path.read_text(encoding="utf-8"))
    for path, number, code in SHOWN_WORKFLOWS:
        write(folder / f"{path.stem}-{number}.yml", code)
    done = subprocess.run(
        [str(zizmor()), "--offline", "--no-progress", "--strict-collection", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_scripts_pass_shellcheck() -> None:
    """All that it warns of has bitten somebody."""
    program = shutil.which("shellcheck")
    if program is None:
        pytest.skip("shellcheck is not installed")
    scripts = sorted((ROOT / "action").glob("*.sh"))
    done = subprocess.run(
        [program, "--external-sources", *scripts],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


NODE = shutil.which("node")

#: Stands for what actions/github-script gives to a script; it prints what would be written.
GITHUB_SCRIPT = """
const {run, pulls, comments} = JSON.parse(process.argv[2]);
const said = [];
const say = kind => async given => said.push([kind, given]);
const rest = {
  pulls: {list: {answer: pulls}},
  issues: {
    listComments: {answer: comments}, createComment: say('create'), updateComment: say('update'),
  },
};
const github = {
  rest,
  paginate: async (asked, given) => { said.push(['asked', given]); return asked.answer; },
};
const context = {payload: {workflow_run: run}, repo: {owner: 'o', repo: 'r'}};
const core = {notice: text => said.push(['notice', text]), setFailed: text => said.push(['failed', text])};
(async () => {
SCRIPT
})().then(() => console.log(JSON.stringify(said)));
"""

RUN = {
    "head_branch": "change",
    "head_sha": "aaa",
    "head_repository": {"id": 7, "owner": {"login": "fork"}},
}
PULL = {"number": 5, "head": {"sha": "aaa", "repo": {"id": 7}}}


class Poster:
    """Runs the script of the workflow that posts comments."""

    def __init__(self, folder: Path) -> None:
        (script,) = [
            step["with"]["script"]
            for _, _, code in SHOWN_WORKFLOWS
            for job in yaml.safe_load(code)["jobs"].values()
            for step in job["steps"]
            if "script" in step.get("with", {})
        ]
        self.folder = folder
        self.file = folder / "peftlint" / "peftlint.md"
        self.program = write(folder / "script.js", GITHUB_SCRIPT.replace("SCRIPT", script))

    def said(
        self, pulls: list[dict[str, Any]], comments: list[dict[str, Any]]
    ) -> list[tuple[str, Any]]:
        """What it asks, writes and tells, in order."""
        done = subprocess.run(
            [
                str(NODE),
                self.program,
                json.dumps({"run": RUN, "pulls": pulls, "comments": comments}),
            ],
            env={"RUNNER_TEMP": str(self.folder)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return [(kind, given) for kind, given in json.loads(done.stdout)]


@pytest.fixture
def poster(tmp_path: Path) -> Poster:
    """The script of the document, and a place for what it reads."""
    if NODE is None:
        pytest.skip("node is not installed")
    return Poster(tmp_path)


def test_a_report_is_posted_where_github_says_that_it_belongs(poster: Poster) -> None:
    """What was uploaded is text, and cannot call people or grow without end."""
    write(poster.file, "## peftlint: 1 finding by @someone\n" + "x" * 100_000)
    asked, listed, (kind, given) = poster.said([PULL], [])
    assert asked == (
        "asked",
        {"owner": "o", "repo": "r", "state": "open", "head": "fork:change"},
    )
    assert listed[1]["issue_number"] == 5
    assert (kind, given["issue_number"]) == ("create", 5)
    assert given["body"].startswith("<!-- peftlint -->\n## peftlint: 1 finding by @\u200bsomeone\n")
    assert len(given["body"]) < 65_536


def test_a_later_report_takes_the_place_of_an_earlier_one(poster: Poster) -> None:
    """But only of one that the workflow wrote itself."""
    write(poster.file, "## peftlint: all clean\n")
    body = "<!-- peftlint -->\n## peftlint: 1 finding\n"
    theirs = {"id": 1, "user": {"login": "someone"}, "body": body}
    other = {"id": 2, "user": {"login": "github-actions[bot]"}, "body": "Hello."}
    ours = {"id": 3, "user": {"login": "github-actions[bot]"}, "body": body}
    kind, given = poster.said([PULL], [theirs, other, ours])[-1]
    assert (kind, given["comment_id"]) == ("update", 3)
    assert "all clean" in given["body"]
    assert poster.said([PULL], [theirs, other])[-1][0] == "create"


def test_what_is_no_report_is_not_posted(poster: Poster) -> None:
    """A link could lead anywhere, and a file be of any size."""
    secret = write(poster.folder / "secret", "secret")
    poster.file.parent.mkdir()
    poster.file.symlink_to(secret)
    assert [kind for kind, _ in poster.said([PULL], [])] == ["asked", "failed"]
    poster.file.unlink()
    write(poster.file, "x" * 300_000)
    assert [kind for kind, _ in poster.said([PULL], [])] == ["asked", "failed"]


def test_nothing_is_posted_where_the_pull_request_has_gone_on(poster: Poster) -> None:
    """Nor to one that has the branch's name and is not it."""
    write(poster.file, "## peftlint: all clean\n")
    later = {"number": 5, "head": {"sha": "bbb", "repo": {"id": 7}}}
    other = {"number": 6, "head": {"sha": "aaa", "repo": None}}
    assert [kind for kind, _ in poster.said([later, other], [])] == ["asked", "notice"]
