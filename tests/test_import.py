"""Works of a BibTeX file go into a list as its keeper would have written them, and nothing else."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from peftlint.export import export_as
from peftlint.importing.adding import CannotAddError, add
from peftlint.importing.bibfile import Broken, entries
from peftlint.importing.citation import Citation, citation
from peftlint.importing.latex import address, shown
from peftlint.importing.manner import Manner
from peftlint.importing.shortname import short_name
from peftlint.layout.named import TEMPLATES, named
from peftlint.layout.ownways import OwnWays
from peftlint.model import Document, Entry
from peftlint.reader import read
from peftlint.source import Edit, apply_edits

SHARED = Path(__file__).parent.parent.parent / "shared" / "lists"
Run = Callable[..., Result]

PETL = """\
# Papers

## Adapter

- **Parameter-Efficient Transfer Learning for NLP,** ICML 2019 (arXiv:1902.00751).

  *Neil Houlsby, Andrei Giurgiu.* [[Paper](https://arxiv.org/abs/1902.00751)]

- **MAD-X: An Adapter-Based Framework,** EMNLP 2020 (arXiv:2005.00052).

  *Jonas Pfeiffer, Ivan Vulic.* [[Paper](https://arxiv.org/abs/2005.00052)]

- **Compacter: Efficient Low-Rank Hypercomplex Adapter Layers,** NeurIPS 2021 (arXiv:2106.04647).

  *Rabeeh Karimi Mahabadi, James Henderson.* [[Paper](https://arxiv.org/abs/2106.04647)]

- **A Unified View of Adapters,** arXiv:2210.04284.

  *Shwai He, Liang Ding.* [[Paper](https://arxiv.org/abs/2210.04284)][[Code](https://github.com/a/b)]

- **Vision Transformers Are Learners of Sound,** CVPR 2023 (arXiv:2212.07983).

  *Yan-Bo Lin, Yi-Lin Sung.* [[Paper](https://arxiv.org/abs/2212.07983)]

## Others

Nothing yet.
"""
LORA = """\
@inproceedings{hu2022lora,
  title = {{LoRA}: Low-Rank Adaptation of Large Language Models},
  author = {Hu, Edward J. and Shen, Yelong and others},
  booktitle = {International Conference on Learning Representations},
  year = {2022},
  eprint = {2106.09685}, archiveprefix = {arXiv},
  note = {Code at \\url{https://github.com/microsoft/LoRA}},
}
"""


def works(bib: str) -> list[Citation]:
    """What a bibliography cites, all of which can be read."""
    found = [one if isinstance(one, Broken) else citation(one) for one in entries(bib)]
    assert not [one for one in found if isinstance(one, Broken)]
    return [one for one in found if isinstance(one, Citation)]


def work(fields: str, kind: str = "article") -> Citation:
    """The one work of an entry with these fields."""
    return works(f"@{kind}{{key, title={{A Title of Several Words}}, {fields}}}")[0]


def section_of(document: Document, name: str) -> int:
    """The number of the section with this heading."""
    return next(n for n, one in enumerate(document.sections) if one.path[-1:] == (name,))


def added(text: str, bib: str, name: str = "Adapter") -> str:
    """The list with the works of a bibliography, all of which are added."""
    document = read(text)
    done = add(document, document.sections[section_of(document, name)], works(bib), OwnWays())
    assert not done.refused
    assert len(done.added) == len(works(bib))
    return done.text


@pytest.fixture
def files(empty_folder: Path) -> Path:
    """A folder with a list and a bibliography."""
    (empty_folder / "README.md").write_text(PETL, encoding="utf-8")
    (empty_folder / "new.bib").write_text(LORA, encoding="utf-8")
    return empty_folder


def test_a_new_entry_looks_like_those_around_it_and_stands_in_their_order(
    files: Path, run: Run
) -> None:
    result = run("import", "new.bib", "--section", "Adapter", "--into", "README.md")
    assert result.exit_code == 0
    assert result.stdout == "Added 1 entry to README.md (line 17).\n"
    new = """\
- **LoRA: Low-Rank Adaptation of Large Language Models,** ICLR 2022 (arXiv:2106.09685).

  *Edward J. Hu, Yelong Shen, et al.* [[Paper](https://arxiv.org/abs/2106.09685)]\
[[Code](https://github.com/microsoft/LoRA)]

"""
    at = PETL.index("- **A Unified View")
    assert (files / "README.md").read_text(encoding="utf-8") == PETL[:at] + new + PETL[at:]


def test_a_second_run_skips_what_the_first_one_added(files: Path, run: Run) -> None:
    command = ("import", "new.bib", "--section", "adapter", "--into", "README.md")
    run(*command)
    before = (files / "README.md").read_text(encoding="utf-8")
    result = run(*command)
    assert result.exit_code == 0
    assert "README.md:17 has it already (arXiv 2106.09685)" in result.stderr
    assert result.stdout == "Added 0 entries to README.md; skipped 1 that is there.\n"
    assert (files / "README.md").read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    ("entry", "fields", "because"),
    [
        ("[P](https://arxiv.org/pdf/1902.00751v2.pdf)", "eprint={1902.00751}", "arXiv 1902.00751"),
        ("[P](https://doi.org/10.1109/5.771073)", "doi={10.1109/5.771073}", "DOI 10.1109/5.771073"),
        (
            "[P](https://openreview.net/pdf?id=nZeVKeeFYf9)",
            "url={https://openreview.net/forum?id=nZeVKeeFYf9}",
            "OpenReview nZeVKeeFYf9",
        ),
        (
            "[P](https://aclanthology.org/2021.acl-long.1.pdf)",
            "doi={10.18653/v1/2021.acl-long.1}",
            "ACL 2021.acl-long.1",
        ),
    ],
)
def test_what_is_there_is_known_by_its_id(
    empty_folder: Path, run: Run, entry: str, fields: str, because: str
) -> None:
    text = f"# A\n\n- **Something Else Altogether Here**, ICLR 2021. {entry}\n"
    (empty_folder / "a.md").write_text(text)
    bib = f"@article{{k, title={{Quite Another Title}}, {fields}}}"
    result = run("import", "-", "--section", "A", "--into", "a.md", stdin=bib)
    assert f"<stdin>:1: skipped 'Quite Another Title': a.md:3 has it already ({because})" in (
        result.stderr
    )
    assert (empty_folder / "a.md").read_text() == text


def test_what_is_there_is_known_by_its_title_and_so_is_what_a_file_has_twice(
    files: Path, run: Run
) -> None:
    bib = (
        "@article{a, title={{MAD-X}: an adapter-based framework}}\n"
        "@article{b, title={A New Work on Things}, year=2020, url={https://x.org/a.pdf}}\n"
        "@article{c, title={A new work on {T}hings}, url={https://x.org/b.pdf}}\n"
    )
    result = run("import", "-", "--section", "Adapter", "--into", "README.md", stdin=bib)
    assert "README.md:9 has it already (the same title)" in result.stderr
    assert "<stdin>:3: skipped 'A new work on Things': <stdin>:2 has it already" in result.stderr
    assert "Added 1 entry" in result.stdout


def test_a_diff_writes_nothing(files: Path, run: Run) -> None:
    result = run("import", "new.bib", "--section", "Adapter", "--into", "README.md", "--diff")
    assert result.exit_code == 1
    assert result.stdout.startswith("--- a/README.md\n+++ b/README.md\n@@ -14,6 +14,10 @@\n")
    assert result.stderr == "Would add 1 entry to README.md (line 17).\n"
    assert (files / "README.md").read_text(encoding="utf-8") == PETL


def test_an_empty_section_gets_entries_as_its_neighbours_have_them() -> None:
    text = added(PETL, LORA, "Others")
    assert text.startswith(PETL)
    assert text[len(PETL) :].startswith("\n- **LoRA: Low-Rank Adaptation of Large Language Models")


@pytest.mark.parametrize(
    ("numbers", "year", "expected"),
    [
        ((1, 2, 3, 4), 2019, ["1. **N", "2. **A", "3. **B", "4. **C", "5. **D"]),
        ((1, 1, 1, 1), 2019, ["1. **N", "1. **A", "1. **B", "1. **C", "1. **D"]),
        ((4, 3, 2, 1), 2024, ["5. **N", "4. **A", "3. **B", "2. **C", "1. **D"]),
        ((7, 8, 9, 10), 2030, ["7. **A", "8. **B", "9. **C", "10. **D", "11. **N"]),
    ],
)
def test_numbers_count_on(numbers: tuple[int, ...], year: int, expected: list[str]) -> None:
    years = sorted((2020, 2021, 2022, 2023), reverse=numbers[0] > numbers[-1])
    items = "\n".join(
        f"{number}. **{name} Work on Tuning Things**. *Ann Lee, Bo Chen*. ICLR {one}. "
        f"[[pdf](https://x.org/{name}.pdf)]"
        for number, name, one in zip(numbers, "ABCD", years, strict=True)
    )
    bib = (
        "@inproceedings{n, title={New Work on Tuning Things}, author={Doe, Jane and Roe, Bo}, "
        f"booktitle={{ICLR}}, year={year}, url={{https://x.org/n.pdf}}}}"
    )
    lines = added(f"# L\n\n## A\n\n{items}\n", bib, "A").split("\n")[4:-1]
    assert [line[: len(start)] for line, start in zip(lines, expected, strict=True)] == expected
    (new,) = (line for line in lines if "**New" in line)
    number = expected[[start[-1] for start in expected].index("N")].partition(".")[0]
    assert new == (
        f"{number}. **New Work on Tuning Things**. *Jane Doe, Bo Roe*. ICLR {year}. "
        "[[pdf](https://x.org/n.pdf)]"
    )


def test_a_row_has_the_columns_of_its_table() -> None:
    table = """\
# L

## Tuning

| No. | Year | Title | Venue | Paper | Code |
|---|---|---|---|---|---|
| 1 | 2019 | **Adapters for Language** | ICML | [pdf](https://arxiv.org/abs/1902.00751) | - |
| 2 | 2021 | **Prefixes for Language** | ACL | [pdf](https://arxiv.org/abs/2101.00190) | \
[github](https://github.com/a/b) |
| 3 | 2022 | **Prompts for Vision** | ECCV | [pdf](https://arxiv.org/abs/2203.12119) | - |
"""
    row = (
        "| 4 | 2022 | **LoRA: Low-Rank Adaptation of Large Language Models** | ICLR | "
        "[pdf](https://arxiv.org/abs/2106.09685) | [github](https://github.com/microsoft/LoRA) |\n"
    )
    assert added(table, LORA, "Tuning") == table + row
    bare = LORA.replace("github.com", "example.com")
    assert added(table, bare, "Tuning").endswith("[pdf](https://arxiv.org/abs/2106.09685) | - |\n")


def test_a_bar_in_a_title_does_not_end_its_cell() -> None:
    table = """\
# L

| Title | Venue | Paper |
|:--|:-:|:-:|
| [Adapters for Language](https://arxiv.org/abs/1902.00751) | ICML | [pdf](https://x.org/1.pdf) |
| [Prompts for Language](https://arxiv.org/abs/2104.08691) | EMNLP | [pdf](https://x.org/2.pdf) |
"""
    bib = "@article{k, title={Either | Or: a <b>bold</b> Title}, url={https://x.org/3.pdf}}"
    text = added(table, bib, "L")
    assert read(text).entries[-1].title.text == "Either | Or: a <b>bold</b> Title"
    assert len(read(text).tables[0].rows) == 3


def test_a_new_item_has_the_blank_that_others_lack() -> None:
    items = "\n\n".join(
        f"{n}.**Work {n} on Tuning Things**. *Ann Lee, Bo Chen*. **ICLR'202{n}**. "
        f"[pdf](https://x.org/{n}.pdf)"
        for n in (1, 2, 3)
    )
    bib = "@article{n, title={New Work on Things}, year=2024, url={https://x.org/n.pdf}}"
    document = read(f"# L\n\n{items}\n")
    done = add(document, document.sections[0], works(bib), named("numbered"))
    assert "\n\n4. **New Work on Things**. **2024**. [pdf](https://x.org/n.pdf)" in done.text


def test_what_is_new_goes_on_top_where_the_newest_is_first() -> None:
    items = "".join(
        f"- [Work {name} on Tuning Things](https://arxiv.org/abs/{month}.0100{n})\n"
        for n, (name, month) in enumerate(zip("ABCDE", (2304, 2302, 2303, 2301, 2212), strict=True))
    )
    bib = "@article{n, title={New Work on Tuning Things}, url={https://x.org/n.pdf}}"
    text = added(f"# L\n\n{items}", bib, "L")
    assert text == f"# L\n\n- [New Work on Tuning Things](https://x.org/n.pdf)\n{items}"


def test_line_ends_and_what_is_nested_stay_as_they_are() -> None:
    text = PETL.replace("\n", "\r\n").replace(
        "arXiv:2106.04647).\r\n", "arXiv:2106.04647).\r\n  - A remark of the keeper's.\r\n"
    )
    new = added(text, LORA)
    assert "\n" not in new.replace("\r\n", "")
    start = new.index("- **LoRA")
    assert new[:start] + new[new.index("- **A Unified") :] == text


def test_a_layout_can_be_named(files: Path, run: Run) -> None:
    command = ("import", "new.bib", "--section", "Others", "--into", "README.md", "--layout")
    result = run(*command, "one-line")
    assert result.exit_code == 0
    assert (
        "- **LoRA: Low-Rank Adaptation of Large Language Models**, *Edward J. Hu, Yelong Shen, "
        "et al.*, ICLR 2022. [[Paper](https://arxiv.org/abs/2106.09685)] "
        "[[Code](https://github.com/microsoft/LoRA)]\n"
    ) in (files / "README.md").read_text(encoding="utf-8")
    result = run(*command, "no-such")
    assert result.exit_code == 2
    assert "there is no layout 'no-such'" in result.stderr
    result = run("import", "new.bib", "--section", "Adapter", "--into", "README.md",
                 "--layout", "table")  # fmt: skip
    assert result.exit_code == 2
    assert "layout table writes rows of a table, and the section has none" in result.stderr


@pytest.mark.parametrize("layout", sorted(TEMPLATES))
def test_each_layout_starts_an_empty_list(layout: str) -> None:
    document = read("# Papers\n\n## New\n")
    done = add(document, document.sections[1], works(LORA), named(layout))
    assert not done.refused
    (entry,) = read(done.text).entries
    assert entry.title.text == "LoRA: Low-Rank Adaptation of Large Language Models"
    assert entry.section == ("Papers", "New")
    shows_authors = "authors" in named(layout).template.names()
    assert [author.text for author in entry.authors] == (
        ["Edward J. Hu", "Yelong Shen", "et al."] if shows_authors else []
    )
    lost = {one.partition(":")[0][:9] for one in done.added[0].lost}
    assert lost == (set() if shows_authors else {"its autho", "its venue", "its year "})


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ("Adaptr", 'no section has the name "Adaptr"; did you mean "Adapter"?'),
        ("Papers", '"Papers" has only sections below it; name one of "Papers > Adapter"'),
        (
            "Both",
            '2 sections have the name "Both": "Papers > One > Both" (line 31) and '
            "\"Papers > Two > Both\" (line 35); name one as 'A > B'",
        ),
        (
            "Same",
            '2 sections have the name "Same": "Papers > Same" (line 37) and "Papers > Same" '
            "(line 38); give them different headings",
        ),
    ],
)
def test_a_section_is_one_section(files: Path, run: Run, section: str, message: str) -> None:
    more = "\n## One\n\n### Both\n\n## Two\n\n### Both\n\n## Same\n## Same\n"
    (files / "README.md").write_text(PETL + more, encoding="utf-8")
    result = run("import", "new.bib", "--section", section, "--into", "README.md")
    assert result.exit_code == 2
    assert message in result.stderr
    assert run("import", "new.bib", "--section", "One > Both", "--into", "README.md").exit_code == 0


def test_sections_in_which_nothing_can_be_added_are_named(run: Run, empty_folder: Path) -> None:
    html = (
        "# L\n\n<table><tr><th>Title</th><th>Paper</th></tr>\n"
        "<tr><td>A Work on Tuning Things</td><td><a href='https://x.org/a.pdf'>pdf</a></td></tr>\n"
        "<tr><td>A Work on Other Things</td><td><a href='https://x.org/b.pdf'>pdf</a></td></tr>\n"
        "</table>\n"
    )
    document = read(html)
    assert len(document.entries) == 2
    with pytest.raises(CannotAddError, match=r"line 4: .* cannot be added to"):
        add(document, document.sections[0], works(LORA), OwnWays())
    bare = read("# L\n\nNothing.\n")
    with pytest.raises(CannotAddError, match=r"the list has no entries: choose one with --layout"):
        add(bare, bare.sections[0], works(LORA), OwnWays())


def test_what_is_broken_is_told_and_what_is_good_is_added(files: Path, run: Run) -> None:
    bib = f"@article{{a, title={{Never Closed\n{LORA}@article{{b, year=2020}}\n@misc{{c, title=foo}}\n"
    (files / "new.bib").write_text(bib, encoding="utf-8")
    result = run("import", "new.bib", "--section", "Adapter", "--into", "README.md")
    assert result.exit_code == 1
    assert "error: new.bib:1: it is not closed before the next one begins" in result.stderr
    assert "error: new.bib:10: it has no title\n" in result.stderr
    assert "error: new.bib:11: its title: there is no @string 'foo' before it" in result.stderr
    assert "Added 1 entry" in result.stdout


def test_what_does_not_read_back_is_not_added(files: Path, run: Run) -> None:
    bib = "@article{a, title={A Fine Title of a Work}, author={{[x](y) <!-- z} and Lee, Ann}}"
    result = run("import", "-", "--section", "Adapter", "--into", "README.md", stdin=bib)
    assert result.exit_code == 1
    assert "not added: 'A Fine Title of a Work': its authors would read as" in result.stderr
    assert (files / "README.md").read_text(encoding="utf-8") == PETL


@pytest.mark.parametrize(
    ("bib", "code"),
    [
        (b"", 2),
        (b"no BibTeX at all", 2),
        (bytes(range(256)) * 20, 2),
        ("@article{a, title={x}}".encode("utf-16"), 2),
        (b"@article{a, title={x}}" + b" " * 4_000_000, 2),
        (b"@article{a, title={" + b"{" * 3000 + b"}" * 3000 + b"}}", 1),
        (b"@article{a, title={" * 2000, 1),
        (b'@string{a = "xxxxxxxxxx"}\n' + b"@string{a = a # a # a # a}\n" * 9
         + b"@article{k, title=a}", 1),
        (b"@string{a = b}\n@string{b = a}\n@article{k, title=a # b}", 1),
        (b"@article{a, title={A Title of a Work}, author={" + b"A and " * 2100 + b"B}}", 1),
        (b'@article{a, title = # "x"}', 1),
        (b'@article{a, title = {x} {y}}', 1),
        (b"@article{a, title={x}, title={y}}", 1),
        (b"@article{a, title={\\href{a} \\url \\}}", 1),
    ],
)  # fmt: skip
def test_a_hostile_bibliography_ends_in_a_clear_error(
    files: Path, run: Run, bib: bytes, code: int
) -> None:
    result = run("import", "-", "--section", "Adapter", "--into", "README.md", stdin=bib)
    assert result.exit_code == code
    assert result.stderr.startswith("error: <stdin>")
    assert "internal" not in result.stderr
    assert (files / "README.md").read_text(encoding="utf-8") == PETL


def test_nothing_of_a_bibliography_is_markup_in_the_list_or_acts_in_a_terminal() -> None:
    bib = (
        "@article{a, title={X](javascript:alert(1)) <img src=x> \x1b[31m # `code` $y$ | *z*}, "
        "author={Mc`Star, Ann and Lee, Bo}, url={https://a.org/x)](javascript:alert(1)}, "
        "note={javascript:alert(2)}}"
    )
    (entry,) = (e for e in read(added(PETL, bib)).entries if e.title.text.startswith("X]"))
    assert entry.title.text == (r"X](javascript:alert(1)) <img src=x> \x1b[31m # `code` $y$ | *z*")
    assert [author.text for author in entry.authors] == ["Ann Mc`Star", "Bo Lee"]
    (link,) = entry.links
    assert (link.url or "").startswith("https://a.org/")


def test_only_addresses_of_the_web_become_links() -> None:
    found = work("url={javascript:alert(1)}, howpublished={data:text/html,x}, note={file:///etc}")
    assert found.links == ()
    assert found.lost == ("its url is no address on the web: javascript:alert(1)",)
    assert address("ftp://example.org/x") is None
    assert address(r"see \url{https://github.com/a/b\_c}.") == "https://github.com/a/b_c"
    assert (
        address(r"(https://en.wikipedia.org/wiki/A_(b))") == "https://en.wikipedia.org/wiki/A_(b)"
    )
    assert address(r"https://x.org/{\~{}}ann/[1]") == "https://x.org/~ann/%5B1%5D"


def test_links_lead_where_the_entry_says() -> None:
    both = work("doi={10.1109/5.771073}, eprint={2106.09685}, archiveprefix={arXiv}")
    assert [link.url for link in both.links] == ["https://arxiv.org/abs/2106.09685"]
    assert both.lost == ("its DOI 10.1109/5.771073: its address leads elsewhere",)
    assert [link.url for link in work("doi={10.1109/5.771073}").links] == [
        "https://doi.org/10.1109/5.771073"
    ]
    mirrored = work("url={https://api.semanticscholar.org/CorpusID:1}, eprint={2106.09685}")
    assert [link.url for link in mirrored.links] == ["https://arxiv.org/abs/2106.09685"]
    found = work(
        "url={https://openreview.net/forum?id=nZeVKeeFYf9}, journal={CoRR}, volume={abs/2106.09685}, "
        "project={https://x.github.io/y}, howpublished={\\url{https://github.com/x/y}}"
    )
    assert [(link.role, link.url) for link in found.links] == [
        ("paper", "https://openreview.net/forum?id=nZeVKeeFYf9"),
        ("paper", "https://arxiv.org/abs/2106.09685"),
        ("project", "https://x.github.io/y"),
        ("code", "https://github.com/x/y"),
    ]


@pytest.mark.parametrize(
    ("latex", "names"),
    [
        ("Hu, Edward J. and Shen, Yelong", ("Edward J. Hu", "Yelong Shen")),
        ("Edward J. Hu and others", ("Edward J. Hu", "et al.")),
        ("van der Maaten, Laurens and Gower, Jr., Robert", (
            "Laurens van der Maaten", "Robert Gower Jr.")),
        (r"Sch{\"o}n, J{\'o}zef AND {\O}rsted, \v{S}", ("J\xf3zef Sch\xf6n", "\u0160 \xd8rsted")),
        ("{LG AI Research} and {Barnes and Noble}", ("LG AI Research", "Barnes and Noble")),
        ("others", ()),
        ("", ()),
    ],
)  # fmt: skip
def test_names_are_first_last(latex: str, names: tuple[str, ...]) -> None:
    assert work(f"author={{{latex}}}").authors == names


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"{LoRA}: {L}ow-Rank \emph{Adaptation} \& more", "LoRA: Low-Rank Adaptation & more"),
        (r"100% of 50\% --- ``so''", "100% of 50% \u2014 \u201cso\u201d"),
        (r"an {$\ell_1$} norm of $O(n)$", r"an $\ell_1$ norm of $O(n)$"),
        (r"\textbackslash{}input\{x\} \$5~a", r"\input{x} $5 a"),
        (r"\input{/etc/passwd}", ""),
    ],
)
def test_latex_is_decoded_and_nothing_in_it_is_run(latex: str, text: str) -> None:
    assert shown(latex) == text


def test_strings_and_concatenations_are_resolved_and_what_is_unknown_is_told() -> None:
    bib = (
        '@string{iclr = "International Conference on Learning " # {Representations}}\n'
        "@string(year = 2022)\n"
        '@inproceedings(k, title = "A {"}quoted{"} Title", booktitle = ICLR, year = year,\n'
        "  month = jan, author = nobody)\n"
    )
    (found,) = works(bib)
    assert found.title == 'A "quoted" Title'
    assert found.venue == "International Conference on Learning Representations"
    assert found.year == 2022
    assert found.lost == (
        "its author: there is no @string 'nobody' before it; put the value into braces",
    )


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("International Conference on Learning Representations", "ICLR"),
        ("Proceedings of the IEEE/CVF Conference on Computer Vision and Pattern Recognition", "CVPR"),
        ("Advances in Neural Information Processing Systems", "NeurIPS"),
        ("Proceedings of the 59th Annual Meeting of the Association for Computational Linguistics "
         "(Volume 1: Long Papers)", "ACL"),
        ("Findings of the Association for Computational Linguistics: EMNLP 2022",
         "Findings of EMNLP"),
        ("Findings of the Association for Computational Linguistics", "Findings of ACL"),
        ("2021 IEEE/CVF Conference on Computer Vision and Pattern Recognition Workshops (CVPRW)",
         "CVPR Workshop"),
        ("Journal of Machine Learning Research", "JMLR"),
        ("IEEE Transactions on Pattern Analysis and Machine Intelligence", "TPAMI"),
        ("Proceedings of the 5th Some Unheard Conference (ICPADS)", None),
        ("ICLR", None),
        ("Nature", None),
        ("x" * 400, None),
    ],
)  # fmt: skip
def test_venues_in_full_have_short_names(name: str, short: str | None) -> None:
    assert short_name(name) == short


def test_a_list_that_writes_venues_in_full_gets_them_in_full() -> None:
    item = "- **Work {0} on Tuning**, International Conference on Machine Learning, 20{0}. [[Paper](https://x.org/{0}.pdf)]\n"
    manner = Manner(read("# L\n\n" + "".join(item.format(n) for n in (19, 20, 21, 22))))
    (lora,) = works(LORA)
    assert manner.appeared(lora).venue == "International Conference on Learning Representations"
    short = Manner(read(PETL))
    assert short.appeared(lora).venue == "ICLR"
    assert short.appeared(work("booktitle={Neural Information Processing Systems}")).venue == (
        "NeurIPS"
    )


def test_preprints_are_written_as_the_list_writes_them() -> None:
    preprint = work("journal={arXiv preprint arXiv:2401.12345}, year=2024")
    assert Manner(read(PETL)).appeared(preprint) == ("arXiv", None)
    assert Manner(read("# L\n")).appeared(preprint) == ("arXiv", 2024)
    dated = PETL.replace("arXiv:2210.04284.", "Preprint 2022.")
    assert Manner(read(dated)).appeared(preprint) == ("Preprint", 2024)
    exported = work("eprint={2401.12345}, archiveprefix={arXiv}, primaryclass={cs.CL}", "misc")
    assert exported.is_preprint
    assert work("year={in press}").lost == ("its year 'in press' is none",)


def test_what_reads_bibliographies_is_asked_for_where_it_is_missing(
    files: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "bibtexparser"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "bibtexparser", None)
    result = run("import", "new.bib", "--section", "Adapter", "--into", "README.md")
    assert result.exit_code == 2
    assert "pip install 'peftlint[bibtex]'" in result.stderr
    assert (files / "README.md").read_text(encoding="utf-8") == PETL


def test_files_that_cannot_be_read_or_written_are_errors(files: Path, run: Run) -> None:
    into = ("--section", "Adapter", "--into")
    assert "no such file" in run("import", "none.bib", *into, "README.md").stderr
    assert run("import", "new.bib", *into, "none.md").exit_code == 2
    assert run("import", "new.bib", *into, ".").exit_code == 2
    assert run("import", "new.bib", "--section", " ", "--into", "README.md").exit_code == 2
    (files / "link.md").symlink_to("README.md")
    result = run("import", "new.bib", *into, "link.md")
    assert result.exit_code == 2
    assert "it is a symbolic link" in result.stderr
    assert (files / "README.md").read_text(encoding="utf-8") == PETL


def test_findings_in_new_entries_are_told(files: Path, run: Run) -> None:
    bib = "@article{a, title={A Work Without Any Link}, author={Lee, Ann}, year=2024}"
    result = run("import", "-", "--section", "Adapter", "--into", "README.md", stdin=bib)
    assert result.exit_code == 0
    assert "PL305 missing-link" in result.stderr
    quiet = run("import", "-", "-q", "--section", "Others", "--into", "README.md", stdin=bib)
    assert quiet.stdout == ""


def bibtex_of(document: Document, taken: list[Entry]) -> str:
    """Some entries of a list as BibTeX."""
    ids = set(map(id, taken))
    return export_as("bibtex").file("list.md", document.entries, lambda one: id(one) in ids)


def facts_of(entry: Entry) -> tuple[object, ...]:
    """What BibTeX carries of an entry."""
    return (
        entry.title.text,
        [author.text for author in entry.authors],
        entry.venue.text if entry.venue else None,
        entry.year.value if entry.year else None,
        dict(entry.ids),
    )


def test_what_is_exported_comes_back_the_same_into_an_emptied_list() -> None:
    document = read(PETL)
    bib = bibtex_of(document, list(document.entries))
    first, *others = document.entries
    emptied = apply_edits(PETL, [Edit(entry.removal_span, "") for entry in others])
    (kept, *rest) = works(bib)
    assert kept.title == first.title.text
    left = read(emptied)
    done = add(left, left.sections[1], rest, named("petl"))
    assert not done.refused
    assert [facts_of(entry) for entry in read(done.text).entries] == [
        facts_of(entry) for entry in document.entries
    ]


@pytest.mark.usefixtures("untraced")
@pytest.mark.parametrize(
    "name", ["petl-jianghaojun", "peft-synbol", "delta-papers", "peft-a2z"]
)  # fmt: skip
def test_entries_of_real_lists_come_back_with_the_same_facts(name: str) -> None:
    path = SHARED / "seeds" / f"{name}.md"
    if not path.exists():
        pytest.skip("the real lists are not here")
    text = path.read_text(encoding="utf-8")
    document = read(text)
    section = max(document.sections, key=lambda one: len(one.entries))
    gone = section.entries[2::3]
    bib = bibtex_of(document, gone)
    left = read(apply_edits(text, [Edit(entry.removal_span, "") for entry in gone]))
    home = next(one for one in left.sections if one.path == section.path and one.entries)
    done = add(left, home, works(bib), OwnWays())
    assert not done.refused
    lines = {one.line for one in done.added}
    back = {e.title.text: facts_of(e) for e in read(done.text).entries if e.line in lines}
    assert back == {entry.title.text: facts_of(entry) for entry in gone}
