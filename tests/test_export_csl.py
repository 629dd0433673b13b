"""What is exported as CSL-JSON is what reference managers read, and never markup."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from peftlint.export import export_as
from peftlint.export.as_csl import without_tags
from peftlint.reader import read

FIXTURES = Path(__file__).parent.parent / "fixtures" / "lists"
STRING = {"type": "string", "minLength": 1}
#: What of CSL-JSON is written, no more: types, variables and parts of names are those of
#: https://docs.citationstyles.org/en/stable/specification.html, appendices III and IV.
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type"],
        "additionalProperties": False,
        "properties": {
            "type": {
                "enum": [
                    "article", "article-journal", "book", "dataset", "document",
                    "paper-conference", "post-weblog", "report", "software", "thesis", "webpage",
                ]
            },
            "id": {"type": "string", "pattern": "^[a-z][a-z0-9]*$"},
            **dict.fromkeys(
                (
                    "DOI", "URL", "archive", "archive_location", "container-title", "genre",
                    "number", "publisher", "title",
                ),
                STRING,
            ),
            "issued": {
                "type": "object",
                "required": ["date-parts"],
                "additionalProperties": False,
                "properties": {
                    "date-parts": {
                        "type": "array",
                        "minItems": 1,
                        "maxItems": 1,
                        "items": {
                            "type": "array", "minItems": 1, "maxItems": 1,
                            "items": {"type": "integer", "minimum": 1000, "maximum": 9999},
                        },
                    }
                },
            },
            "author": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "oneOf": [
                        {
                            "type": "object",
                            "required": ["literal"],
                            "additionalProperties": False,
                            "properties": {"literal": STRING},
                        },
                        {
                            "type": "object",
                            "required": ["family"],
                            "additionalProperties": False,
                            "properties": dict.fromkeys(
                                ("family", "given", "non-dropping-particle", "suffix"), STRING
                            ),
                        },
                    ]
                },
            },
        },
    },
}  # fmt: skip


def items(*texts: str) -> list[dict[str, Any]]:
    """The objects of lists."""
    export = export_as("csl-json")
    pieces = [export.file("list.md", read(text).entries, lambda _: True) for text in texts]
    found = json.loads(export.begin() + "".join(pieces) + export.end())
    jsonschema.validate(found, SCHEMA)
    assert isinstance(found, list)
    return found


def item(line: str) -> dict[str, Any]:
    """The only object of a list."""
    (found,) = items(f"# Papers\n\n{line}\n")
    return found


def test_a_conference_paper_has_its_names_in_parts_and_its_preprint() -> None:
    text = """\
- **LoRA: Low-Rank Adaptation of Large Language Models,** ICLR 2022. (arXiv:2106.09685)

  *Edward J. Hu, Laurens van der Maaten, Thomas F. Miller III, et al.* [[Paper](https://openreview.net/forum?id=nZeVKeeFYf9)]
"""
    assert items(text) == [
        {
            "id": "hu2022lora",
            "type": "paper-conference",
            "title": "LoRA: Low-Rank Adaptation of Large Language Models",
            "author": [
                {"family": "Hu", "given": "Edward J."},
                {"family": "Maaten", "given": "Laurens", "non-dropping-particle": "van der"},
                {"family": "Miller", "given": "Thomas F.", "suffix": "III"},
                {"literal": "et al."},
            ],
            "issued": {"date-parts": [[2022]]},
            "container-title": "ICLR",
            "archive": "arXiv",
            "archive_location": "2106.09685",
            "URL": "https://openreview.net/forum?id=nZeVKeeFYf9",
        }
    ]


def test_a_preprint_has_its_number() -> None:
    found = item("- **A Title of Words,** arXiv 2022. [[Paper](https://arxiv.org/abs/2203.12119)]")
    assert found["type"] == "article"
    assert found["number"] == "arXiv:2203.12119"
    assert found["publisher"] == "arXiv"
    assert "container-title" not in found


@pytest.mark.parametrize(
    ("line", "kind", "variable", "value"),
    [
        ("- **A Title of Words,** TPAMI 2022. [[Paper](https://doi.org/10.1109/X)]", "article-journal", "container-title", "TPAMI"),
        ("- **A Title of Words,** TPAMI 2022. [[Paper](https://doi.org/10.1109/X)]", "article-journal", "DOI", "10.1109/x"),
        ("- **A Title of Words,** Preprint 2022. [[Paper](https://x.org/a.pdf)]", "article", "publisher", "Preprint"),
        ("- **A Title of Words,** Technical Report 2022. [[Paper](https://x.org/a.pdf)]", "report", "genre", "Technical Report"),
        ("- **A Title of Words,** PhD Thesis 2022. [[Paper](https://x.org/a.pdf)]", "thesis", "genre", "PhD Thesis"),
        ("- **A Title of Words,** OpenAI 2022. [[Paper](https://x.org/a.pdf)]", "document", "publisher", "OpenAI"),
        ("- **A Title of Words.** [[Paper](https://openreview.net/forum?id=TTMyoOdB9hZ)]", "document", "title", "A Title of Words"),
        ("- [peft](https://github.com/huggingface/peft)", "software", "URL", "https://github.com/huggingface/peft"),
        ("- [C4](https://huggingface.co/datasets/allenai/c4)", "dataset", "title", "C4"),
        ("- [A Guide to Prompts](https://www.promptingguide.ai/)", "webpage", "title", "A Guide to Prompts"),
    ],
)  # fmt: skip
def test_the_type_follows_from_what_the_entry_shows(
    line: str, kind: str, variable: str, value: str
) -> None:
    found = item(line)
    assert found["type"] == kind
    assert found[variable] == value


def test_what_is_no_list_of_anything_is_an_empty_array() -> None:
    assert items() == items("# Papers\n", "") == []


def test_lists_are_one_array_an_object_a_line() -> None:
    line = "- **A Title of Words,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]\n"
    assert [one["id"] for one in items(line, "# None\n", line)] == [
        "titlewords2022",
        "titlewords2022a",
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<i>x</i>", "<\u2060i>x<\u2060/i>"),
        ("<span class='nocase'>", "<\u2060span class='nocase'>"),
        ("<script>", "<\u2060script>"),
        ("<!--", "<\u2060!--"),
        ("1 < 2 <= 3 <3", "1 < 2 <= 3 <3"),
        ("plain", "plain"),
    ],
)
def test_nothing_begins_a_tag(text: str, shown: str) -> None:
    assert without_tags(text) == shown
    assert shown.replace("<\u2060", "<") == text


def test_titles_names_and_venues_are_no_markup() -> None:
    text = "- **A &lt;i&gt;Title&lt;/i&gt; of Words,** ECCV 2022.\n\n  *Ann &lt;b&gt;Lee, Bo Li.* [[Paper](https://x.org/a.pdf)]\n"
    (found,) = items(text)
    assert found["title"] == "A <\u2060i>Title<\u2060/i> of Words"
    assert "<b" not in json.dumps(found)


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.md")), ids=lambda path: path.name)
def test_lists_are_valid(path: Path) -> None:
    text = path.read_text(encoding="utf-8-sig")
    found = items(text)
    assert [one.get("title") for one in found] == [
        without_tags(entry.title.text) or None for entry in read(text).entries
    ]
