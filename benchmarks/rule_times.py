"""The seconds that each rule takes on one file, as a JSON object.

`python benchmarks/rule_times.py FILE`; `run.py` prints it as a table.
What several rules use is found out once, and counts for the first that asks for it.
"""

from __future__ import annotations

import json
import sys
import time
from itertools import pairwise
from pathlib import Path

import peftlint
from peftlint import registry
from peftlint.commands.memory import collected_between_lists
from peftlint.linter import lint


def rule_times(path: Path) -> dict[str, float]:
    """The seconds of each installed rule, by its name."""
    rules = registry.rules()
    document = peftlint.parse(path.read_bytes().decode("utf-8"))
    ends = [time.perf_counter()]
    lint(document, rules, watch=lambda _: ends.append(time.perf_counter()))
    taken = (end - begin for begin, end in pairwise(ends))
    return dict(zip((rule.name for rule in rules), taken, strict=True))


if __name__ == "__main__":
    # As the command does.
    with collected_between_lists():
        print(json.dumps(rule_times(Path(sys.argv[1]))))
