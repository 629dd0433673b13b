"""The program ends at once, and loses nothing of what was to be written or done."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest


def started(main: str, stdout: int | None = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    """Start the program, with this body of `main` for its own."""
    body = "\n    ".join(main.split("; "))
    program = (
        "import atexit, sys\n"
        "from peftlint import launch\n"
        f"def main():\n    {body}\n"
        "launch.main = main\n"
        "launch.start()\n"
        "print('not ended')\n"
    )
    return subprocess.run(
        [sys.executable, "-c", program],
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("end", "code"), [("pass", 0), ("sys.exit()", 0), ("sys.exit(0)", 0), ("sys.exit(130)", 130)]
)
def test_its_exit_code_is_that_of_the_command(end: str, code: int) -> None:
    done = started(f"print('said', end=''); sys.stderr.write('told'); {end}")
    assert (done.returncode, done.stdout, done.stderr) == (code, "said", "told")


def test_a_message_to_exit_with_is_told() -> None:
    done = started("sys.exit('that is why')")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "that is why\n")


def test_what_others_do_at_the_end_is_done() -> None:
    """What measures tests writes down what it has seen, and tells of it."""
    done = started("atexit.register(print, 'measured'); sys.exit(1)")
    assert (done.returncode, done.stdout) == (1, "measured\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk to try")
def test_what_cannot_be_written_at_the_end_is_told() -> None:
    with Path("/dev/full").open("w") as full:
        done = started("print('said')", full.fileno())
    assert done.returncode != 0
    assert "No space left" in done.stderr


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="no process can be stopped here")
@pytest.mark.parametrize(
    "write", ["sys.stdout.write(text)", "sys.stdout.buffer.write(text.encode())"]
)
def test_all_is_written_where_python_is_told_not_to_buffer(write: str) -> None:
    """Also where a signal comes when a pipe has taken a part: the system tells of that part."""
    program = (
        "import sys\n"
        "from peftlint import launch\n"
        "text = 'a' * 1_000_000\n"
        f"launch.main = lambda: {write}\n"
        "launch.start()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-u", "-c", program], stdout=subprocess.PIPE, bufsize=0
    ) as run:
        pipe = run.stdout
        assert pipe is not None
        # It has begun to write, and nobody reads on.
        start = pipe.read(1)
        time.sleep(0.2)
        run.send_signal(signal.SIGSTOP)
        time.sleep(0.2)
        run.send_signal(signal.SIGCONT)
        rest = b"".join(iter(partial(pipe.read, 1 << 16), b""))
    assert len(start + rest) == 1_000_000
