"""The parts of a person's name, for those who sort and cite by last names."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from peftlint.footnote import SUFFIXES
from peftlint.people import has_case
from peftlint.regex import regex

#: They belong to the last name, and sorting mostly passes over them.
_PARTICLES = frozenset(
    """
    af al auf av d da dal dalla das de degli dei del dela della delle den der des di do dos du e
    el het la le los op 't te ten ter ul v van vom von zu zum zur
    """.split()  # noqa: SIM905 - a list of words is read more easily
)
#: Shortened ones, where all but the last name is.
_SHORT_PARTICLES = frozenset(("d", "v"))
#: Those that are written with a capital, too, and are then a part of the name that sorts:
#: `Luc Van Gool`. `Do`, `Das` and `Ten` are names of their own.
_CAPITAL_PARTICLES = frozenset(
    """
    Al Ben Da De Del Della Den Der Di Dos Du El La Le Van Von
    """.split()  # noqa: SIM905 - a list of words is read more easily
)
#: Before one of these `Van` and `Le` are middle names. They are the last names of nine in ten
#: people of Vietnam (https://en.wikipedia.org/wiki/Vietnamese_name#Family_name).
_VIETNAMESE = frozenset(
    """
    bui dang dao dinh do doan duong ha ho hoang huynh lam le luong luu ly mai ngo nguyen pham phan
    phung quach ta thai to tran trinh truong vo vu vuong
    """.split()  # noqa: SIM905 - a list of words is read more easily
)
#: One of these is in a group's name and in no person's. Names of firms are left out where people
#: bear them: `Huawei Lin`.
_GROUP_WORDS = frozenset(
    """
    alibaba alliance association authors bytedance center centre collaboration college community
    consortium contributors corporation deepmind department foundation google group inc initiative
    institute institution lab laboratory labs ltd members microsoft nvidia openai organization
    project research school society team tencent university
    """.split()  # noqa: SIM905 - a list of words is read more easily
)
_INITIAL = regex(r"[^\W\d_]\.?")
#: `C.Theobalt`
_GLUED = regex(r"((?:[^\W\d_]\.-?){1,3})([^\W\d_][^\W\d_][\w'\u2019-]*)")
#: A first name and a last one: so many words a name has.
_FEWEST = 2
_MOST_INITIALS = 3


class NameParts(NamedTuple):
    """A person's name.

    Attributes:
        family: the last name.
        given: first names and initials; empty where the list shows none.
        particle: what stands before the last name and does not count in sorting: `van der`.
        suffix: `Jr.`, `III`.
    """

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""


@lru_cache(maxsize=1 << 14)
def parts_of(name: str) -> NameParts | None:
    """A name, as the model has it, in its parts.

    `First Last` is all that the model says, so the last word is the last name, with the
    particles before it. Last names of two words without a particle cannot be told from middle
    names.

    Args:
        name: as `peftlint.people` gives it.

    Returns:
        `None` where a name is to stay whole: a group's, a single word, or one in a script without
        capitals, where the last name may come first.
    """
    words = name.split()
    if not has_case(name) or is_group(name):
        return None
    if len(words) < _FEWEST:
        glued = _GLUED.fullmatch(name.strip())
        return NameParts(glued[2], glued[1]) if glued else None
    suffix = ""
    if words[-1].strip(".") in SUFFIXES and len(words) > _FEWEST:
        suffix = words.pop()
        words[-1] = words[-1].rstrip(",")
    for at in range(max(1, len(words) - _MOST_INITIALS - 1), len(words) - 1):
        # `Rijke d M`
        if words[at] in _SHORT_PARTICLES and all(map(_INITIAL.fullmatch, words[at + 1 :])):
            given = " ".join(words[at + 1 :])
            return NameParts(" ".join(words[:at]), given, words[at], suffix)
    start, end = _particles(words)
    return NameParts(
        " ".join(words[end:]), " ".join(words[:start]), " ".join(words[start:end]), suffix
    )


def is_group(name: str) -> bool:
    """Whether a name is that of a group: `LG AI Research`, `PandaX Collaboration`, `Ring Team`."""
    words = name.split()
    return "AI" in words or any(word.casefold().strip(".,") in _GROUP_WORDS for word in words)


def _particles(words: list[str]) -> tuple[int, int]:
    """Where the particles before the last name begin and end; nothing where there are none."""
    last = len(words) - 1
    stop = 0
    for at in range(last):
        if at < stop or not _is_particle(words, at):
            continue
        stop = at
        while stop < last and _is_particle(words, stop):
            stop += 1
        end = max((i + 1 for i in range(at, stop) if words[i][0].islower()), default=at)
        if end > at or stop == last:
            return at, end
    # `Santiago Ram\u00f3n y Cajal`
    if last > _FEWEST and words[last - 1] == "y":
        return last - 2, last - 2
    # `Gurunath Reddy M`: the initials behind are of the father's name, or of the place.
    while last > 1 and _INITIAL.fullmatch(words[last]) and words[last][0].isupper():
        last -= 1
    return last, last


def _is_particle(words: list[str], at: int) -> bool:
    word = words[at]
    if word[0].islower() or word[0] == "'":
        return word in _PARTICLES
    if not at or word not in _CAPITAL_PARTICLES:
        return False
    if word == "Ben":
        # `T. Ben Thompson`
        return not _INITIAL.fullmatch(words[at - 1])
    return words[at + 1].casefold() not in _VIETNAMESE
