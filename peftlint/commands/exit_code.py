"""What the exit codes mean."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What a shell or a hook learns from a run."""

    CLEAN = 0
    #: Findings, or with `fix` findings that are left.
    FINDINGS = 1
    #: Misuse, a broken config or plugin, or a file that could not be done.
    FAILURE = 2
    #: Ctrl-C: 128 and the signal's number, as shells have it.
    INTERRUPTED = 130
