"""The short names of venues that bibliographies write in full.

The names are those of the proceedings at <https://aclanthology.org/venues/>,
<https://proceedings.mlr.press>, <https://openaccess.thecvf.com>, <https://dblp.org/db/conf/> and
<https://dblp.org/db/journals/>.
"""

from __future__ import annotations

import re

from peftlint.regex import regex
from peftlint.venue import is_acronym

#: A name to words that its full name has; of two that fit, the first one.
_NAMES = (
    ("EACL", "european chapter of the association for computational linguistics"),
    ("NAACL", "north american chapter of the association for computational linguistics"),
    ("NAACL", "nations of the americas chapter of the association for computational linguistics"),
    ("AACL", "asia-pacific chapter of the association for computational linguistics"),
    ("TACL", "transactions of the association for computational linguistics"),
    ("ACL", "association for computational linguistics"),
    ("EMNLP", "empirical methods in natural language processing"),
    ("CoNLL", "computational natural language learning"),
    ("COLING", "international conference on computational linguistics"),
    ("LREC", "language resources and evaluation"),
    ("IJCNLP", "joint conference on natural language processing"),
    ("COLM", "conference on language modeling"),
    ("NeurIPS", "neural information processing systems"),
    ("ICLR", "international conference on learning representations"),
    ("ICML", "international conference on machine learning"),
    ("AISTATS", "artificial intelligence and statistics"),
    ("UAI", "uncertainty in artificial intelligence"),
    ("COLT", "conference on learning theory"),
    ("CoRL", "conference on robot learning"),
    ("CoLLAs", "conference on lifelong learning agents"),
    ("MLSys", "machine learning and systems"),
    ("TMLR", "transactions on machine learning research"),
    ("JMLR", "journal of machine learning research"),
    ("IJCAI", "international joint conference on artificial intelligence"),
    ("IJCAI", "international joint conferences on artificial intelligence"),
    ("ECAI", "european conference on artificial intelligence"),
    ("AAAI", "aaai conference on artificial intelligence"),
    ("JAIR", "journal of artificial intelligence research"),
    ("CVPR", "computer vision and pattern recognition"),
    ("WACV", "winter conference on applications of computer vision"),
    ("ECCV", "european conference on computer vision"),
    ("ACCV", "asian conference on computer vision"),
    ("ICCV", "international conference on computer vision"),
    ("BMVC", "british machine vision"),
    ("3DV", "international conference on 3d vision"),
    ("ICIP", "international conference on image processing"),
    ("ICPR", "international conference on pattern recognition"),
    ("MICCAI", "medical image computing and computer"),
    ("MIDL", "medical imaging with deep learning"),
    ("ISBI", "symposium on biomedical imaging"),
    ("TPAMI", "transactions on pattern analysis and machine intelligence"),
    ("IJCV", "international journal of computer vision"),
    ("TIP", "transactions on image processing"),
    ("TMM", "transactions on multimedia"),
    ("TMI", "transactions on medical imaging"),
    ("TCSVT", "transactions on circuits and systems for video technology"),
    ("TNNLS", "transactions on neural networks and learning systems"),
    ("TKDE", "transactions on knowledge and data engineering"),
    ("TASLP", "transactions on audio, speech, and language processing"),
    ("TASLP", "transactions on audio, speech and language processing"),
    ("TVCG", "transactions on visualization and computer graphics"),
    ("TOG", "acm transactions on graphics"),
    ("TGRS", "transactions on geoscience and remote sensing"),
    ("RA-L", "robotics and automation letters"),
    ("ACM MM", "international conference on multimedia"),
    ("ICMR", "international conference on multimedia retrieval"),
    ("ICME", "international conference on multimedia and expo"),
    ("ICASSP", "acoustics, speech and signal processing"),
    ("ICASSP", "acoustics, speech, and signal processing"),
    ("ICRA", "international conference on robotics and automation"),
    ("IROS", "intelligent robots and systems"),
    ("KDD", "knowledge discovery and data mining"),
    ("KDD", "knowledge discovery & data mining"),
    ("SIGIR", "research and development in information retrieval"),
    ("CIKM", "information and knowledge management"),
    ("CIKM", "information & knowledge management"),
    ("WSDM", "web search and data mining"),
    ("RecSys", "conference on recommender systems"),
    ("ECIR", "european conference on information retrieval"),
    ("ICDM", "international conference on data mining"),
    ("ICDE", "international conference on data engineering"),
    ("CHI", "human factors in computing systems"),
    ("UIST", "user interface software and technology"),
    ("ICSE", "international conference on software engineering"),
    ("ASPLOS", "architectural support for programming languages"),
    ("HPCA", "high-performance computer architecture"),
    ("HPCA", "high performance computer architecture"),
    ("DAC", "design automation conference"),
    ("CCS", "computer and communications security"),
    ("NDSS", "network and distributed system security"),
    ("OSDI", "operating systems design and implementation"),
    ("NSDI", "networked systems design and implementation"),
    ("SOSP", "symposium on operating systems principles"),
)  # fmt: skip
#: Whole names that are words in others.
_WHOLE = {
    "interspeech": "INTERSPEECH",
    "the web conference": "WWW",
    "proceedings of the acm web conference": "WWW",
    "proceedings of the vldb endowment": "VLDB",
    "international conference on computational linguistics": "COLING",
    "proceedings of the national academy of sciences": "PNAS",
}
_YEARS = regex(r"\b(?:19|20)\d\d\b|'\d\d\b|,? pages? .*$|,? pp\.? .*$")
_IN_BRACKETS = regex(r"\(([A-Za-z][\w&/-]{1,14}?)[ ']*(?:(?:19|20)?\d\d)?\)")
_FINDINGS = regex(r"\bfindings\b", re.IGNORECASE)
_WORKSHOP = regex(r"\bworkshops?\b", re.IGNORECASE)
_AFTER_COLON = regex(r":\s*([A-Za-z-]{2,12})\b")
#: In words: a shorter name is short already.
_FEWEST_WORDS = 4
_LONGEST = 300


def short_name(name: str) -> str | None:
    """The short name of a venue that is written in full: `CVPR Workshop`, `Findings of ACL`.

    Args:
        name: as a bibliography has it, with or without year.

    Returns:
        `None` where it is short already, or not known.
    """
    if len(name) > _LONGEST:
        return None
    plain = " ".join(_YEARS.sub(" ", name).split()).strip(" ,.")
    folded = plain.casefold()
    found = _WHOLE.get(folded)
    if found is None and len(plain.split()) < _FEWEST_WORDS and not _WORKSHOP.search(plain):
        return next((short for short, words in _NAMES if folded == words), None)
    if _FINDINGS.search(plain):
        held = _AFTER_COLON.search(plain)
        if held and is_acronym(held[1]):
            return f"Findings of {held[1]}"
    if found is None:
        found = next((short for short, words in _NAMES if words in folded), None)
    if found is None:
        acronym = _IN_BRACKETS.search(plain)
        found = acronym[1] if acronym and is_acronym(acronym[1]) else None
    if found is None:
        return None
    if _FINDINGS.search(plain):
        return f"Findings of {found}"
    return f"{found} Workshop" if _WORKSHOP.search(plain) else found
