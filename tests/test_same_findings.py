"""Whatever is edited, a run with what was kept, and in several processes, says what one without does.

`PEFTLINT_EDITS=1000` makes so many edits, of real lists where they are there.
"""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from peftlint.commands import checking

if TYPE_CHECKING:
    from tests.conftest import Ran, Start

ROOT = Path(__file__).parent.parent
REAL = ROOT.parent / "shared" / "lists"
FEW = 16
EDITS = int(os.environ.get("PEFTLINT_EDITS", FEW))

FORMATS = ("text", "concise", "json", "jsonl", "rdjsonl", "sarif")
CONFIGS = ("", "ignore = ['PL2']\n", "extend-select = ['ALL']\n", "fail-on = 'error'\n")
BITS = (
    "[x](https://arxiv.org/pdf/1706.03762v2)",
    "](",
    "**",
    "\n\n",
    "| ",
    "- ",
    "<!-- peftlint-disable -->",
    "\u00e9",
)


def told(ran: Ran) -> tuple[int, str, str]:
    return ran.exit_code, ran.stdout, ran.stderr


def texts() -> list[str]:
    """Whole lists; real ones where many edits are asked for."""
    paths = sorted((ROOT / "fixtures" / "lists").glob("*.md"))
    if EDITS > FEW and REAL.is_dir():
        paths += sorted(REAL.rglob("*.md"))
    return [path.read_text(encoding="utf-8") for path in paths]


def edited(text: str, chance: random.Random) -> str:
    """A text with a line or some characters taken out, put in, doubled or moved."""
    lines = text.splitlines(keepends=True) or [""]
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    kind = chance.randrange(6)
    if kind == 0:
        del lines[at]
    elif kind == 1:
        lines.insert(other, lines[at])
    elif kind == 2:
        lines[at], lines[other] = lines[other], lines[at]
    elif kind == 3:
        place = chance.randrange(len(lines[at]) + 1)
        lines[at] = lines[at][:place] + chance.choice(BITS) + lines[at][place:]
    elif kind == 4:
        lines[at] = lines[at].swapcase()
    else:
        place = chance.randrange(len(lines[at]) + 1)
        lines[at] = lines[at][:place] + lines[at][place + 1 :]
    return "".join(lines)


def edit(folder: Path, originals: list[str], chance: random.Random) -> None:
    """Edit a list; or have one come, go or be called otherwise; or change the config."""
    lists = sorted(folder.rglob("*.md"))
    kind = chance.random()
    chosen = chance.choice(lists)
    if kind < 0.7:
        chosen.write_text(edited(chosen.read_text(encoding="utf-8"), chance), encoding="utf-8")
    elif kind < 0.8 and len(lists) < 4:
        (folder / f"{chance.randrange(100)}.md").write_text(
            chance.choice(originals), encoding="utf-8"
        )
    elif kind < 0.85 and len(lists) > 2:
        chosen.unlink()
    elif kind < 0.9:
        chosen.rename(chosen.with_name(f"{chance.randrange(100)}-moved.md"))
    else:
        (folder / "peftlint.toml").write_text(chance.choice(CONFIGS), encoding="utf-8")


@pytest.mark.parametrize("seed", range(4))
def test_findings_are_the_same_whatever_is_kept_and_however_many_work(
    start: Start, cached: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(checking, "_WORTH_A_PROCESS", 1)
    chance = random.Random(seed)  # noqa: S311 - no secret
    originals = texts()
    for name in ("a.md", "b.md", "deep/c.md"):
        path = cached / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(chance.choice(originals), encoding="utf-8")
    for _ in range(EDITS // 4):
        edit(cached, originals, chance)
        words = ("check", ".", "--output-format", chance.choice(FORMATS))
        expected = start(*words, "--no-cache", "--jobs", "1")
        for jobs in ("1", "3"):
            found = start(*words, "--jobs", jobs)
            assert told(found) == told(expected)
        again = start(*words, "--jobs", "1")
        assert again.is_replay
        assert told(again) == told(expected)
