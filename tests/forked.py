"""Commands in copies of the test process: they start at once, and can be killed."""

import os
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

from cleaner.cli import main


def start_command(*arguments: Any, before: Callable[[], None] = lambda: None) -> int:
    """Start a command in a copy of this process, after ``before``; its process id."""
    process = os.fork()
    if process:
        return process
    code = 99
    try:
        os.setsid()
        silence = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(silence, descriptor)
        sys.stderr = sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115
        before()
        code = main([os.fspath(argument) for argument in arguments])
    finally:
        os._exit(code)


def wait_for(process: int) -> int:
    """The exit code of a command, or minus the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def run_forked(*arguments: Any, before: Callable[[], None] = lambda: None) -> int:
    """Run a command to its end; its exit code."""
    return wait_for(start_command(*arguments, before=before))


def kill_after(process: int, seconds: float) -> int:
    """Kill a command at some moment, as ``kill -9`` does."""
    time.sleep(seconds)
    os.kill(process, signal.SIGKILL)
    return wait_for(process)
