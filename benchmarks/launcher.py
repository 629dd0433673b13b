"""Run one command, stop it after a limit, and print what it took.

`python -I -S launcher.py LIMIT SAMPLED OUTPUT COMMAND...` writes what the command prints to the
file OUTPUT and prints five numbers: wall seconds, the processor's seconds, the peak of memory in
bytes, the exit code, and whether the command was stopped (0 or 1).

A process of its own, because Linux counts what a process held before it became another program
as that program's memory (`setmax_mm_hiwater_rss` in the kernel's fs/exec.c): with all that
`run.py` imports, nothing could take less than 20 MiB.
So nothing is imported here that is not needed.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from typing import NoReturn

#: Seconds between two looks at the memory of all processes, at least.
PAUSE = 0.02
#: A look is this part of the time at most; what is measured should not feel it.
LOOKING = 0.02


def start(command: list[str], output: str) -> NoReturn:
    """Become the command, in a session of its own by which its processes are known."""
    try:
        os.setsid()
        target = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(target, 1)
        os.dup2(target, 2)
        os.execvp(command[0], command)  # noqa: S606 - there is no shell in it
    finally:
        os._exit(127)


def session_of(process: str) -> int:
    """The session of a process, see proc_pid_stat(5); the name before it may hold anything.

    Raises:
        OSError: it is gone.
    """
    with open(f"/proc/{process}/stat", "rb") as file:  # noqa: PTH123 - pathlib takes memory
        return int(file.read().rpartition(b")")[2].split()[3])


def share_of(process: str) -> int:
    """The bytes that a process holds; what n processes share counts for each by one n-th.

    Raises:
        OSError: it is gone.
    """
    with open(f"/proc/{process}/smaps_rollup", "rb") as file:  # noqa: PTH123
        for line in file:
            if line.startswith(b"Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def held(session: int) -> int:
    """The bytes that the processes of a session hold together; 0 where it is a single one.

    The kernel knows the peak of a single one better, and does not have to be asked before its end.
    """
    processes = []
    for name in os.listdir("/proc"):  # noqa: PTH208
        if name.isdigit():
            try:
                if session_of(name) == session:
                    processes.append(name)
            except OSError:
                continue
    total = 0
    for name in processes if len(processes) > 1 else ():
        try:
            total += share_of(name)
        except OSError:
            continue
    return total


def main() -> None:
    """Run the command."""
    limit, sampled = float(sys.argv[1]), sys.argv[2] == "1" and sys.platform == "linux"
    # The end of the command arrives as a byte, for which one can wait as long as one likes.
    ended, signalled = os.pipe()
    os.set_blocking(signalled, False)
    signal.set_wakeup_fd(signalled)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    begin = time.perf_counter()
    process = os.fork()
    if not process:
        start(sys.argv[4:], sys.argv[3])
    peak, stopped, pause = 0, 0, PAUSE
    try:
        while True:
            left = begin + limit - time.perf_counter()
            if select.select([ended], [], [], max(0.0, min(left, pause) if sampled else left))[0]:
                break
            if time.perf_counter() - begin >= limit:
                stopped = 1
                break
            looked = time.perf_counter()
            peak = max(peak, held(process))
            pause = max(PAUSE, (time.perf_counter() - looked) / LOOKING)
    except BaseException:
        stopped = 1
        raise
    finally:
        seconds = time.perf_counter() - begin
        if stopped:
            try:
                os.killpg(process, signal.SIGKILL)
            except ProcessLookupError:  # it has no session yet
                os.kill(process, signal.SIGKILL)
        _, status, usage = os.wait4(process, 0)
    # Linux counts in kibibytes, macOS in bytes (getrusage(2) of each).
    largest = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    code = os.waitstatus_to_exitcode(status)
    print(seconds, usage.ru_utime + usage.ru_stime, max(peak, largest), code, stopped)


if __name__ == "__main__":
    main()
