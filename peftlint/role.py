"""What a link leads to, told by its label and its host."""

from __future__ import annotations

from functools import lru_cache

from peftlint.model import Role
from peftlint.regex import regex

_WORDS: dict[Role, str] = {
    "paper": (
        "paper pdf arxiv abs abstract openreview acl anthology doi preprint article "
        "publication ieee acm springer biorxiv medrxiv ssrn html thesis report "
        "techreport supp supplementary appendix scholar 论文 文章 論文 논문"
    ),
    "code": (
        "code github git gitlab repo repository implementation pytorch torch tensorflow tf "
        "jax keras caffe matlab theano mxnet paddle official unofficial codes source gist "
        "colab notebook demo-code 代码 源码 开源 코드 コード"
    ),
    "project": (
        "project page website web site homepage home webpage demo demos blog post video "
        "videos slides poster talk youtube bilibili tweet twitter thread presentation 项目 主页 "
        "网站 博客"
    ),
    "data": (
        "data dataset datasets benchmark model models weights checkpoint checkpoints "
        "huggingface hf hub 数据 数据集 模型"
    ),
    "other": (
        "link url bibtex bib cite citation note notes review tutorial documentation docs here "
        "download downloads 链接 下载 地址 官网 解读 링크 리뷰 リンク enlace lien"
    ),
}
_ROLE_OF_WORD: dict[str, Role] = {
    word: role for role, words in _WORDS.items() for word in words.split()
}
_ORDER: tuple[Role, ...] = ("code", "project", "data", "paper", "other")

# Words that say nothing of the role beside one that does: "Official Code", "Paper v2".
_QUALIFIERS = frozenset(
    """
    official unofficial the full main long short extended new old original our my v1 v2 v3 link
    url version in and or of to a an free open access s
    """.split()  # noqa: SIM905 - a list of words is read more easily
)

_HOSTS: tuple[tuple[str, Role], ...] = (
    ("arxiv.org", "paper"),
    ("openreview.net", "paper"),
    ("aclanthology.org", "paper"),
    ("aclweb.org", "paper"),
    ("doi.org", "paper"),
    ("dl.acm.org", "paper"),
    ("ieeexplore.ieee.org", "paper"),
    ("computer.org", "paper"),
    ("thecvf.com", "paper"),
    ("cv-foundation.org", "paper"),
    ("proceedings.neurips.cc", "paper"),
    ("papers.nips.cc", "paper"),
    ("papers.neurips.cc", "paper"),
    ("proceedings.mlr.press", "paper"),
    ("jmlr.org", "paper"),
    ("ojs.aaai.org", "paper"),
    ("aaai.org", "paper"),
    ("ijcai.org", "paper"),
    ("link.springer.com", "paper"),
    ("sciencedirect.com", "paper"),
    ("nature.com", "paper"),
    ("science.org", "paper"),
    ("semanticscholar.org", "paper"),
    ("biorxiv.org", "paper"),
    ("medrxiv.org", "paper"),
    ("ecva.net", "paper"),
    ("isca-speech.org", "paper"),
    ("usenix.org", "paper"),
    ("hal.science", "paper"),
    ("aminer.cn", "paper"),
    ("alphaxiv.org", "paper"),
    ("papers.ssrn.com", "paper"),
    ("onlinelibrary.wiley.com", "paper"),
    ("tandfonline.com", "paper"),
    ("researchgate.net", "paper"),
    ("mdpi.com", "paper"),
    ("pnas.org", "paper"),
    ("direct.mit.edu", "paper"),
    ("academic.oup.com", "paper"),
    ("pmc.ncbi.nlm.nih.gov", "paper"),
    ("pubmed.ncbi.nlm.nih.gov", "paper"),
    ("huggingface.co/papers", "paper"),
    ("huggingface.co/datasets", "data"),
    ("huggingface.co", "data"),
    ("kaggle.com", "data"),
    ("zenodo.org", "data"),
    ("github.com", "code"),
    ("gitlab.com", "code"),
    ("bitbucket.org", "code"),
    ("gitee.com", "code"),
    ("gist.github.com", "code"),
    ("anonymous.4open.science", "code"),
    ("colab.research.google.com", "code"),
    ("github.io", "project"),
    ("sites.google.com", "project"),
    ("youtube.com", "project"),
    ("youtu.be", "project"),
)
_ROLE_OF_HOST = dict(_HOSTS)
# Not `[a-z]` without case, which has letters beyond ASCII and takes four times as long to compile.
_HOST = regex(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//(?:[Ww]{3}\.)?([^/?#\s]+)(/[^/?#]*)?")
_WORD = regex(r"[^\W\d_]+")
#: The characters of compounds: `naïve` is none, and needs no pattern to tell.
_IN_COMPOUNDS = frozenset("".join(word for word in _ROLE_OF_WORD if not word.isascii()))
#: Longer ones first: `数据集` before `数据`.
_COMPOUND = regex(
    "|".join(sorted((word for word in _ROLE_OF_WORD if not word.isascii()), key=len, reverse=True))
)


@lru_cache(maxsize=512)
def label_role(label: str) -> Role | None:
    """The role that a label names (`Code`, `Official PyTorch`), or `None` where it names none.

    A label of which each word is a role's or a qualifier names a role; a title never does.
    """
    folded = label.casefold()
    if label.isascii():
        first = _WORD.search(folded)
        if first is None or (first[0] not in _ROLE_OF_WORD and first[0] not in _QUALIFIERS):
            # Nearly all titles.
            return None
    words = _WORD.findall(folded)
    if not label.isascii():
        words = [part for word in words for part in _parts(word)]
    if not words or len(words) > 4:  # noqa: PLR2004 - a label, not a title
        return None
    roles = {_ROLE_OF_WORD[word] for word in words if word in _ROLE_OF_WORD}
    if not roles or any(w not in _ROLE_OF_WORD and w not in _QUALIFIERS for w in words):
        return None
    return next(role for role in _ORDER if role in roles)


def _parts(word: str) -> list[str]:
    """The words of a role in a compound: in Chinese no blank stands between `下载` and `链接`."""
    if word.isascii() or word in _ROLE_OF_WORD or not _IN_COMPOUNDS.issuperset(word):
        return [word]
    found = _COMPOUND.findall(word)
    return found if "".join(found) == word else [word]


def mentions_role(label: str) -> bool:
    """Whether a word of a short label is a role's: `Paper-CVPR15`, `Code (Torch)`, `PDF1`."""
    words = _WORD.findall(label.casefold())
    return len(words) <= 4 and any(word in _ROLE_OF_WORD for word in words)  # noqa: PLR2004


def url_role(url: str) -> Role:
    """The role that an address has by its host; `other` where the host says nothing."""
    end = url.find("/", url.find("//") + 2)
    found = _site_role(url if end < 0 else url[:end])
    if found == "other":
        return "paper" if url[-4:].lower() == ".pdf" else found
    if found == "data" and (match := _HOST.match(url)):
        # Where there are data, there may be pages of papers as well.
        return _ROLE_OF_HOST.get(f"{match[1]}{match[2] or ''}".lower(), found)
    return found or "other"


@lru_cache(maxsize=256)
def _site_role(site: str) -> Role | None:
    """The role of an address that ends with its host; `None` where it has no host."""
    match = _HOST.match(site)
    if match is None:
        return None
    # A host has at most 253 characters (RFC 1035, 2.3.4).
    host = match[1][-253:].lower()
    while "." in host:
        found = _ROLE_OF_HOST.get(host)
        if found is not None:
            return found
        host = host.partition(".")[2]
    return "other"


def role(label: str | None, url: str | None) -> Role:
    """What a link leads to: by its label where that names a role, else by its host."""
    named = label_role(label) if label else None
    if named and named != "other":
        return named
    return url_role(url) if url else (named or "other")


def told_by(label: str | None, url: str | None) -> str:
    """What tells the role of a link, for people; empty where nothing does."""
    named = label_role(label) if label else None
    if named and named != "other":
        return "its label"
    if url and url_role(url) != "other":
        # With a query behind it only the host can tell.
        return "its host" if url_role(f"{url}?") != "other" else "how its address ends"
    return "its label" if named else ""
