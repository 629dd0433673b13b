"""The extension through which mdformat lays out lists: `mdformat FILE` and `peftlint normalize`.

See https://mdformat.readthedocs.io/en/stable/contributors/contributing.html for what mdformat
asks of one. Where nothing can be written, the page stays as it is and a warning says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mdformat.renderer import LOGGER

from peftlint.finder import Finder
from peftlint.formatting.page import Page, page_of
from peftlint.formatting.syntax import NAME, POSTPROCESSORS, RENDERERS, teach
from peftlint.layout.template import LayoutError
from peftlint.layoutchoice import choice_of
from peftlint.markdown.verbatim import Parser
from peftlint.normalizer import normalize
from peftlint.printable import printable
from peftlint.reader import read
from peftlint.settings import ConfigError

__all__ = ["NAME", "POSTPROCESSORS", "RENDERERS", "update_mdit"]

_BOM = "\ufeff"
#: The pages of the file at which mdformat is: it parses each again to compare their HTML.
_pages: dict[tuple[str, str], Page] = {}


def update_mdit(mdit: Parser) -> None:
    """Let a parser of mdformat's know the syntax of lists, and lay them out."""
    teach(mdit, _page)


def _page(text: str, options: Mapping[str, Any]) -> Page:
    """The page of a list, laid out as `peftlint normalize` does it."""
    if "filename" in options:
        name = str(options["filename"]) or "-"
    else:
        # It compares what it wrote with what was there, and does not say of which file.
        name = next((known for known, _ in _pages), "-")
    page = _pages.get((name, text))
    if page is None:
        _pages.clear()
        page = _pages[name, text] = _laid_out(text, name)
        if not page.is_kept:
            _pages[name, page.body] = page
    return page


def _laid_out(text: str, name: str) -> Page:
    path = Path(name)
    bom = _BOM if text.startswith(_BOM) else ""
    body = text.removeprefix(_BOM)
    try:
        finder = Finder()
        settings = finder.settings(path)
        if name != "-" and finder.is_excluded(path):
            # Nobody asked for another layout of it.
            return page_of(text, _places(body))
        choice = choice_of(settings.layout, settings.layouts)
    except (ConfigError, LayoutError) as error:
        LOGGER.warning(printable(f"{name} is left as it is: {error}"))
        return page_of(text, (), is_kept=True)
    rules = settings.layout_rules_for(path)
    result = normalize(body, choice, rules=rules, options=settings.options)
    reason = result.refused or result.unformatted
    if reason is not None:
        LOGGER.warning(printable(f"{name}: {reason}"))
    return page_of(bom + result.text, _places(result.text), is_kept=reason is not None)


def _places(text: str) -> list[tuple[int, int]]:
    return [(entry.line, entry.end_line) for entry in read(text).entries]
