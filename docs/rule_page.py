"""The page of a rule, and the page that lists them, from the rules themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import mdformat

from peftlint.documentation import sections, why
from peftlint.option import options_in
from peftlint.report.as_toml import toml
from peftlint.rule import Rule
from peftlint.wording import listed, type_in_words

#: Families of rules by what their codes begin with.
FAMILIES = {
    "PL1": "Layout",
    "PL2": "Links",
    "PL3": "Entries",
    "PL4": "Badges",
    "PL5": "Structure",
    "PL6": "Text",
    "PL9": "Suppressions",
}

#: What a fix may change, in words, by the names that rules use in `MAY_CHANGE`.
FACTS = {
    "title": "its title",
    "name": "its nickname",
    "authors": "its authors",
    "venue": "its venue",
    "year": "its year",
    "links": "its links",
    "badges": "its badges",
    "ids": "its identities",
    "section": "the section that it is in",
    "entry": "whether it is there at all",
    "blocks": "the kind of Markdown block that it is",
    "order": "its place among the entries around it",
    "version": "the version of a paper on arXiv that a link opens",
    "contents": "the table of contents",
    "prose": "words outside entries",
}

FIXES = {
    "safe": "Safe: the list says and means the same afterwards, and `peftlint fix` makes it.",
    "unsafe": (
        "Unsafe: it may lose or guess something, so only `peftlint fix --unsafe-fixes` makes it."
    ),
    "none": "There is no fix: only a person can decide.",
}

_FIX_SAFETY = "Fix safety"


def page(rule: Rule) -> str:
    """The page of one rule, as mdformat lays it out."""
    return mdformat.text("\n\n".join(_parts(rule)), extensions={"gfm"})


def index(rules: Sequence[Rule]) -> str:
    """The page that lists rules by family."""
    return mdformat.text("\n\n".join(_families(rules)), extensions={"gfm"})


def _parts(rule: Rule) -> Iterator[str]:
    said = sections(rule.doc)
    yield f"# {rule.name} ({rule.code})"
    yield "<!-- Made by docs/generate.py from the rule itself. -->"
    facts = (rule.severity, f"[{rule.profile}](../profiles.md)", rule.fix)
    yield _table(("severity", "profile", "fix"), [facts])
    yield f"## What\n\n{rule.summary}"
    yield f"## Why\n\n{why(rule.doc)}"
    yield f"## Bad\n\n{said['Bad']}"
    yield f"## Good\n\n{said['Good']}"
    if rule.options is not None:
        yield from _options(rule, said.get("Options", ""))
    for heading, text in said.items():
        if heading not in ("", "Bad", "Good", "Options", _FIX_SAFETY):
            yield f"## {heading}\n\n{text}"
    yield f"## {_FIX_SAFETY}\n\n{_fix_safety(rule)}"
    if _FIX_SAFETY in said:
        yield said[_FIX_SAFETY]
    yield from _configuration(rule)
    yield "## Source"
    module = f"rules/{rule.name.replace('-', '_')}.py"
    cases = f"fixtures/rules/{rule.name}.md"
    yield (
        f"The rule is [{module}](../../{module}); [{cases}](../../{cases}) shows what it reports "
        "and what it leaves alone."
    )


def _options(rule: Rule, meaning: str) -> Iterator[str]:
    rows = [
        (
            f"`{one.key}`",
            type_in_words(one.type),
            "not set" if one.default is None else f"`{toml(one.default)}`",
        )
        for one in options_in(rule)
    ]
    yield "## Options"
    yield f"Under `[tool.peftlint.rules.{rule.name}]`:"
    yield _table(("key", "takes", "default"), rows)
    yield meaning


def _fix_safety(rule: Rule) -> str:
    if rule.fix == "none":
        return FIXES["none"]
    facts = [words for fact, words in FACTS.items() if fact in rule.may_change]
    kept = (
        f"Of an entry it may change {listed(facts, 'and')}, and nothing else."
        if facts
        else "It changes nothing of what an entry says."
    )
    proof = (
        "The list is read again after it, and a fix that would lose anything more is not made; "
        "peftlint then says so."
    )
    return f"{FIXES[rule.fix]}\n{kept}\n{proof}"


def _configuration(rule: Rule) -> Iterator[str]:
    yield "## Configuration"
    if rule.is_default:
        yield "To leave it out:"
        key = "ignore"
    else:
        yield "Only the profile `strict` runs it; to run it in another:"
        key = "extend-select"
    table = f'[tool.peftlint]\n{key} = ["{rule.name}"]'
    set_by_default = [one for one in options_in(rule) if one.default is not None]
    if set_by_default:
        lines = "\n".join(f"{one.key} = {toml(one.default)}" for one in set_by_default)
        yield f"```toml\n{table}\n```"
        yield "Its options, as they are by default:"
        yield f"```toml\n[tool.peftlint.rules.{rule.name}]\n{lines}\n```"
    else:
        yield f"```toml\n{table}\n```"
    yield "To silence it in one entry, with a word on why:"
    comment = f"<!-- peftlint-disable-entry {rule.name} -- the reason -->"
    yield f"```markdown\n{comment}\n```"


def _families(rules: Sequence[Rule]) -> Iterator[str]:
    yield "# Rules"
    yield "<!-- Made by docs/generate.py from the rules themselves. -->"
    yield (
        "A rule's name says what is wrong; what it reports and why, with an example, is on its "
        "page."
    )
    for beginning, family in FAMILIES.items():
        members = [rule for rule in rules if rule.code.startswith(beginning)]
        if not members:
            continue
        yield f"## {family} ({beginning})"
        rows = [
            (
                rule.code,
                f"[{rule.name}]({rule.name}.md)",
                rule.summary,
                rule.fix,
                rule.severity,
                rule.profile,
            )
            for rule in members
        ]
        yield _table(("code", "name", "what it reports", "fix", "severity", "profile"), rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *([_cell(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
