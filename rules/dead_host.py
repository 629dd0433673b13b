"""A link or a badge needs a host that is shut down.

Whoever clicks it gets an error, or some other page than the list means.
There is no fix: only you know where the page is now.

Silent are hosts that still serve or redirect what they have, such as `git.io`.

## Bad

```markdown
- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://paperswithcode.com/paper/visual-prompt-tuning)]
```

## Good

```markdown
- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]
```

## Options

`extra-hosts`: further hosts that are dead, each with those below it, for example
`["old.example.org"]` (default: `[]`).

`alive-hosts`: hosts that are not reported, each with those below it (default: `[]`).
"""

from __future__ import annotations

from collections.abc import Iterator

from peftlint import mention
from peftlint.address import likely_host
from peftlint.deadhost import DeadHost, dead_host, may_be_dead
from peftlint.model import Badge, Document, Link
from peftlint.origin import links_by_origin
from peftlint.rule import Finding
from peftlint.source import Span
from peftlint.value import Value

CODE = "PL209"
SEVERITY = "warning"
PROFILE = "default"


class Options(Value):
    """What is known of hosts beyond what peftlint knows.

    Attributes:
        extra_hosts: that are dead.
        alive_hosts: that are not.
    """

    extra_hosts: tuple[str, ...] = ()
    alive_hosts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is no host's name."""
        for key, hosts in (("extra-hosts", self.extra_hosts), ("alive-hosts", self.alive_hosts)):
            for host in hosts:
                is_name = "." in host.strip(".") and not set(host) & set("/:@?#* ")
                if not is_name:
                    raise ValueError(
                        f"{key} are hosts such as old.example.org, not {mention.quoted(host)}"
                    )


def check(document: Document, options: Options) -> Iterator[Finding]:
    """Report addresses of links and badges on hosts that are shut down."""
    extra = frozenset(host.lower() for host in options.extra_hosts)
    alive = frozenset(host.lower() for host in options.alive_hosts)
    found: dict[Span, tuple[Badge | Link, DeadHost]] = {}
    addressed: list[Badge | Link] = [*document.badges]
    for origin, links in links_by_origin(document).items():
        if extra or may_be_dead(likely_host(origin)):
            addressed += links
    for one in addressed:
        if one.url and one.url_span and (dead := dead_host(one.url, extra, alive)):
            # One address may be that of a badge and of a link.
            found.setdefault(one.url_span, (one, dead))
    for span in sorted(found):
        one, dead = found[span]
        instead = f"; link {dead.instead} instead" if dead.instead else ""
        yield Finding(span, f"{_named(one)} needs {dead.name}, which {dead.end}{instead}")


def _named(one: Badge | Link) -> str:
    if isinstance(one, Link):
        return mention.link(one)
    return f"the badge {mention.quoted(one.alt)}" if one.alt else "the badge"
