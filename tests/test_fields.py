"""Titles, authors, venues and years in the many ways that lists write them."""

from __future__ import annotations

import pytest

from peftlint.model import Entry
from peftlint.reader import read

P = "https://arxiv.org/abs/1706.03762"
TITLE = "Attention Is All You Need"
ANN_BO = ("Ann Lee", "Bo Chen")


def entry(text: str) -> Entry:
    """The only entry of a text."""
    (found,) = read(text).entries
    return found


def shown(found: Entry) -> tuple[object, ...]:
    """Title, authors, venue and year."""
    return (
        found.title.text,
        tuple(author.text for author in found.authors),
        found.venue and found.venue.text,
        found.year and found.year.value,
    )


@pytest.mark.parametrize(
    "text",
    [
        f"- Ann Lee, Bo Chen, {TITLE} (NeurIPS 2017) [[Paper]]({P})\n",
        f"- Ann Lee, Bo Chen, {TITLE}, NeurIPS, 2017 [[Paper]]({P})\n",
        f"- Ann Lee and Bo Chen. {TITLE}. NeurIPS 2017. [[Paper]]({P})\n",
        f"- Lee, A., & Chen, B. (2017). {TITLE}. *NeurIPS*. [[Paper]]({P})\n",
        f"- Lee, A. and Chen, B., 2017, June. {TITLE}. In *NeurIPS*, 41(3), p. 5. [pdf]({P})\n",
        f'- Ann Lee, Bo Chen. "{TITLE}." NeurIPS (2017). [[Paper]]({P})\n',
        f'- Ann Lee, and Bo Chen. "**{TITLE}**." **NeurIPS** 5.7 (2017): 4-9. [[Paper]]({P})\n',
        f"- Ann Lee; Bo Chen. [{TITLE}]({P}). NeurIPS 2017.\n",
        f"- Ann Lee, Bo Chen. **{TITLE}.** NeurIPS, 2017. [[Paper]]({P})\n",
        f"- **Nick:** Ann Lee, Bo Chen.\n  \"{TITLE}.\" NeurIPS (2017).\n  [[paper]({P})]\n",
        f"- **Nick**. Lee, A. and Chen, B., 2017. {TITLE}. *NeurIPS*. [[Paper]]({P})\n",
        f"- <a name='x'></a>Ann Lee, Bo Chen,  \n  *[{TITLE}]({P})*,  \n  NeurIPS, 2017.\n",
    ],
)  # fmt: skip
def test_authors_may_stand_first(text: str) -> None:
    title, authors, venue, year = shown(entry(text))
    assert title == TITLE
    assert authors in (ANN_BO, ("A. Lee", "B. Chen"))
    assert (venue, year) == ("NeurIPS", 2017)


@pytest.mark.parametrize(
    "text",
    [
        f"- {TITLE}, Ann Lee, Bo Chen, NeurIPS 2017 [[Paper]]({P})\n",
        f"- {TITLE}. Ann Lee and Bo Chen. NeurIPS 2017. [[Paper]]({P})\n",
        f"- {TITLE} (NeurIPS 2017), Ann Lee, Bo Chen [[Paper]]({P})\n",
        f"- {TITLE} by Ann Lee, Bo Chen, NeurIPS 2017. [[Paper]]({P})\n",
        f"- **{TITLE}** (NeurIPS 2017), Ann Lee, Bo Chen. [[pdf]]({P})\n",
        f"- **{TITLE} (NeurIPS 2017)**\n  - Ann Lee, Bo Chen\n  - [[Paper]]({P})\n",
        f"- [{TITLE} (NeurIPS 2017)]({P}). Ann Lee, Bo Chen.\n",
        f"- [{TITLE}]({P})\n  - Ann Lee, Bo Chen\n  - Publisher: NeurIPS 2017\n  - Key: words\n",
        f"- [{TITLE}]({P})\n  - \u270d\ufe0f Authors: Ann Lee, Bo Chen\n  - Venue: NeurIPS\n"
        "  - \U0001f4c5 Date: March 27, 2017\n",
        f"- [{TITLE}]({P})\n  **Authors:** Ann Lee, Bo Chen\n  NeurIPS 2017\n",
        f"- {TITLE} [[Paper]]({P})\n  - Ann Lee (Great University), Bo Chen (Firm)\n"
        "  - In NeurIPS 2017\n",
        f"- {TITLE} [[Paper]]({P}) NeurIPS 2017\n"
        "  - Ann Lee, Great University; Bo Chen, Unheard Of\n",
        f"- {TITLE}, NeurIPS' 17 [[Paper]]({P})\n  *[Ann Lee](https://ann.org), Bo Chen.*\n",
        f"- **{TITLE}.** *Ann Lee, Bo Chen. NeurIPS 2017.* [[Paper]]({P})\n",
        f"- **{TITLE}.** *Lee, Ann and Chen, Bo.* **NeurIPS'17** [[Paper]]({P})\n",
        f"- **{TITLE}.** *Ann Lee*, *Bo Chen* `NeurIPS` 2017 [[Paper]]({P})\n",
        f"- <b>{TITLE} (NeurIPS 2017)</b> [[Paper]]({P})<br>Ann Lee, Bo Chen\n",
        f'- **Nick**: "{TITLE}", NeurIPS, 2017 [[Paper]]({P})\n  *Ann Lee, Bo Chen*\n',
        f'- Nick: "{TITLE}" NeurIPS 2017. [[Paper]]({P}) *Ann Lee, Bo Chen*\n',
        f"- [NeurIPS 2017] {TITLE} [[Paper]]({P}) *Ann Lee, Bo Chen*\n",
        f"- NeurIPS 2017, {TITLE}, [[Paper]]({P}) *Ann Lee, Bo Chen*\n",
        f"- 20170612 NeurIPS-17 [{TITLE}]({P}) *Ann Lee, Bo Chen*\n",
        f"- 2017-NeurIPS - {TITLE}. [[Paper]]({P}) *Ann Lee, Bo Chen*\n",
        f"- {TITLE} [[NeurIPS 2017]({P})] *Ann Lee, Bo Chen*\n",
        f"- (**Nick**) [{TITLE}]({P})\nAnn Lee and Bo Chen.\n*NeurIPS* 2017.\n",
    ],
)  # fmt: skip
def test_authors_and_venue_may_stand_behind_the_title(text: str) -> None:
    title, authors, venue, year = shown(entry(text))
    assert title == TITLE
    assert authors == ANN_BO
    assert (venue, year) == ("NeurIPS", 2017)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"- {TITLE}(@Great Lab etc) [[pdf]]({P})\n", TITLE),
        (f"- {TITLE} (*Great Lab + Firm*). [[pdf]]({P})\n", TITLE),
        (f"- {TITLE} (University of Nowhere) [[pdf]]({P})\n", TITLE),
        (f"- {TITLE} (  ). [[pdf]]({P})\n", f"{TITLE} ( )"),
        (f"- {TITLE}. [[pdf]]({P}) [__`seg.`__] :fire:\n", TITLE),
        (f"- {TITLE}. [__`seg.`__ __`det.`__] [[pdf]]({P})\n", TITLE),
        (f"- {TITLE} :star: [[pdf]]({P})\n", TITLE),
        (f"- {TITLE} (Book, 2016), Lee et al. [[pdf]]({P})\n", TITLE),
        (f"- {TITLE}, in *KDD* 2022. [[pdf]]({P})\n", TITLE),
        (f"- (arXiv 2024.5) **Self-supervised Tuning** for Many Tasks, [[pdf]]({P})\n",
         "Self-supervised Tuning for Many Tasks"),
        (f"- **Vision** Transformers Need Registers [[pdf]]({P})\n",
         "Vision Transformers Need Registers"),
        (f"- A Study of Tuning with\n  Few Labels. [[pdf]]({P})\n",
         "A Study of Tuning with Few Labels"),
        (f'- Nick: "Tuning by "Naturalizing" source code" [2022] [[pdf]]({P})\n',
         'Tuning by "Naturalizing" source code'),
        (f'- mlir: "Multi-Level Representation" Compiler Infrastructure [[pdf]]({P})\n',
         '"Multi-Level Representation" Compiler Infrastructure'),
        (f"- M2D2 (Grade School Math 8K) [[pdf]]({P})\n", "M2D2 (Grade School Math 8K)"),
        (f"- [PyTorch Implementation]({P}) - A short one of the whole method\n",
         "PyTorch Implementation"),
        (f"- Question Answering, Retrieval and Planning [[pdf]]({P})\n",
         "Question Answering, Retrieval and Planning"),
        (f"- (Nick) **{TITLE}.** ACL 2020. [[pdf]]({P})\n", TITLE),
    ],
)  # fmt: skip
def test_a_title_ends_where_something_else_begins(text: str, title: str) -> None:
    assert entry(text).title.text == title


@pytest.mark.parametrize(
    ("text", "venue", "year"),
    [
        ("- **T of Words**, Conference on Computer Vision (CVPR) 2020, [p](u)", "Conference on "
         "Computer Vision (CVPR)", 2020),
        ("- **T of Words**\n*Conference on Computer Vision* (**CVPR**) 2020. [p](u)",
         "Conference on Computer Vision (CVPR)", 2020),
        ("- **T of Words**. IEEE Int. Symp. Circuits and Systems (ISCAS), 2010. [pdf](u)",
         "IEEE Int. Symp. Circuits and Systems (ISCAS)", 2010),
        ("- **T of Words**. IEEE Access 6 (2018): 4-9. [pdf](u)", "IEEE Access", 2018),
        ("- **T of Words**. | OSDI' 26 [pdf](u)", "OSDI", 2026),
        ("- **T of Words**, Autumn 2019 [pdf](u)", None, 2019),
        ("- **T of Words** [[arXiv 2210](u)] [[code](v)]", "arXiv", None),
        ("- **T of Words** [[arXiv](u)] [[code](v)]", None, None),
        ("- **T of Words** [[IJCNN](u)] [[code](v)]", "IJCNN", None),
        ("- **T of Words** [[2015](u)] [[code](v)]", None, 2015),
        ("- **T of Words**, CoRR abs/1610.04420, 2016 [pdf](u)", "CoRR", 2016),
        ("- **T of Words**, University of Science and Technology, 2016 [pdf](u)",
         None, 2016),
        ("- **Qwen2 Technical Report** [pdf](u)", None, None),
    ],
)  # fmt: skip
def test_venue_and_year_are_read_beside_the_title(
    text: str, venue: str | None, year: int | None
) -> None:
    found = entry(text + "\n")
    assert shown(found)[2:] == (venue, year)


def test_a_citation_below_a_nickname_is_the_work() -> None:
    found = entry(
        f"* Deep Net, Great Lab [[Paper]]({P})\n"
        "  * Ann Lee, Bo Chen, Going deeper with convolutions, CVPR, 2015.\n"
    )
    assert shown(found) == ("Going deeper with convolutions", ANN_BO, "CVPR", 2015)
    assert found.end_line == 2


def test_where_people_work_is_not_who_they_are() -> None:
    found = entry(f'- **Nick**: "{TITLE}", CVPR, 2022 (*Great University, Italy*). [[P]({P})]\n')
    assert found.authors == ()
    found = entry(f"- **{TITLE}** [[P]({P})] (*Strong Recommendation*)\n")
    assert found.authors == ()


def test_every_field_tells_what_it_was_read_by() -> None:
    found = entry(f"- **{TITLE},** NeurIPS 2017.\n\n  *Ann Lee, Bo Chen.* [[Paper]({P})]\n")
    assert {"title", "authors", "venue", "year"} <= found.read_by.keys()
    assert found.read_by["venue"] == "a known venue"


def test_the_places_of_fields_are_where_they_are_written() -> None:
    text = f'- Lee, A. and Chen, B., 2017. "{TITLE}". *NeurIPS*. [[Paper]]({P})\n'
    document = read(text)
    (found,) = document.entries
    assert document.slice(found.title.span) == f'"{TITLE}"'
    assert found.venue is not None
    assert document.slice(found.venue.span) == "NeurIPS"
    assert found.year is not None
    assert document.slice(found.year.span) == "2017"
    assert [document.slice(author.span) for author in found.authors] == ["Lee, A.", "Chen, B."]


def test_a_mark_that_emphasises_nothing_does_not_move_the_names_around_it() -> None:
    document = read(f"- **{TITLE}**. *Ann Lee_, Bo Chen*. ICLR 2017. [[Paper]({P})]\n")
    (found,) = document.entries
    assert [document.slice(author.span) for author in found.authors] == list(ANN_BO)
