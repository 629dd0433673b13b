"""Equal values of many entries as one and the same, which takes the memory of one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache


@lru_cache(maxsize=256)
def shared_columns(columns: frozenset[int]) -> frozenset[int]:
    """One and the same set for the many rows that have addresses in the same columns."""
    return columns


@lru_cache(maxsize=1024)
def shared_evidence(read_by: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """One and the same mapping for the many entries whose fields are told by the same."""
    return dict(read_by)
