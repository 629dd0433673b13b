"""What sort of publication a work is, as far as its entry tells."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from peftlint import venue
from peftlint.model import Entry
from peftlint.punctuation import plain
from peftlint.regex import regex

#: `other` has a venue of which nothing is known, `paper` shows none at all; the last three open
#: no paper.
Sort = Literal[
    "conference", "journal", "preprint", "thesis", "report", "book", "blog", "other", "paper",
    "software", "dataset", "webpage",
]  # fmt: skip

_SEVERAL_WORDS: tuple[tuple[Sort, re.Pattern[str]], ...] = (
    ("preprint", regex(r"\w*rxiv\b|preprints?\b|\bssrn\b|\bcorr$|openreview", re.IGNORECASE)),
    ("thesis", regex(r"\b(?:thesis|dissertation)\b", re.IGNORECASE)),
    ("report", regex(r"\btech(?:nical|\.)? ?report\b", re.IGNORECASE)),
    ("blog", regex(r"\bblog(?:post)?\b", re.IGNORECASE)),
    ("conference", regex(r"\b(?:workshops?|conference|symposium)\b", re.IGNORECASE)),
    # They call themselves proceedings.
    (
        "journal",
        regex(
            r"vldb endowment|national academy of sciences|proceedings of the (?:ieee|ire)$|"
            r"proc(?:eedings|\.)? (?:of the )?acm (?:on|program)|privacy enhancing",
            re.IGNORECASE,
        ),
    ),
    (
        "journal",
        regex(
            r"\b(?:transactions|journal|letters|magazine|quarterly|surveys|j\. of|annual review|"
            r"frontiers (?:in|of)|foundations and trends|communications of the acm|"
            r"computer graphics forum|advanced intelligent systems|machine learning research)\b|"
            r"\btrans\.",
            re.IGNORECASE,
        ),
    ),
    (
        "conference",
        regex(
            r"\b(?:conf\.|proceedings|proc\.?|symp\.|meeting|congress|findings|seminar|"
            r"neural information processing systems|computer vision and pattern recognition|"
            r"learning representations|empirical methods in natural|chapter of the association)"
            r"(?!\w)",
            re.IGNORECASE,
        ),
    ),
    ("book", regex(r"university press|mit press|\bspringer\b|o'reilly|textbook", re.I)),
)  # fmt: skip
#: Journals that are known by a name without such a word, whole or as it begins.
_WHOLE_NAMES = frozenset(
    (
        "ai magazine", "artificial intelligence", "bioinformatics", "cell", "computers & graphics",
        "computer speech & language", "computer vision and image understanding", "entropy",
        "evolutionary computation", "ieee access", "ieee intelligent systems",
        "image and vision computing", "information fusion", "information sciences",
        "knowledge-based systems", "machine learning", "medical image analysis",
        "neural computation", "neural networks", "neurocomputing", "neuron", "pattern recognition",
        "patterns", "science", "scientific reports", "sensors", "signal processing",
        "the visual computer", "visual computer",
    )
)  # fmt: skip
_BEGINNINGS = (
    "nature", "science advances", "science robotics", "plos ", "expert systems with applications",
    "bmc ", "nucleic acids research", "npj ", "acm queue",
)  # fmt: skip
#: Acronyms of journals; every other acronym of a venue is taken as that of a conference.
_JOURNALS = frozenset(
    """
    acm-csur csur cviu ieee-tpami ieee-tip ijcars ijcv ijrr ipm jair jasa jbhi jmir jmlr jstsp kbs
    neurcomp neurocomp pami pnas pr prl pvldb ra-l ral spl tacl taslp tcsvt tgrs tifs tip tist tkdd
    tkde tmi tmlr tmm tnn tnnls tochi tog tois tomm tpami tpds t-pami t-ro tro tvcg cgf mia fmsd
    cvm t-ase t-csvt t-its t-iv t-mm taffc tase tbme tcds tci tcyb tdsc tetc thri tits tmech tnse
    toms toplas tsipn tvt titb tii tiv tim tgars tallip t-biom jsac jstars cacm melba jasist npj
    nsr popets msystems esa eswa ivc apj
    """.split()  # noqa: SIM905 - a list of words is read more easily
)
#: Conferences by a name or an acronym that `venue` does not take as one in running text.
_CONFERENCES = frozenset(
    ("acml", "aies", "akbc", "chiir", "ecmlpkdd", "eurographics", "igarss", "interspeech",
     "middleware", "miua", "multimedia", "prcv", "repl4nlp", "sysml", "usenix")
)  # fmt: skip
_WORD = regex(r"[^\s/,()@:'\"]+")
#: They hold conferences and print journals.
_SOCIETIES = frozenset(("acm", "cvf", "ieee", "in", "the"))
#: Longer than this, in characters, is no venue's name.
_LONGEST = 300


@lru_cache(maxsize=1 << 12)
def sort_of_venue(name: str) -> Sort:
    """What appears at a venue: `other` where nothing tells.

    Args:
        name: as a list shows it, without year and brackets.
    """
    name = " ".join(plain(name[:_LONGEST]).split())
    folded = name.casefold().strip(" .,")
    if folded in _WHOLE_NAMES:
        return "journal"
    for sort, pattern in _SEVERAL_WORDS:
        if pattern.search(name):
            return sort
    if folded.startswith(_BEGINNINGS):
        return "journal"
    for word in _WORD.findall(name):
        if found := _sort_of_acronym(word):
            return found
    return "other"


def _sort_of_acronym(word: str) -> Sort | None:
    folded = word.casefold()
    if folded in _SOCIETIES:
        return None
    # `Access` and `MIA` differ from words by their capitals.
    if folded in _JOURNALS and sum(map(str.isupper, word)) > 1:
        return "journal"
    # `ICPRW`, and `ACL-IJCNLP`, two that were held together.
    held = word[:-1] if word.isupper() and word.endswith("W") else word
    is_known = (
        folded in _CONFERENCES
        or venue.is_acronym(word)
        or all(map(venue.is_acronym, held.split("-")))
    )
    return "conference" if is_known else None


def sort_of(entry: Entry) -> Sort:
    """What sort of publication an entry shows, by its venue, its ids and its links' roles."""
    if entry.venue:
        return sort_of_venue(entry.venue.text)
    if entry.ids.get("arxiv"):
        return "preprint"
    roles = {link.role for link in entry.links if link.url}
    if "paper" in roles or entry.authors or entry.ids:
        return "paper"
    if "code" in roles:
        return "software"
    if "data" in roles:
        return "dataset"
    return "webpage" if roles else "paper"
