"""What a rule is.

A rule is a module: its docstring is its documentation, `CODE` its code, `check` its work.
The module's name, with hyphens, is the rule's name. It may also have:

- `SEVERITY`: `"error"`, `"warning"` (the default) or `"info"`, how bad its findings are; a rule
  that guesses says at most `"warning"`;
- `PROFILE`: `"minimal"`, `"default"` (the default) or `"strict"`, the smallest profile that runs
  it;
- `FIX`: `"safe"`, `"unsafe"` or `"none"` (the default), what its fixes are at best;
- `MAY_CHANGE`: the facts of an entry that its fixes may change, of `FACTS`;
- `URL`: the `https` address of its documentation; ours have a page of their own;
- `FOLLOWS_LIST`: `True` if it judges by what most of the list does: one entry more may turn the
  majority, and then entries are reported that nobody touched;
- `Options`: a frozen dataclass, or a `Value` as ours are, with a default for each field and a
  docstring that explains them; `check` then takes an instance as its second argument;
- `check_together`: for a rule that compares entries with each other. It takes the documents of
  a list that stands in several files, in order, and what else `check` takes, and yields pairs of
  a document and a finding in it. It is called instead of `check` for such a list;
- `check_suppressions`, instead of `check`: for a rule about the comments that silence findings.
  It takes the document and what became of each such comment (`SuppressionUse`), which is known
  when all other rules are done. It has no options.

A rule is pure: it gets a document and yields findings. It says neither its own code nor its
name, and does no offset arithmetic: the model hands it spans.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import ModuleType
from typing import Any, Literal, get_args

from peftlint.homepage import is_address, page_of
from peftlint.model import Document
from peftlint.regex import regex
from peftlint.source import Edit, Span
from peftlint.value import NamedTuple, Value

FixLevel = Literal["safe", "unsafe", "none"]

#: How bad a finding is, the worst first.
Severity = Literal["error", "warning", "info"]

#: Sets of rules, each with all rules of those before it; `strict` has every rule.
Profile = Literal["minimal", "default", "strict"]

FIX_LEVELS: tuple[FixLevel, ...] = get_args(FixLevel)
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
PROFILES: tuple[Profile, ...] = get_args(Profile)

#: The facts of an entry, which a fix keeps unless its rule says that it may change them.
#: `entry` stands for the entry as a whole: its rule may remove one. `blocks` are the blocks of
#: Markdown in which it stands: a paragraph may become an item. `order` is its place among the
#: entries around it, which only a fix that changes nothing else of them may change. `version` is
#: that of the papers on arXiv that its links open. No facts of an entry are `contents`, whose
#: rule may add lines to the table of contents, and `prose`, the words outside entries; with
#: `section`, those of headings.
FACTS = frozenset(
    {
        "title", "name", "authors", "venue", "year", "links", "badges", "ids", "section",
        "entry", "blocks", "order", "version", "contents", "prose",
    }
)  # fmt: skip

#: The distribution whose rules have their pages in peftlint's own documentation.
_OURS = "peftlint"

_CODE = regex(r"[A-Z]{2,6}[0-9]{3}")
_NAME = regex(r"(?!all$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_EXAMPLE = regex(
    r"^## (?P<kind>Bad|Good)\n.*?^(?P<fence>`{3,}|~{3,})markdown\n(?P<text>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)


class Fix(Value):
    """Edits that are made all together or not at all.

    Attributes:
        edits: they do not overlap.
        is_safe: the list says and means the same after it; an unsafe fix may lose or guess
            something, and is made only when asked for.
    """

    edits: tuple[Edit, ...]
    is_safe: bool


def safe_fix(*edits: Edit) -> Fix:
    """A fix after which the list says and means the same."""
    return Fix(edits, is_safe=True)


def unsafe_fix(*edits: Edit) -> Fix:
    """A fix that may lose or guess something."""
    return Fix(edits, is_safe=False)


class Related(NamedTuple):
    """A place in another file that a finding is about as well.

    Attributes:
        document: that file.
        span: where it is.
        message: what is wrong, as it is told there.
    """

    document: Document
    span: Span
    message: str


class Finding(Value):
    """What a rule has to say about one place.

    Attributes:
        span: where it is.
        message: what is wrong here, for the person who wrote it: one line without a full stop
            at its end.
        fix: how to mend it, if the rule knows.
        related: the other place, where that is in another file.
    """

    span: Span
    message: str
    fix: Fix | None = None
    related: Related | None = None


#: What became of a name in a suppression comment: whether it silenced a finding, names no rule,
#: or names rules that did not all run, so that nobody knows.
Verdict = Literal["used", "unused", "unknown", "not-judged"]


class NameUse(Value):
    """A name in a suppression comment, and what became of it.

    Attributes:
        text: the name as written.
        verdict: whether it silenced something.
        nearest: what else may be meant, where it is unknown; `None` where nothing is near.
        span: its place.
        removal_span: what to delete so that the comment's other names stay as they are.
    """

    text: str
    verdict: Verdict
    nearest: str | None
    span: Span
    removal_span: Span


class SuppressionUse(Value):
    """A suppression comment, and what became of it.

    Attributes:
        verb: its first word, `peftlint-disable-line`.
        verdict: that of the comment as a whole: `unknown` where there is no such verb, `unused`
            where none of its names silenced anything or all are unknown.
        nearest: the verb that may be meant, where it is unknown.
        has_target: whether there is an entry, a line, or an open comment that it is about.
        names: the names in it, in order; empty where it means every rule.
        span: the comment.
        removal_span: what to delete so that neither an empty line nor a blank stays behind;
            `None` where what stands around it would then be read otherwise.
    """

    verb: str
    verdict: Verdict
    nearest: str | None
    has_target: bool
    names: tuple[NameUse, ...]
    span: Span
    removal_span: Span | None


class Example(NamedTuple):
    """The Bad and the Good of a rule's docstring, as Markdown."""

    bad: str
    good: str


class RuleError(Exception):
    """A module is no rule, or a rule fails; the message says why and names the distribution."""


def in_words(error: BaseException) -> str:
    """An exception of a stranger's code on one line: its type, and its message if it has one."""
    name = type(error).__name__
    try:
        message = " ".join(str(error).split())
    except Exception:
        # Even that is the stranger's code.
        return name
    return f"{name}: {message}" if message else name


class Rule(NamedTuple):
    """A rule, taken from its module.

    Attributes:
        name, code: what people and machines call it.
        doc: the module's docstring, Markdown.
        severity: how bad its findings are.
        profile: the smallest profile that runs it.
        fix: what its fixes are at best.
        may_change: the facts of an entry that its fixes may change.
        options: the class of its options, or `None`.
        origin: the distribution that it comes from, for messages.
        checker: the module's `check`.
        joint_checker: the module's `check_together`, or `None`.
        url: the address of its documentation, or `None`; ASCII that can be printed.
        suppression_checker: the module's `check_suppressions`, or `None`.
        follows_list: whether it judges by what most of the list does.
    """

    name: str
    code: str
    doc: str
    severity: Severity
    profile: Profile
    fix: FixLevel
    may_change: frozenset[str]
    options: type[Any] | None
    origin: str
    checker: Callable[..., Iterator[Finding]]
    joint_checker: Callable[..., Iterator[tuple[Document, Finding]]] | None = None
    suppression_checker: (
        Callable[[Document, Sequence[SuppressionUse]], Iterator[Finding]] | None
    ) = None
    url: str | None = None
    follows_list: bool = False

    @property
    def is_default(self) -> bool:
        """Whether it runs unless it is ignored, where nothing is selected."""
        return self.is_in("default")

    def is_in(self, profile: Profile) -> bool:
        """Whether a profile runs it."""
        return PROFILES.index(self.profile) <= PROFILES.index(profile)

    @property
    def summary(self) -> str:
        """The first sentence of its documentation."""
        first = self.doc.strip().split("\n\n", 1)[0]
        return " ".join(first.split())

    @property
    def example(self) -> Example | None:
        """Its Bad and Good, or `None` where it has not both."""
        found = {match["kind"]: match["text"] for match in _EXAMPLE.finditer(self.doc)}
        if found.keys() != {"Bad", "Good"}:
            return None
        return Example(found["Bad"], found["Good"])

    def default_options(self) -> Any:  # noqa: ANN401 - a class of the rule's own
        """An instance of its options with all defaults; `None` where it has no options.

        Raises:
            RuleError: the rule refuses its own defaults; the message names it.
        """
        try:
            return None if self.options is None else self.options()
        except Exception as error:
            # A stranger's rule may raise anything; the user needs to know whose it is.
            raise RuleError(
                f"rule {self.name} of {self.origin} refuses the defaults of its own options: "
                f"{in_words(error)}"
            ) from error

    def check(self, document: Document, options: object | None = None) -> Iterator[Finding]:
        """Its findings in `document`.

        Args:
            document: the list.
            options: an instance of `self.options`; the defaults where it is `None`.
        """
        return self.checker(document, *self._arguments(options))

    def check_together(
        self, documents: Sequence[Document], options: object | None = None
    ) -> Iterator[tuple[Document, Finding]]:
        """Its findings in files that are one list, each with the file that it is in.

        Args:
            documents: the files, in order.
            options: as for `check`.
        """
        if self.joint_checker is not None:
            return self.joint_checker(documents, *self._arguments(options))
        return (
            (document, finding)
            for document in documents
            for finding in self.check(document, options)
        )

    def _arguments(self, options: object | None) -> tuple[object, ...]:
        if self.options is None:
            return ()
        return (self.default_options() if options is None else options,)


def from_module(module: ModuleType, origin: str) -> Rule:
    """The rule that `module` is.

    Args:
        module: see this module's docstring for what it holds.
        origin: the distribution that it comes from.

    Raises:
        RuleError: something that a rule needs is missing or not as it should be.
    """
    where = f"rule module {module.__name__} of {origin}"
    try:
        return _rule(module, origin, where)
    except RuleError:
        raise
    except Exception as error:
        # What is in a stranger's module may be of any type.
        raise RuleError(f"{where} cannot be read: {in_words(error)}") from error


def _rule(module: ModuleType, origin: str, where: str) -> Rule:
    name = module.__name__.rpartition(".")[2].replace("_", "-")
    if not _NAME.fullmatch(name):
        raise RuleError(
            f"{where}: a rule is named after its module: lower-case words, such as `missing_year`"
        )
    doc = module.__doc__
    if not isinstance(doc, str) or not doc.strip():
        raise RuleError(f"{where} has no docstring: it is the rule's documentation")
    code = getattr(module, "CODE", None)
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        raise RuleError(f"{where} needs a CODE of capital letters and three digits, got {code!r}")
    check_suppressions = getattr(module, "check_suppressions", None)
    check = getattr(module, "check", check_suppressions and _nothing)
    if not callable(check):
        raise RuleError(f"{where} has no function `check`")
    check_together = getattr(module, "check_together", None)
    if check_together is not None and not callable(check_together):
        raise RuleError(f"{where}: check_together is no function")
    severity: Severity = _one_of(module, "SEVERITY", "warning", SEVERITIES, where)
    profile: Profile = _one_of(module, "PROFILE", "default", PROFILES, where)
    fix: FixLevel = _one_of(module, "FIX", "none", FIX_LEVELS, where)
    may_change = getattr(module, "MAY_CHANGE", ())
    if isinstance(may_change, str) or not frozenset(may_change) <= FACTS:
        raise RuleError(
            f"{where}: MAY_CHANGE is a set of facts of an entry ({', '.join(sorted(FACTS))}), "
            f"not {may_change!r}"
        )
    url: str | None = getattr(module, "URL", None)
    if url is None and origin == _OURS:
        url = page_of(name)
    elif url is not None and not is_address(url):
        raise RuleError(f"{where}: URL is an https address in ASCII, not {url!r}")
    follows_list = getattr(module, "FOLLOWS_LIST", False)
    if not isinstance(follows_list, bool):
        raise RuleError(f"{where}: FOLLOWS_LIST is True or False, not {follows_list!r}")
    return Rule(
        name=name,
        code=code,
        doc=doc,
        severity=severity,
        profile=profile,
        fix=fix,
        may_change=frozenset(may_change),
        options=_options(module, where),
        origin=origin,
        checker=check,
        joint_checker=check_together,
        suppression_checker=check_suppressions,
        url=url,
        follows_list=follows_list,
    )


def _options(module: ModuleType, where: str) -> type[Any] | None:
    options: type[Any] | None = getattr(module, "Options", None)
    if options is None:
        return None
    known = option_fields(options)
    if known is None:
        raise RuleError(f"{where}: Options is not a dataclass")
    for field, has_default in known.items():
        if not has_default:
            raise RuleError(f"{where}: the option {field} has no default")
    return options


def option_fields(options: object) -> Mapping[str, bool] | None:
    """The fields in a class of options that a config may set, and whether each has a default.

    Args:
        options: what a rule has as its `Options`.

    Returns:
        `None` where that is no class of options.
    """
    if not isinstance(options, type):
        return None
    if issubclass(options, Value):
        return {name: name in options._defaults for name in options._fields}
    # Imported here: none of our rules has a dataclass, which takes long to make.
    from dataclasses import MISSING, fields, is_dataclass

    if not is_dataclass(options):
        return None
    return {
        field.name: not (field.default is field.default_factory is MISSING)
        for field in fields(options)
        if field.init
    }


def _one_of(
    module: ModuleType, constant: str, default: str, allowed: Sequence[str], where: str
) -> Any:  # noqa: ANN401 - one of the literals that are allowed
    value = getattr(module, constant, default)
    if value not in allowed:
        words = [repr(word) for word in allowed]
        raise RuleError(
            f"{where}: {constant} is {', '.join(words[:-1])} or {words[-1]}, not {value!r}"
        )
    return value


def _nothing(_: Document) -> Iterator[Finding]:
    """What a rule about suppressions finds before there are any to judge."""
    return iter(())
