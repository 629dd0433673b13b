"""Whether what was read is a work, or prose, a category or a pointer to another list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from peftlint.byline import is_undivided_name
from peftlint.model import Link
from peftlint.punctuation import plain
from peftlint.reading.candidate import has_capitals
from peftlint.reading.field import Fields
from peftlint.reading.part import Part
from peftlint.role import label_role, mentions_role, url_role

#: How sentences begin that send a reader elsewhere ...
_POINTER = re.compile(
    r"(?:(?:please |you can |also )?(?:check(?: it)? out|refer to|visit|look at)|"
    r"(?:please |you can |also )(?:see|read)|see (?:also|here|the)|for more|"
    r"here is|here are|thanks to|note that|if you|feel free)(?=\s)",
    re.IGNORECASE,
)
#: ... or tell what the list's people did. Titles have capitals where these have none.
_NEWS = re.compile(
    r"(?:[Ww]e|[Oo]ur|[Tt]h(?:e|is) (?:repo|repository|list|survey|paper|page))(?:'ve)? "
    r"(?:(?:have|are|will|also|just|\w+ly|\w+) )?"
    r"(?:add|added|is|are|was|been|create|created|release|released|releasing|update|updated|"
    r"open|open-source|open-sourced|upload|uploaded|launch|launched|publish|published|provide|"
    r"propose|maintain|moved|gets?|got|accepted|happy|pleased|excited)\b"
)
#: What was done to the list, and when: `Add papers accepted by ICML'22`.
_CHANGE = re.compile(
    r"(?:add|added|fix|fixed|upload|uploaded|update|updated|release|released)\s|"
    r".{0,200}\baccepted (?:by|to|at)\b",
    re.IGNORECASE,
)
_NOTHING = "nothing shows that it is a work: no link, authors or venue"
_NEWS_TAGS = frozenset(("announcement", "news", "update", "updated", "updates", "\u65b0\u95fb"))
_SHARING = re.compile(
    r"\W*(?:follow (?:me|us)|join (?:me|us|our)|share (?:on|it)|subscribe|"
    r"(?:go )?(?:back|return) to (?:the |our )?(?:main|top|home|index|contents|table|readme)|"
    r"\u8fd4\u56de)(?!\w)",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"(?:\w+ )?(?:authors?|contributors?|maintainers?|contacts?|e-?mails?|acknowledge?ments?|"
    r"linkedin|twitter|wechat|discord|slack|telegram|\u77e5\u4e4e\w*|\u5fae\u4fe1\w*|\u90ae\u7bb1):?",
    re.IGNORECASE,
)
#: `(keeps being updated)`
_UPDATED = re.compile("(?:\u6301\u7eed|\u4e0d\u65ad|\u5b9e\u65f6)\u66f4\u65b0")
#: What is said of the list before a title: `Based on the survey: ..`
_ABOUT_THE_LIST = re.compile(
    r"(?:based on|this (?:list|repo\w*)|our (?:survey|paper)) ", re.IGNORECASE
)
#: Where readers write to, not read.
_TRACKER = re.compile(r"https?://github\.com/[^/]+/[^/]+/(?:pulls|issues)/?$")
#: `[Title](..) - what it is`
_REMARK = re.compile(r"\s*[-:\u2013\u2014]\s*\S")
#: A label of an address in a line of its own.
_LABEL = re.compile(r"\s*([^\s:][^:]{1,30}):\s*")
#: What the repository of a list of papers is called ...
_LIST_NAME = re.compile(r"awesome|papers?-?list|reading-?list|papers$", re.IGNORECASE)
#: ... and how its title speaks of it.
_LIST_TITLE = re.compile(
    r"awesome|\b(?:papers?|reading) ?lists?\b|\b(?:curated|extensive) (?:list|collection)\b|"
    r"\brepository of\b",
    re.IGNORECASE,
)
#: How a remark behind its name does.
_DESCRIBED_LIST = re.compile(
    r"[\s:\u2013\u2014-]+(?:an? |the )?(?:\w+[ &]+){0,4}?"
    r"(?:(?:curated|paper|reading|resource) list|list of (?:\w+ ){0,3}(?:papers|resources)|"
    r"collection of (?:\w+ ){0,3}papers)\b",
    re.IGNORECASE,
)
_REPOSITORY = re.compile(r"https?://(?:www\.)?github\.com/[^/#?]+/([^/#?]+)/?(?:#.*)?$")
#: What stands before a link that is set apart from the sentence before it.
#: Lines between a title and the address below it.
_MOST_LINES = 3
_APART = ("[", "(", "|", ":", ",", ".", "-", "]", ";", "/")
#: In words: less may be the name of a topic or a conference.
_LONGEST_DOUBTFUL_TITLE = 3
#: In words: the name of a list is shorter than a survey's title.
_SHORTEST_OF_A_LIST = 7
#: In words: a topic's name is not longer, and what explains it is.
_NICKNAME = 4
_LETTER = re.compile(r"[^\W\d_]")
_EXPLANATION = 8


class Judgement(NamedTuple):
    """Whether some fields are those of a work, and what tells so, in a few words."""

    is_work: bool
    reason: str


def judge(  # noqa: PLR0911, PLR0912 - a branch for each thing that may tell
    fields: Fields,
) -> Judgement:
    """Tell whether an item or a row with these fields presents a work.

    A title alone is not enough: something has to show that it is a work's, such as a link out
    of the page, authors, or a known venue.
    """
    title = fields.title
    if title is None or not title.text:
        return Judgement(False, "it has no title")
    links = _links(fields)
    outward = [link for link in links if not is_inward(link.url or "")]
    if links and not outward:
        return Judgement(False, "it only leads to places in the list")
    name = fields.name.text if fields.name else ""
    leads_to_title = fields.title_link is not None and leads_to_paper(fields)
    is_news = _NEWS.match(title.text) or _UPDATED.search(title.text)
    is_of_list = name.casefold() in _NEWS_TAGS or _ABOUT_THE_LIST.match(f"{name} ")
    if is_of_list or (is_news and not leads_to_title):
        return Judgement(False, "it tells news of the list, not a title")
    if _SHARING.match(title.text) and not leads_to_title:
        return Judgement(False, "an invitation, not a title")
    if outward and all(_TRACKER.match(link.url or "") for link in outward):
        return Judgement(False, "it leads to where readers write to")
    if (
        fields.title_form == "plain"
        and is_undivided_name(title.text)
        and not leads_to_paper(fields)
    ):
        return Judgement(False, "it names people, not a work")
    if _PEOPLE.fullmatch(name) or (_PEOPLE.fullmatch(title.text) and not fields.title_link):
        return Judgement(False, "it names people, not a work")
    is_sentence = fields.title_form in ("plain", "em") and _is_prose(fields)
    if is_sentence or _POINTER.match(fields.parts[0].text.lstrip()):
        return Judgement(False, "a sentence, not a title")
    if _is_explained(fields):
        return Judgement(False, "a topic that is explained, with links in the text")
    if fields.title_form == "plain" and label_role(title.text):
        return Judgement(False, "it names what it leads to, not a work")
    if points_to_list(fields):
        return Judgement(False, "it points to another list")
    if outward:
        return Judgement(True, "it has a title and a link out of the page")
    appeared = fields.venue is not None or fields.year is not None
    if fields.authors and (fields.title_form != "plain" or appeared):
        return Judgement(True, "it has a title and authors")
    if fields.venue_is_known and fields.title_form != "plain":
        return Judgement(True, "it has a title and a known venue")
    if fields.title_form == "strong" and any(part.badge for part in fields.parts):
        return Judgement(True, "it has a title in strong letters and a badge")
    return Judgement(False, _NOTHING)


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
    is_list = _LIST_TITLE.search(title) is not None or title[:1].islower()
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
    if fields.title is None or fields.year is None or _CHANGE.match(fields.title.text):
        return False
    return _is_long(fields) and not _is_prose(fields)


def is_inward(url: str) -> bool:
    """Whether an address leads to a place in the page or to another page of the list."""
    return "//" not in url and ("#" in url or url.endswith("/") or url.startswith("mailto:"))


def is_page(url: str) -> bool:
    """Whether an address leads to another page of the list, which is Markdown as well."""
    return "//" not in url and url.partition("#")[0].endswith(".md")


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
    if all(is_page(link.url or "") for link in _links(fields)):
        return Judgement(False, "it leads to another page of the list")
    is_marked = fields.title_form == "strong" and _is_long(fields)
    roles = ("paper", "code", "project", *(("data", "other") if is_marked else ()))
    labelled = any(
        label_role(link.label or "") in roles
        for link in _links(fields)
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
    return leads or is_all or (is_described and not _LIST_TITLE.search(title.text))


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


def leads_to_paper(fields: Fields) -> bool:
    """Whether a link leads to a paper, by its label or its host."""
    return any(
        link.role == "paper" or url_role(link.url or "") == "paper" for link in _links(fields)
    )


def is_citation(fields: Fields) -> bool:
    """Whether there are title, authors and where or when it appeared, and no link."""
    appeared = fields.venue is not None or fields.year is not None
    return bool(fields.title and fields.authors and appeared) and not _links(fields)


def may_be_work(fields: Fields) -> bool:
    """Whether there is a title of several words, which among works is one of theirs."""
    return _is_long(fields) and not _links(fields) and not _is_prose(fields)


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


def _links(fields: Fields) -> list[Link]:
    return [part.link for part in fields.parts if part.link is not None]


def points_to_list(fields: Fields) -> bool:
    """Whether all that there is leads to a repository named as lists are."""
    outward = [link for link in _links(fields) if not is_inward(link.url or "")]
    if fields.title is None or fields.authors or fields.venue is not None:
        return False
    links = [link for link in outward if not link.only_image]
    if fields.title_link is not None and links == [fields.title_link]:
        described = "".join(part.text for part in fields.parts[fields.title_index + 1 :])
        if url_role(links[0].url or "") == "code" and _DESCRIBED_LIST.match(described):
            return True
    if not links or not all(map(_leads_to_list, links)):
        return False
    title = fields.title.text
    return len(title.split()) < _SHORTEST_OF_A_LIST or bool(_LIST_TITLE.search(title))


def _leads_to_list(link: Link) -> bool:
    match = _REPOSITORY.match(link.url or "")
    return match is not None and _LIST_NAME.search(match[1]) is not None


def _is_explained(fields: Fields) -> bool:
    """Whether a few strong words are followed by a colon, and text with unnamed links in it."""
    if fields.title is None or fields.title_link or fields.authors or fields.venue_is_known:
        return False
    named = any(link.label is None or mentions_role(link.label) for link in _links(fields))
    if named or not _links(fields):
        return False
    if fields.name is not None:
        # The topic was taken for a nickname, and what explains it for the title.
        return fields.title_form == "plain"
    title = fields.title.text
    after = fields.parts[fields.title_index + 1 :]
    is_marked = title.endswith(":") or (after and after[0].text.lstrip().startswith(":"))
    if not is_marked or fields.title_form != "strong" or len(title.split()) > _NICKNAME:
        return False
    return len("".join(part.text for part in after).split()) > _EXPLANATION


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
        role = label_role(link.label or "")
        is_labelled = link.label is None or (role is not None and link.label != "here")
        is_apart = before.endswith(_APART) or part.text.startswith(("[", "("))
        return bool(before) and not is_apart and not is_labelled
    return False
