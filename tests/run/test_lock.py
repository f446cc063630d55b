"""One run per corpus at a time; a run that died blocks nobody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from inchiesta.errors import LockedError
from inchiesta.run.lock import hold_lock

HOLD = """
import sys, time
from pathlib import Path
from inchiesta.run.lock import hold_lock
with hold_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_the_second_run_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    process = holder(tmp_path)
    try:
        with (
            pytest.raises(LockedError, match=rf"process {process.pid}, started 20\d\d-") as caught,
            hold_lock(tmp_path),
        ):
            pass
        assert caught.value.exit_code == 5
    finally:
        process.kill()
        process.wait()


def test_a_killed_run_leaves_no_stale_lock_and_is_named(tmp_path: Path) -> None:
    process = holder(tmp_path)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    with hold_lock(tmp_path) as notice:
        assert f"took over from run {process.pid}, which died" in notice


def test_a_run_that_ended_leaves_no_word(tmp_path: Path) -> None:
    for _ in range(2):
        with hold_lock(tmp_path) as notice:
            assert notice == ""
