"""Whether what was read is a work, or prose, a category or a pointer to another list."""

from __future__ import annotations

import re

from peftlint.model import Link
from peftlint.punctuation import plain
from peftlint.reading.field import Fields
from peftlint.role import label_role

#: How sentences begin that send a reader elsewhere.
_POINTER = re.compile(
    r"(?:please |you can |also )?(?:check(?: it)? out|see|refer to|visit|look at|read|for more|"
    r"here is|here are|thanks to|note that|if you)\b",
    re.IGNORECASE,
)
#: What stands before a link that is set apart from the sentence before it.
_APART = ("[", "(", "|", ":", ",", ".", "-", "]", ";")


def is_work(fields: Fields) -> bool:
    """Whether an item or a row with these fields presents a work.

    A title alone is not enough: something has to show that it is a work's, such as a link out
    of the page, authors, or a known venue.
    """
    if fields.title is None or not fields.title.text:
        return False
    links = _links(fields)
    outward = [link for link in links if not (link.url or "").startswith("#")]
    if links and not outward:
        return False
    if fields.title_form in ("plain", "em") and _is_prose(fields):
        return False
    if fields.title_form == "plain" and not outward:
        return bool(fields.authors) and (fields.venue is not None or fields.year is not None)
    if outward or fields.authors or fields.venue_is_known:
        return True
    return fields.title_form == "strong" and any(part.badge for part in fields.parts)


def is_work_in_prose(fields: Fields) -> bool:
    """The same for a paragraph, which needs more: prose has strong words and links, too."""
    if not is_work(fields):
        return False
    if fields.authors or fields.venue_is_known:
        return True
    return any(
        label_role(link.label or "") in ("paper", "code", "project")
        for link in _links(fields)
        if link is not fields.title_link
    )


def is_bare(fields: Fields) -> bool:
    """Whether there is a title and nothing else, as of a category that entries are nested in."""
    return not (fields.authors or fields.venue_is_known or _links(fields))


def _links(fields: Fields) -> list[Link]:
    return [part.link for part in fields.parts if part.link is not None]


def _is_prose(fields: Fields) -> bool:
    """Whether a plain title is the beginning of a sentence with a link in it."""
    if fields.title is not None and _POINTER.match(fields.title.text):
        return True
    parts = fields.parts
    for index, part in enumerate(parts):
        link = part.link
        if link is None or link.form == "placeholder" or link.only_image:
            continue
        before = ""
        if index and parts[index - 1].kind == "text":
            before = plain(parts[index - 1].text).rstrip()
        is_labelled = link.label is None or label_role(link.label) is not None
        return bool(before) and not before.endswith(_APART) and not is_labelled
    return False
