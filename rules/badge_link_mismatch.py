"""A badge says something else than its link opens.

An `arXiv` badge leads to arXiv, to the paper whose id it shows, and a badge with the stars of a
repository stands at the link to that repository.
Else one of the two was copied from another entry.

Reported are:

- an `arXiv` badge on a link to another site, or to another paper than the one that it shows;
- a badge with the stars, the license or the like of another repository than its link opens, or
  than the only one that its entry links to;
- a badge that shows a venue and is called `arXiv` in its alternative text, or the other way
  round.

Which of the two is right only you know: there is no fix.

Silent about sites that show arXiv's papers (ar5iv, alphaXiv, Hugging Face Papers, Semantic
Scholar), about a DOI of arXiv, about addresses that lead on, and about repositories with one
name or of one owner that may be one: a repository may have been moved, forked or renamed.

## Bad

```markdown
- **LoRA,** ICLR 2022.
  [![arXiv](https://img.shields.io/badge/arXiv-2106.09685-b31b1b)](https://openreview.net/forum?id=nZeVKeeFYf9)
  [![Stars](https://img.shields.io/github/stars/ylsung/VL_adapter)](https://github.com/microsoft/LoRA)
```

## Good

```markdown
- **LoRA,** ICLR 2022.
  [![arXiv](https://img.shields.io/badge/arXiv-2106.09685-b31b1b)](https://arxiv.org/abs/2106.09685)
  [![Stars](https://img.shields.io/github/stars/microsoft/LoRA)](https://github.com/microsoft/LoRA)
```
"""

from __future__ import annotations

from collections.abc import Iterator

from peftlint import arxiv, github, mention, venue
from peftlint.address import split
from peftlint.badge import decode
from peftlint.github import Repository
from peftlint.model import Badge, Document, Entry
from peftlint.regex import regex
from peftlint.rule import Finding

CODE = "PL409"
SEVERITY = "warning"
PROFILE = "minimal"

_ARXIV = "arxiv"
_WORD = regex(r"[^\W_]+(?:\.[0-9]+(?:v[0-9]+)?)?")
_ID = regex(r"[0-9]{4}\.[0-9]{4,5}(?:v[0-9]+)?")
# What else a badge that leads to arXiv may say.
_BESIDE_ARXIV = frozenset(
    ("abs", "article", "html", "link", "on", "our", "paper", "pdf", "preprint", "read", "report")
)
# Sites that show arXiv's papers under addresses of their own, and those that lead on.
_UNKNOWN_TARGETS = frozenset(
    """
    semanticscholar.org api.semanticscholar.org paperswithcode.com dblp.org inspirehep.net
    ui.adsabs.harvard.edu scholar.google.com scirate.com catalyzex.com bit.ly t.co goo.gl
    tinyurl.com shorturl.at is.gd doi.org dx.doi.org hal.science
    """.split()  # noqa: SIM905 - a list of words is read more easily
)


def check(document: Document) -> Iterator[Finding]:
    """Report badges at odds with their links, their entries or their alternative texts."""
    if not document.badges:
        return
    entry_of = {id(badge): entry for entry in document.entries for badge in entry.badges}
    for badge in document.badges:
        entry = entry_of.get(id(badge))
        message = _about_repository(badge, entry) or _about_arxiv(badge, entry)
        if message is not None:
            yield Finding(badge.span, message)


def _about_repository(badge: Badge, entry: Entry | None) -> str | None:
    counted = github.of_badge(badge.url)
    if counted is None:
        return None
    if badge.link is not None:
        opened = github.of_url(badge.link.url) if badge.link.url else None
        where = "its link opens"
    else:
        opened = _only_repository(entry) if entry else None
        where = "the entry links to"
    if opened is None or github.may_be_one(counted, opened):
        return None
    return f"the badge is about {counted}, and {where} {opened}"


def _only_repository(entry: Entry) -> Repository | None:
    found = {
        repository.key: repository
        for link in entry.links
        if link.url and (repository := github.of_url(link.url))
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _about_arxiv(badge: Badge, entry: Entry | None) -> str | None:
    shown = decode(badge.url)
    if shown is None or _ARXIV not in f"{shown.label} {badge.alt}".lower():
        return None
    url = badge.link.url if badge.link else None
    if not _is_of_arxiv(shown.label):
        return _about_words(badge, shown.label, url)
    name = mention.quoted(shown.label)
    written = _ID.search(shown.label)
    paper = arxiv.canonical(written[0]) if written else None
    if url is None:
        listed = entry.ids.get(_ARXIV, ()) if entry else ()
        if paper and badge.link is None and len(listed) == 1 and paper != listed[0]:
            return f"the badge shows {paper}, and the entry links to {listed[0]} on arXiv"
        return _about_words(badge, shown.label, url)
    address = arxiv.id_in_url(url)
    if address is not None and address.id is not None:
        opened = address.id.id
        is_other = paper is not None and paper != opened
        return f"the badge shows {paper}, and its link opens {opened}" if is_other else None
    host = _host_outside_arxiv(url)
    return f"the badge {name} opens {host} and not arXiv" if host else None


def _about_words(badge: Badge, label: str, url: str | None) -> str | None:
    """What is wrong with the alternative text of a badge that is not said to open arXiv."""
    alt = badge.alt.strip()
    if url is not None and _host_outside_arxiv(url) is None:
        return None
    for called, venue_name in ((alt, label), (label, alt)):
        if called.lower() == _ARXIV and _is_other_venue(venue_name):
            names = f"{mention.quoted(label)}, and its alternative text says {mention.quoted(alt)}"
            return f"the badge shows {names}"
    return None


def _is_other_venue(text: str) -> bool:
    return _ARXIV not in text.lower() and venue.read(text).is_known


def _is_of_arxiv(label: str) -> bool:
    """Whether a badge says that it leads to arXiv: with a year it may tell the venue only."""
    words = [word.lower() for word in _WORD.findall(label[:100])]
    return _ARXIV in words and all(
        word == _ARXIV or word in _BESIDE_ARXIV or _ID.fullmatch(word) for word in words
    )


def _host_outside_arxiv(url: str) -> str | None:
    """The host that `url` opens, if that surely shows no paper of arXiv."""
    address = split(url)
    if address is None or _ARXIV in url.lower() or _ID.search(url):
        return None
    host = address.host.removeprefix("www.")
    return None if host in _UNKNOWN_TARGETS else host
