"""`peftlint config`: which settings hold for a path, and where each comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from peftlint.commands.command import Argument, takes
from peftlint.commands.misuse import MisuseError
from peftlint.commands.options import (
    CHOICE,
    COLOR,
    CONFIG,
    STDIN,
    RuleOptions,
    SourceOptions,
    output_format,
)
from peftlint.effective import Effective, Origin, RuleState, Value, effective
from peftlint.file import FileError
from peftlint.finder import Finder
from peftlint.printable import printable
from peftlint.report.as_toml import toml, toml_key
from peftlint.report.terminal import SEVERITY_STYLES, ColorChoice, Terminal, write_text

#: What a list in a folder may be called: for a folder, what holds for such a list is told.
ANY_LIST = "_.md"
#: Behind longer lines the comment stands where they end.
_WIDEST = 48


@takes(
    Argument("path", "[PATH]", default="."),
    *CONFIG,
    CHOICE,
    output_format("A config with comments, or one object."),
    COLOR,
)
def command(  # noqa: PLR0913 - one for each option
    *,
    path: str,
    config: Path | None,
    isolated: bool,
    choice: RuleOptions,
    output_format: str,
    color: ColorChoice,
) -> None:
    """Show which settings hold for PATH, a list or a folder of lists, and where each comes from:
    a default, a line of a config file, or the command line. Then which rules run there, which do
    not, and why. Without a PATH it is this folder.

    What it prints is a peftlint.toml itself.

    Exit codes: 0 done, 2 misuse, a config that cannot be used, or a PATH that is not there.
    """  # noqa: D205 - click shows the first paragraph as it is
    if path == STDIN:
        raise MisuseError("settings are those of a path: give a file or a folder.")
    SourceOptions(paths=(path,), stdin_filename=None, config=config, isolated=isolated)
    found, is_excluded = settings_of(Path(path), Finder(config, isolated=isolated), choice)
    if output_format == "json":
        from peftlint.report import as_json

        write_text(as_json.encode(record_of(found, is_excluded), indent=2) + "\n")
        return
    terminal = Terminal(color)
    terminal.write(lines_of(found, is_excluded, terminal))


def settings_of(
    path: Path, finder: Finder, choice: RuleOptions, *, need_not_exist: bool = False
) -> tuple[Effective, bool]:
    """What holds for a path, and whether it is left out.

    Args:
        path: a file or a folder.
        finder: finds its config.
        choice: what goes over that.
        need_not_exist: whether it is only a name, as of standard input.

    Raises:
        FileError: it is not there.
        ConfigError: its configuration cannot be used.
    """
    try:
        if not need_not_exist:
            path.stat()
    except OSError as error:
        raise FileError.from_os(path, error) from error
    is_folder = path.is_dir()
    a_list = path / ANY_LIST if is_folder else path
    settings = finder.settings(a_list)
    found = effective(a_list, settings, choice.over(settings), choice.given)
    for name in settings.layouts:
        # Loaded here: most configurations have no layout of their own.
        from peftlint.commands.layout import Layouts

        Layouts().layout(name, settings)
    return found._replace(path=path), finder.is_excluded(path, is_folder)


def lines_of(found: Effective, is_excluded: bool, terminal: Terminal) -> Iterator[str]:
    """What holds for a path as a config with comments.

    Args:
        found: what holds.
        is_excluded: whether the path is left out.
        terminal: for its colors.
    """
    paint = terminal.paint
    settings = found.settings
    yield paint(f"# Settings of {printable(found.path.as_posix())}", "bold")
    yield f"# file: {_shown(settings.source) if settings.source else 'none'}"
    if settings.root is not None:
        yield f"# patterns are from: {printable(settings.root.as_posix())}"
    if is_excluded:
        yield paint("# It is left out: see exclude, here or in a folder above.", "yellow")
    yield ""
    yield from _rows([value for value in found.values if value.key[0] != "rules"], terminal)
    table = ""
    options = [value for value in found.values if value.key[0] == "rules"]
    for name in dict.fromkeys(value.key[1] for value in options):
        table = f"[rules.{toml_key(name)}]"
        yield ""
        yield paint(table, "bold")
        yield from _rows([value for value in options if value.key[1] == name], terminal)
    for runs, title in ((True, "Rules that run"), (False, "Rules that do not run")):
        rules = [state for state in found.rules if state.runs is runs]
        yield ""
        yield paint(f"# {title}: {len(rules)}", "bold")
        yield from _rule_rows(rules, found.rules, terminal)


def _rows(values: Sequence[Value], terminal: Terminal) -> Iterator[str]:
    """A line for each value, with where it comes from behind it."""
    lines = [
        f"# {toml_key(value.key[-1])} is not set"
        if value.value is None
        else f"{toml_key(value.key[-1])} = {toml(value.value)}"
        for value in values
    ]
    width = max(len(line) for line in lines if len(line) <= _WIDEST or line is lines[0])
    for value, line in zip(values, lines, strict=True):
        origins = " and ".join(origin_in_words(origin) for origin in value.origins)
        yield f"{line:{min(width, _WIDEST)}}  {terminal.paint(f'# {origins}', 'dim')}"


def _rule_rows(
    rules: Sequence[RuleState], all_rules: Sequence[RuleState], terminal: Terminal
) -> Iterator[str]:
    code_width = max(len(state.rule.code) for state in all_rules)
    name_width = max(len(state.rule.name) for state in all_rules)
    for state in rules:
        rule = state.rule
        style = SEVERITY_STYLES[rule.severity]
        code = terminal.link(terminal.paint(rule.code, style), rule.url)
        severity = terminal.paint(f"{rule.severity:7}", style)
        changed = state.severity_origin
        by = "" if changed.kind == "default" else f"; {rule.severity} by {origin_in_words(changed)}"
        yield (
            f"#   {code}{'':{code_width - len(rule.code)}}  {rule.name:{name_width}}  {severity}  "
            f"{reason_in_words(state)}{by}"
        )


def reason_in_words(state: RuleState) -> str:
    """Why a rule runs or does not, and what says so; safe to print."""
    setting, *rest = state.key
    where = f"({origin_in_words(state.origin)})"
    if state.key == ("profile",):
        has = "" if state.runs else "not "
        return f"{has}in profile {toml(state.value)} {where}"
    if state.value is None:
        return f"not in {setting} {where}"
    key = ".".join((setting, *map(toml_key, rest)))
    return f"{key} = {toml(state.value)} {where}"


def origin_in_words(origin: Origin) -> str:
    """Where a value comes from: `default`, `command line`, `peftlint.toml:3`; safe to print."""
    if origin.file is None:
        return origin.kind
    line = f":{origin.line}" if origin.line else ""
    return f"{_shown(origin.file)}{line}"


def _shown(file: Path) -> str:
    inside = file.is_relative_to(Path.cwd())
    return printable((file.relative_to(Path.cwd()) if inside else file).as_posix())


def record_of(found: Effective, is_excluded: bool) -> dict[str, object]:
    """The same as an object for JSON."""
    settings = found.settings
    return {
        "path": found.path.as_posix(),
        "file": settings.source and settings.source.as_posix(),
        "root": settings.root and settings.root.as_posix(),
        "excluded": is_excluded,
        "settings": [
            {
                "key": list(value.key),
                "value": value.value,
                "origins": [_origin_record(origin) for origin in value.origins],
            }
            for value in found.values
        ],
        "rules": [
            {
                "code": state.rule.code,
                "name": state.rule.name,
                "runs": state.runs,
                "because": {
                    "key": list(state.key),
                    "value": state.value,
                    "origin": _origin_record(state.origin),
                },
                "severity": state.rule.severity,
                "severity_origin": _origin_record(state.severity_origin),
            }
            for state in found.rules
        ],
    }


def _origin_record(origin: Origin) -> dict[str, object]:
    file = origin.file and origin.file.as_posix()
    return {"kind": origin.kind, "file": file, "line": origin.line}
