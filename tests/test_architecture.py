"""Imports go one way, as the table in `docs/architecture.md` says."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

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

#: Who alone may import a library, and which libraries there are at all.
LIBRARIES = {
    "click": {"cli"},
    "markdown_it": {"markdown"},
    "mdformat": set[str](),
    "msgspec": {"config"},
    "pathspec": {"discovery"},
}


def module_name(path: Path) -> str:
    """`report.text` for `peftlint/report/text.py`, `report` for its `__init__.py`."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}
RULE_MODULES = {path.stem: path for path in sorted(RULES.glob("*.py")) if path.stem != "__init__"}


def table() -> dict[str, set[str]]:
    """What each module may import, by the document's table; `rules/*` is a row as well."""
    text = ARCHITECTURE.read_text(encoding="utf-8")
    between = text.partition("<!-- modules: begin -->")[2].partition("<!-- modules: end -->")[0]
    allowed: dict[str, set[str]] = {}
    for row in between.strip().splitlines()[2:]:
        name, _, imports = (cell.strip() for cell in row.strip("|").split("|"))
        allowed[name.strip("`")] = {word.strip(" `") for word in imports.split(",") if word != "-"}
    return allowed


ALLOWED = table()


def imported(path: Path) -> Iterator[str]:
    """The full names of all modules that a file imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno} imports relatively"
            yield node.module or ""
            # `from peftlint import arxiv` imports a module too.
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imported_of_peftlint(path: Path) -> set[str]:
    """The modules of peftlint that a file imports, named as in the table."""
    found = set[str]()
    for name in imported(path):
        package, _, module = name.partition(".")
        if package == "peftlint" and (module in MODULES or module.startswith("rules")):
            found.add(module)
    return found


def test_the_table_has_a_row_for_every_module_and_no_other() -> None:
    """A module that is not in the table has no place yet."""
    assert set(ALLOWED) == {*MODULES, "rules/*"}


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_what_its_row_says(name: str) -> None:
    """No more, and no less: the table does not promise what is not used."""
    assert imported_of_peftlint(MODULES[name]) == ALLOWED[name]


@pytest.mark.parametrize("name", RULE_MODULES)
def test_a_rule_imports_only_what_rules_may(name: str) -> None:
    """A rule knows the model and the words of the trade, not the machinery."""
    assert imported_of_peftlint(RULE_MODULES[name]) <= ALLOWED["rules/*"]


def test_what_rules_may_import_is_imported_by_some_rule() -> None:
    """The row of `rules/*` does not promise what is not used either."""
    used = set().union(*(imported_of_peftlint(path) for path in RULE_MODULES.values()))
    assert used == ALLOWED["rules/*"]


def test_imports_go_one_way() -> None:
    """No module reaches itself through what it imports."""
    above: dict[str, set[str]] = {name: set(ALLOWED[name]) for name in MODULES}
    while above:
        free = {name for name, imports in above.items() if not imports & set(above)}
        assert free, f"these import one another in a circle: {sorted(above)}"
        above = {name: imports for name, imports in above.items() if name not in free}


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
    assert importers == LIBRARIES[library]


@pytest.mark.parametrize("name", [*MODULES, *RULE_MODULES])
def test_a_module_is_named_after_what_is_in_it(name: str) -> None:
    """`utils` is a drawer, not a noun."""
    assert FORBIDDEN_NAMES.isdisjoint(name.lower().replace(".", "_").split("_"))
