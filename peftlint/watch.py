"""How far a long piece of work is, for someone who watches it."""

from __future__ import annotations

from collections.abc import Callable

#: Is told again and again what share of a work is done, from 0 to 1.
Watch = Callable[[float], None]


def part(watch: Watch | None, start: float, end: float) -> Watch | None:
    """A watch for a part of a work.

    Args:
        watch: of the whole; `None` where nobody watches.
        start: the share of the whole that is done before the part, from 0 to 1.
        end: the same after it.
    """
    if watch is None:
        return None
    return lambda share: watch(start + (end - start) * share)
