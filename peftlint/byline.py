"""Names in running text, where nothing but the words tells that they are names."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain

from peftlint import date, venue
from peftlint.footnote import SUFFIXES, without_brackets, without_footnotes
from peftlint.people import (
    EDGES,
    INITIAL,
    LONE_INITIALS,
    OTHERS_END,
    PARTICLES,
    PLAIN_NAME,
    PLAIN_NAMES,
    bare,
    by_before,
    is_institution,
    is_name,
    look_like_names,
    others_at_end,
    plain_names,
    turned,
)
from peftlint.regex import regex
from peftlint.value import Value
from peftlint.vocabulary import INSTITUTION_WORDS, TITLE_WORDS

_SEVERAL = regex(r"[,;&]|\band\b|\bet\.? al|\bothers\b|\u7b49|\banonymous\b", re.IGNORECASE)
_LETTERS = regex(r"[^\W\d_]+")
_LONGEST_UNDIVIDED = 4
#: A Chinese name has two to four characters; the first is one of the hundred frequent surnames
#: that nine in ten people have (https://en.wikipedia.org/wiki/List_of_common_Chinese_surnames).
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹易常武乔贺"
)
#: The frequent ones of Korean names, which have two to four syllables
#: (https://en.wikipedia.org/wiki/List_of_Korean_surnames).
_KOREAN_SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류유홍전고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함변염"
)
#: `A.Graves`
_GLUED_NAME = regex(r"(?:[A-Z]\.-?){1,3}[A-Z][^\W\d_][\w'-]+")
# Where a name in running text ends, if not with the text; see `leading`. It begins with all
# characters with which its choices begin, so that `re` passes over all others in one go.
_NAME_END = regex(
    r"[,;.:\[(\s](?:"
    r"(?<=[,;])\s*(?:(?:and|&)\s+)?|"
    r"(?<=\s)(?:(?<!\s\s)\s*(?:and|&)\s+(?!others\b)|[|/-]\s|[\[(]|(?=[\"\u201c][^\"\u201d]{12}))|"
    r"(?<=\.)(?:\s+(?!(?:and|et|al)\b|&)(?=\S)|$)|"
    r"(?<=[\[(])|(?<=:)\s)",
    re.IGNORECASE,
)
_TEXT_END = regex("$")
_INITIAL_AT_END = regex(r"(?<![^\W\d_])[^\W\d_a-z]{1,3}$")
_WORD_AND_COMMA = regex(
    r"(?:[A-Z]\.[-\s]?){0,3}([^\W\d_][\w'-]+)(?:\s*[,.;:\])|(\[]|\s+(?:and|et|&|-)\s|\s*$)"
)
_BRACKETED = regex(
    r"\(((?:[^()]|\([^()]{1,40}\)){1,160})\)\s*(?=[,;.]|and\b|et\b|&|$)"
    r"|\[([^\[\]]{1,120})\](?=\s*(?:[,;]|and\b|&))"
)
#: The initials of somebody whose last name stands before: `van der Maaten, L.`
_INITIALS_NEXT = regex(r"(?:[A-Z]\.[-\s]?){1,3}\s*(?:[,;&(|]|and\b|et\b|$)")
_BLANK_TO_END = regex(r"\s*$")
_LONGEST_LAST_NAME = 4
_MOST_FIRST_NAMES = 3
#: A name has so many words.
_FEWEST_WORDS = 2
_MOST_WORDS = 5
_LONGEST_INSTITUTION = 8
#: A name, or an institution, has at most so many characters.
_LONGEST_NAME = 200
#: Words that stand in titles and in no name, ...
_NEVER_IN_NAMES = frozenset(
    ("act", "as", "how", "in", "not", "of", "or", "than", "think", "to", "what", "when", "with",
     "your")
)  # fmt: skip
#: ... words of titles and institutions, in hardly any, ...
_NOT_OF_NAMES = TITLE_WORDS | INSTITUTION_WORDS
#: ... and those that titles begin with, and no name does without a period.
_ARTICLES = frozenset(("a", "an", "the", "on", "how", "why", "what", "is"))
#: Of a row of plain names without any of these, each is a person's.
_MAY_BE_NO_NAME = (
    _NEVER_IN_NAMES | _NOT_OF_NAMES | _ARTICLES | {"et", "etal", *map(str.casefold, SUFFIXES)}
)
_SMALL_PARTICLES = frozenset(
    ("van", "von", "der", "den", "de", "da", "di", "del", "el", "al", "le", "la", "ten", "ter")
)
#: A word alone or before a colon, or a few of them before another in small letters, are no name ...
_NO_NAME = regex(
    r"\s*([A-Z][A-Za-z0-9-]*)(?:(?: [0-9]+)?(?::\s|\.?\s*$)|"
    r" (?:(?!A[Nn][Dd] )[A-Z][A-Za-z0-9-]* ){0,4}?([a-z]+)\b)"
)
#: ... but before these.
_MAY_FOLLOW = PARTICLES | {"and", "et", "etal", "others"}
#: The next two of names that are all turned: `Andres, McBride, Conor and ..`
_PAIR_NEXT = regex(r"[A-Z][^\W\d_]+\s*(?:,|\band\b|&|\()")
#: One author before the title: what follows is a quote or a year.
_TITLE_NEXT = regex(r"[\s.,:]*(?:[\"\u201c]|\(?(?:19|20)\d\d[a-z]?\b)")
_YEAR_NEXT = regex(r"\.\s+(?:19|20)\d\d\.")


class Names(Value):
    """A run of names at the beginning of a text.

    Attributes:
        number: how many names.
        end: where the last ends.
        after: where what follows begins, behind the mark that ended the run.
        is_certain: an initial, `et al.` or `by` says that these are names.
    """

    number: int
    end: int
    after: int
    is_certain: bool


@lru_cache(maxsize=512)
def is_person(text: str) -> bool:
    """Whether `text`, in running text, can only be one person's name.

    It has two words at least, all with capitals, and none of them such as titles or
    institutions have.
    """
    shown = bare(text)
    words = shown.split()
    if len(words) < _FEWEST_WORDS:
        return is_undivided_name(shown) or (
            "." in shown and _GLUED_NAME.fullmatch(shown) is not None
        )
    folded = shown.casefold()
    folded_words = folded.split()
    letters = folded_words if "".join(folded_words).isalpha() else _LETTERS.findall(folded)
    if (
        folded_words[0] in _ARTICLES
        or not _NEVER_IN_NAMES.isdisjoint(folded_words)
        or not _NOT_OF_NAMES.isdisjoint(letters)
        or len(_without_suffix(words)) < _FEWEST_WORDS
    ):
        return False
    if PLAIN_NAME.fullmatch(shown):
        # Half of all that is asked: none of its words is an initial.
        return not (venue.may_be_among(letters) and venue.is_venue(shown))
    initials = 0
    for word in words:
        initials += len(word.strip(".")) == 1
    if len(words) > _MOST_WORDS + max(0, initials - 1) or not is_name(shown):
        return False
    is_shouted = len(words) > _FEWEST_WORDS and shown.isupper() and not initials
    if initials == len(words) or is_shouted:
        return False
    # `CVPR Workshop`, `ACL Findings`.
    return not venue.is_venue(shown)


def is_undivided_name(text: str) -> bool:
    """Whether `text` is a Chinese or Korean name, in which no blank parts the surname."""
    # No pattern: one with a hundred characters takes a millisecond to compile.
    if not 1 < len(text) <= _LONGEST_UNDIVIDED:
        return False
    if text[0] in _SURNAMES:
        return all("\u4e00" <= character <= "\u9fff" for character in text)
    return text[0] in _KOREAN_SURNAMES and all(
        "\uac00" <= character <= "\ud7a3" for character in text
    )


def are_names(text: str) -> bool:
    """Whether text that is set apart, as by emphasis, is names; a single one may be a title."""
    if len(plain_names(text)) > 1:
        return True
    if not look_like_names(text):
        return False
    shown = without_footnotes(text)
    return _SEVERAL.search(without_brackets(shown)) is not None or is_person(
        shown.strip(f"{EDGES}()")
    )


@lru_cache(maxsize=512)  # two in five calls ask for the same: for a title, then for authors
def leading(text: str, start: int = 0) -> Names | None:
    """The names with which running text begins, up to what is no name.

    Args:
        text: in plain punctuation.
        start: where to begin; blanks and separators there are passed over.

    Returns:
        `None` where it does not begin with a name. Whether so many are authors is the
        caller's to judge.
    """
    by = by_before(text, start)
    at = by.end() if by else start
    if _begins_no_name(text, at):
        return None
    text = without_footnotes(text)
    number, end = _in_a_row(text, at) if ", " in text else (0, at)
    at = after = end + 2 if number else at
    is_certain = by is not None
    waiting = ""
    is_paired = not number
    joined = "," if number else ""
    is_workplace = False
    for match in chain(_NAME_END.finditer(text, at), _TEXT_END.finditer(text, len(text) - 1)):
        if match.start() - at > _LONGEST_NAME:
            break
        mark, chunk = match[0].strip(), text[at : match.start()].strip()
        is_name_or_end = mark in (".", "") or chunk[:1].isalpha() or bare(chunk)
        if match.start() < at or not is_name_or_end:
            at = max(at, match.end())
            continue
        if mark == "." and _goes_on(text, match.end(), chunk, waiting):
            continue
        if not waiting and mark == "," and _is_last_name(text, match.end(), chunk):
            kind = "last"
        elif is_workplace and _is_place(text, match, chunk):
            kind = "institution"
        else:
            may_be_pair = is_paired and (
                joined in ("and", "&")
                or (
                    (joined == ";" or (mark == "," and _PAIR_NEXT.match(text, match.end())))
                    and _is_plain_word(chunk)
                )
            )
            kind = _kind(chunk, waiting, number, is_certain, bool(may_be_pair))
        if not kind or (kind == "last" and mark[:1] != ","):
            break
        is_paired = is_paired and (kind == "last" or bool(waiting))
        is_workplace = kind == "institution"
        joined = (mark.lstrip(",; ") or mark[:1]).casefold()
        at = match.end()
        waiting = chunk if kind == "last" else ""
        if waiting:
            continue
        is_certain = is_certain or kind in ("initials", "others") or _has_initial(chunk)
        inside = _behind_name(text, at - 1) if mark in ("(", "[") else None
        if inside:
            at = inside.end()
        number += kind != "institution"
        is_bracket = mark in ("(", "[") and not inside
        # The period of an initial is a part of the name.
        end = at if inside else match.start() + (mark == "." and _has_initial(chunk[-2:]))
        after = match.end() - len(mark) if is_bracket else at
        if kind == "others" or is_bracket or mark in (".", "", "|", "/", "-", ":"):
            break
    return Names(number, end, after, is_certain) if number else None


def _in_a_row(text: str, at: int) -> tuple[int, int]:
    """How many plain names, each with a comma behind it, begin a text, and where the last ends.

    Of these it tells the same as `leading`, at a third of the cost. It leaves the last before
    anything else to that: it may be turned, or go on.
    """
    number, end = 0, at
    plain = PLAIN_NAMES.match(text, at)
    folded = plain["listed"].casefold() if plain is not None else ""
    if plain is None or ", " not in folded or "and " in folded:
        return number, end
    start = plain.start("listed")
    row = plain["listed"].rpartition(", ")[0]
    if _are_plain_persons(row):
        return row.count(",") + 1, start + len(row)
    for name in row.split(", "):
        if "." in name or others_at_end(name) or not is_person(name):
            break
        number, end = number + 1, start + len(name)
        start = end + 2
    return number, end


def _are_plain_persons(row: str) -> bool:
    """Whether each of some plain names is a person's, where one look at all of them tells so."""
    folded = row.casefold()
    if "." in row or "others" in folded or "workshop" in folded:
        return False
    words = folded.replace(",", " ").replace("-", " ").split()
    return _MAY_BE_NO_NAME.isdisjoint(words) and not venue.may_be_among(words)


def _may_begin_name(text: str) -> bool:
    return "A" <= text[:1] <= "Z" or _begins_with_particle(text)


def _begins_no_name(text: str, at: int) -> bool:
    """Whether the first words are no name, whatever follows; a cheap look before a dear one."""
    first = text[at : at + 1]
    if first.isascii() and not first.isupper() and not _may_begin_name(text[at:].lstrip()):
        return True
    match = _NO_NAME.match(text, at)
    if match is None:
        return False
    following: str | None = match[2]
    if following is not None:
        return following not in _MAY_FOLLOW
    # `Brothers` ends as `and others` does.
    return not match[1].casefold().endswith(OTHERS_END)


def _begins_with_particle(text: str) -> bool:
    """Whether a text begins with a particle in small letters: `van der Maaten`."""
    # They have two or three letters.
    return (text[:2] in _SMALL_PARTICLES and text[2:3].isspace()) or (
        text[:3] in _SMALL_PARTICLES and text[3:4].isspace()
    )


def is_author_of_next(text: str, start: int, found: Names) -> bool:
    """Whether a lone name, `Last, First` or with a year behind it, stands before its title."""
    if found.number != 1:
        return False
    if "," in text[start : found.end].strip(" ,"):
        return _TITLE_NEXT.match(text, found.end) is not None
    return _YEAR_NEXT.match(text, found.end) is not None


def is_author_of_previous(text: str, start: int, found: Names) -> bool:
    """Whether a lone `Last, First` stands behind its title: a known venue follows."""
    is_turned = "," in text[start : found.end].strip(" ,")
    return is_turned and venue.read(text[found.after :].strip(" .,;()[]")).is_known


def _behind_name(text: str, at: int) -> re.Match[str] | None:
    """The brackets at `at` if they tell where somebody works, and no venue or year."""
    match = _BRACKETED.match(text, at)
    if match is None or (match[2] and not is_institution(match[2])):
        return None
    inside = match[1] or match[2]
    return None if date.may_have_year(inside) or venue.is_venue(inside) else match


def _is_last_name(text: str, at: int, chunk: str) -> bool:
    """Whether several words before a comma are a last name: initials follow at `at`."""
    if _INITIALS_NEXT.match(text, at) is None:
        return False
    is_long = 1 < len(chunk.split()) <= _LONGEST_LAST_NAME
    return is_long and not _has_initial(chunk) and is_name(chunk)


def _is_place(text: str, match: re.Match[str], chunk: str) -> bool:
    """Whether a word behind an institution is where it is: `University of Nevada, Reno;`."""
    is_last = match[0][:1] == ";" or _BLANK_TO_END.match(text, match.end()) is not None
    return is_last and len(chunk.split()) == 1 and is_name(chunk)


def _goes_on(text: str, at: int, chunk: str, waiting: str) -> bool:
    """Whether a period before `at` belongs to an initial, and does not end the names."""
    if not _INITIAL_AT_END.search(chunk) or at >= len(text):
        return False
    # `Dean, J. Title` and `Lee K. Title`: these initials end a name.
    if waiting and LONE_INITIALS.fullmatch(chunk):
        return INITIAL.match(text, at) is not None
    if turned(chunk) != chunk and not _begins_with_particle(text[at : at + 4]):
        following = _WORD_AND_COMMA.match(text, at)
        if following is None or venue.is_venue(following[1]):
            return False
        # `Ferrari A. TINYCD: ..` is a title.
        return following[0][-1:] != ":" or _is_plain_word(following[1])
    return True


def _kind(  # noqa: PLR0911 - one for each kind
    chunk: str, waiting: str, number: int, is_certain: bool, is_paired: bool
) -> str:
    """What a chunk is: a `name`, a `last` name, `initials`, `others`, an `institution` or none."""
    tail = others_at_end(chunk)
    if tail:
        before = chunk[: tail.start()].strip(EDGES)
        if not before:
            return "others" if number or waiting else ""
        is_told = tail[0][:1].casefold() == "e" or waiting or _is_plain_name(before)
        return "others" if is_told and is_name(before) else ""
    if waiting:
        if LONE_INITIALS.fullmatch(chunk):
            return "initials"
        is_first = (not number or not is_certain) and not is_institution(chunk)
        # `Oord, Aaron van den`, `Teukam, Yves Gaetan Nana`
        full = [word for word in chunk.split() if word[0].isupper() or not word.isascii()]
        return "name" if is_first and is_name(chunk) and len(full) <= _MOST_FIRST_NAMES else ""
    if is_person(chunk):
        return "name"
    if number and is_institution(chunk):
        is_short = len(chunk.split()) <= _LONGEST_INSTITUTION and chunk[0].isupper()
        return "institution" if is_short else ""
    may_be_last = not number or is_certain or is_paired
    if not may_be_last or len(_without_suffix(chunk.split())) != 1:
        return ""
    is_last = is_name(chunk) and chunk.casefold() not in TITLE_WORDS
    return "last" if is_last and not (is_institution(chunk) or venue.is_venue(chunk)) else ""


def _without_suffix(words: list[str]) -> list[str]:
    """The words of a name without `Jr.`, `III` and the like at its end."""
    return words[:-1] if len(words) > 1 and words[-1].strip(".") in SUFFIXES else words


def _is_plain_name(text: str) -> bool:
    """Whether "and others" may follow: behind `LLaMA and others` are no people."""
    return is_person(text) or (_is_plain_word(text) and text.casefold() not in TITLE_WORDS)


def _is_plain_word(text: str) -> bool:
    """Whether a word has a capital and then small letters, again behind a hyphen."""
    return all(word[:1].isupper() and word[1:].islower() for word in text.split("-"))


def _has_initial(name: str) -> bool:
    for word in name.split():
        # `\u00d3 S\u00e9aghdha` has none.
        if len(word.strip(".")) == 1 and word[0].isupper() and word != "\u00d3":
            return True
    return False
