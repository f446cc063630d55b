"""What long work tells while it runs; the command line draws it, a notebook kernel stays silent."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Progress:
    """Silent progress. Subclasses draw; the library only calls these methods.

    A stage can contain others; the seconds told at its end are its own.
    """

    def __init__(self) -> None:
        self._inner = [0.0]

    def started(self, stage: str, total: int) -> None:
        """Begin ``stage`` with ``total`` items to do."""

    def advanced(self, stage: str, number: int) -> None:
        """Tell that ``number`` more items of ``stage`` are done."""

    def finished(self, stage: str, total: int, seconds: float) -> None:
        """End ``stage`` after ``seconds``."""

    @contextmanager
    def stage(self, stage: str, total: int) -> Iterator[None]:
        """Tell the beginning and the end of ``stage`` around a piece of work."""
        begun = time.perf_counter()
        self._inner.append(0.0)
        self.started(stage, total)
        try:
            yield
        finally:
            seconds = time.perf_counter() - begun
            own = seconds - self._inner.pop()
            self._inner[-1] += seconds
            self.finished(stage, total, own)
