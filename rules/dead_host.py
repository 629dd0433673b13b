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
from dataclasses import dataclass

from peftlint import mention
from peftlint.deadhost import dead_host
from peftlint.model import Document
from peftlint.rule import Finding
from peftlint.source import Span

CODE = "PL209"
SEVERITY = "warning"
PROFILE = "default"


@dataclass(slots=True, repr=False)
class Options:
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
    places: dict[Span, tuple[str, str]] = {
        badge.url_span: (badge.url, f"the badge {mention.quoted(badge.alt)}" if badge.alt else "")
        for badge in document.badges
    }
    for link in document.links:
        if link.url and link.url_span:
            places.setdefault(link.url_span, (link.url, mention.link(link)))
    for span, (url, name) in sorted(places.items()):
        found = dead_host(url, extra, alive)
        if found is None:
            continue
        instead = f"; link {found.instead} instead" if found.instead else ""
        message = f"{name or 'the badge'} needs {found.name}, which {found.end}{instead}"
        yield Finding(span, message)
