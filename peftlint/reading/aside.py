"""What stands in a list and is no work: news, people, prose, and pointers to other lists."""

from __future__ import annotations

import re
from collections.abc import Sequence

from peftlint.byline import is_undivided_name
from peftlint.model import Link
from peftlint.punctuation import plain
from peftlint.reading.field import Fields
from peftlint.regex import regex
from peftlint.role import label_role, mentions_role, url_role

#: How sentences begin that send a reader elsewhere ...
_POINTER = regex(
    r"(?:(?:please |you can |also )?(?:check(?: it)? out|refer to|visit|look at)|"
    r"(?:please |you can |also )(?:see|read)|see (?:also|here|the)|for more|"
    r"here is|here are|thanks to|note that|if you|feel free)(?=\s)",
    re.IGNORECASE,
)
#: ... or tell what the list's people did. Titles have capitals where these have none.
#: No pattern: it took a millisecond to compile for each list with a title that begins with `The`.
_NEWS_VERBS = frozenset(
    ("add", "added", "is", "are", "was", "been", "create", "created", "release", "released",
     "releasing", "update", "updated", "open", "upload", "uploaded", "launch", "launched",
     "publish", "published", "provide", "propose", "maintain", "moved", "get", "gets", "got",
     "accepted", "happy", "pleased", "excited")
)  # fmt: skip
_LIST_NOUNS = frozenset(("repo", "repository", "list", "survey", "paper", "page"))
#: `open-source` begins with the verb `open`.
_FIRST_WORD = regex(r"\w+")
#: What was done to the list, and when: `Add papers accepted by ICML'22`.
CHANGE = regex(
    r"(?:add|added|fix|fixed|upload|uploaded|update|updated|release|released)\s|"
    r".{0,200}\baccepted (?:by|to|at)\b",
    re.IGNORECASE,
)
_TELLERS = frozenset(("We", "we", "We've", "we've", "Our", "our", "Our've", "our've"))
_ARTICLES = frozenset(("The", "the", "This", "this"))
#: Words of which `_POINTER` has one at its beginning, and `_SHARING` and `_PEOPLE` one somewhere:
#: most titles have none, and no pattern need be compiled.
_OF_PEOPLE = (
    "author", "contributor", "maintainer", "contact", "mail", "acknowledg", "linkedin", "twitter",
    "wechat", "discord", "slack", "telegram", "\u77e5\u4e4e", "\u5fae\u4fe1", "\u90ae\u7bb1",
)  # fmt: skip
_POINTING = (
    "please ", "you can ", "also ", "check", "refer to", "visit", "look at", "see ", "for more",
    "here ", "thanks to", "note that", "if you", "feel free",
)  # fmt: skip
_INVITING = ("follow ", "join ", "share ", "subscribe", "back to", "return to", "\u8fd4\u56de")
_INVITING_STARTS = ("go ", *_INVITING)
_NEWS_TAGS = frozenset(("announcement", "news", "update", "updated", "updates", "\u65b0\u95fb"))
_SHARING = regex(
    r"\W*(?:follow (?:me|us)|join (?:me|us|our)|share (?:on|it)|subscribe|"
    r"(?:go )?(?:back|return) to (?:the |our )?(?:main|top|home|index|contents|table|readme)|"
    r"\u8fd4\u56de)(?!\w)",
    re.IGNORECASE,
)
_PEOPLE = regex(
    r"(?:\w+ )?(?:authors?|contributors?|maintainers?|contacts?|e-?mails?|acknowledge?ments?|"
    r"linkedin|twitter|wechat|discord|slack|telegram|\u77e5\u4e4e\w*|\u5fae\u4fe1\w*|\u90ae\u7bb1):?",
    re.IGNORECASE,
)
#: `(keeps being updated)`
_UPDATED = ("\u6301\u7eed\u66f4\u65b0", "\u4e0d\u65ad\u66f4\u65b0", "\u5b9e\u65f6\u66f4\u65b0")
#: What is said of the list before a title: `Based on the survey: ..`
_ABOUT_THE_LIST = regex(r"(?:based on|this (?:list|repo\w*)|our (?:survey|paper)) ", re.IGNORECASE)
#: Where readers write to, not read.
_TRACKER = regex(r"https?://github\.com/[^/]+/[^/]+/(?:pulls|issues)/?$")
_TRACKER_ENDS = ("/pulls", "/issues", "/pulls/", "/issues/")
#: What the repository of a list of papers is called ...
_LIST_NAME = regex(r"awesome|papers?-?list|reading-?list|papers$", re.IGNORECASE)
#: ... and how its title speaks of it.
LIST_TITLE = regex(
    r"awesome|\b(?:papers?|reading) ?lists?\b|\b(?:curated|extensive) (?:list|collection)\b|"
    r"\brepository of\b",
    re.IGNORECASE,
)
#: How a remark behind its name does.
_DESCRIBED_LIST = regex(
    r"[\s:\u2013\u2014-]+(?:an? |the )?(?:\w+[ &]+){0,4}?"
    r"(?:(?:curated|paper|reading|resource) list|list of (?:\w+ ){0,3}(?:papers|resources)|"
    r"collection of (?:\w+ ){0,3}papers)\b",
    re.IGNORECASE,
)
_REPOSITORY = regex(r"https?://(?:www\.)?github\.com/[^/#?]+/([^/#?]+)/?(?:#.*)?$")
#: What stands before a link that is set apart from the sentence before it.
_APART = ("[", "(", "|", ":", ",", ".", "-", "]", ";", "/")
#: In words: the name of a list is shorter than a survey's title.
_SHORTEST_OF_A_LIST = 7
#: In words: a topic's name is not longer, and what explains it is.
_NICKNAME = 4
_EXPLANATION = 8


def why_aside(  # noqa: PLR0911 - a branch for each thing that it may be
    fields: Fields,
) -> str | None:
    """Why fields with a title are about the list or say something else; `None` where not."""
    title = fields.title
    if title is None:
        return None
    links = fields.links
    outward = _outward(links)
    if links and not outward:
        return "it only leads to places in the list"
    name = fields.name.text if fields.name else ""
    is_news = _tells_news(title.text) or (
        not title.text.isascii() and any(map(title.text.__contains__, _UPDATED))
    )
    is_sharing = _is_sharing(title.text)
    leads_to_title = (
        (is_news or is_sharing) and fields.title_link is not None and leads_to_paper(fields)
    )
    is_of_list = name and (name.casefold() in _NEWS_TAGS or _ABOUT_THE_LIST.match(f"{name} "))
    if is_of_list or (is_news and not leads_to_title):
        return "it tells news of the list, not a title"
    if is_sharing and not leads_to_title:
        return "an invitation, not a title"
    if outward and _lead_to_trackers(outward):
        return "it leads to where readers write to"
    if _names_people(fields, name, title.text):
        return "it names people, not a work"
    is_sentence = fields.title_form in ("plain", "em") and is_prose(fields)
    if is_sentence or _is_pointer(fields.parts[0].text.lstrip()):
        return "a sentence, not a title"
    if _is_explained(fields, links):
        return "a topic that is explained, with links in the text"
    if fields.title_form == "plain" and label_role(title.text):
        return "it names what it leads to, not a work"
    return "it points to another list" if _all_point_to_list(fields, outward) else None


def _tells_news(title: str) -> bool:
    """Whether a title begins as `We have updated ..` or `This repository is ..`."""
    subject, _, said = title.partition(" ")
    if subject in _ARTICLES:
        noun, _, said = said.partition(" ")
        if noun.removesuffix("'ve") not in _LIST_NOUNS:
            return False
    elif subject not in _TELLERS:
        return False
    # One word may stand before the verb: `we just released`.
    for word in said.split(" ", 2)[:2]:
        verb = _FIRST_WORD.match(word)
        if verb is None:
            return False
        if verb[0] in _NEWS_VERBS:
            return True
        if verb[0] != word:
            return False
    return False


def _lead_to_trackers(links: Sequence[Link]) -> bool:
    for link in links:
        url = link.url or ""
        if not url.endswith(_TRACKER_ENDS) or not _TRACKER.match(url):
            return False
    return True


def _is_pointer(text: str) -> bool:
    """Whether a sentence begins that sends a reader elsewhere."""
    return text[:10].casefold().startswith(_POINTING) and _POINTER.match(text) is not None


def _is_of_people(text: str) -> bool:
    # These are two words at most.
    if not text or text.count(" ") > 1:
        return False
    folded = text.casefold()
    return any(map(folded.__contains__, _OF_PEOPLE)) and _PEOPLE.fullmatch(text) is not None


def _is_sharing(title: str) -> bool:
    if title[:1].isalnum():
        may_be = title[:10].casefold().startswith(_INVITING_STARTS)
    else:
        may_be = any(map(title.casefold().__contains__, _INVITING))
    return may_be and _SHARING.match(title) is not None


def _names_people(fields: Fields, name: str, title: str) -> bool:
    """Whether a name, or words before links, are those of people and their addresses."""
    if _is_of_people(name) or (not fields.title_link and _is_of_people(title)):
        return True
    is_plain = fields.title_form == "plain"
    return is_plain and is_undivided_name(title) and not leads_to_paper(fields)


def leads_to_paper(fields: Fields) -> bool:
    """Whether a link leads to a paper, by its label or its host."""
    return any(link.role == "paper" or url_role(link.url or "") == "paper" for link in fields.links)


def is_inward(url: str) -> bool:
    """Whether an address leads to a place in the page or to another page of the list."""
    return "//" not in url and ("#" in url or url.endswith("/") or url.startswith("mailto:"))


def is_page(url: str) -> bool:
    """Whether an address leads to another page of the list, which is Markdown as well."""
    return "//" not in url and url.partition("#")[0].endswith(".md")


def points_to_list(fields: Fields) -> bool:
    """Whether all that there is leads to a repository named as lists are."""
    return _all_point_to_list(fields, _outward(fields.links))


def _outward(links: Sequence[Link]) -> list[Link]:
    """The links that do not lead to another place of the list."""
    # Nearly all have a host: the rest is asked about one by one.
    return [link for link in links if "//" in (url := link.url or "") or not is_inward(url)]


def _all_point_to_list(fields: Fields, outward: Sequence[Link]) -> bool:
    if fields.title is None or fields.authors or fields.venue is not None:
        return False
    links = [link for link in outward if not link.only_image]
    if fields.title_link is not None and links == [fields.title_link]:
        described = "".join([part.text for part in fields.parts[fields.title_index + 1 :]])
        is_list = _says_list(described) and _DESCRIBED_LIST.match(described)
        if is_list and url_role(links[0].url or "") == "code":
            return True
    if not links or not all(map(_leads_to_list, links)):
        return False
    title = fields.title.text
    return len(title.split()) < _SHORTEST_OF_A_LIST or bool(LIST_TITLE.search(title))


def _says_list(text: str) -> bool:
    folded = text.casefold()
    return " list" in folded or "list of " in folded or "collection of " in folded


def _leads_to_list(link: Link) -> bool:
    url = link.url or ""
    # Cheap looks before a dear one.
    if "github.com/" not in url:
        return False
    folded = url.casefold()
    if not any(map(folded.__contains__, ("awesome", "paper", "reading"))):
        return False
    match = _REPOSITORY.match(url)
    return match is not None and _LIST_NAME.search(match[1]) is not None


def _is_explained(fields: Fields, links: Sequence[Link]) -> bool:
    """Whether a few strong words are followed by a colon, and text with unnamed links in it."""
    if fields.title is None or fields.title_link or fields.authors or fields.venue_is_known:
        return False
    # Where there is a name, the topic was taken for it, and what explains it for the title.
    is_topic = fields.title_form == "plain" if fields.name is not None else _is_topic(fields)
    return (
        is_topic
        and bool(links)
        and not any(link.label is None or mentions_role(link.label) for link in links)
    )


def _is_topic(fields: Fields) -> bool:
    """Whether a title is a few strong words, and a colon and many more words follow."""
    if fields.title is None or fields.title_form != "strong":
        return False
    title = fields.title.text
    after = fields.parts[fields.title_index + 1 :]
    is_marked = title.endswith(":") or (after and after[0].text.lstrip().startswith(":"))
    if not is_marked or len(title.split()) > _NICKNAME:
        return False
    return len("".join([part.text for part in after]).split()) > _EXPLANATION


def is_prose(fields: Fields) -> bool:
    """Whether a plain title is the beginning of a sentence with a link in it."""
    if fields.title is not None and _is_pointer(fields.title.text):
        return True
    parts = fields.parts
    for index, part in enumerate(parts):
        link = part.link
        if link is None or link.form == "placeholder" or link.only_image:
            continue
        before = ""
        if index and parts[index - 1].kind == "text":
            before = plain(parts[index - 1].text).rstrip()
        if not before or before.endswith(_APART) or part.text.startswith(("[", "(")):
            return False
        role = label_role(link.label or "")
        is_labelled = link.label is None or (role is not None and link.label != "here")
        return not is_labelled
    return False
