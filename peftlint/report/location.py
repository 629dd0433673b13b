"""Where a finding is, as other programs have it: paths from the folder of the run, whole lines."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote_from_bytes

from peftlint.source import Lines, Span


def relative(path: str) -> str:
    """A path from the current folder, where it leads to a file in there; else as it is.

    Platforms know a file by its path from the top of the repository, where their runs begin.

    Args:
        path: as the user knows it, with `/`.
    """
    here = Path.cwd()
    place = Path(path)
    if place.is_absolute() and place.is_relative_to(here):
        return place.relative_to(here).as_posix()
    return path


def readable(path: str) -> str:
    r"""A path that every JSON reader takes: the odd bytes of a name are spelt out, `\udce9`."""
    return path.encode(errors="backslashreplace").decode()


def uri(path: str) -> str:
    """A path as a URI: relative in the current folder, else absolute with the scheme `file`.

    Source: RFC 3986, section 4.2; what is not unreserved is percent-encoded, so that a colon makes
    no scheme and `#` no fragment.

    Args:
        path: as `relative` gives it.
    """
    if path.startswith("..") or Path(path).is_absolute():
        # What leads out of the root is not relative to it: SARIF 2.1.0, section 3.4.4.
        return Path(os.path.abspath(path)).as_uri()  # noqa: PTH100 - `resolve` follows links
    return quote_from_bytes(os.fsencode(path), safe="/")


def shown(lines: Lines, span: Span) -> Span:
    """A finding's place without the line end at its end.

    Programs mark the lines from its first to its last, and the line after it is none of them; at
    the end of a text there is no such line.

    Args:
        lines: of the text that the finding is about.
        span: where it is.
    """
    if span.end == span.start:
        return span
    return Span(span.start, max(span.start, span.end - len(line_end_before(lines, span.end))))


def line_end_before(lines: Lines, offset: int) -> str:
    """The line end just before an offset; empty where it is not the start of a line.

    Args:
        lines: those that count.
        offset: a place in their text.
    """
    line = lines.line(offset)
    if line == 1 or lines.starts[line - 1] != offset:
        return ""
    return "\r\n" if lines.text.endswith("\r\n", 0, offset) else lines.text[offset - 1]
