"""Where peftlint's documentation is on the web."""

from __future__ import annotations

from peftlint.regex import regex

#: Where it begins; `docs/` is built into it.
HOME = "https://peftlint.readthedocs.io/en/stable/"

#: What can be a link's target in a terminal: printable ASCII, so that nothing ends the sequence.
#: Source: https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda, "Encodings".
_ADDRESS = regex(r"https://[A-Za-z0-9.-]+(?::\d{1,5})?(?:[/?#][!-~]*)?")
_LONGEST = 2000


def page_of(rule: str) -> str:
    """The address of a rule's page.

    Args:
        rule: its name.
    """
    return f"{HOME}rules/{rule}.html"


def is_address(text: object) -> bool:
    """Whether something is the `https` address of a page, in ASCII and of a sensible length."""
    return isinstance(text, str) and len(text) <= _LONGEST and bool(_ADDRESS.fullmatch(text))
