"""What LaTeX shows, as text: accents, symbols and quotes decoded, braces and commands gone."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from peftlint.printable import printable
from peftlint.regex import regex

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text

#: How what is needed gets installed.
EXTRA = "peftlint[bibtex]"
#: In LaTeX a comment begins there; in fields of BibTeX hardly anybody means one.
_PERCENT = regex(r"(?<!\\)((?:\\\\)*)%")
_HAS_COMMANDS = regex(r"[\\{}$~%&^]|--|``|''")
_IN_ADDRESS = regex(r"\\([_%&#~{}$])(?:\{\})?|\\textasciitilde\s*(?:\{\})?|[{}]")
_WRAPPED = regex(r"\\(?:url|path|texttt|nolinkurl)\s*\{([^{}]*)\}|\\href\s*\{([^{}]*)\}\{[^{}]*\}")
_ADDRESS = regex(r"https?://[^\s<>\"\\^`{|}]+", re.IGNORECASE)
#: Those of RFC 3986, sections 2.1 to 2.3, but the brackets, which belong to no path.
_SAFE = "%:/?#@!$&'()*+,;=-._~"
_AT_END = ".,;:!?'"


class ImportExtraError(Exception):
    """What reads BibTeX is not installed."""

    def __str__(self) -> str:
        """What to do."""
        return (
            "BibTeX is read by bibtexparser and pylatexenc, which are not installed: "
            f"pip install '{EXTRA}'"
        )


def shown(latex: str) -> str:
    """What LaTeX shows, on one line; formulas stay as they are.

    Args:
        latex: of a field, braces included.

    Raises:
        ImportExtraError: pylatexenc is not installed.
        ValueError: it cannot be read; the message is for a person.
    """
    text = latex
    if _HAS_COMMANDS.search(latex):
        decoder = _decoder()
        try:
            text = decoder.latex_to_text(_PERCENT.sub(r"\1\\%", latex))
        except Exception as error:  # whatever it stumbles over is in the file
            raise ValueError(f"its LaTeX cannot be read: {latex[:60]}") from error
    return _plain(text)


def address(latex: str) -> str | None:
    """The first address of the web in LaTeX, where it is one that leads out by HTTP.

    Args:
        latex: of `url`, or of a note that mentions one.
    """
    text = _WRAPPED.sub(lambda match: f" {match[1] or match[2]} ", latex)
    text = _IN_ADDRESS.sub(lambda match: match[1] or ("~" if "tilde" in match[0] else ""), text)
    match = _ADDRESS.search(text)
    if match is None or not match[0].isprintable():
        return None
    found = match[0].rstrip(_AT_END)
    while found.endswith(")") and found.count(")") > found.count("("):
        found = found[:-1].rstrip(_AT_END)
    # A bracket or a letter that is not ASCII could end or forge a link, and neither is needed.
    return quote(found, safe=_SAFE, errors="replace") if len(found) > len("https://") else None


def _plain(text: str) -> str:
    """Text on one line, composed, what has no shape written out."""
    return printable(" ".join(unicodedata.normalize("NFC", text).replace("\xa0", " ").split()))


@cache
def _decoder() -> LatexNodes2Text:
    try:
        from pylatexenc.latex2text import LatexNodes2Text
    except ImportError as error:
        raise ImportExtraError from error
    _silence()
    # It reads no file unless it is told a folder, and math stays as it is written.
    return LatexNodes2Text(math_mode="verbatim", keep_comments=False, strict_latex_spaces=False)


def _silence() -> None:
    """Keep pylatexenc from telling what it tolerates."""
    import logging

    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)
