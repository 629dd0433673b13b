"""The seconds that each stage of a check takes on one file, as a JSON object.

`python benchmarks/stages.py FILE`; `run.py` prints it as a table.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt

from peftlint import registry
from peftlint.commands.memory import collected_between_lists
from peftlint.linter import lint
from peftlint.markdown import tree
from peftlint.reader import read
from peftlint.report.terminal import Terminal
from peftlint.report.text import TextReport
from peftlint.source import Lines


def stages(path: Path) -> dict[str, float]:
    """The seconds of each stage, by name."""
    seconds: dict[str, float] = {}

    @contextlib.contextmanager
    def timed(name: str) -> Iterator[None]:
        begin = time.perf_counter()
        yield
        seconds[name] = time.perf_counter() - begin
        gc.collect()  # what a stage leaves behind is no memory of the next one

    text = path.read_bytes().decode("utf-8")
    with timed("markdown-it's own parse"):
        MarkdownIt("commonmark").enable("table").parse(text)
    with timed("parsing, with places"):
        tree.parse(text, Lines(text))
    with timed("parsing and reading"):
        document = read(text)
    with timed("rules"):
        diagnostics = lint(document, registry.select())
    with (
        timed("printing"),
        Path(os.devnull).open("w", encoding="utf-8") as nowhere,
        contextlib.redirect_stdout(nowhere),
    ):
        TextReport(Terminal()).file(str(path), document, diagnostics)
    reading = seconds.pop("parsing and reading")
    seconds["reading"] = reading - seconds["parsing, with places"]
    seconds["check as a whole"] = reading + seconds["rules"] + seconds["printing"]
    order = ("markdown-it's own parse", "parsing, with places", "reading", "rules", "printing")
    return {name: seconds[name] for name in (*order, "check as a whole")}


if __name__ == "__main__":
    # As the command does, so that the stages add up to what it takes.
    with collected_between_lists():
        print(json.dumps(stages(Path(sys.argv[1]))))
