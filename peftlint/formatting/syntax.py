"""What mdformat is told: how a page is parsed, and how its blocks are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import mdformat
import mdformat.plugins
from mdformat.renderer.typing import Postprocess, Render

from peftlint.formatting.block import (
    written_html,
    written_numbers,
    written_page,
    written_rule,
    written_source,
    written_table,
)
from peftlint.formatting.inline import rendered_inline, with_hard_breaks, written_inline
from peftlint.formatting.page import Page, page_in, page_of, put
from peftlint.markdown.verbatim import SOURCE, Parser, ParserState, keep_content, keep_source

#: What our extension is called; so are its options.
NAME = "peftlint"
_GFM = "gfm"

RENDERERS: Mapping[str, Render] = {
    "inline": rendered_inline,
    "root": written_page,
    SOURCE: written_source,
}
#: They follow those of mdformat-gfm: of two extensions that render the same, one would not.
POSTPROCESSORS: Mapping[str, Postprocess] = {
    "html_block": written_html,
    "hr": written_rule,
    "inline": written_inline,
    "ordered_list": written_numbers,
    "paragraph": with_hard_breaks,
    "table": written_table,
}


class Laid(NamedTuple):
    """The option by which a list is known that is laid out already.

    Attributes:
        entries: the first and the last lines of its entries, in order, counted from 1.
    """

    entries: Sequence[tuple[int, int]]


def formatted(text: str, entries: Sequence[tuple[int, int]]) -> str:
    """A list as mdformat writes it, its entries as they are.

    Args:
        text: the list.
        entries: the first and the last lines of its entries, in order, counted from 1.

    Returns:
        The text, its lines ended by line feeds.
    """
    options = {"plugin": {NAME: {"laid": Laid(entries)}}}
    return mdformat.text(text, options=options, extensions=(NAME,))


def teach(parser: Parser, read_page: Callable[[str, Mapping[str, Any]], Page]) -> None:
    """Let a parser of mdformat's know the syntax of lists.

    Args:
        parser: mdformat's.
        read_page: makes the page of a text that is not laid out, of the text and mdformat's
            options.
    """
    extensions = parser.options["parser_extension"]
    gfm = mdformat.plugins.PARSER_EXTENSIONS[_GFM]
    if gfm not in extensions:
        extensions.insert(max(len(extensions) - 1, 0), gfm)
        gfm.update_mdit(parser)
    # What ours writes comes after what GFM's does to it.
    ours = next((one for one in extensions if getattr(one, "NAME", None) == NAME), None)
    if ours is not None:
        extensions.remove(ours)
        extensions.append(ours)
    keep_source(parser)
    keep_content(parser, _is_final)

    def open_page(state: ParserState) -> None:
        options = parser.options.get("mdformat", {})
        laid = options.get("plugin", {}).get(NAME, {}).get("laid")
        is_laid = isinstance(laid, Laid)
        page = (
            page_of(state.src, laid.entries, is_laid=True)
            if is_laid
            else read_page(state.src, options)
        )
        put(page, state.env)
        state.src = page.body

    parser.core.ruler.before("normalize", "peftlint_page", open_page)


def _is_final(state: ParserState, line: int) -> bool:
    """Whether a line is written as it is, whatever mdformat makes of it."""
    page = page_in(state.env)
    return page.is_laid and page.is_entry(line)
