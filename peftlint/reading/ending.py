"""Where a title in running text ends: before authors, venue, year and tags."""

from __future__ import annotations

import re

from peftlint import byline, date, people, venue
from peftlint.punctuation import plain
from peftlint.regex import regex
from peftlint.role import label_role
from peftlint.value import Value
from peftlint.vocabulary import INSTITUTION_WORDS

# All patterns look at plain punctuation. The next two begin with all characters with which their
# choices begin, and then look back: so `re` passes over all others in one go.
#: Where a venue, a year or authors may begin behind a plain title.
_PIECE_END = regex(
    r"[\s,.;(\[?!](?:"
    r"(?<=\s)(?=[-/(\[\s])(?:[(\[]|[-/]\s+|(?<!\s\s)\s+(?=(?:19|20)\d\d\s*$))|(?<=[,.;])\s+|"
    r"(?<=[(\[])(?=@)|(?<=\w\()(?=[^()]*\)?$)|(?<=[?!])\s+(?=[A-Z(\d]))"
)
#: Where authors may begin: not behind the initial of a name.
_NAMES_START = regex(
    r"[\s.?!,;](?:"
    r"(?<=\s)(?=[-/\[b(])(?:[-/]\s+|\[(?=[A-Z])|(?=by\s|\((?:19|20)\d\d\)))|(?<=[,;])\s+|"
    r"(?<=[.?!])(?<![\s.][A-Z][.?!])(?<!^[A-Z][.?!])\s+)"
)
#: What a text has that says more than its title, but for what its last word tells: a mark and a
#: blank, a bracket, a blank that is none. Texts without it need no look for anything else.
_MAY_SAY_MORE = regex(r"[-/,.;?!(\[\t-\r\x1c-\x1f](?:(?<![-/,.;?!])|(?=\s))")
_DATE = regex(r"\([^()]{1,40}\)[,.:]?\s*")
#: A tag in square brackets, or an institution's handle, with which a title may end.
_TAG_AT_END = regex(r"(?:\[[^\[\]]{0,40}\]?|\(@[^()]{0,80}\)?)\s*$")
_IN_BRACKETS_AT_END = regex(r"\(([^()]{2,120})\)?$")
#: In characters, blanks behind them included.
_LONGEST_TAG = 90
_LONGEST_BRACKETS = 130
_SHORTCODE_AT_END = regex(r"\s*:[a-z_0-9+-]{2,30}:?$")
#: `Title, in *KDD* 2022`
_LITTLE_WORD_AT_END = regex(r"[,.]?\s+in$|[,.]\s+(?:at|from|by)$", re.IGNORECASE)
_LITTLE_WORDS = (["in"], ["at"], ["from"], ["by"])
#: `Aviary - an extensible gymnasium that can help ..`
_DESCRIBED = regex(r"(?<=\w)\s+-\s+(?=[a-z]+ )")
#: What that has, looked for as one character.
_DASH = regex(r"-\s")
_FEWEST_TO_DESCRIBE = 7
_LABEL_AT_END = regex(r"(?:[.,;|]|\s-)\s*(\w[\w ]{1,20}):$")
_WIDE_MARKS = "\uff0c\u3002\uff1b"
_WIDE = regex(rf"[{_WIDE_MARKS}](?=\S)")
_UNTOLD = regex(r"\s{2,}|\.\s+(?=[A-Z])|\s-\s")
#: Marks that may stand between a title and what follows it.
MARKS = " \t\n\r,.;:|/-\u2013\u2014\uff0c\u3002\u00a0"
#: Venue, year and others are written behind a title in at most so many pieces.
_MOST_ENDINGS = 8
#: Names begin within so many pieces of the title, if they follow it at all.
_MOST_STARTS = 16
#: A venue with its year has at most this many words.
_LONGEST_APPEARANCE = 10
#: `In Proceedings of the 40th ACM SIGPLAN Conference on ..`
_LONGEST_PROCEEDINGS = 24
_PROCEEDINGS = regex(r"(?:in )?(?:the )?proc(?:eedings|\.)\s", re.IGNORECASE)
#: Pages, volume and number.
_DETAIL = regex(
    r"(?:(?:pages?|pp|vol(?:ume)?|no|issue|article)\b\.?\s*)?\d[\d():\s-]{0,24}[.,\s]*",
    re.IGNORECASE,
)
_DETAIL_STARTS = ("page", "pp", "vol", "no", "issue", "article")
#: A venue by its form, beside a year: `FMCAD 2011`, `aiDM2020`
_ACRONYM = regex(r"(?=\w*[A-Z]\w*[A-Z])[A-Za-z]{3,10}[ '-]?(?:(?:19|20)\d\d)?[.,\s]*")
#: `.. Using Deep Learning RecSys 2021`
_GLUED_VENUE = regex(r"\s([A-Z][\w&/]{2,12})\s?'?((?:19|20)\d\d)$")
_PRESENTED = regex(r"(?:oral|spotlight|poster|highlight)\b", re.IGNORECASE)
#: How words end that tell what is done, not who does it.
_NOUN = regex(r"(?:^by \w+ing|tion|sion|ment|ness|ity|ics|ance|ence)\b", re.IGNORECASE)
_JOINS = frozenset("a an and at by for from in of on the to via vs with".split())  # noqa: SIM905
#: Words that say nothing, beside a date that does.
_MOST_UNKNOWN = 3
#: A title has at most so many words; what is longer has a summary behind it.
_LONGEST_TITLE = 28
_FEWEST_NAMES = 2


class Ending(Value):
    """Where a title ends in a text.

    Attributes:
        end: where, marks behind it left out.
        beside: from where to where the text says more: who wrote it, where it appeared.
    """

    end: int
    beside: tuple[tuple[int, int], ...]


def find_ending(shown: str, in_cell: bool = False) -> Ending:
    """Where the title ends with which running text begins.

    Args:
        shown: the text up to a link, a line end or the like.
        in_cell: whether it is a table's cell, where a year after a name is part of it.
    """
    alone = shown.rstrip(" \t\n[(").rstrip(",.;")
    if _is_title_alone(alone):
        return Ending(len(alone), ())
    text = plain(shown)
    end = _before_label(text, len(text.rstrip(" \t\n[(")))
    beside: list[tuple[int, int]] = []
    start = _start_of_names(shown, text, end)
    if start is not None:
        beside.append((start[1], end))
        end = start[0]
    end = _before_appearance(shown, text, end, in_cell, beside)
    end = _before_glued_venue(text, _before_tags(text, end, beside), beside)
    described = _DESCRIBED.search(text, 0, end) if _DASH.search(text, 0, end) else None
    if described and len(text[described.end() : end].split()) >= _FEWEST_TO_DESCRIBE:
        end = described.start()
    if end > 2 * _LONGEST_TITLE and len(text[:end].split()) > _LONGEST_TITLE:
        untold = _UNTOLD.search(text, 0, end)
        if untold and text[: untold.start()].strip():
            end = untold.start()
    return Ending(end, tuple(beside))


def _is_title_alone(text: str) -> bool:
    """Whether there is nothing but words: so it is in two of three texts."""
    return (
        text.isascii()
        and text[-1:].isalpha()
        and _MAY_SAY_MORE.search(text) is None
        and " by " not in text
        and "  " not in text
        and (":" not in text or text[text.rfind(":") + 1] == " ")
        and text[-3:].casefold() != " in"
    )


def _before_label(text: str, end: int) -> int:
    """The end without the label of the address that follows: `Title. Paper: https://..`."""
    match = (
        _LABEL_AT_END.search(text, max(0, end - 40), end) if text[end - 1 : end] == ":" else None
    )
    return match.start() if match and label_role(match[1]) else end


def _start_of_names(shown: str, text: str, end: int) -> tuple[int, int] | None:
    """Where the title ends and the names begin, if nothing but names and a venue follows."""
    head = text[:end]
    for match in _bounds(_NAMES_START, shown, text, 1, end)[:_MOST_STARTS]:
        at = match.end()
        dated = _DATE.match(text, at)
        # Alone, as it is asked about again where the authors are looked for: it is remembered.
        tail = head[at:]
        found = byline.leading(tail, dated.end() - at if dated else 0)
        if found is None:
            continue
        is_several = found.number >= _FEWEST_NAMES or found.is_certain
        if not (is_several or byline.is_author_of_previous(tail, 0, found)):
            continue
        if match[0].isspace() and found.number == 1 and _NOUN.search(tail[: found.end]):
            # `Accurate Tracking by Overlap Maximization`
            continue
        rest = tail[found.after :].strip(MARKS + "/()[]")
        if rest and not _tells_of_appearance(rest):
            continue
        return match.start() + (match[0][0] in "?!"), at
    return None


def _bounds(
    pattern: re.Pattern[str], shown: str, text: str, start: int, end: int
) -> list[re.Match[str]]:
    """Where pieces may begin: behind full-width marks without a blank, too."""
    found = list(pattern.finditer(text, start, end))
    if shown.isascii() or not any(map(shown.__contains__, _WIDE_MARKS)):
        return found
    return sorted([*found, *_WIDE.finditer(shown, start, end)], key=lambda match: match.start())


def _tells_of_appearance(rest: str) -> bool:
    read = venue.read(re.split(r"[,.;(]\s", rest, maxsplit=1)[0])
    return bool(read.year) or read.is_known


def _before_appearance(
    shown: str, text: str, end: int, in_cell: bool, beside: list[tuple[int, int]]
) -> int:
    """The end of the title before the pieces that tell where and when it appeared."""
    end = _before_glued_venue(text, end, beside)
    matches = _bounds(_PIECE_END, shown, text, 0, end)[: -_MOST_ENDINGS - 1 : -1]
    unknown, previous = -1, end
    is_dated = False
    for match in matches:
        if match.end() > end:
            continue
        tail = text[match.end() : end]
        if _is_detail(tail) and not date.find(tail):
            # `12(3), 45-67`: what precedes it decides.
            if unknown < 0:
                unknown = previous = end
            end = match.start()
            continue
        longest = _LONGEST_PROCEEDINGS if _is_proceedings(tail) else _LONGEST_APPEARANCE
        is_long = len(tail.split()) > longest
        if is_long and not _names_others(tail):
            break
        read = venue.read(tail.strip(" ()[].,"))
        # In a cell a year is part of a name: `M2D2 (2022)`.
        dated = bool(read.year) and not read.venue and not in_cell
        # Whatever stands with a year in brackets is a venue.
        dated = dated or (
            bool(read.year) and not in_cell and match[0][-1] == "(" and tail.endswith(")")
        )
        is_acronym = (is_dated or bool(read.year)) and _ACRONYM.fullmatch(tail) is not None
        is_dated = dated
        if is_long or read.is_known or dated or is_acronym or _names_others(tail):
            beside.append((match.end(), max(end, unknown)))
            end = match.start() + (match[0][0] in "?!")
            unknown = -1
        elif unknown < 0 and len(tail.split()) <= _MOST_UNKNOWN and tail[:1].isupper():
            # `Lip Reading in the Wild, 2016, Oxford`: what precedes it decides.
            unknown = end
            previous = end
            end = match.start()
        else:
            break
    if unknown >= 0:
        end = previous
    return end


def _is_detail(tail: str) -> bool:
    # A cheap look before a dear one.
    may_be = tail[:1].isdecimal() or tail[:8].casefold().startswith(_DETAIL_STARTS)
    return may_be and _DETAIL.fullmatch(tail) is not None


def _is_proceedings(tail: str) -> bool:
    return "proc" in tail[:12].casefold() and _PROCEEDINGS.match(tail) is not None


def _before_glued_venue(text: str, end: int, beside: list[tuple[int, int]]) -> int:
    """The end of the title before a known acronym and its year, which no mark parts from it."""
    if not text[end - 1 : end].isdecimal():
        return end
    match = _GLUED_VENUE.search(text, max(0, end - 20), end)
    if match is None or not venue.is_venue(match[1]):
        return end
    before = text[: match.start()].rsplit(None, 1)
    is_word = bool(before) and before[-1][-1:].isalnum()
    if len(before) < _FEWEST_NAMES or not is_word or before[-1].casefold() in _JOINS:
        return end
    beside.append((match.start(1), end))
    return match.start()


def _names_others(tail: str) -> bool:
    """Whether a piece is authors that end with "et al.", or one with initials: no title is."""
    found = byline.leading(tail)
    return found is not None and found.is_certain and not tail[found.end :].strip(MARKS + ")")


def _is_workplace(inside: str) -> bool:
    """Whether brackets hold an institution, which has its word first, last or before "of"."""
    words = inside.casefold().split()
    at_ends = (*words[:1], *words[-1:])
    return any(word.strip(",.") in INSTITUTION_WORDS for word in at_ends) or (
        people.is_institution(inside) and " of " in inside
    )


def _start_of_tag(text: str, end: int) -> int:
    """Where the tag begins with which a text ends, or the blanks before it; 0 without one."""
    start = max(0, end - _LONGEST_TAG)
    # Inside neither stands another one of its kind.
    for at in sorted((text.rfind("[", start, end), text.rfind("(@", start, end))):
        if at > 0 and _TAG_AT_END.match(text, at, end):
            return len(text[:at].rstrip())
    return 0


def _before_tags(text: str, end: int, beside: list[tuple[int, int]]) -> int:
    """The end of the title before tags, institutions and symbols."""
    while end > 0:
        before = end
        end = len(text[:end].rstrip(MARKS)) if text[end - 1] in MARKS else end
        # Cheap looks before dear ones: few titles have any of these.
        end = _start_of_tag(text, end) or end
        at = text.rfind("(", max(0, end - _LONGEST_BRACKETS), end)
        bracket = _IN_BRACKETS_AT_END.match(text, at, end) if at > 0 else None
        start = len(text[:at].rstrip()) if bracket else 0
        if bracket and start:
            inside = bracket[1]
            is_open = not bracket[0].endswith(")")
            if _PRESENTED.match(inside):
                end = start
            elif is_open or _is_workplace(inside):
                beside.append((bracket.start(1), bracket.end(1)))
                end = start
        last = text[max(0, end - 12) : end].casefold().split()[-1:]
        may_be_little = last in _LITTLE_WORDS
        little = _LITTLE_WORD_AT_END.search(text, max(0, end - 12), end) if may_be_little else None
        end = little.start() if little and little.start() > 0 else end
        colon = text.rfind(":", max(0, end - 40), end - 1)
        may_be_code = colon >= 0 and not text[colon + 1].isspace()
        code = _SHORTCODE_AT_END.search(text, max(0, end - 40), end) if may_be_code else None
        if code and code.start() > 0 and text[code.start() : end].startswith((" ", ":")):
            end = code.start()
        while end > 1 and not text[end - 1].isascii() and not text[end - 1].isprintable():
            end -= 1
        if end == before:
            break
    return end
