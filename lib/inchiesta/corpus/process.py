"""The parser process as its parent sees it: started when needed, never waited for longer than allowed."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import inchiesta

Answer = TypeVar("Answer")

# One read of a pipe; Linux pipes hold 64 KB.
_CHUNK = 1 << 16
_PACKAGE_ROOT = str(Path(inchiesta.__file__).parent.parent)
# What Python itself needs to start on each platform; nothing else of the user's environment reaches the child.
_KEPT_VARIABLES = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONHOME", "PYTHONPATH", "TZ")


class ProcessTimeoutError(Exception):
    """The child did not answer in time and was killed."""


class ProcessEndedError(Exception):
    """The child ended; ``words`` say how."""


class ChildProcess:
    """One running child with two pipes; every call ends by a deadline.

    Parameters
    ----------
    memory_bytes
        Address space the child allows itself.
    """

    def __init__(self, *, memory_bytes: int) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-s", "-B", "-m", "inchiesta.corpus.child", str(memory_bytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Library messages may quote the text.
            stderr=subprocess.DEVNULL,
            env=_environment(),
            bufsize=0,
        )
        assert self.process.stdin and self.process.stdout  # noqa: S101 (both were asked for)
        self._input, self._output = self.process.stdin.fileno(), self.process.stdout.fileno()
        self._arrived = bytearray()
        # Windows cannot select on pipes: there a timer kills the child, and the blocked call returns.
        self._can_select = os.name == "posix"
        if self._can_select:
            os.set_blocking(self._input, False)

    def write(self, pieces: list[bytes], *, seconds: float) -> None:
        """Send bytes, or raise ProcessTimeoutError or ProcessEndedError."""
        deadline = time.monotonic() + seconds
        for piece in pieces:
            rest = memoryview(piece)
            while rest:
                step = partial(self._write_some, rest[: _CHUNK * 16])
                rest = rest[self._within(deadline, step, self._input, False) :]

    def read(self, n_bytes: int, *, seconds: float) -> bytes:
        """Receive exactly ``n_bytes``, or raise ProcessTimeoutError or ProcessEndedError."""
        deadline = time.monotonic() + seconds
        while len(self._arrived) < n_bytes:
            chunk = self._within(deadline, lambda: os.read(self._output, _CHUNK * 16), self._output, True)
            if not chunk:
                raise ProcessEndedError(self._how_it_ended())
            self._arrived += chunk
        data = bytes(self._arrived[:n_bytes])
        del self._arrived[:n_bytes]
        return data

    def has_ended(self) -> bool:
        """Tell whether the child is gone."""
        return self.process.poll() is not None

    def kill(self) -> None:
        """End the child at once; harmless when it has ended."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()

    def _write_some(self, data: memoryview) -> int:
        try:
            return os.write(self._input, data)
        except BlockingIOError:
            return 0
        except OSError as error:
            raise ProcessEndedError(self._how_it_ended()) from error

    def _within(self, deadline: float, call: Callable[[], Answer], handle: int, reading: bool) -> Answer:
        left = deadline - time.monotonic()
        if left <= 0:
            raise ProcessTimeoutError
        if not self._can_select:
            return self._with_timer(left, call)
        ready = select.poll()
        ready.register(handle, select.POLLIN if reading else select.POLLOUT)
        if not ready.poll(left * 1000):
            raise ProcessTimeoutError
        return call()

    def _with_timer(self, seconds: float, call: Callable[[], Answer]) -> Answer:
        ends = time.monotonic() + seconds
        timer = threading.Timer(seconds, self.process.kill)
        timer.start()
        try:
            return call()
        finally:
            timer.cancel()
            if timer.finished.is_set() and self.process.poll() is not None and time.monotonic() > ends:
                raise ProcessTimeoutError

    def _how_it_ended(self) -> str:
        try:
            code = self.process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return "closed its output"
        return f"was ended by signal {-code}" if code < 0 else f"ended with status {code}"


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    paths = [_PACKAGE_ROOT, *filter(None, [kept.get("PYTHONPATH", "")])]
    # One thread each: numeric libraries reserve address space per core, and the child has little.
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return kept | threads | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
