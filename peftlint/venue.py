"""Where and when a work appeared, as lists write it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from peftlint import date
from peftlint.date import Date
from peftlint.punctuation import plain
from peftlint.regex import regex
from peftlint.source import Span, span_of
from peftlint.value import Value

# Acronyms of conferences and journals, and words that only a venue's name has.
_ACRONYMS = """
    3DV AAAI AACL AAMAS ACCV ACL ACM-MM ACMMM ACS AISTATS ALT ARR ASE ASRU ASPLOS ATC BMVC
    CAV CCS CHI CIKM CIDR CISS CoLLAs COLING COLM COLT CoNLL CogSci CoRL CoRR CVIU CVPR
    CVPRW DAC DASFAA DSN EACL ECAI ECCV ECCVW ECIR ECML EG EMNLP EMNLP-IJCNLP ESEC ESWC
    EuroSys FAccT FAST FG FSE GECCO HPCA HPDC HotNets HotOS ICAART ICANN ICASSP ICCP ICCV
    ICCVW ICDE ICDM ICIP ICLR ICME ICML ICMR ICPR ICRA ICS ICSE ICST ICWSM IEEE-TPAMI IJCAI
    IJCNLP IJCNN IJCV IJRR INFOCOM INLG INTERSPEECH IPDPS IPM IROS ISBI ISCA ISMAR ISMIR
    ISSTA ISWC ITSC JAIR JMLR KBS KDD LAK LREC LREC-COLING L4DC MASCOTS MICCAI MICRO MIDL
    ML4H MLHC MLSys MM MMM MMSys MobiCom MobiSys NAACL NAACL-HLT NDSS NeurIPS NIPS NSDI
    NeurComp OSDI PACT PAMI PAKDD PPoPP PLDI PMLR PNAS PODC POPL PR PRL PVLDB RA-L RAL RANLP
    RecSys RSS S&P SC SEC SDM SIGCOMM SIGGRAPH SIGIR SIGKDD SIGMOD SLT SOCC SoCC SOSP SPL
    STOC TACL TASLP TCSVT TGRS TheWebConf TIFS TIP TIST TKDD TKDE TMI TMLR TMM TNN TNNLS
    TOCHI TOG TOIS TOMM TPAMI TPDS T-PAMI T-RO TRO TVCG UAI UIST USENIX UbiComp VLDB VMV
    VRST WACV WSDM WWW EGSR CGF SGP PG I3D HPG ECML-PKDD arXiv Preprint Openreview bioRxiv
    medRxiv SSRN ACM-CSUR AAAIW ACMMM-Asia ALENEX APSIPA APSYS ASIA-CCS ASONAM ATVA AVSS
    BIBM BioNLP BlackboxNLP BuildSys CCGrid CHIL CLEF CGO CLeaR CollabCom CSCW CSUR CVM DAGM
    DSAA DICTA EAAI EAMT ECCB ECML/PKDD EDBT EMSOFT ETRA EWRL FCCM FPGA GCPR GlobalSIP
    GLOBECOM HRI HSCC ICALP ICAPS ICASSPW ICBINB ICCAD ICCD ICDAR ICTAI ICDCS ICDMW ICFHR ICIAP
    ICIC ICLRW ICMI ICMLA ICMLW ICNN ICONIP ICPP ICSC ICSLP ICTIR IEEE-TIP IJCB IJCARS IPSN
    IROSW ISLPED ISMM ISPD ISSCC IWSLT JASA JBHI JCDL JMIR JSTSP MLCB MLSP MobileHCI NetAI
    NeurIPSW NLPCC NLDB NODALIDA OOPSLA PADL PPSN SACAIR SAGT SenSys SIGGRAPH-Asia
    FMCAD VMCAI IWLS FMSD NFM ESOP ICFP ECOOP IJCAR CONCUR QEST HSCC RTSS RTAS
    WiSec MILCOM ESORICS WOOT IMC CNS FPL FPT VLSI ISPASS ICSOC CHES RTCSA ASHES
    CHEOPS aiDM ICDEW ISSRE SANER ICSME RAID PETS PoPETs AsiaCCS ACSAC CSF EuroS&P DIMVA
    SIGCSE UMUAI CSCL EDM AIED ECRTS ICCPS CPSWeek
    SIGSPATIAL SIGMETRICS SIGMM SIGHAN SIGdial SIGDIAL SOUPS SpLU STACS T-ASE T-CSVT T-ITS
    T-IV T-MM TACAS TAFFC TASE TBME TCDS TCI TCYB TDSC TETC THRI TITS TMECH TNSE TOMS TOPLAS
    TSIPN TVT UMAP VCIP VISAPP VISIGRAPP WAFR WASPAA WMT arXiv.org
"""
# Journals whose names are words: known alone, or before one or two words more, as in
# `Nature Communications`.
_WORD_JOURNALS = frozenset(
    (
        "access", "bioinformatics", "cell", "entropy", "genome", "msystems", "nature",
        "neurocomputing", "neuron", "pattern", "patterns", "plos", "science", "sensors",
    )
)  # fmt: skip
_KNOWN = {word.casefold(): word for word in _ACRONYMS.split()}
#: A name that ends so goes on behind the year in it.
_GOES_ON = regex(r"\b(?:of|of the|on|the)$")
#: Known ones that are written in lower case, too; `nature` and `science` are words then.
_LOWER_CASE = frozenset(("arxiv", "arxiv.org", "openreview", "preprint", "corr", "neurips"))
# Words that only a venue's name has.
# No pattern, as in what follows: one of so many words takes a millisecond to compile.
_WORDS = (
    "proceedings", "proc", "conference", "conf.", "workshop", "workshops", "symposium", "symp.",
    "transactions", "trans.", "journal", "j. of", "findings of", "annual meeting", "letters",
    "magazine", "advances in neural", "lecture notes", "chapter of the association",
    "neural information processing systems", "university press", "international joint conference",
)  # fmt: skip
# Names of venues that have no such word, as they begin.
_NAMES = (
    "advances in neural information", "annual review of", "communications of the acm",
    "computer graphics forum", "computer vision and pattern recognition", "computing surveys",
    "empirical methods in natural", "expert systems with applications",
    "foundations and trends", "frontiers in", "ieee/cvf", "information fusion",
    "artificial intelligence research", "knowledge-based systems", "learning representations",
    "machine learning research", "medical image analysis", "mit press", "nature communications",
    "nature machine intelligence", "nature methods", "neural computation",
    "neural information processing", "nucleic acids research", "science advances",
    "science robotics", "scientific reports",
)  # fmt: skip
_WHOLE_NAMES = frozenset(
    (
        "artificial intelligence", "findings", "preprint", "tech report", "tech. report",
        "technical report", "thesis", "phd thesis", "ph.d. thesis", "master thesis",
        "master's thesis", "masters thesis", "doctoral thesis",
    )
)  # fmt: skip
#: `ACM Queue`, `BMC Biology`, `MSR technical report`, `J. Funct. Program.`
_SOCIETIES = frozenset(("acm", "bmc", "ieee"))
_ABBREVIATED = regex(r"J\. [A-Z][a-z]{2,7}\. [A-Z]")


def _first_words(names: Iterable[str]) -> frozenset[str]:
    """What names begin with, in small letters: `acm` of `ACM-MM`."""
    text = "\n".join(names).casefold()
    for mark in "-/&.'":
        text = text.replace(mark, " ")
    return frozenset([name.partition(" ")[0] for name in text.split("\n")])


_REPORTING = frozenset("CMU DARPA IBM ICSI INRIA MIT MSR NASA NIST SRI UCB".split())  # noqa: SIM905
#: A text without any of these names no venue. They are looked for all at once, before anything
#: else: most of what is asked about are names of people.
_TELLING = _first_words(
    (
        *_KNOWN, *_WORD_JOURNALS, *_WORDS, *_NAMES, *_WHOLE_NAMES, *_SOCIETIES, *_REPORTING,
        "J. Funct. Program.",
    )
)  # fmt: skip
_TOKEN = regex(r"[a-z0-9]+")
# What a year may follow and is no venue.
_SEASONS = frozenset("spring summer fall autumn winter".split())  # noqa: SIM905
_WORD_END = regex(r"[\s/,()@:']+")
# `CVPR2020`, `EMNLP'21`
_GLUED_YEAR = regex(
    r"(?:(?P<long>(?:19\d|20[0-3])\d)|(?:['`] ?|-|(?<=[A-Z]) |(?<=[A-Z])|"
    # `MobiSys 19`, and no volume of `IEEE Access`.
    r"(?<=[a-z])(?<!ccess)(?<!puting) ?(?=[0-2]\d$))(?P<short>\d\d))(?![\w.:])"
)
_TWO_DIGITS = regex(r"\d\d")
# `arXiv 2210`: the digits are a month, not a year.
_MONTH_LABEL = regex(r"(?P<name>arxiv)[\s:.'-]*\d\d(?:0[1-9]|1[0-2])", re.IGNORECASE)
#: `TIV2023`: a label of capitals and a year is a venue, known or not.
_DATED_LABEL = regex(r"(?P<name>(?=\w*[A-Z]\w*[A-Z])[A-Za-z]{2,24})(?P<year>(?:19|20)\d\d)")
_ARXIV = regex(
    r"(?P<name>arxiv(?:\s+preprint)?)\s*(?:arxiv)?\s*:\s*(?:arxiv\s*:\s*)?[a-z.-]*/?\d[\d.v]*",
    re.IGNORECASE,
)
_EDGES = " \t\r\n.,;:|()[]{}<>*_`\"'-/"
# What stands around a venue's name and is not part of it.
_BEFORE = regex(r"(?:in|published in|accepted (?:by|to|at)|to appear in)[ :]+(?=\S)", re.IGNORECASE)
_BEFORE_STARTS = ("in ", "in:", "published in", "accepted ", "to appear in")
#: What a conference has besides papers of its own, named behind the year.
_PART = regex(
    r"\s((?:[A-Z0-9][\w&'-]*\s){0,3}"
    r"(?:workshops?|findings|D&B(?: track)?|datasets and benchmarks)\b)",
    re.IGNORECASE,
)
#: `Analysis: ECCV`
_LABEL = regex(r"[^\W\d_]{2,12}\s?:\s*(?=([A-Za-z-]+))")
# It begins with a character, so that `re` looks for that alone.
_PRESENTED_AFTER = regex(
    r"[\s,(](?:[\s,(]*(?:oral|spotlight|poster|highlight|best (?:student )?paper(?: award)?|"
    r"long|short|accepted|outstanding paper|honorable mention|to appear)\)?(?=[\s,(]|$))+$",
    re.IGNORECASE,
)
_PRESENTED_ENDS = (
    "oral", "spotlight", "poster", "highlight", "paper", "award", "long", "short", "accepted",
    "mention", "to appear",
)  # fmt: skip


def _ends_presented(folded: str) -> bool:
    return folded.rstrip(")\n").endswith(_PRESENTED_ENDS)


def _tells_pages(folded: str) -> bool:
    return "pp" in folded or "page" in folded or "vol" in folded


def _ends_in_little_word(folded: str) -> bool:
    text = folded.removesuffix("\n")
    if not text.endswith(("in", "of", "on", "at")):
        return False
    before = text[-3:-2]
    return not (before.isalnum() or before == "_")


def _tells_arxiv(folded: str) -> bool:
    return "abs/" in folded


def _ends_in_number(folded: str) -> bool:
    last = folded.removesuffix("\n")[-1:]
    return last.isdecimal() or last == ")"


def _has_chinese(folded: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in folded)


#: What may stand behind a name, and a cheap look at the text in small letters that tells whether
#: it may be there: few names have any, and to compile these takes 2.5 ms.
_AFTER: tuple[tuple[Callable[[str], bool], re.Pattern[str]], ...] = (
    (_ends_presented, _PRESENTED_AFTER),
    (_tells_pages, regex(r",?\s*(?:pages?|pp\.?|vol(?:ume)?\.?)\s*\d.*$", re.IGNORECASE)),
    (_ends_in_little_word, regex(r"\s*\b(?:in|of|on|at)$", re.IGNORECASE)),
    (_tells_arxiv, regex(r"\s+abs/[\d.]+$")),
    # A volume: `IEEE Access 6`.
    (_ends_in_number, regex(r"(?<=[A-Za-z])\s+\d{1,4}(?:[.:(]\d+\)?)*$")),
    # A remark in Chinese.
    (_has_chinese, regex(r"(?<=[A-Za-z0-9])\s+[\u4e00-\u9fff].*$")),
)
#: Those for text in ASCII, and those of them that need no digit: most names are so.
_AFTER_ASCII = _AFTER[:5]
_AFTER_WORDS = (_AFTER[0], _AFTER[2])
_DIGIT = regex(r"\d")
#: Longer than this is prose; in words for a known venue, for text beside a year, in characters.
_MOST_WORDS = 14
_MOST_UNKNOWN_WORDS = 8
_MOST_CHARACTERS = 200
_LONGEST_JOURNAL = 3
_LONGEST_LABEL = 5
#: No work appeared later.
_LAST_YEAR = 2032
#: In words: `MSR technical report`.
_FEWEST_OF_REPORT = 3
#: Small words that a venue's name may begin with.
_LITTLE_WORDS = frozenset(("the", "in", "of", "on", "for", "and", "to", "at", "accepted", "proc"))
#: Those that may stand between a name and a date: `In ICLR in 2024`.
_JOINING_WORDS = frozenset(("in", "of", "on", "at"))
_VERBS = frozenset(("are", "has", "have", "is", "was", "we", "were", "will"))
#: An acronym stands at the beginning of a name, if at all.
_FIRST_WORDS = 4


class Appearance(Value):
    """A venue and a year read from a piece of text.

    Attributes:
        venue: as shown, without year and brackets, or `None`.
        venue_span: where it stands in the text given.
        year: four digits, or `None`.
        year_span: where its digits stand.
        is_known: whether the venue is one that is known, not only text beside a year.
    """

    venue: str | None = None
    venue_span: Span = Span(0, 0)
    year: int | None = None
    year_span: Span = Span(0, 0)
    is_known: bool = False


#: What a text says that says nothing of them.
NOTHING = Appearance()


@lru_cache(maxsize=512)
def is_venue(text: str) -> bool:
    """Whether `text` names a venue: a known acronym, or words that only venues have."""
    folded = text.casefold()
    if not _may_name(folded):
        return False
    words = [word for word in _WORD_END.split(plain(text).strip(_EDGES)) if word]
    if not 0 < len(words) <= _MOST_WORDS:
        return False
    if words[0].casefold() in _WORD_JOURNALS and words[0][0].isupper():
        named = len(words) <= _LONGEST_JOURNAL and all(word[0].isupper() for word in words)
        return named or _has_word(folded) or folded.startswith(_NAMES)
    for word in words[:_FIRST_WORDS]:
        if is_acronym(word):
            return True
        # What stands before an acronym is part of the name; else it is prose.
        if not (word[0].isupper() or word[0].isdigit() or word.casefold() in _LITTLE_WORDS):
            break
    if _is_named(text.strip(_EDGES), words):
        return True
    return _has_word(folded) and not _is_prose(words)


def may_tell(text: str) -> bool:
    """Whether `read` may find anything in a text or a piece of it; a cheap look before dear ones.

    Args:
        text: in plain punctuation.
    """
    return _DIGIT.search(text) is not None or _may_name(text.casefold())


def may_be_among(words: Iterable[str]) -> bool:
    """Whether some words in small letters, of letters and digits alone, may name a venue."""
    return not _TELLING.isdisjoint(words)


def _may_name(folded: str) -> bool:
    """Whether a text in small letters may name a venue."""
    words = folded.split()
    if not "".join(words).isalnum():
        # It is dearer where something else than a blank stands between words.
        words = _TOKEN.findall(folded)
    # `ICMLWorkshop` is one word.
    return may_be_among(words) or "workshop" in folded


def _has_word(folded: str) -> bool:
    """Whether a word that only a venue's name has is in a text, whose case is folded."""
    return any(_stands_in(word, folded) for word in _WORDS if word in folded)


def _stands_in(word: str, text: str) -> bool:
    """Whether a word is in `text` that is no part of a longer one."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        around = text[at - 1 : at] + text[end : end + 1]
        if not any(character.isalnum() or character == "_" for character in around):
            return True
        at = text.find(word, at + 1)
    return False


def _is_named(name: str, words: list[str]) -> bool:
    folded = name.casefold()
    if folded in _WHOLE_NAMES or folded.startswith(_NAMES):
        return True
    if name.startswith("J. ") and _ABBREVIATED.match(name):
        return True
    if len(words) == _FEWEST_OF_REPORT and folded.endswith(("tech report", "technical report")):
        return words[0] in _REPORTING
    return len(words) > 1 and words[0].casefold() in _SOCIETIES and len(words[1]) > 1


def _is_prose(words: list[str]) -> bool:
    """Whether words are a sentence's: it begins small, or has a verb, as no venue's name has."""
    if any(word in _VERBS for word in words):
        return True
    small = sum(word[0].islower() and word not in _LITTLE_WORDS for word in words)
    return words[0][0].islower() and small > len(words) / 2 and len(words) > 2  # noqa: PLR2004


@lru_cache(maxsize=512)
def read_label(label: str) -> Appearance | None:
    """Venue and year from a link's label such as `CVPR2020` or `arXiv 2210`, which has no year.

    `None` where the label says something else, and for a plain `arXiv`, which only tells where
    the link leads.
    """
    # Cheap looks before dear ones.
    shown = label.strip()
    month = _MONTH_LABEL.fullmatch(shown) if shown[:5].casefold() == "arxiv" else None
    if month:
        start = label.find(month["name"])
        return Appearance(month["name"], Span(start, start + len(month["name"])), is_known=True)
    dated = _DATED_LABEL.fullmatch(shown) if shown[-2:].isdecimal() else None
    if dated:
        start = label.find(dated["name"])
        end = start + len(dated["name"])
        span, digits = Span(start, end), Span(end, end + len(dated["year"]))
        return Appearance(dated["name"], span, int(dated["year"]), digits, is_venue(dated["name"]))
    found = read(label)
    is_dated = found.year is not None and len(label.split()) <= _LONGEST_LABEL
    if found.venue is None or not (found.is_known or is_dated):
        return None
    only_leads = found.venue.casefold() in _LOWER_CASE and found.year is None
    return None if only_leads else found


def is_acronym(word: str) -> bool:
    """Whether a word is the acronym of a venue that is known, or one like it: `ICMLWorkshop`."""
    bare = word.strip(_EDGES).removesuffix("Workshop")
    known = _KNOWN.get(bare.casefold())
    if known is None:
        return False
    # `FAST` and `MICRO` are words, too, unless they stand in capitals.
    if bare == known or bare.isupper() or bare in _LOWER_CASE:
        return True
    return bare[:1].isupper() and not known.isupper()


def may_be_dated(text: str) -> bool:
    """Whether `read` may find a year in a text; a cheap look before a dear one."""
    return _TWO_DIGITS.search(text) is not None


@lru_cache(maxsize=512)
def read(text: str) -> Appearance:
    """Venue and year from a piece of text that holds nothing else, as between two separators.

    `IJCV 2022`, `EMNLP'2020`, `CVPR2020`, `arXiv:2202.06687`, `Dec 2023`,
    `Overview Blog Post 2022`.
    """
    if len(text) > _MOST_CHARACTERS:
        return NOTHING
    text = plain(text)
    if not _DIGIT.search(text):
        return _beside(text, None) if _may_name(text.casefold()) else NOTHING
    if not text.strip(_EDGES):
        return NOTHING
    dated = date.find(text)
    named = _of_arxiv(text)
    if named is None:
        # `20180315 ICLR-17`: the date is not the venue's.
        named = _with_glued_year(text, dated.span.end if dated and not dated.span.start else 0)
    return named or _beside(text, dated)


def _of_arxiv(text: str) -> Appearance | None:
    """`arXiv:2202.06687`, whose digits are no year."""
    match = _ARXIV.search(text) if ":" in text and "rxiv" in text.lower() else None
    if match is None or text[: match.start()].strip(_EDGES):
        return None
    dated = date.find(text, match.end())
    span = Span(*match.span("name"))
    if dated is None:
        return Appearance(match["name"], span, is_known=True)
    return Appearance(match["name"], span, dated.year, dated.digits, is_known=True)


def _with_glued_year(text: str, start: int) -> Appearance | None:
    """A known venue to which the year is glued: `CVPR2020`, `EMNLP'21`, `AAAI-20`."""
    match = _GLUED_YEAR.search(text, start) if _TWO_DIGITS.search(text, start) else None
    if match is None or text[match.start() - 1 : match.start()] in ("", " "):
        return None
    span = _name(text, start, match.start())
    name = text[span.start : span.end]
    is_known = is_venue(name)
    if not (is_known or (match[0][0] in "'`" and _may_be_dated(name))):
        return None
    group = "long" if match["long"] else "short"
    year = date.full_year(match[group])
    is_volume = match[0][:1] == " " and date.find(text[match.end() :]) is not None
    if year > _LAST_YEAR or is_volume:
        # `IEEE MICRO 38(2)`, `T-PAMI 29. 6(2007)`
        return None
    name, span = _with_part(text, name, span, match.end())
    return Appearance(name, span, year, Span(*match.span(group)), is_known)


def _with_part(text: str, name: str, span: Span, at: int) -> tuple[str, Span]:
    """A venue's name with the part of it that is named behind the year: `ICML 2023 Workshop`."""
    part = _PART.match(text, at) if _names_part(text[at:].casefold()) else None
    return (f"{name} {part[1]}", Span(span.start, part.end(1))) if part else (name, span)


def _names_part(folded: str) -> bool:
    return any(map(folded.__contains__, ("workshop", "findings", "d&b", "datasets and")))


def _may_be_dated(name: str) -> bool:
    """Whether a few words with capitals before `'25` may name a venue."""
    words = name.split()
    return 0 < len(words) <= _LONGEST_JOURNAL and all(
        len(word) > 1 and any(map(str.isupper, word)) for word in words
    )


def _beside(text: str, dated: Date | None) -> Appearance:
    """A known venue alone, or what stands before a date, or after it where nothing does."""
    start, end = 0, len(text)
    stands_before = False
    if dated is not None:
        before = text[: dated.span.start].strip(_EDGES).casefold()
        # `In 2019 IEEE Conference on ..`
        stands_before = bool(before) and before not in _LITTLE_WORDS
        start, end = (0, dated.span.start) if stands_before else (dated.span.end, len(text))
    span = _name(text, start, end)
    name = text[span.start : span.end]
    known = bool(name) and is_venue(name)
    if dated is None:
        return Appearance(name, span, is_known=True) if known else NOTHING
    if stands_before and _GOES_ON.search(name):
        # `Proceedings of the 2019 CHI Conference`: the year stands inside.
        rest = _name(text, dated.span.end, len(text))
        joined = f"{name} {text[rest.start : rest.end]}"
        if rest.end > rest.start and is_venue(joined):
            whole = Span(span.start, rest.end)
            return Appearance(joined, whole, dated.year, dated.digits, is_known=True)
    # `cvpr 2021`: one in capitals, which the year tells from words that look alike.
    known = known or _KNOWN.get(name.casefold()) == name.upper()
    if known and stands_before:
        name, span = _with_part(text, name, span, dated.span.end)
    if known or _may_be_venue(name):
        return Appearance(name, span, dated.year, dated.digits, known)
    return Appearance(year=dated.year, year_span=dated.digits)


def _name(text: str, start: int, end: int) -> Span:
    """Where a venue's name stands between two places, without what surrounds it."""
    length = 0
    while True:
        while start < end and text[start] in _EDGES:
            start += 1
        while end > start and text[end - 1] in _EDGES:
            end -= 1
        if end - start == length:
            break
        length = end - start
        word = text[start:end]
        if word.isalpha() and word.casefold() not in _JOINING_WORDS:
            # Nothing stands around a single word, as most acronyms are.
            break
        # Cheap looks before dear ones: few names have any of these around them.
        is_led = text[start : start + 12].casefold().startswith(_BEFORE_STARTS)
        leading = _BEFORE.match(text, start, end) if is_led else None
        start = leading.end() if leading else start
        label = _LABEL.match(text, start, end) if ":" in text else None
        start = label.end() if label and is_acronym(label[1]) else start
        shown = text[start:end]
        trailers: tuple[tuple[Callable[[str], bool], re.Pattern[str]], ...] = _AFTER
        if shown.isascii():
            trailers = _AFTER_ASCII if _DIGIT.search(shown) else _AFTER_WORDS
        folded = shown.casefold()
        for may_match, pattern in trailers:
            trailing = pattern.search(shown) if may_match(folded) else None
            if trailing:
                shown = shown[: trailing.start()]
                folded = shown.casefold()
        end = start + len(shown)
    if "(" in text[start:end] and ")" not in text[start:end] and text[end : end + 1] == ")":
        end += 1
    return span_of((start, end))


def _may_be_venue(name: str) -> bool:
    words = name.split()
    if not 0 < len(words) <= _MOST_UNKNOWN_WORDS:
        return False
    if name.casefold() in _SEASONS:
        return False
    return name[0].isupper() or not name[0].isascii()
