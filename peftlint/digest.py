"""Hashes of bytes, for what is remembered by its content."""

from __future__ import annotations

try:
    # Not hashlib, which loads OpenSSL: 3 to 11 ms, more than all else that a cached run does.
    from _blake2 import blake2b
except ImportError:  # pragma: no cover - another Python than CPython
    from hashlib import blake2b

__all__ = ["NAME_BYTES", "blake2b", "hash_of"]

#: So long is what `hash_of` returns.
NAME_BYTES = 20


def hash_of(*parts: bytes) -> bytes:
    """A hash of some bytes, which tells where one part ends and the next begins."""
    state = blake2b(digest_size=NAME_BYTES)
    for part in parts:
        state.update(len(part).to_bytes(8, "little"))
        state.update(part)
    return state.digest()
