"""mdformat lays lists out as `peftlint normalize` does, and keeps what it would spoil alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import mdformat
import pytest

from peftlint.layout.ownways import OwnWays
from peftlint.normalizer import normalize

PAPER = "[[Paper](https://arxiv.org/abs/2101.0019{})]"
ENTRIES = "".join(
    f"- **Prompts That Count to {number},** ACL 2021.\n\n  *Ann Lee, Bo Li.* {PAPER.format(at)}\n\n"
    for at, number in enumerate(("One", "Two", "Three", "Four"))
)
ODD = "- [Prompts of All Kinds](https://arxiv.org/abs/2101.00199), *Ann Lee*, ACL 2021\n\n"
ODD_LAID = (
    "- **Prompts of All Kinds,** ACL 2021.\n\n"
    "  *Ann Lee.* [[Paper](https://arxiv.org/abs/2101.00199)]\n\n"
)

#: What stands in a page as written, and as it is written then; `None` for the same.
PAGES: dict[str, tuple[str, str | None]] = {
    "front matter": ("---\ntitle:   'x'\n---\n\n# Papers\n", None),
    "front matter in TOML": ('+++\ntitle =   "x"\n[extra]\nnames = [\n  "a",\n]\n+++\n\n# A\n', None),
    "footnotes": (
        "Words[^1]: more, [[^long]] and [^none].\n\n[^1]: A *note*.\n[^long]: Of\n    lines.\n\n    - x\n\nEnd.\n",
        None,
    ),
    "a footnote in a quote": ("> Words.[^1]\n>\n> [^1]: A\n>     note.\n", None),
    "definitions": ("[//]: # (To do)\n[LoRA]: https://a.io 'A'\n\nSee [LoRA] and [PEFT][lora].\n", None),
    "numbers that are ones": ("1. a\n1. b\n1. c\n", None),
    "numbers that count": ("".join(f"{n}. item\n" for n in range(1, 12)), None),
    "wide numbers": ("9. a\n10. b\n\n    c\n", "9. a\n\n10. b\n\n    c\n"),
    "a number without words": ("1. a\n2.\n3. c\n", None),
    "formulas": ("So $\\alpha_{x}$ and $$a*b*c_{1} < 2$$ cost \\$5.\n", None),
    "alerts": ("> [!NOTE]\n> Words.\n", None),
    "a table of contents": ("[[toc]]\n\n[[_TOC_]]\n\n[TOC]\n", None),
    "entities": ("a&nbsp;b &lt;c&gt; &copy;\n", None),
    "addresses": ("[a](https://a.io/x_(y)) https://a.io/a_b_c <https://b.io> [b](https://a.io/\u00e9)\n", None),
    "comments": (
        "<!-- prettier-ignore -->\n| a|\n|-|\n\nWords <!-- peftlint-disable-line -->\n\n"
        "<!-- peftlint-disable-next-line PL201 -->\nMore.\n<!-- end -->\n",
        "<!-- prettier-ignore -->\n| a   |\n| --- |\n\nWords <!-- peftlint-disable-line -->\n\n"
        "<!-- peftlint-disable-next-line PL201 -->\nMore.\n<!-- end -->\n",
    ),
    "HTML": ("<details>\n  <summary>More</summary>\n\n  <p align='center'>\n    <b>x</b></p>\n\n</details>\n", None),
    "headings": ("Papers\n======\n\nNew ##\n---\n\n### Old ###\n\n# C\\#\n", "# Papers\n\n## New #\\#\n\n### Old\n\n# C\\#\n"),
    "markers and escapes": ("* a\\!b\n    + c\\_d [x]\n", "- a!b\n  - c_d [x]\n"),
    "hard breaks and wrapping": ("one  \ntwo\nthree   four\n", "one\\\ntwo\nthree four\n"),
    "tasks": ("- [ ] a [[b](c)]\n- [x] ~~d~~\n", None),
    "rules": ("a\n\n---\n\nb\n\n* * *\n\n" + "***\n", "a\n\n---\n\nb\n\n" + "_" * 70 + "\n\n***\n"),
    "a table": ("|a|b \\| c|\n|-|:-:|\n|`x\\|y`|[[d](e)]|\n", "| a      |  b \\| c  |\n| ------ | :------: |\n| `x\\|y` | [[d](e)] |\n"),
    "a wide table": (
        f"|a|b|\n|---|:--|\n|{'x' * 90}|{'y' * 20}|\n|c|d|\n",
        f"| a | b |\n| --- | :-- |\n| {'x' * 90} | {'y' * 20} |\n| c | d |\n",
    ),
    "a wide table that is padded": (
        f"| a{' ' * 89} | b |\n|{'-' * 92}|:-:|\n| {'x' * 90} | y |\n",
        f"| a{' ' * 89} |  b  |\n| {'-' * 90} | :-: |\n| {'x' * 90} |  y  |\n",
    ),
    "a table with a cell too many": (f"|a|b|\n|-|-|\n|c|d|{'e' * 9}|\n|f|\n", None),
    "such a table in an item": ("- x\n\n  |a|\n  |-|\n  |c|d|\n", None),
    "indented code": ("a\n\n    code\n", "a\n\n```\ncode\n```\n"),
    "entries": (f"# Papers\n\n{ENTRIES}{ODD}", f"# Papers\n\n{ENTRIES}{ODD_LAID}".removesuffix("\n")),
    "entries with hard breaks": (
        "# Papers\n\n"
        + "".join(
            f"- **Prompts {name}** (*ACL*)  \n  *Ann Lee, Bo Li* [[paper](https://arxiv.org/abs/2101.0019{at})]\n"
            for at, name in enumerate(("for Cats", "for Dogs", "for Birds"))
        ),
        None,
    ),
}  # fmt: skip


def by_us(text: str) -> str:
    result = normalize(text, OwnWays())
    assert result.refused is None
    assert result.unformatted is None
    return result.text


def by_mdformat(text: str) -> str:
    return mdformat.text(text, extensions=["gfm", "tables", "peftlint"])


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_written_so(name: str) -> None:
    text, wanted = PAGES[name]
    written = by_us(text)
    assert written == (text if wanted is None else wanted)
    assert by_us(written) == written


def test_mdformat_writes_files_as_we_do(tmp_path: Path) -> None:
    """In one run over all of them; its own comparison of their HTML finds nothing."""
    files = {tmp_path / f"{at}.md": text for at, (text, _) in enumerate(PAGES.values())}
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "mdformat", *map(str, files)]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    for path, text in files.items():
        assert path.read_text(encoding="utf-8") == by_us(text)


@pytest.mark.parametrize("extensions", [("peftlint",), ("peftlint", "gfm", "tables")])
def test_the_order_of_extensions_does_not_matter(extensions: tuple[str, ...]) -> None:
    for text, _ in PAGES.values():
        assert mdformat.text(text, extensions=extensions) == by_mdformat(text)


def test_a_byte_order_mark_stays_in_front() -> None:
    assert by_mdformat("\ufeff# Papers\n") == "\ufeff# Papers\n"
    assert by_mdformat("\ufeff---\na: b\n---\n# P\n") == "\ufeff---\na: b\n---\n\n# P\n"


def test_line_ends_stay() -> None:
    text = f"# Papers\n\n{ENTRIES}{ODD}* a\n* b\n"
    crlf = text.replace("\n", "\r\n")
    assert by_us(crlf) == by_us(text).replace("\n", "\r\n")
    assert by_mdformat(crlf) == by_us(text)


def test_numbers_are_mdformats_where_it_is_told_to_count() -> None:
    text = "1. a\n1. b\n"
    options = {"number": True}
    assert mdformat.text(text, extensions=["peftlint"], options=options) == "1. a\n2. b\n"


def test_wrapping_is_mdformats_where_it_is_told_to_wrap() -> None:
    text = "one two [[x](y)]\nthree\n"
    written = mdformat.text(text, extensions=["peftlint"], options={"wrap": "no"})
    assert written == "one two \\[[x](y)\\] three\n"


def test_an_option_cannot_pass_a_list_off_as_laid_out() -> None:
    text = f"# Papers\n\n{ENTRIES}{ODD}"
    options = {"plugin": {"peftlint": {"laid": [[1, 99]]}}}
    assert mdformat.text(text, extensions=["peftlint"], options=options) == by_us(text)


def test_a_file_that_is_excluded_is_not_laid_out(tmp_path: Path) -> None:
    (tmp_path / "peftlint.toml").write_text('exclude = ["*.md"]\n', encoding="utf-8")
    path = tmp_path / "list.md"
    path.write_text(f"Papers\n===\n\n{ENTRIES}{ODD}", encoding="utf-8")
    mdformat.file(path, extensions=["peftlint"])
    assert path.read_text(encoding="utf-8") == f"# Papers\n\n{ENTRIES}{ODD}".removesuffix("\n")


def test_a_configuration_that_cannot_be_used_is_told_and_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "peftlint.toml").write_text("select = 1\n", encoding="utf-8")
    path = tmp_path / "list.md"
    path.write_text("Papers\n===\n", encoding="utf-8")
    command = [sys.executable, "-m", "mdformat", str(path)]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "left as it is" in run.stderr
    assert "select" in run.stderr
    assert path.read_text(encoding="utf-8") == "Papers\n===\n"
