"""What contributors do to a list, and what is told of each contribution.

A scratch repository is made of a list, and one commit after the other is put on it. `CONTRIBUTIONS`
says of each what it does to any list, and `TOLD` what is told of it in the list that is written
here, exactly.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner, Result

from peftlint.cli import main
from peftlint.linter import lint
from peftlint.model import Document, Entry
from peftlint.reader import read
from peftlint.registry import select

if shutil.which("git") is None:
    pytest.skip("git is not installed", allow_module_level=True)

ROOT = Path(__file__).parent.parent
SEEDS = ROOT.parent / "shared" / "lists" / "seeds"
FIXTURES = ROOT / "fixtures" / "lists"

LIST = """\
# Papers

Read [the guide](https://example.org/guide?utm_source=list) before you begin.

- [Adapters](#adapters)
- [Prompts](#prompts)
- [Surveys](#surveys)

## Adapters

- **Parameter-Efficient Transfer Learning for NLP,** ICML 2019. [[Paper](https://arxiv.org/pdf/1902.00751)]

- **AdapterHub: A Framework for Adapting Transformers,** EMNLP 2020. [[Paper](https://arxiv.org/abs/2007.07779)]

- **Conditional Adapters: Transfer Learning with Fast Inference,** NeurIPS 2023. [[Paper](https://arxiv.org/abs/2304.04947)]

## Prompts

- **The Power of Scale for Parameter-Efficient Prompt Tuning,** EMNLP 2021. [[Paper](https://arxiv.org/abs/2104.08691)]

- **Prefix-Tuning: Optimizing Continuous Prompts for Generation,** ACL 2021. [[Paper]()]

- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]

## Surveys

1. **Scaling Down to Scale Up: A Guide to Fine-Tuning,** arXiv 2023. [[Paper](https://arxiv.org/abs/2303.15647)]
2. **A Survey of Methods for Large Language Models,** arXiv 2024. [[Paper](https://arxiv.org/pdf/2403.14608)]
3. **Delta Tuning: A Study of Pre-trained Language Models,** arXiv 2022. [[Paper](https://arxiv.org/abs/2203.06904)]
"""


class Repository:
    """A scratch repository with one list.

    Args:
        folder: an empty folder.
        text: the list.
    """

    def __init__(self, folder: Path, text: str) -> None:
        self.folder = folder
        self.name = "README.md"
        self.write(text)
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit("The list as it was")

    @property
    def text(self) -> str:
        """The list."""
        return (self.folder / self.name).read_bytes().decode()

    def write(self, text: str) -> None:
        """Write the list, with its line ends as they are."""
        (self.folder / self.name).write_bytes(text.encode())

    def git(self, *arguments: str) -> str:
        """Run git, and give what it prints."""
        done = subprocess.run(
            ["git", *arguments],  # noqa: S607 - the one that is installed
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def commit(self, message: str) -> None:
        """Commit all that is there."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)

    def write_baseline(self) -> None:
        """Take all that is found now as known."""
        result = self.check("--write-baseline", ".git/baseline.json")
        assert result.exit_code == 0, result.output

    def check(self, *arguments: str) -> Result:
        """Run `peftlint check` in it."""
        before = Path.cwd()
        os.chdir(self.folder)
        try:
            return CliRunner().invoke(main, ["check", *arguments], catch_exceptions=False)
        finally:
            os.chdir(before)


def told(result: Result) -> list[str]:
    """What a quiet report says: the line, the code and the first word that tells what it is."""
    assert result.stderr == ""
    found = []
    for line in result.stdout.splitlines():
        match = re.fullmatch(r"[^:]+:(\d+):\d+: \w+ (PL\d{3}) .* \[([\w-]+)\]", line)
        assert match, line
        found.append(f"{match[1]} {match[3]}")
    return found


# What contributors do, to any list


def _slice(document: Document, entry: Entry) -> str:
    """An entry's whole lines."""
    span = document.lines.whole(entry.line, entry.end_line)
    return document.slice(span).rstrip() + "\n"


def _entries(text: str, is_fine: Callable[[Entry], bool] = lambda _: True) -> list[Entry]:
    """The entries that stand by themselves in whole lines, and that open a paper."""
    entries = read(text).entries
    lines = [line for one in entries for line in range(one.line, one.end_line + 1)]
    return [
        entry
        for entry in entries
        if entry.kind in ("bullet", "ordered", "paragraph", "table-row")
        and entry.title.text
        and _paper(entry)
        and all(lines.count(line) == 1 for line in range(entry.line, entry.end_line + 1))
        and is_fine(entry)
    ]


def _clean(text: str) -> list[Entry]:
    """Those of them in which nothing is found."""
    document = read(text)
    dirty = {diagnostic.entry_line for diagnostic in lint(document, select())}
    return _entries(text, lambda entry: entry.line not in dirty)


def _put(text: str, before: Entry, lines: str) -> str:
    """Put lines before an entry, parted by a blank line if it is no row of a table."""
    start = read(text).lines.starts[before.line - 1]
    blank = "" if before.kind == "table-row" else "\n"
    return f"{text[:start]}{lines}{blank}{text[start:]}"


def _another(text: str, entry: Entry, address: str) -> str:
    """The lines of an entry of another paper that is written like this one."""
    document = read(text)
    lines = _slice(document, entry)
    lines = lines.replace(document.slice(entry.title.span), "Quilted Sparrows Tune Nine Kettles")
    lines = lines.replace(_paper(entry), address)
    for paper in entry.ids.get("arxiv", ()):
        lines = lines.replace(paper, address.rpartition("/")[2])
    return lines


def _paper(entry: Entry) -> str:
    """The address of its paper; empty where it opens none."""
    return next((link.url for link in entry.links if link.role == "paper" and link.url), "")


def _is_unnumbered(entry: Entry) -> bool:
    return entry.kind == "bullet"


def _models(text: str) -> list[Entry]:
    """Entries to copy: those without findings, if there are, and without numbers, if there are."""
    for found in _clean(text), _entries(text):
        if unnumbered := list(filter(_is_unnumbered, found)):
            return unnumbered
    return _entries(text)


def add_good(text: str) -> str:
    """An entry as all others are."""
    entry = _models(text)[0]
    return _put(text, entry, _another(text, entry, "https://arxiv.org/abs/2305.00001"))


def add_broken(text: str) -> str:
    """The same, with a link to the PDF and another that leads nowhere."""
    entry = _models(text)[0]
    lines = _another(text, entry, "https://arxiv.org/pdf/2305.00002")
    lines = lines.replace("Sparrows", "Owls").replace("Nine", "Forty")
    return _put(text, entry, re.sub(r"\s*(\|?)\s*$", r" [[Code]()]\1\n", lines, count=1))


def duplicate_below(text: str) -> str:
    """A copy of an entry below it."""
    entry = _models(text)[0]
    below = [one for one in _entries(text) if one.line > entry.end_line and one.kind == entry.kind]
    return _put(text, below[min(1, len(below) - 1)], _slice(read(text), entry))


def duplicate_above(text: str) -> str:
    """A copy of an entry above all others."""
    entry = _models(text)[-1]
    first = next(one for one in _entries(text) if one.kind == entry.kind)
    return _put(text, first, _slice(read(text), entry))


def move_section(text: str) -> str:
    """The last section of entries before the first one of its level."""
    document = read(text)
    sections = [one for one in document.sections if one.heading is not None and one.entries]
    levels = Counter(one.heading.level for one in sections if one.heading)
    ((level, _),) = levels.most_common(1)
    first, *_, last = (one for one in sections if one.heading and one.heading.level == level)
    starts = [*document.lines.starts, len(text)]
    at, start, end = (
        starts[first.start_line - 1],
        starts[last.start_line - 1],
        starts[last.end_line],
    )
    moved = text[start:end].rstrip() + "\n\n"
    return text[:at] + moved + text[at:start] + text[end:]


def renumber(text: str) -> str:
    """A new first entry in each numbered list, and all numbers one higher."""
    document = read(text)
    first: dict[tuple[str, ...], Entry] = {}
    for entry in document.entries:
        if entry.kind == "ordered":
            first.setdefault(entry.section, entry)
    edits = [
        (entry.marker.span, f"{int(entry.marker.text[:-1]) + 1}{entry.marker.text[-1]}", entry)
        for entry in document.entries
        if entry.kind == "ordered" and entry.marker and entry.section in first
    ]
    for span, number, entry in reversed(edits):
        new = ""
        if entry is first[entry.section]:
            new = f"{entry.marker and entry.marker.text} **A New Number {entry.line} of Things,** arXiv 2023. [[Paper](https://arxiv.org/abs/2306.{entry.line:05})]\n"
        text = text[: span.start] + new + number + text[span.end :]
    return text


def change_link(text: str) -> str:
    """Another version of a paper, at another address of it."""
    document = read(text)
    links = [
        link
        for entry in _entries(text)
        for link in entry.links
        if link.url and link.url_span and "arxiv.org/pdf/" in link.url
    ]
    if not links:
        links = [link for entry in _entries(text) for link in entry.links if link.url]
    span = links[0].url_span
    assert span is not None
    return document.text[: span.end] + "v7" + document.text[span.end :]


def edit_prose(text: str) -> str:
    """Words in the first line of prose."""
    line = next(line for line in text.split("\n") if re.match(r"[A-Z<][^|]{20}", line))
    return text.replace(line, f"{line} Thank you.", 1)


def flip_line_ends(text: str) -> str:
    """As Windows writes lines."""
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def delete_entry(text: str) -> str:
    """An entry less, of a numbered list if there is one."""
    document = read(text)
    ordered = [one for one in document.entries if one.kind == "ordered"]
    entry = ordered[1] if ordered else _entries(text)[1]
    span = document.lines.whole(entry.line, entry.end_line)
    return text[: span.start] + text[span.end :]


class Contribution(NamedTuple):
    """What a contributor does.

    Attributes:
        name: what it is.
        change: makes a new text of the list's; `None` where the file gets another name.
    """

    name: str
    change: Callable[[str], str] | None


CONTRIBUTIONS = (
    Contribution("add a good entry", add_good),
    Contribution("add a broken entry", add_broken),
    Contribution("duplicate an entry below", duplicate_below),
    Contribution("duplicate an entry above", duplicate_above),
    Contribution("move a section", move_section),
    Contribution("renumber", renumber),
    Contribution("change a link", change_link),
    Contribution("edit prose", edit_prose),
    Contribution("flip line ends", flip_line_ends),
    Contribution("rename the file", None),
    Contribution("delete an entry", delete_entry),
)


def contribute(repository: Repository) -> Iterator[Contribution]:
    """Make one contribution after the other, each committed when the next one is asked for.

    Yields:
        Each contribution when it is made and not committed yet.
    """
    for contribution in CONTRIBUTIONS:
        if contribution.change is None:
            (repository.folder / repository.name).rename(repository.folder / "LIST.md")
            repository.name = "LIST.md"
        else:
            repository.write(contribution.change(repository.text))
        yield contribution
        repository.commit(contribution.name)


#: What is told of each contribution to `LIST`: by `check --since` the commit before it, and over
#: a baseline that was written before it.
TOLD: dict[str, dict[str, list[str]]] = {
    "add a good entry": {"since": [], "baseline": []},
    "add a broken entry": {
        "since": ["13 arxiv-pdf-link", "13 empty-code-link"],
        "baseline": ["13 arxiv-pdf-link", "13 empty-code-link"],
    },
    # The copy is told, ...
    "duplicate an entry below": {
        "since": ["19 duplicate-entry"],
        "baseline": ["19 duplicate-entry"],
    },
    # ... and the old entry, where that is the later one now.
    "duplicate an entry above": {
        "since": ["31 duplicate-entry"],
        "baseline": ["31 duplicate-entry"],
    },
    "move a section": {"since": [], "baseline": []},
    "renumber": {"since": [], "baseline": []},
    # All that is wrong with an entry that was touched; the baseline knows it by its title.
    "change a link": {"since": ["13 arxiv-pdf-link"], "baseline": []},
    # All that is wrong in a line that was touched.
    "edit prose": {"since": ["3 tracking-parameter"], "baseline": ["3 tracking-parameter"]},
    "flip line ends": {"since": [], "baseline": []},
    "rename the file": {"since": [], "baseline": []},
    # The number after it does not follow any more.
    "delete an entry": {"since": ["12 wrong-number"], "baseline": ["12 wrong-number"]},
}


def test_the_table_speaks_of_each_contribution() -> None:
    assert list(TOLD) == [contribution.name for contribution in CONTRIBUTIONS]


def test_what_is_told_of_each_contribution(tmp_path: Path) -> None:
    """Exactly, before it is committed and after."""
    repository = Repository(tmp_path, LIST)
    said: dict[str, dict[str, list[str]]] = {}
    repository.write_baseline()
    for contribution in contribute(repository):
        found = told(repository.check("--quiet", "--since", "HEAD"))
        known = repository.check("--quiet", "--baseline", ".git/baseline.json")
        said[contribution.name] = {"since": found, "baseline": told(known)}
        repository.commit("As it is in the pull request")
        assert told(repository.check("--quiet", "--since", "HEAD~1")) == found
        assert told(repository.check("--quiet", "--since", "HEAD")) == []
        repository.write_baseline()
    assert said == TOLD


#: What is no change, so that nothing is told of it in any list.
UNCHANGED = ("move a section", "flip line ends", "rename the file")
#: What contributions do to entries whose lines they leave alone.
ELSEWHERE = {
    "duplicate an entry above": ("duplicate-entry", "shared-paper-link"),
    "delete an entry": ("wrong-number",),
}


REAL = sorted(SEEDS.glob("*.md"))


@pytest.mark.usefixtures("untraced")
@pytest.mark.parametrize(
    "path",
    REAL or [pytest.param(None, marks=pytest.mark.skip("the real lists are not here"))],
    ids=lambda path: path and path.stem,
)
def test_only_what_was_contributed_is_told_of_a_real_list(path: Path, tmp_path: Path) -> None:
    repository = Repository(tmp_path, path.read_bytes().decode())
    for contribution in contribute(repository):
        found = told(repository.check("--quiet", "--since", "HEAD"))
        if contribution.name in UNCHANGED:
            assert found == [], contribution.name
            continue
        document = read(repository.text)
        added = added_lines(repository)
        for one in found:
            line, name = one.split()
            # What is put into a numbered list moves the numbers after it.
            if name in ("wrong-number", *ELSEWHERE.get(contribution.name, ())):
                continue
            entry = document.entry_at(document.lines.span(int(line)).end)
            lines = range(entry.line, entry.end_line + 1) if entry else [int(line)]
            assert not added.isdisjoint(lines), f"{contribution.name}: {one}"


def added_lines(repository: Repository) -> set[int]:
    """The lines that are not in the last commit, as git sees it."""
    diff = repository.git("diff", "--unified=0", "HEAD", "--", repository.name)
    hunks = re.findall(r"^@@ \S+ \+(\d+)(?:,(\d+))? @@", diff, re.MULTILINE)
    return {
        line for start, count in hunks for line in range(int(start), int(start) + int(count or 1))
    }
