"""Imports go one way, as the table in `docs/architecture.md` says."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

import pytest

from peftlint import registry
from peftlint.commands.cores import processes
from peftlint.convention import AUTO
from peftlint.rule import option_fields

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "peftlint"
RULES = ROOT / "rules"
ARCHITECTURE = ROOT / "docs" / "architecture.md"

#: Names that say nothing of what is in a module.
FORBIDDEN_NAMES = {
    "base",
    "common",
    "core",
    "helper",
    "helpers",
    "manager",
    "misc",
    "util",
    "utils",
}

#: The groups of modules, or the one module, that may import a library.
LIBRARIES = {
    "click": {"cli", "commands.clickcommand"},
    "markdown_it": {"markdown"},
    "mdformat": {"formatting", "mdformat_extension"},
    "msgspec": {"config", "schema"},
    "pathspec": {"pattern"},
}


#: What takes long to import, and no check of a list without a config needs.
SLOW = {
    "argparse", "asyncio", "bz2", "concurrent", "csv", "decimal", "difflib", "email", "http",
    "importlib.metadata", "importlib.resources", "json", "mdformat", "msgspec", "multiprocessing",
    "pathspec", "pprint", "random", "shutil", "socket", "sqlite3", "statistics", "subprocess",
    "tempfile", "tomllib", "unittest", "xml", "zipfile",
}  # fmt: skip

#: What reads a plain command line.
PLAIN = {
    "__init__", "collector", "commands", "commands.catalogue", "commands.command",
    "commands.ending", "commands.exit_code", "commands.misuse", "commands.plain", "launch", "value",
}  # fmt: skip

#: All that tells a version or helps.
TELLING = PLAIN | {"cli", "commands.clickcommand", "version"}

#: What every check of a list may need: what reads it, and what its rules speak of.
READING = {
    "places", "model", "words", "style", "markdown", "reading", "rule", "rules", "findings",
}  # fmt: skip

#: What says again what an equal check said.
REPLAYING = {
    "__init__", "basis", "caching", "caching.program", "caching.replay", "caching.store",
    "caching.suppress", "caching.variable", "digest", "launch",
}  # fmt: skip

#: And of the machinery, a check that reads its list.
CHECKING = PLAIN | REPLAYING | {
    "commands.companion", "commands.cores", "commands.outcome", "commands.pool", "commands.readings",
    "commands.check", "commands.checking", "commands.failure", "commands.known", "commands.memory",
    "commands.options", "commands.output", "commands.progress", "commands.target", "contract",
    "discovery", "file", "finder", "linter", "report", "report.concise", "report.excerpt",
    "report.preview", "report.tally", "report.terminal", "report.text", "settings",
}  # fmt: skip

#: What `fix` needs besides for a list in which nothing is to be fixed.
FIXING = {
    "commands.fix", "commands.outlet", "fixer", "report.diff", "report.fixes", "rereading",
}  # fmt: skip


def module_name(path: Path) -> str:
    """`report.text` for `peftlint/report/text.py`, `report` for its `__init__.py`."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}
RULE_MODULES = {path.stem: path for path in sorted(RULES.glob("*.py")) if path.stem != "__init__"}


class Group(NamedTuple):
    """A row of the table: patterns of the modules in it, and the groups that they may import."""

    patterns: set[str]
    imports: set[str]


def groups() -> dict[str, Group]:
    """The rows of the document's table by their names."""
    text = ARCHITECTURE.read_text(encoding="utf-8")
    table = text.partition("<!-- modules: begin -->")[2].partition("<!-- modules: end -->")[0]
    found: dict[str, Group] = {}
    for row in table.strip().splitlines()[2:]:
        name, modules, imports = (cell.strip() for cell in row.strip("|").split("|"))
        words = {word.strip() for word in imports.split(",")} - {"-"}
        found[name] = Group(set(re.findall(r"`([^`]+)`", modules)), words)
    return found


GROUPS = groups()
GROUPS_OF = {
    module: [
        name
        for name, group in GROUPS.items()
        if any(fnmatchcase(module, pattern) for pattern in group.patterns)
    ]
    for module in MODULES
}
GROUP_OF = {module: names[0] for module, names in GROUPS_OF.items() if names}


def imported(path: Path) -> Iterator[str]:
    """The full names of all modules that a file imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno} imports relatively"
            yield from members(node)


def members(node: ast.ImportFrom) -> Iterator[str]:
    """The modules that a `from ... import ...` imports."""
    for alias in node.names:
        # What is imported from a package may be a module of it.
        member = f"{node.module}.{alias.name}"
        is_module = member.removeprefix("peftlint.") in MODULES
        yield member if is_module else str(node.module)


def imported_at_once(path: Path) -> set[str]:
    """The modules that a file imports when it is loaded, but for what annotations alone need."""
    found: set[str] = set()
    left: list[ast.stmt] = list(ast.parse(path.read_text(encoding="utf-8")).body)
    while left:
        match left.pop():
            case ast.Import(names=aliases):
                found.update(alias.name for alias in aliases)
            case ast.ImportFrom() as node:
                found.update(members(node))
            case ast.Try(body=body):
                left += body
    return found


def imported_of_peftlint(path: Path) -> set[str]:
    """The modules of peftlint that a file imports, by their names in the table."""
    found = {name.removeprefix("peftlint.") for name in imported(path) if name[:8] == "peftlint"}
    return {"__init__" if name == "peftlint" else name for name in found}


IMPORTS = {name: imported_of_peftlint(path) for name, path in MODULES.items()}
RULE_IMPORTS = {name: imported_of_peftlint(path) for name, path in RULE_MODULES.items()}


def test_every_module_is_in_one_row_of_the_table() -> None:
    """A module that is not in the table has no place yet."""
    assert {name: found for name, found in GROUPS_OF.items() if len(found) != 1} == {}


def test_every_name_in_the_table_is_that_of_a_module() -> None:
    """Also the patterns: they match something."""
    names = [*MODULES, "rules.*"]
    for group in GROUPS.values():
        for pattern in group.patterns:
            assert any(fnmatchcase(name, pattern) for name in names), pattern


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_what_its_group_may(name: str) -> None:
    """Its own group, and those that the table names."""
    group = GROUP_OF[name]
    assert {GROUP_OF.get(module, module) for module in IMPORTS[name]} <= {
        group,
        *GROUPS[group].imports,
    }


@pytest.mark.parametrize("name", RULE_MODULES)
def test_a_rule_imports_only_what_rules_may(name: str) -> None:
    """A rule knows the model and the words of the trade, not the machinery."""
    assert {GROUP_OF.get(module, module) for module in RULE_IMPORTS[name]} <= GROUPS[
        "rules"
    ].imports


@pytest.mark.parametrize("name", GROUPS)
def test_a_group_imports_all_that_the_table_lets_it(name: str) -> None:
    """The table does not promise what nobody uses."""
    members = [
        imports for module, imports in IMPORTS.items() if GROUP_OF.get(module, module) == name
    ]
    members += RULE_IMPORTS.values() if name == "rules" else []
    used = {GROUP_OF.get(module, module) for imports in members for module in imports} - {name}
    assert used == GROUPS[name].imports


def learns(module: str) -> bool:
    """Whether a module of the group `style`, or one that it imports of it, learns conventions."""
    return module == "convention" or (
        GROUP_OF[module] == "style" and any(map(learns, IMPORTS[module]))
    )


@pytest.mark.parametrize("name", RULE_MODULES)
def test_a_rule_that_learns_from_the_list_says_so(name: str) -> None:
    """By `FOLLOWS_LIST`: what it finds in one entry depends on what most others do."""
    (rule,) = (rule for rule in registry.rules() if rule.name == name.replace("_", "-"))
    options = rule.default_options()
    is_left_to_list = options is not None and AUTO in (
        getattr(options, name) for name in option_fields(rule.options) or ()
    )
    assert rule.follows_list == (any(map(learns, RULE_IMPORTS[name])) or is_left_to_list)


def test_imports_go_one_way() -> None:
    """No module reaches itself through what it imports."""
    left = dict(IMPORTS)
    while left:
        free = {name for name, imports in left.items() if imports.isdisjoint(left)}
        assert free, f"these import one another in a circle: {sorted(left)}"
        left = {name: imports for name, imports in left.items() if name not in free}


def test_groups_stand_in_the_order_of_their_imports() -> None:
    """Each row of the table may import rows above it only."""
    seen = set[str]()
    for name, group in GROUPS.items():
        assert group.imports <= seen, name
        seen.add(name)


@pytest.mark.parametrize("path", [*MODULES.values(), *RULE_MODULES.values()], ids=lambda p: p.stem)
def test_no_rule_is_imported_by_name(path: Path) -> None:
    """Rules come in through the entry-point group, ours like anyone's."""
    assert not [name for name in imported(path) if name.startswith(("peftlint.rules", "rules"))]


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_is_imported_in_one_place(library: str) -> None:
    """What a library does for us can be read, and replaced, in one module."""
    importers = {
        name
        for name, path in {**MODULES, **RULE_MODULES}.items()
        if any(module.partition(".")[0] == library for module in imported(path))
    }
    allowed = LIBRARIES[library]
    assert {name if name in allowed else GROUP_OF[name] for name in importers} == allowed


@pytest.mark.parametrize("name", [*MODULES, *RULE_MODULES])
def test_a_module_is_named_after_what_is_in_it(name: str) -> None:
    """`utils` is a drawer, not a noun."""
    assert FORBIDDEN_NAMES.isdisjoint(name.lower().replace(".", "_").split("_"))


CLEAN = (
    "- **LoRA: Low-Rank Adaptation.** *Edward Hu, Yelong Shen.* ICLR 2022. "
    "[[Paper](https://arxiv.org/abs/2106.09685)]\n"
)
FAULTY = "- **A Title,** ICLR 2022. [[Paper](https://arxiv.org/pdf/2106.09685)]\n"


class Run(NamedTuple):
    """What a run of the command printed, and which modules it had imported at its end."""

    printed: str
    modules: set[str]

    @property
    def slow(self) -> set[str]:
        """Those that take long to import, or that they are part of."""
        return self.modules & SLOW

    @property
    def own(self) -> set[str]:
        """Those of peftlint, by their names in the table, without the rules."""
        names = {name for name in self.modules if name.partition(".")[0] == "peftlint"}
        found = {name.removeprefix("peftlint.") for name in names - {"peftlint"}} | {"__init__"}
        return {name for name in found if name != "rules" and not name.startswith("rules.")}


def run_of(*arguments: str, **variables: str) -> Run:
    """Run the command in a process of its own, as from a shell, with these variables."""
    program = (
        "import sys, atexit; atexit.register(lambda: print(*sys.modules, file=sys.stderr));"
        "from peftlint.launch import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | variables,
    )
    return Run(done.stdout, set(done.stderr.split()))


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_to_tell_the_version_or_help_loads_next_to_nothing(option: str) -> None:
    """No list is read, and no rule."""
    run = run_of(option)
    assert "peftlint" in run.printed
    assert run.own == TELLING
    # click asks `shutil` how wide the terminal is, to wrap the help.
    assert run.slow <= ({"bz2", "shutil"} if option == "--help" else set())
    assert "markdown_it" not in run.modules


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (CLEAN, "All clean"),
        (FAULTY, "PL201"),
        (f"<p align='center'>\n<b>A List</b>\n</p>\n\n{FAULTY}", "PL201"),
        (f"{FAULTY}\n```\na\n```\n\n> b\n\n    c\n\n[d]: https://a.org\n\n*e **f*** [d]", "PL201"),
    ],
    ids=["clean", "faulty", "HTML", "of all kinds"],
)
def test_a_plain_check_loads_only_what_it_needs(tmp_path: Path, text: str, printed: str) -> None:
    """A hook runs on every commit: what is not needed is not waited for."""
    path = tmp_path / "list.md"
    path.write_text(text)
    run = run_of("check", "--exit-zero", "--jobs=1", str(path))
    assert printed in run.printed
    assert not run.modules & {"click", "markdown_it"}
    assert run.slow == set()
    assert {name for name in run.own if GROUP_OF[name] not in READING} <= CHECKING


@pytest.mark.skipif(processes(None) == 1, reason="there is one processor, or no fork")
def test_what_reads_a_list_is_loaded_by_another_process(tmp_path: Path) -> None:
    """Meanwhile this one loads the rules."""
    path = tmp_path / "list.md"
    path.write_text(FAULTY)
    run = run_of("check", "--exit-zero", str(path))
    assert "PL201" in run.printed
    assert not run.modules & {"click", "dataclasses", "markdown_it"}
    assert run.slow == set()
    own = {name for name in run.own if GROUP_OF[name] not in READING}
    assert own <= CHECKING
    read = {name for name in run.own if GROUP_OF[name] in {"markdown", "reading"}}
    assert read == {
        "reading", "reading.gathered", "reading.groundwork", "reading.packed", "reading.shared",
    }  # fmt: skip


def test_what_reads_a_list_does_without_typing() -> None:
    """It takes a twentieth of the time of a short list; annotations are for the type checker."""
    loaded: set[str] = set()
    left = ["commands.companion", "reading.groundwork", "reader"]
    while left:
        name = left.pop()
        loaded.add(name)
        found = imported_at_once(MODULES[name])
        assert "typing" not in found, name
        own = {one.removeprefix("peftlint.") for one in found if one.startswith("peftlint.")}
        left += own - loaded
    assert "markdown.blockparser" in loaded


@pytest.mark.skipif(processes(None) == 1, reason="there is one processor, or no fork")
def test_where_nothing_is_to_be_fixed_no_parser_is_loaded(tmp_path: Path) -> None:
    """But by the other process, which reads the list."""
    path = tmp_path / "list.md"
    path.write_text(CLEAN)
    run = run_of("fix", str(path))
    assert "Nothing to fix" in run.printed
    assert not run.modules & {"click", "markdown_it"}
    assert run.slow == set()
    own = {name for name in run.own if GROUP_OF[name] not in READING}
    assert own - CHECKING <= FIXING


def test_an_equal_check_is_said_again_by_next_to_nothing(tmp_path: Path) -> None:
    """Neither the command line nor Markdown is looked into."""
    path = tmp_path / "list.md"
    path.write_text(FAULTY)
    kept = {"PEFTLINT_NO_CACHE": "", "PEFTLINT_CACHE_DIR": str(tmp_path / "cache")}
    first, second = (run_of("check", "--exit-zero", str(path), **kept) for _ in range(2))
    assert "linter" in first.own
    assert second.printed == first.printed
    assert second.own == REPLAYING
    assert not second.modules & {"click", "markdown_it", "hashlib"}


@pytest.mark.parametrize("name", sorted(REPLAYING))
def test_what_says_a_check_again_waits_for_nothing_of_python(name: str) -> None:
    """But for what Python loads when it starts, and modules that are written in C."""
    imported_first = imported_at_once(MODULES[name])
    others = {one for one in imported_first if one.partition(".")[0] != "peftlint"}
    assert others <= {
        "__future__",
        "_blake2",
        "atexit",
        "io",
        "marshal",
        "os",
        "stat",
        "sys",
        "time",
    }
