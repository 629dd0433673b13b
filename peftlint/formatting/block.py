"""Blocks as they are written anew: tables, numbered items, rules, HTML and the page itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mdformat.renderer import RenderContext, RenderTreeNode

from peftlint.formatting.page import Page, page_in
from peftlint.regex import regex

#: A table up to this width is padded, in columns.
_NARROW = 100
#: A table whose rows have their bars below each other is padded; so large a share of its rows.
_MOST = 2 / 3
_BAR = regex(r"(?<!\\)\|")
_PADDING = regex(r"\|  |  \|")
_NUMBER = regex(r"(\d+[.)])(?: |$)")
_LEAST_DASHES = 3
#: A few seconds.
_MOST_WORK = 100_000_000


class TooMuchError(Exception):
    """A page has so many lists side by side that mdformat would not come to an end."""


def written_page(node: RenderTreeNode, context: RenderContext) -> str:
    """A whole page; a comment stays next to what it stands next to."""
    page = page_in(context.env)
    if page.is_kept:
        written = page.body.removesuffix("\n")
    elif _work(node) > _MOST_WORK:
        raise TooMuchError
    else:
        written = "".join(_blocks(node, context))
    # Their definitions are in the text.
    context.env["used_refs"].clear()
    if not page.head.lstrip("\ufeff"):
        return page.head + written
    separator = "\n" if page.is_kept else "\n\n"
    return f"{page.head}{separator}{written}" if written else page.head


def _work(page: RenderTreeNode) -> int:
    """At how many blocks mdformat looks to choose the markers of lists.

    For each list it goes back through those right before it, and looks for each among all blocks
    beside it: https://github.com/hukkin/mdformat, `get_list_marker_type`.
    """
    work = 0
    for node in page.walk():
        run, last = 0, ""
        for place, child in enumerate(node.children):
            run = run + 1 if child.type == last else 1
            last = child.type
            if last in ("bullet_list", "ordered_list"):
                work += run * place
    return work


def _blocks(node: RenderTreeNode, context: RenderContext) -> Iterator[str]:
    page = page_in(context.env)
    last: RenderTreeNode | None = None
    for child in node.children:
        text = child.render(context)
        if not text:
            continue
        if last is not None:
            yield "\n" if _are_together(last, child, page) else "\n\n"
        yield text
        last = child


def _are_together(one: RenderTreeNode, two: RenderTreeNode, page: Page) -> bool:
    """Whether one of two blocks is a comment, and no line is between them."""
    # A list's own lines go on to the next block, the blank ones too.
    if two.map is None or not page.lines[two.map[0] - 1].strip():
        return False
    return any(
        block.type == "html_block" and block.content.lstrip().startswith("<!--")
        for block in (one, two)
    )


def written_html(text: str, node: RenderTreeNode, _context: RenderContext) -> str:
    """HTML as it is; mdformat takes the blanks before it away."""
    if node.parent is None or node.parent.type != "root":
        return text
    return node.content.rstrip("\n")


def written_source(node: RenderTreeNode, _context: RenderContext) -> str:
    """What is kept as it is written."""
    return node.content


def written_rule(text: str, node: RenderTreeNode, context: RenderContext) -> str:
    """A thematic break as it is written, where it cannot be taken for a heading or front matter."""
    if node.parent is None or node.parent.type != "root" or node.map is None:
        return text
    if node.parent.children[0] is node:
        return text
    source = page_in(context.env).lines[node.map[0]].strip(" ")
    return text if " " in source or "\t" in source else source


def written_numbers(text: str, node: RenderTreeNode, context: RenderContext) -> str:
    """A numbered list with the numbers that its items have.

    Args:
        text: as mdformat writes it, with the first number and then ones.
        node: the list.
        context: of the page.
    """
    if context.options.get("mdformat", {}).get("number"):
        return text
    items = iter(node.children)
    lines: list[str] = []
    width = 0
    indent = ""
    for line in text.split("\n"):
        if not line:
            lines.append("")
            continue
        marker = _NUMBER.match(line)
        if marker is None:
            lines.append(indent + line[width:])
            continue
        width = len(marker[1]) + 1
        number = next(items).info + marker[1][-1]
        indent = " " * (len(number) + 1)
        lines.append(f"{number} {line[width:]}" if line[width:] else number)
    return "\n".join(lines)


def written_table(text: str, node: RenderTreeNode, context: RenderContext) -> str:
    """A table, padded where it is narrow or was padded.

    One with more cells in a row than its head has stays as it is: these are not shown, but they
    are there.

    Args:
        text: as mdformat writes it, padded.
        node: the table.
        context: of the page.
    """
    page = page_in(context.env)
    source: list[str] = []
    if node.map is not None:
        source = [line.strip(" \t>") for line in page.lines[slice(*node.map)]]
        count = len(_cells(source[0]))
        if any(len(_cells(row)) > count for row in source):
            return "\n".join(source)
    rows = text.split("\n")
    if len(rows[0]) <= _NARROW or _is_padded(page, node):
        return text
    compact = [_compact(row, is_delimiter=at == 1) for at, row in enumerate(rows)]
    if node.map is None or len(source) != len(rows):
        return "\n".join(compact)
    return "\n".join(
        _spaced(row, new, is_delimiter=at == 1)
        for at, (row, new) in enumerate(zip(source, compact, strict=True))
    )


def _cells(row: str) -> list[str]:
    return _BAR.split(row.removeprefix("|").removesuffix("|"))


def _is_padded(page: Page, node: RenderTreeNode) -> bool:
    """Whether most rows of a table have their bars below each other."""
    from wcwidth import wcswidth

    if node.map is None:
        return False
    first, end = node.map
    rows = [page.lines[first], *page.lines[first + 2 : end]]
    places = [tuple(max(0, wcswidth(cell)) for cell in _BAR.split(row)) for row in rows]
    usual, count = Counter(places).most_common(1)[0]
    # Rows that are alike by chance have no padding.
    return count >= _MOST * len(rows) and any(
        place == usual and _PADDING.search(row) for place, row in zip(places, rows, strict=True)
    )


def _compact(row: str, *, is_delimiter: bool) -> str:
    """A row without padding."""
    cells = [cell.strip(" ") for cell in _BAR.split(row)[1:-1]]
    if is_delimiter:
        cells = [_short(cell) for cell in cells]
    return f"| {' | '.join(cells)} |"


def _spaced(row: str, compact: str, *, is_delimiter: bool) -> str:
    """A row with its own padding, and a blank beside each bar.

    Args:
        row: as it is written.
        compact: as it is to be written, without padding.
        is_delimiter: whether it is the row below the head.
    """
    old, new = _cells(row), _cells(compact)
    if len(old) != len(new):
        return compact
    told = [_short(cell.strip(" ")) if is_delimiter else cell.strip(" ") for cell in old]
    if told != [cell.strip(" ") for cell in new]:
        return compact
    return "|".join(["", *(_with_blanks(cell) for cell in old), ""])


def _with_blanks(cell: str) -> str:
    if not cell.strip(" "):
        return cell if len(cell) > 1 else "  "
    return " " * (cell[0] != " ") + cell + " " * (cell[-1] != " ")


def _short(cell: str) -> str:
    """A cell of the row below a table's head."""
    left, right = cell.startswith(":"), cell.endswith(":")
    return ":" * left + "-" * (_LEAST_DASHES - left - right) + ":" * right
