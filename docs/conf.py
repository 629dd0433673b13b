"""How Sphinx builds these documents; CONTRIBUTING.md has the command."""

from __future__ import annotations

import os
import posixpath
import re
from importlib.metadata import version as version_of

from sphinx.application import Sphinx

project = "peftlint"
author = "The peftlint authors"
copyright = author
release = version = version_of("peftlint")

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
html_theme = "furo"
html_title = f"peftlint {version}"
# Editors fetch it from where its `$id` says that it is.
html_extra_path = ["peftlint.schema.json", "peftlint-report.schema.json"]
# Pages link to headings as GitHub does.
myst_heading_anchors = 3

#: Where a link leads that leaves this folder. Who builds the pages knows the repository's owner.
REPOSITORY = os.environ.get("READTHEDOCS_GIT_CLONE_URL", "https://github.com/OWNER/peftlint")
#: The page that shows the README.
MANUAL = "manual.md"

_FENCE_OR_LINK = re.compile(
    r"^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)$|\]\((?P<target>\.\./[^()\s]+)\)",
    re.MULTILINE | re.DOTALL,
)


def lead_outside(app: Sphinx, page: str, content: list[str]) -> None:
    """Make links to files outside of this folder lead to the repository, or to the manual.

    Args:
        app: Sphinx.
        page: the page's name, without its ending.
        content: its text, in the one item of the list.
    """
    folder = posixpath.dirname(page)

    def changed(match: re.Match[str]) -> str:
        target = match["target"]
        path = posixpath.normpath(posixpath.join(folder, target)) if target else ""
        if not path.startswith("../"):
            return match[0]
        name, mark, heading = path.removeprefix("../").partition("#")
        if name == "README.md":
            return f"]({posixpath.relpath(MANUAL, folder or '.')}{mark}{heading})"
        return f"]({REPOSITORY.removesuffix('.git')}/blob/HEAD/{name}{mark}{heading})"

    content[0] = _FENCE_OR_LINK.sub(changed, content[0])


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    app.connect("source-read", lead_outside)
