"""What is exported as BibTeX is read back by another program as what the list shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from peftlint.cli import main
from peftlint.export import export_as
from peftlint.export.latex import escaped, escaped_title
from peftlint.model import Entry, Link, Text, Year
from peftlint.nameparts import parts_of
from peftlint.printable import printable
from peftlint.reader import read
from peftlint.source import Span

NOWHERE = Span(0, 0)
SHARED = Path(__file__).parent.parent.parent / "shared" / "lists"

#: What LaTeX shows for each command that is written.
SHOWN = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    r"\textless{}": "<",
    r"\textgreater{}": ">",
    r"\textbar{}": "|",
    r"\{": "{",
    r"\}": "}",
    **{f"\\{character}": character for character in "&%$#_"},
}
COMMAND = re.compile("|".join(map(re.escape, SHOWN)) + "|[{}]")
FORMULA = re.compile(r"\{(\$(?:[^$\\]|\\[A-Za-z,;!])*\$)\}")


def shown(latex: str) -> str:
    """The text that LaTeX makes of a field; formulas stay as they are written."""
    pieces = FORMULA.split(latex)
    return "".join(
        piece if index % 2 else COMMAND.sub(lambda match: SHOWN.get(match[0], ""), piece)
        for index, piece in enumerate(pieces)
    )


def one_line(text: str) -> str:
    """A text as every export for people has it."""
    return printable(" ".join(text.split()))


def parsed(bibtex: str) -> list[Any]:
    """The entries, each author in four parts."""
    library = parse_string(bibtex, append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    assert library.failed_blocks == []
    return list(library.entries)


def fields(entry: Any) -> Mapping[str, Any]:  # noqa: ANN401 - the library says no more
    """A field's name to its value."""
    return {name: field.value for name, field in entry.fields_dict.items()}


def exported(*entries: Entry) -> str:
    """A list of these entries."""
    export = export_as("bibtex")
    return export.begin() + export.file("list.md", entries, lambda _: True) + export.end()


def of_text(text: str) -> str:
    """A list, exported."""
    return exported(*read(text).entries)


def entry(title: str, *authors: str, url: str | None = None, year: int | None = None) -> Entry:
    """An entry that stands nowhere."""
    link = Link("Paper", url, "inline", "paper", NOWHERE, NOWHERE, None, NOWHERE, NOWHERE)
    return Entry(
        "bullet",
        NOWHERE,
        1,
        1,
        (),
        Text(title, NOWHERE),
        authors=tuple(Text(author, NOWHERE) for author in authors),
        year=Year(year, NOWHERE) if year else None,
        links=(link,) if url else (),
    )


def wanted_name(name: str) -> tuple[str, str, str, str]:
    """First, von, last and Jr part of a name as it is to be read back."""
    parts = parts_of(name)
    if name == "et al.":
        return "", "", "others", ""
    if parts is None or not parts.given:
        return "", "", one_line(name), ""
    return (
        one_line(parts.given),
        one_line(parts.particle),
        one_line(parts.family),
        one_line(parts.suffix),
    )


def assert_same(read_back: Any, of: Entry) -> None:  # noqa: ANN401 - the library says no more
    """An entry of BibTeX shows what the list shows."""
    found = fields(read_back)
    assert shown(found.get("title", "")) == one_line(of.title.text)
    assert found.get("year", "") == (str(of.year.value) if of.year else "")
    names = [
        tuple(shown(" ".join(part)) for part in (name.first, name.von, name.last, name.jr))
        for name in found.get("author", [])
    ]
    assert names == [wanted_name(author.text) for author in of.authors if author.text.strip()]


def test_a_conference_paper_has_a_booktitle_and_its_preprint() -> None:
    text = """\
- **LoRA: Low-Rank Adaptation of Large Language Models,** ICLR 2022. (arXiv:2106.09685)

  *Edward J. Hu, Laurens van der Maaten, et al.* [[Paper](https://openreview.net/forum?id=nZeVKeeFYf9)]
"""
    assert (
        of_text(text)
        == """\
@inproceedings{hu2022lora,
  title = {{LoRA}: Low-Rank Adaptation of Large Language Models},
  author = {Hu, Edward J. and van der Maaten, Laurens and others},
  booktitle = {ICLR},
  year = {2022},
  eprint = {2106.09685},
  archiveprefix = {arXiv},
  url = {https://openreview.net/forum?id=nZeVKeeFYf9},
}
"""
    )


@pytest.mark.parametrize(
    ("line", "kind", "field", "value"),
    [
        ("- **A Title of Words,** TPAMI 2022. [[Paper](https://doi.org/10.1109/x)]", "article", "journal", "TPAMI"),
        ("- **A Title of Words,** arXiv 2022. [[Paper](https://arxiv.org/abs/2203.12119)]", "article", "journal", "arXiv preprint arXiv:2203.12119"),
        ("- **A Title of Words,** Preprint 2022. [[Paper](https://arxiv.org/abs/2203.12119)]", "article", "journal", "arXiv preprint arXiv:2203.12119"),
        ("- **A Title of Words,** Preprint 2022. [[Paper](https://x.org/a.pdf)]", "article", "journal", "Preprint"),
        ("- **A Title of Words.** [[Paper](https://arxiv.org/abs/2203.12119)]", "misc", "eprint", "2203.12119"),
        ("- **A Title of Words,** Technical Report 2022. [[Paper](https://x.org/a.pdf)]", "techreport", "type", "Technical Report"),
        ("- **A Title of Words,** PhD Thesis 2022. [[Paper](https://x.org/a.pdf)]", "phdthesis", "type", "PhD Thesis"),
        ("- **A Title of Words,** Master's Thesis 2022. [[Paper](https://x.org/a.pdf)]", "mastersthesis", "type", "Master's Thesis"),
        ("- **A Title of Words,** OpenAI 2022. [[Paper](https://x.org/a.pdf)]", "misc", "howpublished", "OpenAI"),
        ("- [peft](https://github.com/huggingface/peft)", "misc", "url", "https://github.com/huggingface/peft"),
    ],
)  # fmt: skip
def test_the_type_follows_from_what_the_entry_shows(
    line: str, kind: str, field: str, value: str
) -> None:
    (found,) = parsed(of_text(f"# Papers\n\n{line}\n"))
    assert found.entry_type == kind
    assert fields(found)[field] == value


def test_a_doi_is_a_field() -> None:
    text = "- **A Title of Words,** TPAMI 2022. [[Paper](https://doi.org/10.1109/TPAMI.2022_1)]\n"
    assert fields(parsed(of_text(text))[0])["doi"] == "10.1109/tpami.2022_1"


def test_a_path_in_the_repository_is_no_address() -> None:
    assert "url" not in exported(entry("A Title", url="papers/a.pdf"))
    assert "url" not in exported(entry("A Title", url="javascript:alert(1)"))


@pytest.mark.parametrize(
    ("title", "latex"),
    [
        ("LoRA: Low-Rank Adaptation of BERT", "{LoRA}: Low-Rank Adaptation of {BERT}"),
        ("A K-Means for T5 and iPhones", "A {K}-Means for {T5} and {iPhones}"),
        ("R&D at 81.1% for $10,000 or $20,000", r"{R}\&{D} at 81.1\% for \$10,000 or \$20,000"),
        (r"Adam Exploits $\ell_\infty$-geometry", r"Adam Exploits {$\ell_\infty$}-geometry"),
        ("SAC$^3$: Top-$k$", "{SAC}{$^3$}: Top-{$k$}"),
        (r"$\mathbb{X}$-Sample", r"{$\mathbb{X}$}-Sample"),
        (r"$\texttt{Se}^2$", r"{$\texttt{Se}^2$}"),
        (r"The $\input{x}$", r"The \$\textbackslash{}input\{x\}\$"),
        (r"$\texttt{\input x}$", r"\$\textbackslash{}texttt\{\textbackslash{}input x\}\$"),
        (r"$\lambdaX$", r"\$\textbackslash{}{lambdaX}\$"),
        ("$a{b$", r"\$a\textbraceleft{}b\$"),
        ("$}a{$", r"\$\textbraceright{}a\textbraceleft{}\$"),
        ("$x^2^3$", r"\$x\textasciicircum{}2\textasciicircum{}3\$"),
        ("a ^^5cinput b", r"a \textasciicircum{}\textasciicircum{}5cinput b"),
        (r"\write18{rm -rf}", r"\textbackslash{}write18\{rm -rf\}"),
        ("{TVM}: A {Compiler", r"\textbraceleft{}{TVM}\textbraceright{}: A \textbraceleft{}Compiler"),
        ("{TVM}: A {GPU} Compiler", r"\{{TVM}\}: A \{{GPU}\} Compiler"),
        ("Skip \\N", r"Skip \textbackslash{}{N}"),
        ("a\nb\tc", "a b c"),
        ("a\x1bb\u202ec", r"a\textbackslash{}x1bb\textbackslash{}u202ec"),
        ("\u8bba\u6587 \u00fc", "\u8bba\u6587 \u00fc"),
        (r"Caf\'e", r"Caf\textbackslash{}'e"),
    ],
)  # fmt: skip
def test_a_title_is_shown_and_never_run(title: str, latex: str) -> None:
    assert escaped_title(title) == latex
    assert shown(latex) == one_line(title)


@pytest.mark.parametrize(
    ("name", "bibtex"),
    [
        ("Menglin Jia", "Jia, Menglin"),
        ("Luc Van Gool", "Van Gool, Luc"),
        ("Thomas F. Miller III", "Miller, III, Thomas F."),
        ("Santiago Ram\u00f3n y Cajal", "{Ram\u00f3n y Cajal}, Santiago"),
        ("van der Schaar", "{van der Schaar}"),
        ("\u738b\u5c0f\u660e", "\u738b\u5c0f\u660e"),
        ("OpenAI", "OpenAI"),
        ("LG AI Research", "{LG AI Research}"),
        ("University of Science and Technology", "{University of Science and Technology}"),
        ("Foo, Inc.", "{Foo, Inc.}"),
        ("and", "{and}"),
        ("others", "{others}"),
        ("Ann And Lee", "Lee, {Ann And}"),
        ("Ann {Lee", r"{\textbraceleft{}Lee}, Ann"),
        (r"Ann \input{x}", r"{\textbackslash{}input\{x\}}, Ann"),
        ("et al.", "others"),
    ],
)
def test_a_name_is_parted_as_bibtex_parts_it(name: str, bibtex: str) -> None:
    text = exported(entry("A Title", name))
    assert f"  author = {{{bibtex}}},\n" in text
    assert_same(parsed(text)[0], entry("A Title", name))


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://x.org/a_b~c%20d?e=1&f=2#g", "https://x.org/a_b~c%20d?e=1&f=2#g"),
        ("https://x.org/}\\input{a}", "https://x.org/%7D%5Cinput%7Ba%7D"),
        ("https://x.org/^^5cinput", "https://x.org/%5E%5E5cinput"),
        ("https://x.org/##[error]a", "https://x.org/##%5Berror%5Da"),
        ('https://x.org/\u8bba a"\x1b', "https://x.org/%E8%AE%BA%20a%22%1B"),
    ],
)
def test_an_address_ends_no_field_and_runs_nothing(url: str, written: str) -> None:
    (found,) = parsed(exported(entry("A Title", url=url)))
    assert fields(found)["url"] == written


#: Characters that mean something to LaTeX, BibTeX or this export, more often than by chance.
HOSTILE = st.text(
    st.one_of(st.sampled_from("\\{}$&%#_^~<>|@,\"' =\n\x1b\u202eaBand"), st.characters())
)


#: Commands that only show something.
HARMLESS = {"alpha", "ell", "mathbb", "texttt", "textit"}
PIECES = st.lists(
    st.sampled_from(
        ["$", "{", "}", "^", "_", " ", "x", "2", "\\", "%", "\\alpha", "\\ell", "\\mathbb{R}",
         "\\texttt{a}", "\\textit{", "\\input", "\\write18{x}", "\\csname", "\\def", "^^5c", "\\$"]
    )
).map("".join)  # fmt: skip


@given(st.one_of(HOSTILE, PIECES))
def test_nothing_of_a_title_is_left_that_latex_obeys(title: str) -> None:
    for text in (escaped_title(title), escaped(title)):
        commands = re.findall(r"\\([A-Za-z]+)", "".join(FORMULA.findall(text)))
        assert set(commands) <= HARMLESS
        rest = FORMULA.sub("", text)
        rest = COMMAND.sub(lambda match: match[0] if match[0] in "{}" else "", rest)
        assert not set(rest) & set("\\$&%#_^~<>|\n\r\x1b\u202e")
        # As BibTeX counts, and as LaTeX does.
        for counted in (text, re.sub(r"\\\\[{}]", "", text)):
            depth = 0
            for character in counted:
                depth += (character == "{") - (character == "}")
                assert depth >= 0
            assert depth == 0
        assert "^^" not in text


@given(st.lists(HOSTILE), st.one_of(HOSTILE, PIECES), HOSTILE, st.integers(1000, 9999))
def test_any_entry_is_read_back(authors: list[str], title: str, path: str, year: int) -> None:
    of = entry(title, *authors, url=f"https://x.org/{path}", year=year)
    other = entry("The Next Title", "Ann Lee")
    first, second = parsed(exported(of, other))
    assert fields(second)["title"] == "The Next Title"
    assert_same(first, of)
    assert re.fullmatch(r"[!#-;=?-Z_a-z~]+", fields(first)["url"])


def test_a_title_of_dollars_takes_no_long_time() -> None:
    assert escaped_title("$a" * 100_000).count("$") == 100_000


def lists() -> list[Path]:
    """The lists in the repository, and real ones where there are some."""
    fixtures = Path(__file__).parent.parent / "fixtures" / "lists"
    return [*fixtures.glob("*.md"), *SHARED.glob("seeds/*.md")]


@pytest.mark.parametrize("path", lists(), ids=lambda path: path.name)
def test_every_entry_of_a_list_is_read_back(path: Path) -> None:
    entries = read(path.read_text(encoding="utf-8-sig")).entries
    found = parsed(exported(*entries))
    assert len(found) == len(entries)
    for one, of in zip(found, entries, strict=True):
        assert_same(one, of)


def test_lists_are_parted_by_a_blank_line_and_share_their_keys(tmp_path: Path) -> None:
    text = "- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]\n"
    for name in ("a.md", "b.md", "c.md"):
        (tmp_path / name).write_text(text if name != "b.md" else "# Empty\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["export", "--format", "bibtex", str(tmp_path)])
    assert result.exit_code == 0
    assert [one.key for one in parsed(result.stdout)] == [
        "visualprompttuning2022",
        "visualprompttuning2022a",
    ]
    assert "}\n\n@" in result.stdout
    assert result.stdout.endswith("}\n")
    assert not result.stdout.endswith("\n\n")
