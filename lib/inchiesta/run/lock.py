"""One run per corpus at a time.

The lock is the operating system's (it ends with its process, so nothing stale can block); the file beside it only says
whose it is.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from inchiesta.errors import LockedError


@contextmanager
def hold_lock(folder: Path) -> Iterator[str]:
    """Hold the lock of the reports in ``folder``.

    Yields
    ------
    str
        Empty, or what is to be said about a run that died while it held the lock.

    Raises
    ------
    LockedError
        If another run holds it; the message names its process and its start.
    """
    folder.mkdir(parents=True, exist_ok=True)
    # Appending keeps the other run's note when the lock is not ours.
    with (folder / ".lock").open("a+", encoding="utf-8") as file:
        if not _try_lock(file):
            other = _read_note(file)
            raise LockedError(
                f"another run is at work on this corpus (process {other.get('pid', 'unknown')}, started "
                f"{other.get('started', 'at an unknown time')}); wait for it or end it, then run again"
            )
        left = _read_note(file)
        file.truncate(0)
        file.write(json.dumps({"pid": os.getpid(), "started": time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime())}))
        file.flush()
        try:
            yield f"took over from run {left['pid']}, which died ({left.get('started')})" if left.get("pid") else ""
        finally:
            file.truncate(0)


def _read_note(file: IO[str]) -> dict[str, Any]:
    file.seek(0)
    try:
        note = json.loads(file.read() or "{}")
    except ValueError:
        return {}
    return note if isinstance(note, dict) else {}


def _try_lock(file: IO[str]) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        try:
            file.seek(1 << 20)  # a byte past the note, so that others can still read it
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
