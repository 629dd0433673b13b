"""What sort of publication an entry is, by what it shows."""

from __future__ import annotations

import pytest

from peftlint.model import Entry
from peftlint.publication import Sort, sort_of, sort_of_venue
from peftlint.reader import read


def entry(line: str) -> Entry:
    """The only entry of a list."""
    (found,) = read(f"# Papers\n\n{line}\n").entries
    return found


@pytest.mark.parametrize(
    ("venue", "sort"),
    [
        ("NeurIPS", "conference"),
        ("Neurips", "conference"),
        ("CVPR Workshop", "conference"),
        ("ICPRW", "conference"),
        ("ACL-IJCNLP", "conference"),
        ("Interspeech", "conference"),
        ("ACM MM", "conference"),
        ("SIGGRAPH Asia (TOG)", "conference"),
        ("USENIX Security", "conference"),
        ("Findings of EMNLP", "conference"),
        ("IEEE International Conference on Communications Workshops", "conference"),
        ("Advances in neural information processing systems (NIPS)", "conference"),
        ("TPAMI", "journal"),
        ("IEEE RA-L", "journal"),
        ("ACM ToG", "journal"),
        ("TMLR", "journal"),
        ("Nature Machine Intelligence", "journal"),
        ("Pattern Recognition", "journal"),
        ("Proceedings of the VLDB Endowment", "journal"),
        ("Proceedings of the IEEE", "journal"),
        ("Journal of Machine Learning Research (JMLR)", "journal"),
        ("Computer Graphics Forum (EGSR)", "journal"),
        ("arXiv", "preprint"),
        ("arXiv preprint", "preprint"),
        ("bioRxiv", "preprint"),
        ("CoRR", "preprint"),
        ("Preprint", "preprint"),
        ("Technical Report", "report"),
        ("PhD Thesis", "thesis"),
        ("MIT Press", "book"),
        ("Overview Blog Post", "blog"),
        ("OpenAI", "other"),
        ("ACM", "other"),
        ("", "other"),
    ],
)
def test_a_venue_tells_the_sort(venue: str, sort: Sort) -> None:
    assert sort_of_venue(venue) == sort


@pytest.mark.parametrize(
    ("line", "sort"),
    [
        ("- **A Title of Words,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]", "conference"),
        ("- **A Title of Words.** [[Paper](https://arxiv.org/abs/2203.12119)]", "preprint"),
        ("- **A Title of Words.** [[Paper](https://openreview.net/forum?id=TTMyoOdB9hZ)]", "paper"),
        ("- [peft](https://github.com/huggingface/peft)", "software"),
        ("- [C4](https://huggingface.co/datasets/allenai/c4)", "dataset"),
        ("- [A Guide to Prompts](https://www.promptingguide.ai/)", "webpage"),
    ],
)  # fmt: skip
def test_without_a_venue_links_tell_it(line: str, sort: Sort) -> None:
    assert sort_of(entry(line)) == sort
