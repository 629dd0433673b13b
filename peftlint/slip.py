"""Whether two words or keywords are one, written in two ways.

Candidates are found by deletion, as SymSpell does (Wolf Garbe, 2012,
<https://github.com/wolfgarbe/SymSpell>): two words that are one letter apart share a form with
one letter left out, so that nothing is compared in pairs.
"""

from __future__ import annotations

from peftlint.regex import regex

#: What only parts words: `Multi-Task`, `Multi_Task`, `Multi Task`.
_SEPARATORS = regex(r"[\s_-]+")

#: In shorter words a letter makes another word: `ViT-B` and `ViT-L`, `NLU` and `NLG`.
_LEAST_LETTERS = 6
#: Two letters may be missing inside a word from this length on: `Adaption`, `Adaptation`.
_LEAST_LETTERS_FOR_TWO = 8
#: A word with more capitals is a name: `AdaLoRA` is not `AdvLoRA`.
_MOST_CAPITALS = 2
#: In letters; nobody's keyword is longer.
_LONGEST = 80


def letters(keyword: str) -> str:
    """A keyword without case and without what parts its words; two with the same are one."""
    return _SEPARATORS.sub("", keyword).casefold()


def is_long_enough(keyword: str) -> bool:
    """Whether two keywords with these letters are surely one, as `ReFT` and `Re-FT` are not."""
    return _LEAST_LETTERS <= len(letters(keyword)) <= _LONGEST


def shortened(keyword: str) -> set[str]:
    """The forms that a keyword shares with all that differ from it by a slip.

    They are the keyword itself, without each of its letters, and without each two neighbors.
    """
    if len(keyword) > _LONGEST:
        return set()
    folded = " ".join(_SEPARATORS.split(keyword)).casefold()
    places = range(len(folded))
    return {
        folded,
        *[folded[:index] + folded[index + 1 :] for index in places],
        *[folded[:index] + folded[index + 2 :] for index in places],
    }


def is_slip(one: str, other: str) -> bool:
    """Whether two keywords differ by a slip in one long word.

    A slip is a letter too many, too few, wrong or in its neighbor's place, or a pair of letters
    left out inside the word. Digits agree, and so does the first letter, which people get right.
    """
    ours, theirs = _SEPARATORS.split(one), _SEPARATORS.split(other)
    if len(ours) != len(theirs):
        return False
    differing = [
        (word, its_like)
        for word, its_like in zip(ours, theirs, strict=True)
        if word.casefold() != its_like.casefold()
    ]
    return len(differing) == 1 and _is_slip_in_word(*differing[0])


def _is_slip_in_word(one: str, other: str) -> bool:
    least = min(len(one), len(other))
    if least < _LEAST_LETTERS or any(
        sum(map(str.isupper, word)) > _MOST_CAPITALS for word in (one, other)
    ):
        return False
    first, second = one.casefold(), other.casefold()
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    end = 0
    while end < min(len(first), len(second)) - start and first[-1 - end] == second[-1 - end]:
        end += 1
    ours, theirs = first[start : len(first) - end], second[start : len(second) - end]
    if start == 0 or not (ours + theirs).isalpha():
        return False
    if max(len(ours), len(theirs)) == 1:
        return True
    if len(ours) == len(theirs):
        return ours == theirs[::-1] and len(ours) == 2  # noqa: PLR2004 - neighbors
    is_pair = {len(ours), len(theirs)} == {0, 2}
    return is_pair and end > 0 and least >= _LEAST_LETTERS_FOR_TWO
