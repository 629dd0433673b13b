"""The command that checks case files, or writes them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from peftlint.testing.case import cases, check_case, check_case_file, update


def main(arguments: Sequence[str] | None = None) -> int:
    """Check case files, or with `--update` write into them what the rules do now.

    Args:
        arguments: those of the command line where they are not given.

    Returns:
        The exit code: 1 where something is not as the files say.
    """
    # Only the command needs it.
    import argparse

    parser = argparse.ArgumentParser("peftlint.testing", description="Check or write case files.")
    parser.add_argument("--update", action="store_true", help="write what the rules do now")
    parser.add_argument("paths", nargs="+", type=Path, help="case files, or folders of them")
    given = parser.parse_args(arguments)
    failed = False
    for path in given.paths:
        for one in sorted(path.glob("*.md")) if path.is_dir() else [path]:
            try:
                if given.update and update(one):
                    sys.stdout.write(f"{one}: written; read the difference\n")
                for case in cases(one):
                    check_case(case)
                check_case_file(one)
            except (AssertionError, OSError) as error:
                failed = True
                sys.stderr.write(f"{error}\n")
    return int(failed)
