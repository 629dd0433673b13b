"""How venues spell their own names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from peftlint.regex import regex
from peftlint.value import Value

# As on the venues' own pages: <https://info.arxiv.org>, <https://neurips.cc>,
# <https://www.corl.org>, <https://mlsys.org>, <https://openreview.net>, <https://www.biorxiv.org>,
# <https://www.medrxiv.org>, <https://www.usenix.org>, <https://www.sigmobile.org>,
# <https://recsys.acm.org>, <https://lifelong-ml.cc>. Left out are names that are words, too
# (`Fast`, `Micro`, `Cell`), or that two venues write in two ways (`TOG` on graphics, `ToG` on
# games).
_NAMES = """
    arXiv bioRxiv medRxiv NeurIPS OpenReview CoRR CoRL MLSys CoLLAs EuroSys MobiCom MobiSys SenSys
    RecSys CogSci CoNLL USENIX
    AAAI AACL AAMAS ACCV ACMMM AISTATS ASPLOS BMVC CHI CIKM COLING COLM COLT CVPR CVPRW EACL ECAI
    ECCV ECCVW ECIR ECML EMNLP ICASSP ICCV ICCVW ICDE ICDM ICIP ICLR ICME ICML ICMR ICPR ICRA IJCAI
    IJCNLP IJCNN IJCV INFOCOM IROS ISBI ISMIR JAIR JMLR KDD LREC MICCAI MIDL NAACL NDSS NSDI OSDI
    PAKDD PLDI PNAS SIGCOMM SIGGRAPH SIGIR SIGKDD SIGMOD SOSP TACL TASLP TCSVT TKDE TMLR TNNLS
    TPAMI TVCG UAI UIST VLDB WACV WSDM
"""
# Names of more than one word.
_PHRASES = (
    "IEEE Access", "Nature Biotechnology", "Nature Communications", "Nature Machine Intelligence",
    "Nature Medicine", "Nature Methods", "Science Advances", "Science Robotics",
    "Scientific Reports", "SIGGRAPH Asia",
)  # fmt: skip
# What lists write for them by mistake.
_MISTAKES = {
    "arXiv": "arixv arvix arxvi arxive arxv axiv",
    "NeurIPS": "neruips neuips neuralips neurip neurlps neuroips neurrips nuerips nurips",
    "OpenReview": "openreveiw openreivew",
    "bioRxiv": "bioarxiv biorixv",
    "COLING": "colling",
    "ICASSP": "icaasp icassap",
    "SIGGRAPH": "siggrah sigraph siggrpah",
    "Nature Communications": "nature communication",
}
#: What has one name more that is as good.
_ALSO_FINE = frozenset(("ICCVw", "CVPRw", "ECCVw"))

#: `NIPS` of this year and later is called NeurIPS: it was renamed in November 2018
#: (<https://neurips.cc/Conferences/2018/News>).
NIPS_RENAMED = 2018
NIPS = "NIPS"
_NEURIPS = "NeurIPS"

#: A word that is no part of an address or of a longer name; a year may be glued to it.
_WORD = regex(
    r"(?<![\w./@\\-])[A-Za-z]{3,}(?=(?:19|20)?\d\d(?!\w)|(?!\w))(?![/@]|\.\w|-(?i:v|xiv))"
)
_NAME = regex(r"[A-Za-z][A-Za-z -]{1,58}[A-Za-z]")
_LONGEST = 200


class Misspelling(Value):
    """A name that its venue writes in another way.

    Attributes:
        shown: as the list has it.
        own: as the venue writes it.
    """

    shown: str
    own: str


@cache
def _own_names() -> Mapping[str, str]:
    """Own spellings by what else is written for them, in lower case."""
    found = {name.casefold(): name for name in (*_NAMES.split(), *_PHRASES)}
    for own, mistakes in _MISTAKES.items():
        words = (mistakes,) if " " in own else mistakes.split()
        found.update(dict.fromkeys(words, own))
    return found


def _with(spellings: tuple[str, ...]) -> Mapping[str, str]:
    """What `_own_names` gives, and the spellings of further venues."""
    return {**_own_names(), **{name.casefold(): name for name in spellings}}


def own_spelling(name: str) -> str | None:
    """How a venue writes its name, or `None` of one that is not known.

    Args:
        name: in any case, or misspelt as lists often do.
    """
    return _own_names().get(name.casefold())


@lru_cache(maxsize=4096)
def misspellings(
    venue: str, year: int | None = None, further: tuple[str, ...] = ()
) -> tuple[Misspelling, ...]:
    """The names in `venue` that are not as the venues write them, in order.

    Args:
        venue: as a list shows it: `Neurips`, `Arxiv preprint`, `NIPS`.
        year: of which year it is; `NIPS` is wrong from 2018 on.
        further: spellings of venues that are not known otherwise.
    """
    if len(venue) > _LONGEST:
        return ()
    names = _with(further) if further else _own_names()
    whole = venue.strip()
    own = names.get(whole.casefold())
    if own == whole:
        return ()
    if own is not None and " " in own:
        return (Misspelling(whole, own),)
    found: list[Misspelling] = []
    for match in _WORD.finditer(venue):
        word = match[0]
        own = names.get(word.casefold())
        if word == NIPS and year is not None and year >= NIPS_RENAMED:
            own = _NEURIPS
        if own is not None and own != word and word not in _ALSO_FINE:
            found.append(Misspelling(word, own))
    return tuple(found)


def respelled(text: str, wrong: tuple[Misspelling, ...]) -> str:
    """`text` with the venues' own spellings instead of `wrong` ones, addresses left alone."""
    own = {one.shown: one.own for one in wrong}
    for shown, right in own.items():
        if " " in shown:
            return text.replace(shown, right, 1)
    return _WORD.sub(lambda match: own.get(match[0], match[0]), text)


def is_name(text: str) -> bool:
    """Whether `text` may be the name of a venue that can be looked for: words of letters."""
    return _NAME.fullmatch(text) is not None
