"""The works that a list shows, and when two entries show one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence, Set
from typing import TypeVar

from peftlint import title
from peftlint.address import split
from peftlint.identity import Identity, papers
from peftlint.model import Document, Entry
from peftlint.people import ET_AL
from peftlint.value import Value

Key = TypeVar("Key", bound=Hashable)

#: A title of at most so many words is a name, like that of a model or a data set.
_LONGEST_NAME = 3
#: Two short titles that begin alike are parts of one data set or sizes of one model up to here.
_LONGEST_PART = 4

# Words that stand where a title should be, in lists that show none.
_NO_TITLES = frozenset(
    """
    arxiv blog code dataset demo github homepage link links paper papers pdf project projectpage
    slides star survey video website
    """.split()  # noqa: SIM905 - a list of words is read more easily
)
_TALK_LABELS = frozenset(("blog", "blogpost", "podcast", "slides", "talk", "video"))
_TALK_HOSTS = frozenset(
    ("slideslive.com", "vimeo.com", "www.bilibili.com", "www.youtube.com", "youtu.be")
)


class Work(Value):
    """What an entry shows, as far as it tells works apart.

    Attributes:
        entry: the entry.
        key: its title without case, punctuation and accents.
        papers: the papers that it opens.
    """

    entry: Entry
    key: str
    papers: tuple[Identity, ...]

    # These are asked for where two works have something in common, and few have.

    @property
    def names(self) -> frozenset[str]:
        """Its title's key, and that of its nickname."""
        name = self.entry.name
        return frozenset((self.key, title.key(name.text)) if name else (self.key,))

    @property
    def is_name(self) -> bool:
        """Whether its title is a name and says less than a title."""
        return len(title.words(self.entry.title.text)) <= _LONGEST_NAME

    @property
    def is_talk(self) -> bool:
        """Whether it opens talks and blog posts and nothing else."""
        return _is_talk(self.entry)


#: An entry with what tells its work from others: the key of its title, and the papers it opens.
_Shown = tuple[Entry, str, tuple[Identity, ...]]


def recurring(documents: Sequence[Document]) -> Iterator[tuple[Document, Work]]:
    """The works whose title or paper another one has as well, in order, with where they stand.

    Most lists have few, and no two others can be one work.

    Args:
        documents: the files of one list.
    """
    files = [(document, document.once(_shown)) for document in documents]
    titles = _repeated([key for _, shown in files for _, key, _ in shown])
    opened = _repeated([paper for _, shown in files for _, _, papers in shown for paper in papers])
    for document, shown in files:
        for entry, key, papers_of_entry in shown:
            if key in titles or not opened.isdisjoint(papers_of_entry):
                yield document, Work(entry, key, papers_of_entry)


def _shown(document: Document) -> Sequence[_Shown]:
    """The entries of a list that have a title."""
    found: list[_Shown] = []
    for entry in document.entries:
        key = title.key(entry.title.text)
        if key and key not in _NO_TITLES:
            found.append((entry, key, papers(entry)))
    return found


def _repeated(keys: Iterable[Key]) -> Set[Key]:
    """Those of some keys that are there more than once."""
    return {key for key, count in Counter(keys).items() if count > 1}


def _is_talk(entry: Entry) -> bool:
    urls = [(link.label, link.url) for link in entry.links if link.url]
    return bool(urls) and all(
        title.key(label or "") in _TALK_LABELS
        or ((address := split(url)) is not None and address.host in _TALK_HOSTS)
        for label, url in urls
    )


def same_title(one: Work, other: Work) -> bool:
    """Whether two works with one title are one.

    Names are reused: outside tables, two that open two papers are two works. A talk or a blog
    post has the title of its paper.
    """
    if _is_source(one) != _is_source(other) and one.entry.section != other.entry.section:
        return False
    if one.is_name:
        differ = one.papers and other.papers and set(one.papers).isdisjoint(other.papers)
        return other.entry.kind == "table-row" or not (differ or _are_told_apart(one, other))
    return one.is_talk == other.is_talk


def _are_told_apart(one: Work, other: Work) -> bool:
    """Whether authors and years differ and no link is shared, as of a paper and a book."""
    first, second = one.entry, other.entry
    urls = {link.url for link in first.links} & {link.url for link in second.links} - {None}
    years = first.year and second.year and first.year.value != second.year.value
    names = [{author.text for author in entry.authors} - {ET_AL} for entry in (first, second)]
    return not urls and bool(years) and bool(names[0] and names[1] and not names[0] & names[1])


def same_paper(one: Work, other: Work) -> bool:
    """Whether two works that open one paper have nearly one title, and so are one.

    A table may repeat another's names, with a paper that speaks of them all.
    """
    first, second = one.entry.title.text, other.entry.title.text
    if _is_source(one) != _is_source(other) and one.entry.section != other.entry.section:
        return False
    if one.is_name and one.entry.kind == other.entry.kind == "table-row":
        return False
    if title.near(first, second):
        return True
    # `Sparse-IFT: Sparse Iso-FLOP Transformations ..`, once with and once without its nickname.
    shortest = min(len(title.words(first)), len(title.words(second)))
    return shortest > _LONGEST_PART and title.contains(first, second)


def _is_source(work: Work) -> bool:
    """Whether a row shows a paper only as the source of something named beside it."""
    return work.entry.kind == "table-row" and work.entry.name is not None


def related(one: Work, other: Work) -> bool:
    """Whether two works may well open one paper: their titles contain each other or nearly agree.

    So do the parts of a data set and the sizes of a model, whose names begin alike.
    """
    if not one.names.isdisjoint(other.names):
        return True
    first, second = one.entry.title.text, other.entry.title.text
    if title.contains(first, second) or title.near(first, second):
        return True
    if one.is_name != other.is_name and "table-row" in (one.entry.kind, other.entry.kind):
        # A data set or a model, and the paper that introduced it.
        return True
    words = title.words(first), title.words(second)
    return max(map(len, words)) <= _LONGEST_PART and words[0][:1] == words[1][:1]
