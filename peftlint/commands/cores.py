"""How much can be done at once."""

from __future__ import annotations

import os


def processes(wanted: int | None) -> int:
    """In how many processes to work.

    Args:
        wanted: at most so many; `None` for as many as can run at the same time.

    Returns:
        1 where this system cannot copy a process.
    """
    if not hasattr(os, "fork"):
        return 1
    if wanted is not None:
        return wanted
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
