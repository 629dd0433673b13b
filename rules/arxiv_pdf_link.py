"""An arXiv link opens the PDF or another format instead of the abstract page.

The abstract page is light, shows every version, and lets the reader choose the format.
The fix is safe: it opens the same paper in the same version.
What stands behind the identifier, a query or a section of the HTML, has no place on the
abstract page and goes.

An entry that opens the abstract page already may open the PDF beside it; of two other links
to one paper the first is reported.
Links to the source, a figure or another file of a paper are left alone, and so are services
that show the paper in their own way, like alphaXiv.

## Bad

```markdown
- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/pdf/2203.12119v2.pdf)]
```

## Good

```markdown
- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119v2)]
```

## Options

`allowed-labels`: labels whose links may open the PDF, for example `["pdf"]` (default: `[]`).
They are compared without case and punctuation.

`keep-version`: whether the fix keeps the version in the address (default: `true`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from peftlint import arxiv, mention, title
from peftlint.arxiv import PaperAddress
from peftlint.arxivlink import odd_links
from peftlint.model import Document, Link
from peftlint.rule import Finding, safe_fix
from peftlint.source import Edit
from peftlint.value import Value

CODE = "PL201"
SEVERITY = "warning"
PROFILE = "default"
FIX = "safe"
MAY_CHANGE = {"links", "version"}

_FORMATS = {
    "abs": "PDF",
    "pdf": "PDF",
    "ftp": "PDF",
    "vc": "PDF",
    "html": "HTML version",
    "ps": "PostScript file",
    "format": "list of formats",
    "other": "list of formats",
}


class Options(Value):
    """What the list does on purpose.

    Attributes:
        allowed_labels: of links that may open the PDF.
        keep_version: whether the abstract page is that of the version in the address.
    """

    allowed_labels: tuple[str, ...] = ()
    keep_version: bool = True

    def __post_init__(self) -> None:
        """Refuse labels that no link has."""
        for label in self.allowed_labels:
            if not title.key(label):
                raise ValueError(
                    f"allowed-labels are words such as pdf, not {mention.quoted(label)}"
                )


def check(document: Document, options: Options) -> Iterator[Finding]:
    """Report links to a paper on arXiv that do not open its abstract page."""
    suspect = {
        id(link)
        for link, paper in odd_links(document)
        if paper is not None and not _is_abstract(paper)
    }
    allowed = frozenset(map(title.key, options.allowed_labels))
    for links in _groups(document, suspect) if suspect else ():
        yield from _findings(links, allowed, options)


def _groups(document: Document, suspect: Set[int]) -> Iterator[Sequence[Link]]:
    """The links of each entry with a suspect one, and by itself each suspect one elsewhere."""
    inside: set[int] = set()
    for entry in document.entries:
        if not suspect.isdisjoint(map(id, entry.links)):
            inside.update(map(id, entry.links))
            yield entry.links
    outside = suspect - inside
    yield from ((link,) for link in document.links if id(link) in outside)


def _findings(
    links: Sequence[Link], allowed: frozenset[str], options: Options
) -> Iterator[Finding]:
    """One finding for each paper whose abstract page none of the links opens."""
    opened = [
        (link, paper)
        for link in links
        if link.url and (paper := arxiv.id_in_url(link.url)) is not None and paper.id
    ]
    shown = {paper.id.id for _, paper in opened if paper.id and _is_abstract(paper)}
    for link, paper in opened:
        if paper.verb not in _FORMATS or _is_abstract(paper):
            continue
        page = arxiv.abstract_path(link.url or "")
        if not paper.id or not page or not link.url_span or paper.id.id in shown:
            continue
        if allowed and title.key(link.label or "") in allowed:
            continue
        if not options.keep_version and paper.id.version:
            page = page.removesuffix(paper.id.version)
        shown.add(paper.id.id)
        message = f"{mention.link(link)} opens the {_FORMATS[paper.verb]}, not the abstract page"
        yield Finding(link.url_span, message, safe_fix(Edit(link.url_span, page)))


def _is_abstract(paper: PaperAddress) -> bool:
    return paper.verb == "abs" and not paper.has_suffix
