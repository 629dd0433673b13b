"""Authors, in the ways that lists write them."""

from __future__ import annotations

import re
from functools import lru_cache

from peftlint import date
from peftlint.footnote import without_brackets, without_footnotes
from peftlint.punctuation import written_as
from peftlint.regex import regex
from peftlint.value import Value
from peftlint.vocabulary import INSTITUTION_WORDS, TITLE_WORDS

#: How "and others" is given back.
ET_AL = "et al."

_ET_AL_AT_END = regex(r"(?:\bet\.?\s*al\.?|and others|and more|others|等)\.?\s*$", re.IGNORECASE)
OTHERS_END = ("al", "others", "more", "等")
_LAST_OF_OTHERS = frozenset("lLsSeE等")
_BY = regex(r"\s*(?:(?:posted |written )?by|authors?|作者)\s*[:\uff1a]?\s+", re.IGNORECASE)
_BY_STARTS = ("by", "posted by", "written by", "author", "作者")
_AND = regex(r"[,;&Aa](?:(?<=[,;])\s*(?:\b[Aa][Nn][Dd]\b|&)|(?<=&)|(?<=\b[Aa])[Nn][Dd]\b)\s+")
_TRAILING_AND = regex(r"\band$")
_COMMA = regex(r"[,;]")
_SEMICOLON = regex(";")
#: These are a name's own at its end, as letters are.
_OWN = frozenset(".)'\u2019")
EDGES = " \t\r\n.,;:|[]{}*_`"
#: A period may belong to an initial.
_EDGES_BUT_PERIOD = EDGES.replace(".", "")
#: An apostrophe and a hyphen in names, and the characters that are read as each.
_WAYS_TO_WRITE = {mark: written_as(mark) for mark in ("'", "-")}
_INITIALS = regex(r"(?:[A-Z]\.?[-\s]?){1,3}$")
#: The initials of an author whose last name stands before them: `M.`, `Jimmy SJ.` is none.
LONE_INITIALS = regex(r"(?:[A-Z]\.?[-\s]?){1,3}\.?")
_AFFILIATION = regex(r"\([^()]*\)\s*$")
# What most names look like; the rest is looked at word by word.
PLAIN_NAME = regex(r"\s*[A-Z][a-z]+(?:-[A-Z]?[a-z]+)?(?: [A-Z][a-z]+(?:-[A-Z]?[a-z]+)?){1,3}\.?")
# A text of nothing but names that are as plain, as nine in ten runs of names are: `Ann-Marie Lee,
# Yann LeCun, and J. D. R\u00e9`, `Ann Lee et al.`, `Lee et al.`
_WORD = r"[A-Z][A-Za-z\xc0-\xd6\xd8-\xf6\xf8-\xff-]{0,40}[a-z\xdf-\xf6\xf8-\xff]"
_PLAIN = rf"(?:(?:{_WORD}|[A-Z]\.) ){{1,3}}{_WORD}"
PLAIN_NAMES = regex(
    rf"[\s,]*(?P<listed>{_PLAIN}(?:, {_PLAIN})*|{_WORD}(?=,? et\.? ?al))"
    rf"(?:,? (?:and|&) (?P<last>{_PLAIN}))?(?:,? (?P<others>et\.? ?al))?[\s.,|]*"
)
PARTICLES = frozenset(
    """
    van von der den de da do dos del della di la le el al bin ben ibn ten ter of und y e du zu
    st
    """.split()  # noqa: SIM905 - a list of words is read more easily
)
_LETTERS = regex(r"[^\W\d_]+")
_HYPHENED = regex(r"[^\W\d_]+(?:-[^\W\d_]+)*")
INITIAL = regex(r"[A-Z]\.")
#: What is taught and done at institutions: `University of Science and Technology`.
_SUBJECTS = frozenset(
    ("arts", "economics", "engineering", "finance", "health", "humanities", "law", "mathematics",
     "medicine", "science", "sciences", "statistics", "telecommunications")
)  # fmt: skip


#: Not behind an initial: `.. Min Zhang.  Soochow University, China`
_SENTENCE_END = regex(r"\.(?<=[^\W\d_A-Z][^\W\d_A-Z]\.)\s+(?=[A-Z])")
#: In characters.
_LONGEST_PLACE = 80


class Author(Value):
    """An author as `First Last`, and where the name stands in the text given."""

    name: str
    start: int
    end: int


def others_at_end(text: str) -> re.Match[str] | None:
    """The `et al.` or "and others" with which names end."""
    # Cheap looks before a dear one.
    end = text.rstrip().rstrip(".")
    if end[-1:] not in _LAST_OF_OTHERS or not end.casefold().endswith(OTHERS_END):
        return None
    return _ET_AL_AT_END.search(text)


def by_before(text: str, start: int = 0) -> re.Match[str] | None:
    """The `by` or `Authors:` that stands before names."""
    # A cheap look before a dear one.
    is_by = text[start:].lstrip()[:10].casefold().startswith(_BY_STARTS)
    return _BY.match(text, start) if is_by else None


def names(text: str) -> tuple[Author, ...]:
    """The authors that `text` names, in order; institutions beside them are left out.

    Four ways are read: `First Last, First Last, and First Last`; BibTeX's
    `Last, First and Last, First`; `Last F. M., Last F.`; `Last, F., Last, F.`.
    `et al.` and `and others` become a last element `et al.`. Names without a comma stay in the
    order shown.
    """
    return plain_names(text) or _names(text)


@lru_cache(maxsize=512)  # asked what an emphasised run is, then whom it names
def plain_names(text: str) -> tuple[Author, ...]:
    """The authors of a text in which nothing is to be told from their names; else none.

    What is more than plain names is for `names`, which would find the same in these, at five
    times the cost.
    """
    match = PLAIN_NAMES.fullmatch(text)
    if match is None:
        return ()
    listed, last = match["listed"], match["last"]
    folded = f"{listed} {last}".casefold() if last else listed.casefold()
    if (
        folded.startswith(_BY_STARTS)
        # `Ann Lee And Bo Chen`
        or "and " in folded
        or folded.endswith(" and")
        or not INSTITUTION_WORDS.isdisjoint(folded.replace(",", "").split())
    ):
        return ()
    found: list[Author] = []
    at = match.start("listed")
    for name in listed.split(", "):
        found.append(Author(name, at, at + len(name)))
        at += len(name) + 2
    if last:
        found.append(Author(last, *match.span("last")))
    if match["others"]:
        found.append(Author(ET_AL, *match.span("others")))
    elif others_at_end(text.rstrip(EDGES)):
        return ()
    return tuple(found)


def _names(text: str) -> tuple[Author, ...]:
    """The authors of any text; see `names`."""
    found: list[Author] = []
    given = text
    rest = text = _without_workplace(without_brackets(without_footnotes(text)))
    tail = others_at_end(rest.rstrip(EDGES + "()"))
    others: Author | None = None
    if tail:
        others = Author(ET_AL, tail.start(), tail.end())
        rest = rest[: tail.start()]
        rest = _TRAILING_AND.sub("", rest.rstrip()).rstrip(" ,")
    by = by_before(rest)
    pieces = _pieces(rest, by.end() if by else 0)
    groups = pieces
    if ";" in rest:
        groups = [part for start, end in pieces for part in _split(rest, _SEMICOLON, start, end)]
    shown = [rest[start:end] for start, end in groups]
    if _is_bibtex(shown, bool(others)) and (len(groups) == len(pieces) or _are_turned(shown)):
        for start, end in groups:
            last, comma, first = rest[start:end].partition(",")
            turned = _turned_round(last, first) if comma else last
            found.append(_author(turned, rest, start, end))
    else:
        found.extend(_listed(rest, pieces))
    found = [_as_written(author, given) for author in found if author.name]
    if others and found:
        found.append(others)
    return tuple(found)


def _as_written(author: Author, text: str) -> Author:
    """An author with the apostrophes and hyphens that the text has, read as plain ones."""
    shown = text[author.start : author.end]
    if shown.isascii():
        return author
    name = author.name
    for mark, ways in _WAYS_TO_WRITE.items():
        if mark in name:
            written = [character for character in ways if character in shown]
            if len(written) == 1:
                name = name.replace(mark, written[0])
    return author if name == author.name else Author(name, author.start, author.end)


def _without_workplace(text: str) -> str:
    """`text` up to the sentence that tells where all these people work."""
    for match in _SENTENCE_END.finditer(text):
        if is_institution(text[match.end() : match.end() + _LONGEST_PLACE].partition(",")[0]):
            return text[: match.start()] + (". " if match[0][0] == "." else "")
    return text


def _turned_round(last: str, first: str) -> str:
    # The period of an initial is a part of the name.
    first = first.strip() if _INITIALS.search(first.strip()) else first.strip(EDGES)
    return f"{first} {last.strip(EDGES)}"


def _pieces(text: str, start: int) -> list[tuple[int, int]]:
    """What stands between one "and" and the next, if that parts people."""
    pieces: list[tuple[int, int]] = []
    for place in _split(text, _AND, start):
        if pieces and _are_one_institution(text[slice(*pieces[-1])], text[slice(*place)]):
            pieces[-1] = (pieces[-1][0], place[1])
        else:
            pieces.append(place)
    return pieces


def _are_one_institution(before: str, after: str) -> bool:
    """Whether "and" stands inside a name: `University of Science and Technology`."""
    last = before[max(before.rfind(","), before.rfind(";")) + 1 :]
    if not is_institution(last):
        return False
    first = _LETTERS.findall(_COMMA.split(after, maxsplit=1)[0].casefold())
    return any(
        word in INSTITUTION_WORDS or word in _SUBJECTS or word in TITLE_WORDS for word in first
    )


def _listed(text: str, pieces: list[tuple[int, int]]) -> list[Author]:
    """Names parted by commas, each in its own order."""
    parts = [part for start, end in pieces for part in _split(text, _COMMA, start, end)]
    shown = [text[start:end] for start, end in parts]
    if _are_pairs(shown):
        return [
            _author(_turned_round(last, first), text, places[0], places[1])
            for last, first, places in zip(
                shown[::2],
                shown[1::2],
                ((a, d) for (a, _), (_, d) in zip(parts[::2], parts[1::2], strict=True)),
                strict=True,
            )
        ]
    if _names_institution(text):
        parts = _without_institutions(text, parts)
    found: list[Author] = []
    if _first_is_turned([text[start:end] for start, end in parts]):
        (a, b), (c, d) = parts[0], parts[1]
        found.append(_author(f"{text[c:d]} {text[a:b]}", text, a, d))
        parts = parts[2:]
    has_periods = "." in text and (
        any("." in text[start:end].rstrip(EDGES) for start, end in parts)
        or any(text[start:end].rstrip().endswith(".") for start, end in parts[:-1])
    )
    for start, end in parts:
        name = text[start:end]
        found.append(_author(turned(name if has_periods else name.rstrip(" .")), text, start, end))
    return found


def _without_institutions(text: str, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The parts without institutions: `A. One, Great University; B. Two, StackHPC Ltd`."""
    left = [part for part in parts if not is_institution(bare(text[part[0] : part[1]]))]
    if len(left) == len(parts) or not left:
        return parts
    if ";" not in text:
        return left
    # In each group the last chunk is where the people work, known or not.
    groups: list[list[tuple[int, int]]] = []
    for index, part in enumerate(parts):
        if not index or ";" in text[parts[index - 1][1] : part[0]]:
            groups.append([])
        groups[-1].append(part)
    dropped = {group[-1] for group in groups if len(group) > 1}
    return [part for part in left if part not in dropped]


def _split(
    text: str, separator: re.Pattern[str], start: int = 0, end: int | None = None
) -> list[tuple[int, int]]:
    """The places of what stands between separators, from `start` to `end`."""
    places: list[tuple[int, int]] = []
    end = len(text) if end is None else end
    at = start
    for match in separator.finditer(text, start, end):
        if text[at : match.start()].strip(EDGES):
            places.append((at, match.start()))
        at = match.end()
    if text[at:end].strip(EDGES):
        places.append((at, end))
    return places


def _author(name: str, text: str, start: int, end: int) -> Author:
    shown = " ".join(bare(name).split())
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES:
        if INITIAL.fullmatch(text, end - 2, end) and text[end - 2 : end] in shown:
            break
        end -= 1
    return Author(shown, start, end)


def bare(name: str) -> str:
    """A name without the affiliation and the footnotes behind it."""
    shown = name.strip(EDGES)
    if shown[-1:].isalpha() and "^" not in shown:
        return shown
    if shown.endswith(")"):
        shown = _AFFILIATION.sub("", shown).strip(EDGES)
    shown = shown.partition("^")[0]
    end = len(shown)
    while end and not (shown[end - 1].isalpha() or shown[end - 1] in _OWN):
        end -= 1
    return shown[:end]


def has_case(text: str) -> bool:
    """Whether any letter has a capital: names in other scripts stand whole, with no first name."""
    return text.upper() != text.lower()


def _is_bibtex(pieces: list[str], others: bool) -> bool:
    """Whether most pieces are `Last, First`, and none has more commas."""
    commas = [piece.strip(EDGES).count(",") for piece in pieces]
    if not commas or max(commas) != 1 or sum(commas) < 0.75 * len(commas):
        return False
    if not all(map(has_case, pieces)):
        return False
    if len(pieces) > 1:
        # `Ann Lee, Bo Chen and Cy Ode, Di Poe` are four.
        return 2 * sum(map(_may_be_turned, pieces)) >= len(pieces)
    last, _, first = pieces[0].strip(EDGES).partition(",")
    # `Le, Quoc V.` is one, too.
    given = first.split()
    initials = 0 if others else sum(len(name.strip(".")) == 1 for name in given[1:])
    words = len(last.split()), len(given) - initials
    # `Menglin Jia, Luming Tang and others` are two.
    return min(words) == 1 if others else words == (1, 1)


def _are_turned(pieces: list[str]) -> bool:
    """Whether each piece is `Last, First`, and not a name and where its bearer works."""
    return all(not is_institution(piece) and _may_be_turned(piece) for piece in pieces)


def _may_be_turned(piece: str) -> bool:
    """Whether one word, or one with a particle, stands before or behind the comma."""
    last, _, first = piece.partition(",")
    words = last.split(), first.split()
    return min(map(len, words)) <= 1 or words[0][0].casefold() in PARTICLES


def _are_pairs(parts: list[str]) -> bool:
    """`Goodfellow, I., Bengio, Y.` or `Zhou, Kaiyang, Loy, Chen Change`: last names come first."""
    if len(parts) < 2 or len(parts) % 2:  # noqa: PLR2004
        return False
    pairs = list(zip(parts[::2], parts[1::2], strict=True))
    is_paired = all(
        LONE_INITIALS.fullmatch(first.strip()) and not LONE_INITIALS.fullmatch(last.strip())
        for last, first in pairs
    )
    if not is_paired and len(pairs) > 1:
        words = [len(part.split()) for part in parts]
        is_paired = set(words[::2]) == {1} and words.count(1) >= 0.75 * len(words)
    return is_paired and all(map(has_case, parts))


def _first_is_turned(parts: list[str]) -> bool:
    """`Niu, Li, Wen Li, and Dong Xu`: only the first author is turned."""
    if len(parts) < 3 or len(parts[0].split()) != 1:  # noqa: PLR2004
        return False
    if not all(map(has_case, parts)):
        return False
    if sum(word not in PARTICLES for word in parts[1].split()) > 2:  # noqa: PLR2004
        return False
    has_initial = "." in parts[0] or INITIAL.match(parts[1].strip()) is not None
    return not has_initial and not any(len(part.split()) == 1 for part in parts[2:])


def turned(name: str) -> str:
    """`Lee J. D.` as `J. D. Lee`, `Del Bue A.` as `A. Del Bue`; any other name as it is."""
    words = name.strip(_EDGES_BUT_PERIOD).split()
    if len(words) < 2 or not words[-1].isupper() or len(words[0].rstrip(".")) < 2:  # noqa: PLR2004
        return name
    # Particles and the word behind them are one last name.
    end = 1
    while words[end - 1].casefold() in PARTICLES and end + 1 < len(words):
        end += 1
    initials = words[end:]
    if all(_INITIALS.fullmatch(word) and ("." in word or len(word) <= 2) for word in initials):  # noqa: PLR2004
        return " ".join((*initials, *words[:end]))
    return name


@lru_cache(maxsize=512)
def look_like_names(text: str) -> bool:
    """Whether `text` is a run of people's names and nothing else.

    Meant for text that is set apart, as by emphasis; in running text `leading` is strict.
    """
    if plain_names(text):
        return True
    shown = _without_workplace(without_brackets(without_footnotes(text))).strip(EDGES + "()")
    folded = shown.casefold()
    if folded in ("anonymous", "anonymous authors"):
        return True
    tail = others_at_end(shown)
    if tail:
        shown = shown[: tail.start()].rstrip(EDGES)
    if "&" in folded or "and" in folded:
        shown = _AND.sub(", ", shown)
    pieces = [piece for piece in _COMMA.split(shown) if piece.strip(EDGES)]
    good = [piece for piece in pieces if is_name(piece)]
    if not good or all(map(is_institution, good[:3])):
        return False
    if len(pieces) == 1:
        return tail is not None or 2 <= len(pieces[0].split()) <= 4  # noqa: PLR2004
    return len(good) >= 0.75 * len(pieces)


def is_name(piece: str) -> bool:
    """Whether each word of `piece` may be a part of a name: with a capital, or a particle."""
    if PLAIN_NAME.fullmatch(piece):
        return True
    words = bare(piece).split()
    most = 6
    if len(words) > most:
        # Initials and particles come on top.
        most += sum(len(word) <= 2 for word in words)  # noqa: PLR2004
    if not 1 <= len(words) <= most:
        return False
    for shown in words:
        # `Jan "Honza" Cernocky`
        word = shown.strip('"\u201c\u201d') or shown
        if word.casefold().strip(".'") in PARTICLES:
            continue
        # Scripts without capitals have neither.
        if word[0].islower() or (word[0].isascii() and not (word[0].isupper() or word[0] == "'")):
            return False
        if not word.isalpha() and any(
            character.isdigit() or character in ":!?/=" for character in word.rstrip("0123456789*")
        ):
            return False
    return date.find(piece) is None


def _names_institution(text: str) -> bool:
    """Whether an institution may be among the names in `text`; one cheap look for all of them."""
    return not INSTITUTION_WORDS.isdisjoint(_LETTERS.findall(text.casefold()))


@lru_cache(maxsize=512)
def is_institution(text: str) -> bool:
    """Whether `text` names where people work: `University of Surrey`, `StackHPC Ltd`."""
    return not INSTITUTION_WORDS.isdisjoint(_HYPHENED.findall(text.casefold()))
