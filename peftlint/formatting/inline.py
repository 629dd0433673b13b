"""Running text as it is written anew: with the marks and escapes that its author chose.

What was parsed is what its source means, so the source is right. mdformat writes it from what was
parsed, and has to escape each bracket of `[[Paper](..)]` and each backslash in a formula. Where
it comes to write no more escapes than there are, it has its way.
"""

from __future__ import annotations

from mdformat.renderer import RenderContext, RenderTreeNode

from peftlint.formatting.page import page_in
from peftlint.regex import regex

#: Stands for the blanks of a hard break until mdformat has stripped the lines.
_BREAK = "\uf8d0"
_HARD_BREAK = regex(r"(?<! ) {2,}\n")
_BACKSLASH_BREAK = regex(r"\\\n")
_BLANKS = regex(r"\t[ \t]*| [ \t]+")
_MOST_PIECES = 2000
#: Where blanks may be part of something else.
_LITERAL = regex(r"[`<$\"']")


def rendered_inline(node: RenderTreeNode, context: RenderContext) -> str:
    """Running text as mdformat writes it; as it is where it is of very many pieces.

    mdformat looks for each piece of text among all pieces beside it.
    """
    if any(len(one.children) > _MOST_PIECES for one in node.walk()):
        return node.content
    return "".join(child.render(context) for child in node.children)


def written_inline(text: str, node: RenderTreeNode, context: RenderContext) -> str:
    """Running text as it is to be written.

    Args:
        text: as mdformat writes it.
        node: the token that it stands for.
        context: of the page.
    """
    if context.do_wrap:
        return text
    source = node.content
    block = node.parent.type if node.parent else ""
    if block == "heading" and ("\n" in source or source.endswith("#")):
        return text
    if node.map and page_in(context.env).is_entry(node.map[0]):
        if block == "paragraph" and _BREAK not in source:
            return _HARD_BREAK.sub(f"{_BREAK}\n", source)
        return source
    found = sum(child.type == "hardbreak" for child in node.walk())
    if found:
        if found != len(_HARD_BREAK.findall(source)) + len(_BACKSLASH_BREAK.findall(source)):
            return text
        source = _HARD_BREAK.sub("\\\\\n", source)
    if not _LITERAL.search(source):
        source = _BLANKS.sub(" ", source)
    is_same = text.replace("\\", "") == source.replace("\\", "")
    return text if is_same and len(text) <= len(source) else source


def with_hard_breaks(text: str, _node: RenderTreeNode, _context: RenderContext) -> str:
    """A paragraph whose hard breaks are blanks again, as in its source."""
    return text.replace(f"{_BREAK}\n", "  \n")
