"""In which years a venue was held, for those that are not held every year or are young."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache, lru_cache

from peftlint.regex import regex

#: Past this year nothing is known of a venue whose years follow no rule: a conference may change
#: its turn.
_LAST_KNOWN = 2025
#: In what follows, `always from then on`.
_FOREVER = 2100

# What stands around a conference's acronym and changes nothing about the year: its sponsors, and
# the part of it that the work appeared in.
_AROUND = regex(
    r"\b(?:proceedings of the|proceedings of|proc\.?|in|the|ieee/cvf|ieee|cvf|acm|workshops?|"
    r"findings|of|oral|poster|spotlight|highlight|main|long|short|demos?|tutorial)(?!\w)",
    re.IGNORECASE,
)
_IN_BRACKETS = regex(r"\(([A-Za-z0-9]{3,8})\)$")
_LONGEST = 120
#: Names in full, which lists copy from BibTeX.
_IN_FULL = {
    "european conference on computer vision": "eccv",
    "international conference on computer vision": "iccv",
    "international conference on learning representations": "iclr",
    "conference on robot learning": "corl",
    "transactions on machine learning research": "tmlr",
    "asian conference on computer vision": "accv",
}


@cache
def _years() -> dict[str, Collection[int]]:
    """The years of each venue, by its acronym in lower case.

    Sources:
        ICCV, ECCV, CVPR, ACCV: their rows at <https://dblp.org/db/conf/> and the archive of
        <https://www.thecvf.com/?page_id=100>. CVPR left out the years 1984, 1987, 1990, 1995 and
        2002. ACCV was held in 2007 and 2009 as well as in even years from 1998 to 2006 and from
        2010 on.
        ICLR, CoRL, COLM, MLSys (as SysML first), TMLR, L4DC, MIDL, CoLLAs, CHIL: the first volume,
        at <https://iclr.cc>, <https://proceedings.mlr.press>, <https://colmweb.org>,
        <https://mlsys.org>, <https://jmlr.org/tmlr>.
        EMNLP, NAACL, EACL, AACL, IJCNLP, COLING, LREC, TACL:
        <https://aclanthology.org/venues/>.
        AAAI, IJCAI, ECAI, AISTATS: <https://aaai.org/conference/aaai/>,
        <https://www.ijcai.org/past_conferences>, <https://eurai.org/activities/ECAI_conferences>,
        <https://aistats.org>.
        3DV: <https://dblp.org/db/conf/3dim/>; none was held in 2023, but who was accepted in that
        year called it so. ICPR: <https://iapr.org/conferences/icpr>; that of 2020 was held in
        January 2021.
    """
    forever = _FOREVER
    aaai_gaps = {1981, 1985, 1989, 1995, 2001, 2003, 2009}
    cvpr_gaps = {1984, 1987, 1990, 1995, 2002}
    return {
        "iccv": {1987, 1988, 1990, 1993, 1995, 1998, 1999, *range(2001, forever, 2)},
        "eccv": range(1990, forever, 2),
        "accv": {1993, 1995, 1998, 2000, 2002, 2004, 2006, 2007, 2009, *range(2010, forever, 2)},
        "cvpr": set(range(1983, forever)) - cvpr_gaps,
        "3dv": range(2013, forever),
        "icpr": {1973, 2021, *range(1974, forever, 2)},
        "iclr": range(2013, forever),
        "corl": range(2017, forever),
        "colm": range(2024, forever),
        "mlsys": range(2018, forever),
        "tmlr": range(2022, forever),
        "tacl": range(2013, forever),
        "jmlr": range(2000, forever),
        "l4dc": range(2019, forever),
        "midl": range(2018, forever),
        "chil": range(2020, forever),
        "collas": range(2022, forever),
        "miccai": range(1998, forever),
        "rss": range(2005, forever),
        "recsys": range(2007, forever),
        "wsdm": range(2008, forever),
        "neurips": range(1987, forever),
        "nips": range(1987, forever),
        "emnlp": range(1996, forever),
        "lrec": range(1998, forever, 2),
        "naacl": {
            2000, 2001, 2003, 2004, 2006, 2007, 2009, 2010, 2012, 2013, 2015, 2016, 2018, 2019,
            2021, 2022, 2024, 2025, *range(_LAST_KNOWN + 1, forever),
        },
        "eacl": {
            1983, 1985, 1987, 1989, 1991, 1993, 1995, 1997, 1999, 2003, 2006, 2009, 2012, 2014,
            2017, 2021, 2023, 2024, *range(_LAST_KNOWN + 1, forever),
        },
        "aacl": {2020, 2022, 2023, *range(_LAST_KNOWN, forever)},
        "ijcnlp": {
            2004, 2005, 2008, 2009, 2011, 2013, 2015, 2017, 2019, 2020, 2021, 2022, 2023,
            *range(_LAST_KNOWN, forever),
        },
        "coling": {
            1965, 1967, 1969, 1973, *range(1976, 2026, 2), *range(_LAST_KNOWN, forever),
        },
        "aaai": set(range(1980, forever)) - aaai_gaps,
        "ijcai": {*range(1969, 2016, 2), *range(2016, forever)},
        "ecai": {*range(1974, 2023, 2), *range(2023, forever)},
        "aistats": {*range(1985, 2010, 2), *range(2010, forever)},
    }  # fmt: skip


@cache
def _parts() -> tuple[str, ...]:
    """What each name of a venue whose years are known has: an acronym, or the first of words."""
    return (*_years(), *{name.split()[0] for name in _IN_FULL})


@lru_cache(maxsize=256)  # a list has few venues
def acronym(venue: str) -> str | None:
    """The acronym, in lower case, of a venue whose years are known, or `None`.

    Args:
        venue: as a list shows it: `ICCV`, `ECCVW`, `ICLR Workshop`, `Proceedings of the European
            Conference on Computer Vision (ECCV)`.
    """
    if len(venue) > _LONGEST:
        return None
    years = _years()
    folded = venue.casefold()
    if folded in years:
        return folded
    if not any(part in folded for part in _parts()):
        return None
    in_brackets = _IN_BRACKETS.search(venue) if ")" in venue else None
    # One word has nothing around it.
    around = venue if venue.isalpha() else _AROUND.sub(" ", venue)
    named = in_brackets[1] if in_brackets else around
    name = " ".join(named.split()).strip(" ,.:").casefold()
    name = _IN_FULL.get(name) or _IN_FULL.get(" ".join(folded.split())) or name
    if name not in years and name.endswith("w"):
        name = name[:-1]  # `ICCVW`
    return name if name in years else None


def was_held(venue: str, year: int) -> bool | None:
    """Whether a venue was held, or a journal appeared, in a year; `None` where it is not known.

    Args:
        venue: as a list shows it; see `acronym`.
        year: four digits.
    """
    name = acronym(venue)
    return None if name is None else year in _years()[name]


def nearest(venue: str, year: int) -> tuple[int, ...]:
    """The years next to `year`, before and after it, in which a venue was held, in order."""
    name = acronym(venue)
    if name is None:
        return ()
    years = sorted(_years()[name])
    before = [one for one in years if one < year][-1:]
    after = [one for one in years if one > year][:1]
    return (*before, *after)
