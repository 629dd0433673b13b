"""A comment that silences findings silences none.

It stays behind when what it was written for is mended, and hides what goes wrong there later.
A comment with a misspelt name silences nothing from the start.

Reported are:

- a name in a comment, or a comment without names, that silences no finding;
- a name that no rule has, and a first word such as `peftlint-disable-nextline`;
- `peftlint-disable-entry` without an entry, and `peftlint-enable` with nothing to end.

Rules that do not run are not judged by: with `--select PL201`, a comment for PL301 may be needed
in another run.
`PL2`, `ALL` and a comment without names are judged where all rules ran that they mean and that
are on by default.

The fix is safe: it deletes the comment, or the one name, which changes nothing that is
reported.
It is made when nothing else is left to fix.
A misspelt name is left to you, since somebody wanted it to do something.

A comment about every rule does not silence what is said about itself: name this rule for that,
as in `peftlint-disable-file unused-suppression`.

## Bad

```markdown
<!-- peftlint-disable-entry arxiv-pdf-link -->

These works tune prompts.

- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]
```

## Good

```markdown
These works tune prompts.

- **Visual Prompt Tuning,** ECCV 2022. [[Paper](https://arxiv.org/abs/2203.12119)]
```
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peftlint import mention
from peftlint.model import Document
from peftlint.rule import Finding, Fix, NameUse, SuppressionUse, safe_fix
from peftlint.source import Edit, Span

CODE = "PL901"
FIX = "safe"
SEVERITY = "warning"
PROFILE = "default"

_MOST_NAMED = 3


def check_suppressions(_: Document, uses: Sequence[SuppressionUse]) -> Iterator[Finding]:
    """Report comments, and names in them, that do nothing."""
    for use in uses:
        if use.verdict == "unknown":
            message = f"there is no comment {mention.quoted(use.verb)}{_hint(use.nearest)}"
            yield Finding(use.span, message)
        elif use.verdict == "unused" and all(name.verdict == "unused" for name in use.names):
            yield Finding(use.span, _about_comment(use), _removing(use.removal_span))
        else:
            yield from _about_names(use)


def _about_names(use: SuppressionUse) -> Iterator[Finding]:
    for name in use.names:
        if name.verdict not in {"unused", "unknown"}:
            continue
        removal_span = use.removal_span if use.verdict == "unused" else name.removal_span
        fix = None if name.nearest else _removing(removal_span)
        yield Finding(name.span, _about_name(name), fix)


def _about_name(name: NameUse) -> str:
    shown = mention.quoted(name.text)
    if name.verdict == "unknown":
        return f"there is no rule {shown}, so nothing is silenced{_hint(name.nearest)}"
    return f"{shown} does nothing here: remove it from the comment"


def _about_comment(use: SuppressionUse) -> str:
    if use.verb == "peftlint-enable":
        shown = f" of {_names(use)}" if use.names else ""
        return f"no peftlint-disable{shown} is open here: remove the comment"
    if not use.has_target:
        what = "entry" if use.verb == "peftlint-disable-entry" else "line"
        return f"{use.verb} has no {what} to be about: remove the comment"
    if use.names:
        return f"{use.verb} silences nothing of {_names(use)}: remove the comment"
    return f"{use.verb} silences nothing: remove the comment"


def _names(use: SuppressionUse) -> str:
    shown = [mention.quoted(name.text) for name in use.names[:_MOST_NAMED]]
    return ", ".join(shown) + (" ..." if len(use.names) > _MOST_NAMED else "")


def _hint(nearest: str | None) -> str:
    return f"; did you mean {mention.quoted(nearest)}?" if nearest else ""


def _removing(span: Span | None) -> Fix | None:
    return safe_fix(Edit(span, "")) if span is not None else None
