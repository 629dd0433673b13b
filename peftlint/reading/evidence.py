"""What shows that fields are those of a work."""

from __future__ import annotations

import re
from collections.abc import Sequence

from peftlint.punctuation import plain
from peftlint.reading.aside import (
    CHANGE,
    LIST_TITLE,
    is_inward,
    is_page,
    is_prose,
    leads_to_paper,
    why_aside,
)
from peftlint.reading.candidate import has_capitals
from peftlint.reading.field import Fields
from peftlint.reading.part import Part
from peftlint.regex import regex
from peftlint.role import label_role, url_role
from peftlint.value import Value

_NOTHING = "nothing shows that it is a work: no link, authors or venue"
#: `[Title](..) - what it is`
_REMARK = regex(r"\s*[-:\u2013\u2014]\s*\S")
#: A label of an address in a line of its own.
_LABEL = regex(r"\s*([^\s:][^:]{1,30}):\s*")
#: Lines between a title and the address below it.
_MOST_LINES = 3
#: In words: less may be the name of a topic or a conference.
_LONGEST_DOUBTFUL_TITLE = 3
_LETTER = regex(r"[^\W\d_]")


class Judgement(Value):
    """Whether some fields are those of a work, and what tells so, in a few words."""

    is_work: bool
    reason: str


def judge(fields: Fields) -> Judgement:
    """Tell whether an item or a row with these fields presents a work.

    A title alone is not enough: something has to show that it is a work's, such as a link out
    of the page, authors, or a known venue.
    """
    title = fields.title
    if title is None or not title.text:
        return Judgement(False, "it has no title")
    reason = why_aside(fields)
    if reason is not None:
        return Judgement(False, reason)
    shown = _shown_by(fields)
    return Judgement(False, _NOTHING) if shown is None else Judgement(True, shown)


def _shown_by(fields: Fields) -> str | None:
    """What shows that fields are those of a work; `None` where nothing does.

    They have a title, and nothing says that they are something else: so there is no link, or one
    that leads out.
    """
    if fields.links:
        return "it has a title and a link out of the page"
    appeared = fields.venue is not None or fields.year is not None
    if fields.authors and (fields.title_form != "plain" or appeared):
        return "it has a title and authors"
    if fields.venue_is_known and fields.title_form != "plain":
        return "it has a title and a known venue"
    if fields.title_form == "strong" and any(part.badge for part in fields.parts):
        return "it has a title in strong letters and a badge"
    return None


def judge_item(fields: Fields) -> Judgement:
    """The same for an item that is in no other.

    A title of several words may stand alone there, with a venue and its year.
    """
    judgement = judge(fields)
    if judgement.reason == _NOTHING and fields.venue_is_known and _is_dated_title(fields):
        return Judgement(True, "it has a title, a known venue and a year")
    return judgement


def judge_running(fields: Fields) -> Judgement:
    """The same for a paragraph of plain text, which is prose but for a citation.

    That has its authors first, or the venue with its year, and links behind all its words.
    """
    judgement = judge(fields)
    if not judgement.is_work or fields.title is None:
        return judgement
    span = fields.authors_span
    appeared = fields.venue is not None or fields.year is not None
    if span is not None and span.start < fields.title.span.start and appeared:
        return Judgement(True, "it cites a work: authors, title, and when it appeared")
    dated_first = any(
        run.place(0, 1).start < fields.title.span.start and fields.year is not None
        for run in fields.beside
    )
    if dated_first and leads_to_paper(fields) and _ends_with_links(fields):
        return Judgement(True, "it has a date, a title and a link to a paper")
    if _ends_with_address(fields) or _lists_addresses(fields):
        return Judgement(True, "it has a title, and an address in a line of its own")
    return Judgement(False, "a paragraph that does not begin as an entry does")


def _ends_with_links(fields: Fields) -> bool:
    """Whether no words follow the first link."""
    first = next(index for index, part in enumerate(fields.parts) if part.link is not None)
    return not any(
        len(part.text.split()) > 1 for part in fields.parts[first:] if part.kind == "text"
    )


def _ends_with_address(fields: Fields) -> bool:
    """Whether a title fills the first line and the address of a paper the last."""
    parts = fields.parts
    last = parts[-1].link
    if last is None or last.form not in ("bare", "autolink") or parts[-2].kind != "break":
        return False
    is_filled = parts[fields.title_index + 1].kind == "break"
    breaks = sum(part.kind == "break" for part in parts)
    title = fields.title.text if fields.title else ""
    is_list = LIST_TITLE.search(title) is not None or title[:1].islower()
    return is_filled and breaks <= _MOST_LINES and not is_list and _is_alone(parts)


def _lists_addresses(fields: Fields) -> bool:
    """Whether a title fills the first line and each further one is `PDF: <https://..>`."""
    lines: list[list[Part]] = [[]]
    for part in fields.parts[fields.title_index + 1 :]:
        if part.kind != "break":
            lines[-1].append(part)
        else:
            lines.append([])
    others = [line for line in lines[1:] if line]
    return bool(others) and not lines[0] and all(map(_is_labelled_address, others))


def _is_labelled_address(line: Sequence[Part]) -> bool:
    """Whether a line is a label that names what its address leads to, and the address."""
    label = _LABEL.fullmatch(plain(line[0].text)) if line[0].kind == "text" else None
    link = line[1].link if line[1:] else None
    is_address = link is not None and link.form in ("bare", "autolink")
    is_named = label is not None and any(map(label_role, re.split(r"[+&/,]", label[1])))
    return is_address and is_named and not any(part.text.strip() for part in line[2:])


def _is_alone(parts: Sequence[Part]) -> bool:
    """Whether the last part is the only link."""
    return not any(part.link for part in parts[:-1])


def _is_dated_title(fields: Fields) -> bool:
    """Whether a plain title is long enough and a year stands beside its venue."""
    if fields.title is None or fields.year is None or CHANGE.match(fields.title.text):
        return False
    return _is_long(fields) and not is_prose(fields)


def is_work(fields: Fields) -> bool:
    """Whether an item or a row with these fields presents a work."""
    return judge(fields).is_work


def judge_paragraph(fields: Fields) -> Judgement:
    """The same for a paragraph, which needs more: prose has strong words and links, too."""
    judgement = judge(fields)
    if not judgement.is_work:
        return judgement
    if fields.authors or fields.venue_is_known:
        return judgement
    if all(is_page(link.url or "") for link in fields.links):
        return Judgement(False, "it leads to another page of the list")
    is_marked = fields.title_form == "strong" and _is_long(fields)
    roles = ("paper", "code", "project", *(("data", "other") if is_marked else ()))
    labelled = any(
        label_role(link.label or "") in roles
        for link in fields.links
        if link is not fields.title_link
    )
    if labelled or _is_address(fields) or (is_marked and _only_links_follow(fields)):
        return Judgement(True, "it has a title and a link that names a paper, code or a project")
    if _begins_with_linked_title(fields):
        return Judgement(True, "it begins with a title that is a link")
    return Judgement(False, "running text: no authors, venue, or link that names a paper or code")


def _begins_with_linked_title(fields: Fields) -> bool:
    """Whether a linked title leads to a paper, fills the paragraph, or is described in it."""
    link, title = fields.title_link, fields.title
    if link is None or title is None:
        return False
    leads = url_role(link.url or "") == "paper"
    is_all = sum(bool(part.text.strip()) for part in fields.parts) == 1
    if not _is_long(fields):
        return leads and is_all and len(title.text.split()) > 1
    following = fields.parts[fields.title_index + 1 :][:1]
    is_described = bool(following) and _REMARK.match(following[0].text) is not None
    return leads or is_all or (is_described and not LIST_TITLE.search(title.text))


def _only_links_follow(fields: Fields) -> bool:
    """Whether nothing follows a title but links that lead out, and words that name them."""
    after = fields.parts[fields.title_index + 1 :]
    links = [part.link for part in after if part.link is not None]
    words = (part.text for part in after if part.link is None and part.kind != "break")
    return (
        bool(links)
        and all(link.url and not is_inward(link.url) for link in links)
        and all("://" in (link.label or "://") or label_role(link.label or "") for link in links)
        and all(not _LETTER.search(text) or label_role(text) for text in words)
    )


def is_distinct(fields: Fields) -> bool:
    """Whether fields are surely those of a work of its own, not of a part of one."""
    if not is_work(fields):
        return False
    if fields.authors or fields.venue_is_known:
        return True
    return leads_to_paper(fields)


def is_citation(fields: Fields) -> bool:
    """Whether there are title, authors and where or when it appeared, and no link."""
    appeared = fields.venue is not None or fields.year is not None
    return bool(fields.title and fields.authors and appeared) and not fields.links


def may_be_work(fields: Fields) -> bool:
    """Whether there is a title of several words, which among works is one of theirs."""
    return _is_long(fields) and not fields.links and not is_prose(fields)


def _is_address(fields: Fields) -> bool:
    """Whether a strong title is followed by an address and nothing else: `**Name**: https://..`."""
    after = fields.parts[fields.title_index + 1 :]
    links = [part.link for part in after if part.link is not None]
    words = "".join(part.text for part in after if part.link is None)
    is_bare = len(links) == 1 and links[0].form in ("bare", "autolink")
    return fields.title_form == "strong" and is_bare and words.strip() in (":", "\uff1a", "-")


def is_headline(fields: Fields) -> bool:
    """Whether a title is set in capitals as titles are, and nothing else stands there."""
    if fields.title is None or fields.title_form not in ("plain", "strong"):
        return False
    rest = fields.parts[fields.title_index + 1 :]
    return has_capitals(fields.title.text) and not any(part.text.strip() for part in rest)


def _is_long(fields: Fields) -> bool:
    """Whether a title has so many words that it is surely one; strong letters count as a word."""
    if fields.title is None:
        return False
    words = len(fields.title.text.split()) + (fields.title_form == "strong")
    return words > _LONGEST_DOUBTFUL_TITLE
