"""Where and when a work appeared, as lists write it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

# Acronyms of conferences and journals, and words that only a venue's name has.
_ACRONYMS = """
    3DV AAAI AACL AAMAS ACCV ACL ACM-MM ACMMM ACS AISTATS ALT ARR ASE ASRU ASPLOS ATC BMVC CAV CCS CHI CIKM
    CIDR CISS CoLLAs COLING COLM COLT CoNLL CogSci CoRL CoRR CVIU CVPR CVPRW DAC DASFAA DSN EACL ECAI ECCV ECCVW ECIR ECML
    EG EMNLP EMNLP-IJCNLP ESEC ESWC EuroSys FAccT FAST FG FSE GECCO HPCA HPDC HotNets HotOS ICAART ICANN
    ICASSP ICCP ICCV ICCVW ICDE ICDM ICIP ICLR ICME ICML ICMR ICPR ICRA ICS ICSE ICST ICWSM IEEE-TPAMI IJCAI IJCNLP
    IJCNN IJCV IJRR INFOCOM INLG INTERSPEECH IPDPS IPM IROS ISBI ISCA ISMAR ISMIR ISSTA ISWC ITSC JAIR JMLR KBS KDD LAK LREC LREC-COLING
    L4DC MASCOTS MICCAI MICRO MIDL ML4H MLHC MLSys MM MMM MMSys MobiCom MobiSys NAACL NAACL-HLT NDSS NeurIPS NIPS NSDI NeurComp OSDI
    PACT PAMI PAKDD PPoPP PLDI PMLR PNAS PODC POPL PR PRL PVLDB RA-L RAL RANLP RecSys RSS S&P SC SEC SDM SIGCOMM SIGGRAPH SIGIR SIGKDD
    SIGMOD SLT SOCC SoCC SOSP SPL STOC TACL TASLP TCSVT TGRS TheWebConf TIFS TIP TIST TKDD TKDE TMI TMLR TMM TNN TNNLS TOCHI TOG TOIS TOMM TPAMI
    TPDS T-PAMI T-RO TRO TVCG UAI UIST USENIX UbiComp VLDB VMV VR VRST WACV WSDM WWW EGSR CGF SGP PG I3D HPG ECML-PKDD
    arXiv ArXiv Preprint Openreview bioRxiv medRxiv SSRN Nature Science
"""
_KNOWN = frozenset(word.casefold() for word in _ACRONYMS.split())
_WORDS = re.compile(
    r"\b(?:proceedings|proc\.?|conference|workshops?|symposium|transactions|trans\.|journal|"
    r"findings|annual meeting|letters|magazine|advances in|preprint|technical report|tech\.? report|"
    r"lecture notes|thesis|chapter of the association)\b",
    re.IGNORECASE,
)
_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    "oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
#: A date or a year, the year as group `year` or, in two digits after an apostrophe, `short`.
_DATE = re.compile(
    rf"""(?<![\w.:/-])(?:
        (?:\d{{1,2}}(?:st|nd|rd|th)?[ ]+)?(?:{_MONTHS})\.?,?[ ]*(?:\d{{1,2}}(?:st|nd|rd|th)?,?[ ]+)?
            (?P<dated>(?:19|20)\d\d)
      | (?P<year>(?:19|20)\d\d)(?:[./-](?:0?[1-9]|1[0-2])(?:[./-](?:0?[1-9]|[12]\d|3[01]))?)?
      | ['\u2019\u2018`][ ]?(?P<short>\d\d)
    )(?![\w])(?!\.\d)""",
    re.IGNORECASE | re.VERBOSE,
)
#: What every date has: `_DATE` tries much at each character.
_HAS_YEAR = re.compile(r"(?:19|20)\d\d|['\u2019\u2018`] ?\d\d")
_GLUED_YEAR = re.compile(
    r"(?P<name>[A-Za-z\u4e00-\u9fff][^\W\d_]*(?:[-&/ ][A-Za-z]+)*)\s?['\u2019\u2018`]?\s?"
    r"(?P<year>(?:19|20)\d\d|(?<=['\u2019\u2018`])\d\d)(?!\d)"
)
_ARXIV_ID = re.compile(
    r"arxiv\s*(?:preprint\s*)?(?:arxiv)?\s*:\s*(?:arxiv\s*:\s*)?[a-z.-]*/?\d[\d.v]*", re.IGNORECASE
)
_EDGES = " \t\r\n.,;:|()[]{}<>\u3000\u00a0\uff0c\u3002\uff1a\uff1b\uff08\uff09\u3010\u3011*_`\"'\u2019\u2018-\u2013\u2014/"
_TAIL_YEAR_JOIN = re.compile(r"\s*(?:in|of|on|at)$", re.IGNORECASE)
_EXTRAS = re.compile(
    r"(?:[\s,(]+(?:oral|spotlight|poster|highlight|best (?:student )?paper(?: award)?|long|short|"
    r"accepted|outstanding paper|honorable mention|to appear)\)?)+$",
    re.IGNORECASE,
)
_PAGES = re.compile(r",?\s*(?:pages?|pp\.?|vol(?:ume)?\.?)\s*\d.*$", re.IGNORECASE)
_LONGEST = 14
_LONGEST_TEXT = 200


class Appearance(NamedTuple):
    """A venue and a year read from a piece of text.

    Attributes:
        venue: as shown, without year and brackets, or `None`.
        year: four digits, or `None`.
        year_start, year_end: where the year's digits stand in the text given; -1 for none.
        venue_start, venue_end: where the venue stands; -1 for none.
        is_known: whether the venue is one that is known, not only text beside a year.
    """

    venue: str | None
    year: int | None
    year_start: int
    year_end: int
    venue_start: int
    venue_end: int
    is_known: bool


_NOTHING = Appearance(None, None, -1, -1, -1, -1, False)


@lru_cache(maxsize=8192)
def is_venue(text: str) -> bool:
    """Whether `text` names a venue: a known acronym, or words that only venues have."""
    words = re.split(r"[\s/,()@:\u2019']+", text.strip(_EDGES))
    if len(words) > _LONGEST:
        return False
    if any(word.strip(_EDGES).casefold() in _KNOWN for word in words[:4] if _is_name(word)):
        return True
    return _WORDS.search(text) is not None


def _is_name(word: str) -> bool:
    # "nature" and "science" are words unless they are written as names.
    return word[:1].isupper() or word.casefold() in ("arxiv", "openreview", "preprint", "corr")


def date(text: str, start: int = 0) -> tuple[int, int, int, int, int] | None:
    """The first year in `text`: its value, its digits' place and the whole date's place."""
    if _HAS_YEAR.search(text, start) is None:
        return None
    for match in _DATE.finditer(text, start):
        if match["short"]:
            year = (
                2000 + int(match["short"])
                if int(match["short"]) < 70
                else 1900 + int(match["short"])
            )  # noqa: PLR2004
            return year, match.start("short"), match.end("short"), match.start(), match.end()
        name = "year" if match["year"] else "dated"
        return int(match[name]), match.start(name), match.end(name), match.start(), match.end()
    return None


@lru_cache(maxsize=16384)
def read(text: str) -> Appearance:
    """Venue and year from a piece of text that holds nothing else, as between two separators.

    `IJCV 2022`, `EMNLP'2020`, `CVPR, 2023 (Oral)`, `arXiv:2202.06687`, `Dec 2023`,
    `Overview Blog Post 2022`.
    """
    if len(text) > _LONGEST_TEXT or not text.strip(_EDGES):
        return _NOTHING
    identified = _ARXIV_ID.search(text) if "rxiv" in text.lower() else None
    if identified and not text[: identified.start()].strip(_EDGES):
        start = identified.start()
        year = date(text, identified.end())
        name = text[start : start + 5]
        stop = start + 5
        rest = text[start:].lower()
        if rest.startswith("arxiv preprint"):
            stop = start + len("arxiv preprint")
            name = text[start:stop]
        if year:
            return Appearance(name, year[0], year[1], year[2], start, stop, True)
        return Appearance(name, None, -1, -1, start, stop, True)
    year = date(text)
    if year is None and _HAS_YEAR.search(text):
        glued = _GLUED_YEAR.search(text)
        if glued is not None and is_venue(glued["name"]):
            digits = glued["year"]
            value = int(digits) if len(digits) == 4 else 2000 + int(digits)  # noqa: PLR2004
            start, stop = glued.start("name"), glued.end("name")
            return Appearance(
                glued["name"].strip(_EDGES),
                value,
                glued.start("year"),
                glued.end("year"),
                start,
                stop,
                True,
            )
    head, offset = (text, 0) if year is None else (text[: year[3]], 0)
    if year is not None and not head.strip(_EDGES):
        head, offset = text[year[4] :], year[4]
    venue, start, stop = _trimmed(head, offset)
    known = bool(venue) and is_venue(venue)
    if year is None:
        return Appearance(venue, None, -1, -1, start, stop, True) if known else _NOTHING
    value, digit_start, digit_end = year[:3]
    if venue and (known or _may_be_venue(venue)):
        return Appearance(venue, value, digit_start, digit_end, start, stop, known)
    return Appearance(None, value, digit_start, digit_end, -1, -1, False)


def _trimmed(head: str, offset: int) -> tuple[str, int, int]:
    """`head` without what surrounds a venue's name, and where that stands."""
    stripped = head.strip(_EDGES)
    previous = None
    while previous != stripped:
        previous = stripped
        for pattern in (_EXTRAS, _PAGES, _TAIL_YEAR_JOIN):
            stripped = pattern.sub("", stripped).strip(_EDGES)
        stripped = re.sub(
            r"^(?:in|published in|accepted (?:by|to|at)|to appear in)[ :]+(?=\S)",
            "",
            stripped,
            flags=re.IGNORECASE,
        )
    if (
        "(" in stripped
        and ")" not in stripped
        and head[head.find(stripped) + len(stripped) :][:1] == ")"
    ):
        stripped += ")"
    start = head.find(stripped) if stripped else -1
    if start < 0:
        return "", -1, -1
    return stripped, offset + start, offset + start + len(stripped)


def _may_be_venue(text: str) -> bool:
    words = text.split()
    return 0 < len(words) <= 8 and (text[0].isupper() or not text[0].isascii())  # noqa: PLR2004
