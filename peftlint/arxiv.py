"""arXiv identifiers and the addresses that carry them.

The grammar is arXiv's own, <https://info.arxiv.org/help/arxiv_identifier.html>: since April
2007 `YYMM.number` with four digits, from January 2015 with five; before that
`archive/YYMMnumber`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from peftlint.address import Address, likely_host, split, unquoted
from peftlint.regex import regex
from peftlint.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, TypeAlias

#: `mirror` is a host that shows arXiv's own pages under another name, ar5iv's among them;
#: `other service` shows or discusses the paper in its own way.
HostKind: TypeAlias = "Literal['arxiv', 'mirror', 'other service']"


class ArxivId(Value):
    """An identifier that can exist.

    Attributes:
        id: the canonical form without the version: `2106.09685`, `cs/0306050`.
        version: `v2`, or empty.
    """

    id: str
    version: str


class PaperAddress(Value):
    """What an address says of a paper on arXiv.

    Attributes:
        host: whose page it opens.
        scheme: `http` or `https`; empty for `//host/path`.
        verb: `abs`, `pdf`, `html` ...; empty where the address has none.
        id: the paper, or `None` where the address names one that cannot exist.
        has_suffix: a file name's suffix follows the identifier, as in `/abs/2106.09685.pdf`.
        path_start: where the path's slash stands, as an offset into the address.
    """

    host: HostKind
    scheme: str
    verb: str
    id: ArxivId | None
    has_suffix: bool
    path_start: int


_ARCHIVE_NAMES = """
acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas
cond-mat cs dg-ga funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex
nucl-th patt-sol physics plasm-ph q-alg q-bio quant-ph solv-int supr-con
"""
_ARCHIVES = frozenset(_ARCHIVE_NAMES.split())

_NEW = r"[0-9]{4}\.[0-9]{4,5}"
_OLD = r"[A-Za-z]{2,8}(?:-[A-Za-z]{2,4})?(?:\.[A-Z]{2})?/[0-9]{7}"
_VERSION = r"(?:v[1-9][0-9]{0,3})?"

_PREFIX = "arxiv:"
# Most are new ones, which are read without a pattern: this one takes half a millisecond to compile.
_OLD_ID = regex(
    r"(?P<archive>[A-Za-z]{2,8}(?:-[A-Za-z]{2,4})?)(?:\.[A-Z]{2})?/"
    r"(?P<month>[0-9]{4})(?P<number>[0-9]{3})"
    rf"(?P<version>{_VERSION})"
)
_IN_TEXT = regex(rf"(?i:arxiv)[:\s]{{1,3}}(?P<id>(?:{_NEW}|{_OLD}){_VERSION})(?![0-9A-Za-z])")

_FIRST_NEW = 704
_LAST_WITH_FOUR_DIGITS = 1412
_LAST_OLD_IN_2000S = 703
_FIRST_OLD_IN_1990S = 9107
_MONTHS = 12
_DIGITS_OF_MONTH = 4
#: In digits.
_LONGEST_VERSION = 4

# The mirrors of <https://arxiv.org/help/mirrors> over the years, and arXiv's own other names.
_MIRROR_NAMES = """
www export browse lanl xxx aps web1 web2 web3 web4 web5 web6 web7 web8 web9
au br cn de es fr il in jp kr ru tw uk us za
"""
#: Every host that has a page for a paper on arXiv.
HOSTS: dict[str, HostKind] = {
    "arxiv.org": "arxiv",
    **{f"{name}.arxiv.org": "mirror" for name in _MIRROR_NAMES.split()},
    "xxx.lanl.gov": "mirror",
    "ar5iv.org": "mirror",
    "www.ar5iv.org": "mirror",
    "ar5iv.labs.arxiv.org": "mirror",
    "alphaxiv.org": "other service",
    "www.alphaxiv.org": "other service",
    "huggingface.co": "other service",
    "papers.cool": "other service",
    "www.papers.cool": "other service",
    "semanticscholar.org": "other service",
    "www.semanticscholar.org": "other service",
    "doi.org": "other service",
    "dx.doi.org": "other service",
    "www.doi.org": "other service",
}
# The path under which a service keeps arXiv's papers, where it keeps other things as well.
_SERVICE_PATHS = {
    "huggingface.co": "papers/",
    "papers.cool": "arxiv/",
    "www.papers.cool": "arxiv/",
    "semanticscholar.org": "arxiv/",
    "www.semanticscholar.org": "arxiv/",
    "doi.org": "10.48550/arxiv.",
    "dx.doi.org": "10.48550/arxiv.",
    "www.doi.org": "10.48550/arxiv.",
}
_VERBS = frozenset(("abs", "pdf", "html", "format", "ps", "src", "e-print", "dvi", "other"))
_ALPHAXIV_VERBS = frozenset(("abs", "pdf", "html", "overview"))
_SUFFIXES = (".pdf", ".html", ".ps", ".gz", ".ps.gz")
#: What stands before the identifier in most addresses: scheme and verb in it, and where the path
#: starts.
_USUAL = {
    f"{scheme}://arxiv.org/{verb}": (scheme, verb, len(f"{scheme}://arxiv.org"))
    for scheme in ("https", "http")
    for verb in ("abs", "pdf")
}
_LOOKS_LIKE_ID = regex(r"(?:[0-9]{3,5}\.[0-9]{1,7}|x{4}\.x{4,5})(?:v[0-9]+)?(?:\.pdf)?")
_SUFFIXED = regex(r"\.[a-z]{2,5}$")
_OLD_FILE = regex(r"[0-9]{7}(?:v[0-9]+)?")


def parse_id(text: str) -> ArxivId | None:
    """The identifier that `text` is, or `None` where it is none that can exist.

    Args:
        text: an identifier and nothing else, with or without `arXiv:` before it.
    """
    if text[: len(_PREFIX)].lower() == _PREFIX:
        text = text[len(_PREFIX) :]
    if "/" not in text:
        return _parse_new(text)
    match = _OLD_ID.fullmatch(text)
    if match is None:
        return None
    version = match["version"]
    archive, month, number = match["archive"].lower(), match["month"], match["number"]
    in_time = int(month) >= _FIRST_OLD_IN_1990S or int(month) <= _LAST_OLD_IN_2000S
    if archive not in _ARCHIVES or not in_time or not _is_month(month) or not int(number):
        return None
    return ArxivId(f"{archive}/{month}{number}", version)


def _parse_new(text: str) -> ArxivId | None:
    """An identifier since 2007: `2106.09685`, `2106.09685v2`."""
    bare, version = text, ""
    if "v" in text:
        bare, _, version = text.partition("v")
        is_version = _are_digits(version) and len(version) <= _LONGEST_VERSION
        if not is_version or version[0] == "0":
            return None
        version = f"v{version}"
    month, _, number = bare.partition(".")
    if not number or len(number) != _digits_behind(month):
        return None
    return ArxivId(bare, version) if _are_digits(number) and int(number) else None


@lru_cache(maxsize=512)  # in twenty years there are so few
def _digits_behind(month: str) -> int:
    """How many digits of a number follow a year and a month; 0 where no identifier begins so."""
    if len(month) != _DIGITS_OF_MONTH or not _are_digits(month):
        return 0
    if int(month) < _FIRST_NEW or not _is_month(month):
        return 0
    return 4 if int(month) <= _LAST_WITH_FOUR_DIGITS else 5


def _are_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _is_month(year_and_month: str) -> bool:
    return 1 <= int(year_and_month[2:]) <= _MONTHS


def posted(paper_id: str) -> tuple[int, int]:
    """The year and the month, from 1, in which a paper got its identifier.

    Papers that are submitted in the last days of a month have identifiers of the next one.

    Args:
        paper_id: in its canonical form, as `ArxivId` and `Entry.ids` have it.
    """
    archive, _, digits = paper_id.rpartition("/")
    year, month = int(digits[:2]), int(digits[2:4])
    is_of_1990s = bool(archive) and year >= _FIRST_OLD_IN_1990S // 100
    return (1900 if is_of_1990s else 2000) + year, month


def canonical(text: str) -> str | None:
    """The identifier that `text` is, in its canonical form and without version, or `None`."""
    found = parse_id(text)
    return found.id if found else None


@lru_cache(maxsize=1 << 14)  # the reader, two rules and the proof ask about each link
def id_in_url(url: str) -> PaperAddress | None:
    """What `url` says of a paper on arXiv.

    Args:
        url: an address as written in a list.

    Returns:
        `None` where it is no address of a paper: another host, a listing, a figure.
    """
    page, _, written = url.rpartition("/")
    usual = _USUAL.get(page)
    if usual is not None:
        scheme, verb, path_start = usual
        bare = written.removesuffix(".pdf")
        found = _parse_new(bare)
        if found is not None:
            # Nearly all: there is nothing else that had to be taken apart.
            return PaperAddress("arxiv", scheme, verb, found, bare != written, path_start)
    if likely_host(url) not in HOSTS:
        return None
    address = split(url)
    return None if address is None else of_address(address)


def of_address(address: Address) -> PaperAddress | None:
    """What an address that is taken apart already says of a paper; see `id_in_url`."""
    host = HOSTS.get(address.host)
    if host is None:
        return None
    if host == "other service":
        return _at_service(address)
    verb, _, rest = address.path.lstrip("/").partition("/")
    verb = verb.lower()
    if verb in _VERBS:
        return _on_page(host, verb, rest.strip("/"), address)
    if verb in {"ftp", "vc"}:
        return _in_archive(host, verb, address)
    if _LOOKS_LIKE_ID.fullmatch(verb):
        return PaperAddress(host, address.scheme, "", None, False, address.path_start)
    return None


def _on_page(host: HostKind, verb: str, written: str, address: Address) -> PaperAddress | None:
    """`/abs/2106.09685`, `/pdf/2106.09685v2.pdf`."""
    if _is_file_of_paper(written):
        return None
    found = parse_id(written)
    bare = written if found else _without_suffix(written)
    has_suffix = bare != written
    if has_suffix:
        found = parse_id(bare)
    return PaperAddress(host, address.scheme, verb, found, has_suffix, address.path_start)


def _without_suffix(name: str) -> str:
    lower = name.lower()
    for suffix in _SUFFIXES:
        if lower.endswith(suffix):
            return name[: -len(suffix)]
    return name


def _is_file_of_paper(path: str) -> bool:
    """Whether `path` names a figure or another file of a paper: `2401.10774v1/x1.png`."""
    if "/" not in path:
        return False
    first, _, rest = path.partition("/")
    second, _, third = rest.partition("/")
    if not second:
        return False
    return parse_id(first) is not None or (
        third != "" and parse_id(f"{first}/{second}") is not None
    )


def _in_archive(host: HostKind, verb: str, address: Address) -> PaperAddress | None:
    """`/ftp/arxiv/papers/2105/2105.13993.pdf`, `/ftp/cs/papers/0306/0306050.pdf`."""
    steps = address.path.strip("/").split("/")
    if len(steps) != 5 or steps[2] != "papers":  # noqa: PLR2004 - verb, archive, papers, month, file
        return None
    name = _without_suffix(steps[4])
    written = f"{steps[1]}/{name}" if _OLD_FILE.fullmatch(name) else name
    has_suffix = name != steps[4]
    return PaperAddress(
        host, address.scheme, verb, parse_id(written), has_suffix, address.path_start
    )


def _at_service(address: Address) -> PaperAddress | None:
    path = address.path.strip("/")
    prefix = _SERVICE_PATHS.get(address.host)
    if prefix is None:
        verb, _, written = path.partition("/")
        if verb not in _ALPHAXIV_VERBS:
            return None
    elif path.lower().startswith(prefix):
        verb, written = "", path[len(prefix) :]
    else:
        return None
    found = parse_id(_without_suffix(written))
    if found is None and prefix == "papers/":
        return None
    return PaperAddress("other service", address.scheme, verb, found, False, address.path_start)


class Flaw(Value):
    """Why an address or an identifier opens no paper on arXiv.

    Attributes:
        reason: in words, without a subject: `there is no month 13`.
        written: the identifier, or what stands in its place; may be empty.
        page: the address that was meant, where only the address is wrong; else empty.
    """

    reason: str
    written: str
    page: str = ""


# What people write where `abs` or `pdf` belongs.
_SLIPS = frozenset(
    """
    paper papers abstract abstracts article articles abd asb bas bs ab ads abss pfd dpf fdp pd
    pdfs pdff pdfp dpdf
    """.split()  # noqa: SIM905 - a list of words is read more easily
)
_SLIP = regex(rf"xiv\.org/(?:{'|'.join(sorted(_SLIPS))})/", re.IGNORECASE)
_PLACEHOLDER = regex(r"(?:x{2,5}|[0-9]{2,4}x*)\.[0-9]*x{2,5}|x{3,}(?:\.pdf)?", re.IGNORECASE)
_NUMBERS = regex(r"(?P<month>[0-9]+)\.(?P<number>[0-9]+)(?P<version>v[0-9]+)?(?P<rest>.*)", re.S)
_OLD_NUMBERS = regex(
    r"(?P<archive>[A-Za-z-]+)(?:\.[A-Za-z-]+)?/(?P<month>[0-9]{4})(?P<number>[0-9]{3})"
    r"(?:v[0-9]+)?",
    re.IGNORECASE,
)
_LONGEST_ID = 200


def may_mean_paper(url: str) -> bool:
    """Whether an address that opens no paper may be meant to; a cheap look before a dear one."""
    return "xiv.org/" in url.lower()


def flaw_of_url(url: str) -> Flaw | None:
    """Why an address on arXiv or a mirror opens no paper.

    Returns:
        `None` where it opens one, or is not meant to: a listing, a search, a figure.
    """
    paper = id_in_url(url)
    if paper is not None and paper.id is not None:
        return None
    is_meant = paper or (may_mean_paper(url) and _SLIP.search(url))
    address = split(url) if is_meant else None
    if address is None or HOSTS.get(address.host, "other service") == "other service":
        return None
    verb, _, rest = address.path.lstrip("/").partition("/")
    if paper is None or not paper.verb:
        # `/paper/2106.09685.paper`, `/2106.09685`: the identifier may be right.
        rest = rest if paper is None else verb
        found = parse_id(_SUFFIXED.sub("", rest.strip("/")))
        if found and (paper is not None or verb.lower() in _SLIPS):
            reason = f"arXiv has no {verb}/" if paper is None else "abs/ is missing"
            return Flaw(reason, rest, f"https://arxiv.org{_abstract(found)}")
    if paper is None:
        return None
    if paper.verb in {"ftp", "vc"}:
        rest = rest.rpartition("/")[2]
    written = _without_suffix(unquoted(rest.strip("/")[:_LONGEST_ID]))
    if not written:
        return Flaw("the identifier is missing", "")
    flaw = flaw_of_id(written)
    return Flaw(flaw, written) if flaw else None


def flaw_of_id(written: str) -> str | None:  # noqa: PLR0911 - one for each flaw
    """Why what is written where an identifier belongs is none, or `None` where it is one.

    What arXiv itself may read in some way, such as `V2` or an old subject class, is one.
    """
    if parse_id(written) or parse_id(written.lower()):
        return None
    if _PLACEHOLDER.fullmatch(written):
        return "it is a placeholder"
    old = _OLD_NUMBERS.fullmatch(written)
    if old:
        if parse_id(f"{old['archive']}/{old['month']}{old['number']}"):
            return None
        return _flaw_of_old_id(old["archive"].lower(), old["month"])
    match = _NUMBERS.fullmatch(written)
    if match is None:
        return "it has not the form of an identifier"
    month, number = match["month"], match["number"]
    if len(month) != len("YYMM"):
        return f"{len(month)} digits stand before its point, not 4"
    if not _is_month(month):
        return f"there is no month {month[2:]}"
    if int(month) < _FIRST_NEW:
        return "identifiers of this form begin in April 2007"
    digits = 4 if int(month) <= _LAST_WITH_FOUR_DIGITS else 5
    if len(number) != digits:
        return f"{len(number)} digits stand behind its point, not {digits}"
    if not int(number):
        return "its number is zero"
    if match["rest"]:
        return "something follows it"
    return "its version does not exist"


def _flaw_of_old_id(archive: str, month: str) -> str:
    if archive not in _ARCHIVES:
        return f"arXiv has no archive {archive[:20]}"
    if not _is_month(month):
        return f"there is no month {month[2:]}"
    return "identifiers of this form end in March 2007"


_MAYBE_IN_TEXT = regex(
    r"(?i:arxiv):[ \t]?(?P<id>[0-9xX]{3,6}\.[0-9xX]{3,8}(?:v[0-9]{1,3})?"
    r"|[a-z]{2,8}(?:-[a-z]{2,4})?(?:\.[A-Z]{2})?/[0-9]{7})(?![0-9A-Za-z]|\.[0-9])"
)


def may_name_ids(text: str) -> bool:
    """Whether there may be an identifier after `arXiv:`; a cheap look before a dear one."""
    return "iv:" in text or "IV:" in text


def flaws_in_text(text: str) -> Iterator[tuple[Flaw, int, int]]:
    """The identifiers that running text gives as `arXiv:2613.00001` and that cannot exist.

    Yields:
        What is wrong, and where it is written: start and end as offsets into `text`.
    """
    if not may_name_ids(text):
        return
    for match in _MAYBE_IN_TEXT.finditer(text):
        reason = flaw_of_id(match["id"])
        if reason:
            yield Flaw(reason, match["id"]), match.start("id"), match.end("id")


def abstract_page(url: str) -> str | None:
    """The address of the abstract page of the paper that `url` opens on arXiv or a mirror.

    The version stays; query and fragment go.

    Returns:
        `None` where `url` is no such address, or its identifier cannot exist.
    """
    found = _on_arxiv(url)
    return f"https://arxiv.org{_abstract(found[1])}" if found else None


def abstract_path(url: str) -> str | None:
    """The abstract page of the paper that `url` opens, at the same host.

    ar5iv has no such page: it leads to that of arXiv.

    Returns:
        `None` where `url` opens no paper on arXiv or a mirror.
    """
    found = _on_arxiv(url)
    if found is None:
        return None
    host, paper_id, _ = found
    return abstract_page(url) if _is_ar5iv(host) else f"{host}{_abstract(paper_id)}"


def at_main_host(url: str) -> str | None:
    """The page that `url` opens, at `https://arxiv.org`: scheme and host change, no more.

    ar5iv has pages of its own, which arXiv may not have: it leads to the abstract page.

    Returns:
        `None` where `url` opens no paper on arXiv or a mirror.
    """
    found = _on_arxiv(url)
    if found is None:
        return None
    host, _, rest = found
    return abstract_page(url) if _is_ar5iv(host) else f"https://arxiv.org{rest}"


def _on_arxiv(url: str) -> tuple[str, ArxivId, str] | None:
    """Scheme and host of a paper's address on arXiv or a mirror, the paper, and the rest."""
    paper = id_in_url(url)
    if paper is None or paper.id is None or paper.host == "other service":
        return None
    return url[: paper.path_start], paper.id, url[paper.path_start :]


def _abstract(paper_id: ArxivId) -> str:
    return f"/abs/{paper_id.id}{paper_id.version}"


def _is_ar5iv(host: str) -> bool:
    return "ar5iv" in host.lower()


def ids_in_text(text: str) -> Sequence[tuple[str, int, int]]:
    """The identifiers that running text gives as `arXiv:2109.01134`.

    Returns:
        Of each the canonical form without version, and where it is written: start and end as
        offsets into `text`, `arXiv:` left out and the version included.
    """
    if "Xiv" not in text and "xiv" not in text and "XIV" not in text:
        # Nearly all.
        return ()
    return [
        (found, match.start("id"), match.end("id"))
        for match in _IN_TEXT.finditer(text)
        if (found := canonical(match["id"]))
    ]
