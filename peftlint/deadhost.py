"""Hosts that are known to be shut down, when that was, and what to link instead.

Only those that are sure: a host that still serves or redirects what it has, such as `git.io` or
`code.google.com`, is not here.
"""

from __future__ import annotations

from functools import cache, lru_cache

from peftlint.address import likely_host, parameter, split
from peftlint.value import Value


class DeadHost(Value):
    """A host that is gone.

    Attributes:
        name: of the host.
        end: what happened and when, behind its name: `was shut down in July 2025`.
        instead: what to link instead; empty where nobody knows.
    """

    name: str
    end: str
    instead: str = ""


#: A host that begins with a dot stands for those below it as well. Sources:
#: paperswithcode.com: <https://github.com/paperswithcode/paperswithcode-data/issues/45>; since
#:   December 2025 some of its addresses lead to Hugging Face's.
#: rawgit.com: its own page, kept in <https://github.com/EFForg/privacybadger/pull/2204>.
#: goo.gl: <https://developers.googleblog.com/en/google-url-shortener-links-will-no-longer-be-available/>;
#:   what was in use late in 2024 goes on, says <https://blog.google/technology/developers/googl-link-shortening-update/>.
#: arxiv-vanity.com: <https://github.com/j3soon/arxiv-utils/issues/35>.
#: arxiv-sanity.com: <https://github.com/karpathy/arxiv-sanity-preserver/issues/173>.
#: academic.microsoft.com: <https://www.microsoft.com/en-us/research/project/academic/>.
#: travis-ci.org: <https://blog.travis-ci.com/2021-05-07-orgshutdown>.
#: plus.google.com: <https://support.google.com/googlecurrents/answer/9217723>.
#: codeplex.com: <https://devblogs.microsoft.com/bharry/shutting-down-codeplex/>.
#: bintray.com: <https://jfrog.com/blog/into-the-sunset-bintray-jcenter-gocenter-and-chartcenter/>.
#: glitch.me: <https://blog.glitch.com/post/changes-are-coming-to-glitch/>.
#: david-dm.org: <https://github.com/alanshaw/david/issues/182>.
_TABLE = """
.paperswithcode.com | was shut down in July 2025 | the paper or its repository
.rawgit.com | was shut down in October 2019 | raw.githubusercontent.com or cdn.jsdelivr.net
goo.gl | stopped opening most of its links in August 2025 | the page itself
.arxiv-vanity.com | was shut down by January 2024 | the paper on arXiv
.arxiv-sanity.com | was shut down in 2022 | the paper on arXiv
academic.microsoft.com | was shut down in December 2021 | the paper itself
.travis-ci.org | was shut down in June 2021 |
plus.google.com | was shut down in April 2019 |
.codeplex.com | was shut down in December 2017 | the repository where it is now
.bintray.com | was shut down in May 2021 | the file where it is now
.glitch.me | was shut down in July 2025 |
.david-dm.org | was shut down in 2021 |
"""
#: A host of badges, which may have their words from another one.
_BADGES = "img.shields.io"
#: What Google's own services shortened goes on, by the announcement of goo.gl's end.
_ALIVE_AT_GOO_GL = ("maps", "forms", "photos", "app")


@cache
def _hosts() -> dict[str, DeadHost]:
    hosts = {}
    for row in _TABLE.strip().splitlines():
        name, end, instead = (cell.strip() for cell in row.split("|"))
        hosts[name] = DeadHost(name.lstrip("."), end, instead)
    return hosts


@cache
def _domains() -> frozenset[str]:
    return frozenset(map(_domain, _hosts()))


def _domain(host: str) -> str:
    """The last two names of a host, such as `google.com`."""
    return ".".join(host.partition(":")[0].lower().rsplit(".", 2)[-2:])


@lru_cache(maxsize=256)  # a list has few hosts
def _may_be_dead(host: str) -> bool:
    return _domain(host) in _domains()


def may_be_dead(host: str) -> bool:
    """Whether `dead_host` may find one in an address with this host, without `extra` ones."""
    return host == _BADGES or _may_be_dead(host)


def dead_host(
    url: str, extra: frozenset[str] = frozenset(), alive: frozenset[str] = frozenset()
) -> DeadHost | None:
    """The dead host that an address opens, or that a badge has its words from.

    Args:
        url: an address as written in a list.
        extra: further dead hosts, each with those below it, in lower case.
        alive: hosts that are not dead, each with those below it, in lower case.
    """
    if not extra and "url=" not in url and not _may_be_dead(likely_host(url)):
        return None
    found = _at(url, extra, alive)
    if found is None and "url=" in url:
        address = split(url)
        if address and address.host == _BADGES and address.path.startswith("endpoint"):
            asked = parameter(address.query.replace("&amp;", "&"), "url") or ""
            found = _at(asked.replace("%3A", ":").replace("%2F", "/"), extra, alive)
    return found


def _at(url: str, extra: frozenset[str], alive: frozenset[str]) -> DeadHost | None:
    address = split(url)
    if address is None:
        return None
    host = address.host.partition(":")[0][-253:].removeprefix("www.")
    known = _hosts()
    steps = host.split(".")
    above = [".".join(steps[first:]) for first in range(max(0, len(steps) - 5), len(steps) - 1)]
    if not alive.isdisjoint(above):
        return None
    if host in known:
        is_alive = host == "goo.gl" and address.path.partition("/")[0] in _ALIVE_AT_GOO_GL
        return None if is_alive else known[host]
    for name in above:
        if name in extra:
            return DeadHost(host, "is dead, as the config says")
        if f".{name}" in known:
            return known[f".{name}"]
    return None
