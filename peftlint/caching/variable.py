"""The variables of the environment that change what a check says."""

from __future__ import annotations

#: Each that peftlint asks for, but those that say where results are kept, and those for git,
#: which is asked only for what is new since a revision; and Python's own about output.
VARIABLES = (
    "CI",
    "COLORTERM",
    "COLUMNS",
    "DOMTERM",
    "FORCE_COLOR",
    "FORCE_HYPERLINK",
    "GITHUB_ACTIONS",
    "GITHUB_WORKSPACE",
    "KITTY_WINDOW_ID",
    "KONSOLE_VERSION",
    "NO_COLOR",
    "PEFTLINT_TRACEBACK",
    "TERM",
    "TERM_PROGRAM",
    "VTE_VERSION",
    "WT_SESSION",
)
