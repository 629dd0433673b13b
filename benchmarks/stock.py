"""Parse files with markdown-it-py as it comes, and nothing else: the floor below every check.

`python benchmarks/stock.py FILE...`
"""

import sys

from markdown_it import MarkdownIt

for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 - pathlib takes time and memory
        MarkdownIt("commonmark").enable("table").parse(file.read())
