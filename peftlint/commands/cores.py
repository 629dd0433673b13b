"""How much can be done at once."""

from __future__ import annotations

import os


def cores() -> int:
    """How many processes can work at the same time; 1 where a process cannot be copied."""
    if not hasattr(os, "fork"):
        return 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
