"""Keys are made of the entry, are unique, and stay when a list grows at its end."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peftlint.export.key import Keys, key_of
from peftlint.model import Entry, Text, Year
from peftlint.source import Span

NOWHERE = Span(0, 0)


def entry(
    title: str,
    *authors: str,
    year: int | None = None,
    ids: dict[str, tuple[str, ...]] | None = None,
) -> Entry:
    """An entry that stands nowhere."""
    return Entry(
        "bullet",
        NOWHERE,
        1,
        1,
        (),
        Text(title, NOWHERE),
        authors=tuple(Text(author, NOWHERE) for author in authors),
        year=Year(year, NOWHERE) if year else None,
        ids=ids or {},
    )


@pytest.mark.parametrize(
    ("made_of", "key"),
    [
        (entry("Visual Prompt Tuning", "Menglin Jia", "et al.", year=2022), "jia2022visual"),
        (entry("LoRA: Low-Rank Adaptation", "Edward J. Hu", year=2021), "hu2021lora"),
        (entry("Towards a Unified View", "Junxian He", year=2022), "he2022unified"),
        (entry("On the", "Ann Lee", year=2022), "lee2022on"),
        (entry("T-SNE", "Laurens van der Maaten", year=2008), "maaten2008sne"),
        (entry("Deep Nets", "Luc Van Gool"), "vangooldeep"),
        (entry("Stra\u00dfe", "J\u00f8rn M\u00fc\u0142ler", year=2020), "muller2020strasse"),
        (entry("GPT-4 Technical Report", "OpenAI", year=2023), "openai2023gpt"),
        (entry("EXAONE", "LG AI Research"), "lgexaone"),
        (entry("A Survey of Prompt Tuning for Vision", year=2023), "surveyprompttuning2023"),
        (entry("A Survey of Prompts", "et al."), "surveyprompts"),
        (entry("Prompts in Depth", "\u738b\u5c0f\u660e", year=2023), "promptsdepth2023"),
        (entry("3D Gaussian Splatting", year=2023), "entry3dgaussiansplatting2023"),
        (entry("\u8bba\u6587", ids={"arxiv": ("cs/0306050",)}), "arxivcs0306050"),
    ],
)  # fmt: skip
def test_a_key_is_made_of_author_year_and_title(made_of: Entry, key: str) -> None:
    assert key_of(made_of) == key


def test_a_title_in_another_script_has_a_key_of_its_own() -> None:
    one, other = key_of(entry("\u8bba\u6587")), key_of(entry("\u6570\u636e"))
    assert one != other
    assert re.fullmatch("entry[0-9a-f]{8}", one)


def test_what_repeats_gets_letters() -> None:
    keys = Keys()
    same = [entry("Visual Prompts", "Ann Lee", year=2022)] * 29
    given = [keys.key(one) for one in same]
    assert given[:4] == ["lee2022visual", "lee2022visuala", "lee2022visualb", "lee2022visualc"]
    assert given[26:] == ["lee2022visualz", "lee2022visualaa", "lee2022visualab"]


def test_a_suffix_never_makes_the_key_of_another() -> None:
    keys = Keys()
    titles = ["Visual", "Visuala", "Visual", "Visual"]
    given = [keys.key(entry(title, "Ann Lee")) for title in titles]
    assert given == ["leevisual", "leevisuala", "leevisualb", "leevisualc"]


ENTRIES = st.lists(
    st.builds(
        lambda title, author, year: entry(title, author, year=year),
        st.text(max_size=6),
        st.sampled_from(["Ann Lee", "Bo Li", "\u738b\u5c0f\u660e", ""]),
        st.sampled_from([None, 2022]),
    ),
    max_size=20,
)


@given(ENTRIES, ENTRIES)
def test_keys_are_unique_plain_and_stay_when_entries_are_added(
    entries: list[Entry], added: list[Entry]
) -> None:
    before, after = Keys(), Keys()
    first = [before.key(one) for one in entries]
    longer = [after.key(one) for one in [*entries, *added]]
    assert longer[: len(first)] == first
    assert len(set(longer)) == len(longer)
    assert all(re.fullmatch("[a-z][a-z0-9]*", key) for key in longer)
