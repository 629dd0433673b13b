"""The headings of a page beside its table of contents: what the contents leave out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from peftlint import title
from peftlint.anchor import Anchors, Nearest, anchors, fragment, key
from peftlint.model import ContentsItem, Document, Heading
from peftlint.regex import regex
from peftlint.source import Edit, Span
from peftlint.value import NamedTuple, Value

#: Contents that list fewer of the headings side by side than this are a choice of them.
_FEWEST = 2
#: One work may be an example in prose.
_FEWEST_ENTRIES = 2
#: Contents with more links that lead nowhere say nothing.
_MOST_LOST = 50
#: A shorter label may begin many headings.
_SHORTEST_LABEL = 4
#: An item that is a link and nothing else.
_ITEM = regex(r"(?P<opening>[ \t]*[-*+][ \t]+)\[(?P<label>[^\[\]]+)\]\(#[^\s()]+\)[ \t]*")
#: What a label may hold and still be shown as written.
_PLAIN = regex(r"[^\[\]()*_`<>\\|~!&]+")


class Node(Value):
    """A heading, with those right below it.

    Attributes:
        name: its anchor; `None` where that is not certain.
        item: the first item of the contents that opens it.
        entries: how many stand under it, before the next heading.
    """

    heading: Heading
    name: str | None
    item: ContentsItem | None
    entries: int
    below: list[Node]


class Missing(NamedTuple):
    """A section of entries that the contents leave out.

    Attributes:
        heading: the section's.
        beside: the headings beside it that the contents list, and how many there are.
        item: what to add to the contents, where that is certain.
    """

    heading: Heading
    listed: int
    siblings: int
    item: Edit | None


def missing(document: Document) -> Iterator[Missing]:
    """Yield the sections of entries that the table of contents leaves out.

    The contents show to which depth they go: only a heading beside which most others of its level
    are listed is missed, and none whose own subheadings are.
    """
    items = [item for item in document.contents if fragment(item.link) is not None]
    if len(items) < _FEWEST:
        return
    page = anchors(document)
    opened, lost = _opened(page, items)
    if len(lost) > _MOST_LOST:
        return
    places = {item.link.span: place for place, item in enumerate(items)}
    tree = _tree(document, page, opened)
    misled = _misled(items, tree)
    stack = [tree]
    while stack:
        siblings = stack.pop()
        stack.extend(node.below for node in siblings if node.below)
        full = [node for node in siblings if _holds_entries(node)]
        listed = [node for node in full if node.item]
        if len(listed) < _FEWEST or 2 * len(listed) <= len(full):
            continue
        for index, node in enumerate(full):
            if node.item or _lists_below(node) or node.heading.line < items[0].line:
                continue
            if _is_meant(node.heading, lost) or title.key(node.heading.text) in misled:
                continue
            before = full[index - 1] if index else None
            after = full[index + 1] if index + 1 < len(full) else None
            edit = _new_item(document, items, places, node, before, after)
            yield Missing(node.heading, len(listed), len(full), edit)


def _misled(items: Sequence[ContentsItem], tree: Sequence[Node]) -> set[str]:
    """The names that the contents have once more than headings of that name are opened.

    Such an item opens a heading of another name; its section is not left out.
    """
    spare = Counter(title.key(item.link.label or "") for item in items)
    stack = list(tree)
    while stack:
        node = stack.pop()
        stack.extend(node.below)
        if node.item:
            spare[title.key(node.heading.text)] -= 1
    return {name for name, count in spare.items() if count > 0}


def _tree(document: Document, page: Anchors, opened: Mapping[str, ContentsItem]) -> list[Node]:
    """The outermost headings, those below them inside."""
    names = {anchor.span: anchor for anchor in page.headings}
    top: list[Node] = []
    above: list[Node] = []
    for section in document.sections:
        heading = section.heading
        if heading is None:
            continue
        while above and above[-1].heading.level >= heading.level:
            above.pop()
        anchor = names[heading.span]
        # Of two headings with one name, the item may mean either.
        item = opened.get(anchor.name.lower()) or opened.get(heading.slug)
        name = anchor.name if anchor.is_certain else None
        node = Node(heading, name, item, len(section.entries), [])
        (above[-1].below if above else top).append(node)
        above.append(node)
    return top


def _opened(
    page: Anchors, items: Sequence[ContentsItem]
) -> tuple[dict[str, ContentsItem], list[str]]:
    """The item for each anchor, in lower case, and the labels of those that lead nowhere.

    An item counts also where its link misses the anchor by a little.
    """
    wanted = [((fragment(item.link) or "").lower(), item) for item in items]
    known = {name.lower() for name in page.names}
    sought = [name for name, _ in wanted if name not in known]
    nearest = Nearest(page.headings, (name for name, _ in wanted), sought)
    opened: dict[str, ContentsItem] = {}
    lost: list[str] = []
    for name, item in wanted:
        found = name if name in known else nearest.anchor(name, item.link)
        if found is None:
            lost.append(key(item.link.label or ""))
        else:
            opened.setdefault(found.lower(), item)
    return opened, lost


def _is_meant(heading: Heading, lost: Sequence[str]) -> bool:
    """Whether an item that leads nowhere may be the heading's, by how the two begin."""
    text = key(heading.text)
    return any(
        len(label) >= _SHORTEST_LABEL and (text.startswith(label) or label.startswith(text))
        for label in lost
    )


def _walk(node: Node) -> Iterator[Node]:
    stack = [node]
    while stack:
        inner = stack.pop()
        yield inner
        stack.extend(inner.below)


def _holds_entries(node: Node) -> bool:
    return sum(inner.entries for inner in _walk(node)) >= _FEWEST_ENTRIES


def _lists_below(node: Node) -> bool:
    return any(inner.item for inner in _walk(node))


def _new_item(  # noqa: PLR0913, PLR0917 - the page, and the headings beside this one
    document: Document,
    items: Sequence[ContentsItem],
    places: Mapping[Span, int],
    node: Node,
    before: Node | None,
    after: Node | None,
) -> Edit | None:
    """The item for a heading, written as that of the heading before it; `None` where unsure."""
    if before is None or before.item is None or node.name is None:
        return None
    if after is not None and after.item is not None and after.item.depth != before.item.depth:
        return None
    lines = document.lines
    model = _ITEM.fullmatch(lines.content(before.item.line))
    text = node.heading.text
    if model is None or model["label"].strip() != before.heading.text or not _PLAIN.fullmatch(text):
        return None
    last = place = places[before.item.link.span]
    while last + 1 < len(items) and items[last + 1].depth > before.item.depth:
        last += 1
    end = items[last].line
    following = items[last + 1] if last + 1 < len(items) else None
    beyond = lines.content(end + 1) if end < len(lines) else ""
    if following is None:
        # As the items before it are parted.
        is_loose = place > 0 and items[place - 1].line == before.item.line - 2
    elif after is not None and after.item is following:
        is_loose = following.line == end + 2
    else:
        return None
    if beyond.strip() and (following is None or following.line != end + 1):
        return None
    gap = document.newline * (2 if is_loose else 1)
    span = lines.span(end)
    return Edit(span.after, f"{gap}{model['opening']}[{text}](#{node.name})")
