"""Repositories on GitHub, as links open them and as badges count them.

The badges are those of <https://shields.io/badges/git-hub-repo-stars> and its neighbors,
`/github/stars/OWNER/REPO`, and of <https://badgen.net/github>, which has the same paths.
"""

from __future__ import annotations

import re

from peftlint.address import Address, split
from peftlint.regex import regex
from peftlint.value import Value

_HOSTS = frozenset(("github.com", "www.github.com"))
_BADGE_HOSTS = frozenset(("img.shields.io", "shields.io", "badgen.net", "flat.badgen.net"))
#: What such a badge says of a repository, where nothing else stands between it and the owner.
_METRICS = frozenset(
    """
    stars forks watchers license last-commit contributors issues issues-pr open-issues repo-size
    """.split()  # noqa: SIM905 - a list of words is read more easily
)
#: First steps of paths that are no owners.
_NO_OWNERS = frozenset(
    """
    about apps collections features login marketplace notifications orgs search settings sponsors
    stars topics trending users
    """.split()  # noqa: SIM905 - as above
)
_WORDS = regex(r"[a-z0-9]+")
#: What the names of owners and repositories are made of.
_NAME = regex(r"[\w.-]{1,100}", re.ASCII)


class Repository(Value):
    """A repository, its names as written."""

    owner: str
    name: str

    def __str__(self) -> str:
        """As GitHub writes it: `owner/name`."""
        return f"{self.owner}/{self.name}"

    @property
    def key(self) -> str:
        """What tells it from others: GitHub takes capitals for small letters."""
        return str(self).lower()


def may_be_one(one: Repository, other: Repository) -> bool:
    """Whether two repositories are one, or may be: renamed, moved to another owner, or forked.

    GitHub leads on from a repository's former names, so that nobody has to mend them.
    """
    first, second = one.name.lower(), other.name.lower()
    if first == second:
        return True
    if one.owner.lower() != other.owner.lower():
        return False
    ours, theirs = _WORDS.findall(first), _WORDS.findall(second)
    return ours[:1] == theirs[:1] or "".join(ours) == "".join(theirs)


def of_url(url: str) -> Repository | None:
    """The repository that a link opens, or a file, a folder or a branch of which.

    Args:
        url: an address as written in a list.

    Returns:
        `None` where it opens none on GitHub.
    """
    address = split(url) if "github.com" in url.lower() else None
    if address is None or address.host not in _HOSTS:
        return None
    return _repository(address.path.split("/"))


def of_badge(url: str) -> Repository | None:
    """The repository of which a badge shows the stars, the license and the like."""
    address = split(url) if "/github/" in url else None
    if address is None or address.host not in _BADGE_HOSTS:
        return None
    return _of_metric(address)


def _of_metric(address: Address) -> Repository | None:
    steps = address.path.split("/")
    if len(steps) < 4 or steps[0] != "github" or steps[1] not in _METRICS:  # noqa: PLR2004
        return None
    return _repository(steps[2:])


def _repository(steps: list[str]) -> Repository | None:
    # `github.com//owner/name` is opened all the same.
    steps = [step for step in steps if step]
    if len(steps) < 2:  # noqa: PLR2004 - owner and name
        return None
    owner, name = steps[0], steps[1].removesuffix(".svg").removesuffix(".git")
    if owner.lower() in _NO_OWNERS or not (_NAME.fullmatch(owner) and _NAME.fullmatch(name)):
        return None
    return Repository(owner, name)
