"""How the time of each rule grows with hostile input.

`python benchmarks/hostile.py` makes texts that are meant to be slow, each in three sizes, reads
each once, and times every installed rule on it, and the reader and the suppressions beside them.
It prints the worst growth of each rule from one size to twice that size.
Sorting takes 2.1 times as long for twice as much; what takes more than 2.6 times, and long enough
to be measured, is flagged, and the exit code is 1.

`--rule NAME` times one rule, `--size N` sets the smallest size (2,500 pieces by default).
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from peftlint import registry
from peftlint.linter import lint
from peftlint.model import Document
from peftlint.reader import read
from peftlint.rule import Rule

#: From one size to twice the size; n log n gives 2.1 and noise a little more.
LARGEST_GROWTH = 2.6
#: In seconds, for the largest text; growth of less is noise.
LEAST_TIME = 0.15

PAPER = "https://arxiv.org/abs/2203.12119"
ENTRY = f"- **Visual Prompt Tuning,** ECCV 2022. [[Paper]({PAPER})]\n"
BADGE = "![](https://img.shields.io/badge/Prompt-blue)"
LEGEND = f"## Badges\n\n{BADGE} The paper tunes prompts.\n\n## Papers\n\n"
#: UTF-8 read as Mac Roman, and a ligature, a no-break space and a zero-width space.
DAMAGED = "\u201a\u00c4\u00eb"
ODD = "\ufb01ne-\u00a0tu\u200bning "


def _titles(n: int) -> Iterator[str]:
    for number in range(n):
        title = f"Method {number:x} of {number * 7919:x}"
        yield f"- **{title},** CVPR 2021. [[Paper]({PAPER}v{number + 1})]\n"


def _badges(n: int) -> Iterator[str]:
    for number in range(n):
        path = f"Word{number % 997}-{'blue' if number % 3 else 'red'}"
        yield f"- **Work {number}.** ![](https://img.shields.io/badge/{path})\n"


#: Makers of texts of `n` pieces, by what the text is full of.
SHAPES: Mapping[str, Callable[[int], str]] = {
    "entries of one title": lambda n: ENTRY * n,
    "entries with own titles, one paper": lambda n: "".join(_titles(n)),
    "entries without links": lambda n: "- **Visual Prompt Tuning,** ECCV 2022.\n" * n,
    "years up and down": lambda n: "".join(
        f"- **Work {year},** ICML {2010 + year * 7 % 13}. [[Paper]({PAPER})]\n" for year in range(n)
    ),
    "opening brackets": lambda n: "[" * 10 * n,
    "closing brackets": lambda n: "](" * 10 * n,
    "brackets in an entry": lambda n: f"- **T of words,** ({'[a](' * 4 * n}",
    "one long line": lambda n: f"- **{'word ' * 50 * n}** [[Paper]({PAPER})]",
    "one long address": lambda n: f"- [Title of words](https://arxiv.org/abs/{'1' * 100 * n})",
    "parameters in an address": lambda n: f"- [Title](https://a.org/?{'utm_source=a&' * 10 * n})",
    "badges of one entry": lambda n: f"{LEGEND}- **Visual Prompt Tuning.** {BADGE * n}\n",
    "badges of many entries": lambda n: LEGEND + "".join(_badges(n)),
    "headings of one name": lambda n: "## Papers\n\n" * n,
    "headings of own names": lambda n: "".join(f"## Topic {i}\n\n{ENTRY}\n" for i in range(n // 2)),
    "headings ever deeper": lambda n: "".join(f"{'#' * (i % 6 + 1)} Topic\n\n" for i in range(n)),
    "contents": lambda n: (
        "".join(f"- [Topic {i}](#topic-{i})\n" for i in range(n)) + f"\n## Other\n\n{ENTRY}"
    ),
    "anchors that lead nowhere": lambda n: "## Topic\n\n" + "[a](#topik) " * n,
    "rows of a table": lambda n: (
        "| Title | Link |\n| --- | --- |\n"
        + f"| Visual Prompt Tuning | [Paper]({PAPER}) | more |\n" * n
    ),
    "cells of a row": lambda n: f"| a | b |\n| - | - |\n{'| a ' * 5 * n}|\n",
    "damaged characters": lambda n: f"- **{(DAMAGED + 'word ') * 3 * n}** [[Paper]({PAPER})]",
    "odd characters": lambda n: f"- **{ODD * 3 * n}** [[Paper]({PAPER})]",
    "opening tags": lambda n: "<em>" * n + "\n\n" + "<div>\n\n" * n,
    "closing tags": lambda n: "a </em>" * n + "\n\n" + "</div>\n\n" * n,
    "ids": lambda n: '<a id="head"></a>\n\n' * n,
    "comments": lambda n: f"<!-- a -->\n{ENTRY}" * (n // 2),
    "comments that never end": lambda n: f"{ENTRY}\n<!-- a\n" * n,
    "suppressions": lambda n: f"<!-- peftlint-disable-entry PL201 -->\n{ENTRY}" * (n // 2),
    "nested items": lambda n: "".join(f"{'  ' * (i % 60)}- Title of words {i}\n" for i in range(n)),
    "nested quotes": lambda n: "> " * (n // 10) + "a\n",
    "authors": lambda n: f"- **Title of words.** *{'Ann Lee, ' * 3 * n}Bo Li.* [[Paper]({PAPER})]",
    "empty links": lambda n: f"- **Title of words.** {'[[Code]()]' * n}",
}


class Timing(NamedTuple):
    """How long something took on texts of one shape.

    Attributes:
        shape: what the text is full of.
        seconds: for each size.
    """

    shape: str
    seconds: tuple[float, ...]

    @property
    def growth(self) -> float:
        """From one size to twice the size, over both steps: one by itself is full of noise."""
        steps = len(self.seconds) - 1
        return float((self.seconds[-1] / max(self.seconds[0], 1e-9)) ** (1 / steps))

    @property
    def is_slow(self) -> bool:
        """Whether it grows faster than sorting does, as far as can be measured."""
        return self.growth > LARGEST_GROWTH and self.seconds[-1] > LEAST_TIME


def seconds(work: Callable[[], object]) -> float:
    """The processor's time that `work` takes; of three runs the shortest, where it is short."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
        if best > 1:
            break
    return best


def timings(rules: tuple[Rule, ...], size: int) -> dict[str, list[Timing]]:
    """The timings of each rule, of the reader, and of all rules with suppressions.

    Args:
        rules: those to time.
        size: the smallest number of pieces of a text.
    """
    taken: dict[tuple[str, str], list[float]] = {}
    for shape, make in SHAPES.items():
        for n in (size, 2 * size, 4 * size):
            for name, one in _once(make(n), rules):
                taken.setdefault((name, shape), []).append(one)
            gc.collect()
    found: dict[str, list[Timing]] = {}
    for (name, shape), times in taken.items():
        found.setdefault(name, []).append(Timing(shape, tuple(times)))
    return found


def _once(text: str, rules: tuple[Rule, ...]) -> Iterator[tuple[str, float]]:
    document = read(text)
    yield "(reading)", seconds(lambda: read(text))
    for rule in rules:
        yield rule.name, seconds(partial(_run, rule, document))
    yield "(all rules)", seconds(lambda: lint(document, rules))


def _run(rule: Rule, document: Document) -> int:
    return sum(1 for _ in rule.check(document))


def main() -> int:
    """Run the command; the result is its exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rule", help="time this rule only")
    parser.add_argument("--size", type=int, default=2500, help="pieces of the smallest texts")
    arguments = parser.parse_args()
    rules = (registry.find(arguments.rule),) if arguments.rule else registry.rules()
    gc.disable()
    try:
        found = timings(rules, arguments.size)
    finally:
        gc.enable()
    print(f"Seconds for {arguments.size}, {2 * arguments.size} and {4 * arguments.size} pieces;")
    print(
        "for each, the shape on which it takes longest, and every one on which it grows too fast."
    )
    slow = 0
    for name, of_rule in found.items():
        shown = [timing for timing in of_rule if timing.is_slow]
        slow += len(shown)
        for timing in shown or [max(of_rule, key=lambda timing: timing.seconds[-1])]:
            numbers = " ".join(f"{one:7.3f}" for one in timing.seconds)
            mark = "  <-- grows too fast" if timing.is_slow else ""
            print(f"{name:24} {numbers}  x{timing.growth:4.1f}  {timing.shape}{mark}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
