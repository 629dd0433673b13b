"""`peftlint normalize`: lay the entries of lists out in one way."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from peftlint.commands.command import Option, flag, takes
from peftlint.commands.exit_code import ExitCode
from peftlint.commands.failure import Failures
from peftlint.commands.layout import LAYOUT, Layouts
from peftlint.commands.memory import collected_between_lists
from peftlint.commands.options import COLOR, SOURCES, SourceOptions, parts_of
from peftlint.commands.outlet import Outlet
from peftlint.commands.progress import progress
from peftlint.commands.target import targets
from peftlint.layout.lacking import LOSABLE, losable
from peftlint.normalizer import normalize
from peftlint.report.normalized import NormalizeReport
from peftlint.report.terminal import ColorChoice


def _fields(values: Sequence[str]) -> frozenset[str]:
    return losable(parts_of(values))


@takes(
    SOURCES,
    LAYOUT,
    flag("--check", help="Write nothing; exit with 1 where a file would change."),
    flag("--diff", help="Write nothing; show a unified diff, as git apply takes it."),
    flag("--entries-only", help="Leave what stands outside of entries as it is."),
    Option(
        ("--allow-loss",),
        f"Drop these fields where the layout has no place for them: {', '.join(LOSABLE)}. "
        "Commas separate them; the option can be repeated.",
        metavar="FIELD,...",
        parameter="may_lose",
        read=_fields,
        is_repeated=True,
    ),
    flag("--show-left", help="Tell each entry that is left as it is, and why it is."),
    flag("-q", "--quiet", help="Of entries that are left tell only the number."),
    COLOR,
)
def command(  # noqa: PLR0913 - one for each option
    *,
    sources: SourceOptions,
    layout: str | None,
    check: bool,
    diff: bool,
    entries_only: bool,
    may_lose: frozenset[str],
    show_left: bool,
    quiet: bool,
    color: ColorChoice,
) -> ExitCode:
    """Write every entry of the lists in PATHs in one layout, and the rest as mdformat does.

    By default that is the layout that most entries of the list have. An entry that would lose
    something is left as it is, and a list that would is refused: it is read again before it is
    written. A second run changes nothing. With '-' the text goes to standard output. With it and
    with --diff the report goes to standard error.

    Exit codes: 0 done, 1 a list is refused, 2 misuse or a file that could not be done. With
    --check and --diff 1 also where a file would change. Entries that are left as they are do not
    count.
    """
    outlet = Outlet(color, is_stdin=sources.is_stdin, is_diff=diff, is_dry=check)
    failures = Failures(outlet.errors)
    report = NormalizeReport(
        outlet.messages,
        "Normalized" if outlet.writes else "Would normalize",
        quiet=quiet,
        entries_only=entries_only,
        shows_left=show_left,
    )
    layouts = Layouts(layout)
    fails = False
    with collected_between_lists() as memory, progress("Normalizing", quiet=quiet) as bar:
        for target in bar.over(targets(sources, expect=bar.expect)):
            if isinstance(target, Exception):
                failures.add(target)
                continue
            if target.is_excluded:
                outlet.show(target, target.file.text)
                continue
            try:
                result = normalize(
                    target.file.text,
                    layouts.choice(target.settings),
                    may_lose=may_lose,
                    entries_only=entries_only,
                    rules=target.settings.layout_rules_for(Path(target.path)),
                    options=target.settings.options,
                )
                outlet.write(target, result.text)
            except Exception as error:  # one file's trouble must not keep another from its turn
                failures.add(error, target.path)
                continue
            outlet.show(target, result.text)
            changes = result.text != target.file.text
            fails = fails or result.refused is not None or (changes and not outlet.writes)
            report.file(target.path, result, changes=changes)
            memory.add(len(target.file.text))
            # Two lists at once would take twice the memory.
            del target, result
    report.close(failures.count)
    if failures.count:
        return ExitCode.FAILURE
    return ExitCode.FINDINGS if fails else ExitCode.CLEAN
