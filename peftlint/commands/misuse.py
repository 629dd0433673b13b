"""What is said where a command line cannot be meant."""

from __future__ import annotations


class MisuseError(Exception):
    """The options contradict each other, or ask for what there is not; the message says which."""
