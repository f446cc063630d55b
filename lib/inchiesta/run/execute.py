"""Execute the notebooks of a run, two at a time, each in a process group of its own, under one watchdog."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from inchiesta.errors import RunError
from inchiesta.parameters import Value
from inchiesta.progress import Progress
from inchiesta.run.judge import code_cells, is_injected
from inchiesta.settings import find_home

# A kernel and the imports cost 3 to 5 s and one core: two at a time halve the wait on two cores, more only queue.
AT_ONCE = 2
# A cell that computes for longer than this is stuck: the tables were computed before the notebooks started.
CELL_SECONDS = 600
RUN_SECONDS = 3600


@dataclass
class _Job:
    notebook: Path
    process: subprocess.Popen[bytes]
    log: Path
    started: float


def execute_notebooks(
    notebooks: Sequence[Path],
    parameters: Mapping[str, Mapping[str, Value]],
    *,
    folder: Path,
    work: Path,
    progress: Progress,
    cell_seconds: int = CELL_SECONDS,
    run_seconds: int = RUN_SECONDS,
) -> None:
    """Execute ``notebooks`` into ``folder/notebooks``.

    Parameters
    ----------
    parameters
        Notebook stem to its parameters, already checked.
    work
        Folder for job files and logs; not part of the report.
    cell_seconds, run_seconds
        How long a cell, and all notebooks together, may take.

    Raises
    ------
    RunError
        If a notebook fails; names the notebook and the cell where it is known. The other notebooks are ended.
    """
    (folder / "notebooks").mkdir(parents=True, exist_ok=True)
    waiting, running = list(notebooks), list[_Job]()
    deadline = time.monotonic() + run_seconds
    with progress.stage("notebooks", len(notebooks)):
        try:
            while waiting or running:
                while waiting and len(running) < AT_ONCE:
                    running.append(
                        _start(waiting.pop(0), parameters, folder=folder, work=work, cell_seconds=cell_seconds)
                    )
                for job in [job for job in running if job.process.poll() is not None]:
                    running.remove(job)
                    _check_ended(job)
                    progress.advanced("notebooks", 1)
                if time.monotonic() > deadline:
                    names = ", ".join(job.notebook.stem for job in running)
                    raise RunError(f"the notebooks took longer than {run_seconds} s; still running: {names}")
                time.sleep(0.05)
        finally:
            for job in running:
                _end(job.process)


def _start(
    notebook: Path, parameters: Mapping[str, Mapping[str, Value]], *, folder: Path, work: Path, cell_seconds: int
) -> _Job:
    job = work / f"{notebook.stem}.json"
    order = {
        "notebook": str(notebook),
        "executed": str(folder / "notebooks" / notebook.name),
        "parameters": dict(parameters[notebook.stem]),
        "cell_seconds": cell_seconds,
    }
    job.write_text(json.dumps(order, ensure_ascii=False), encoding="utf-8")
    log = work / f"{notebook.stem}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "inchiesta.run.kernel", str(job)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            env=_environment(),
        )
    return _Job(notebook, process, log, time.monotonic())


def _environment() -> dict[str, str]:
    # One BLAS thread: the same sums in the same order on any machine, and two kernels do not fight for two cores.
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    quiet = {"PYDEVD_DISABLE_FILE_VALIDATION": "1", "JUPYTER_PLATFORM_DIRS": "1", "PYTHONHASHSEED": "0"}
    # The kernel works in an empty folder: it must be told where the project is.
    return {**os.environ, **one, **quiet, "INCHIESTA_HOME": str(find_home())}


def _check_ended(job: _Job) -> None:
    status = job.process.returncode
    if status == 0:
        return
    cell = _failed_cell(job)
    what = f"ended by signal {-status}" if status < 0 else _last_line(job.log)
    raise RunError(f"notebook {job.notebook.stem} failed{cell}: {what}")


def _failed_cell(job: _Job) -> str:
    order = json.loads(job.log.with_suffix(".json").read_text(encoding="utf-8"))
    try:
        executed = json.loads(Path(order["executed"]).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    code = [cell for cell in code_cells(executed) if not is_injected(cell)]
    for number, cell in enumerate(code, 1):
        state = cell.get("metadata", {}).get("papermill", {}).get("status")
        if state in ("failed", "running") or any(out.get("output_type") == "error" for out in cell.get("outputs", [])):
            return f" in cell {number} of {len(code)}"
    return ""


def _last_line(log: Path) -> str:
    """Give the last line of the log: the error's name and message, not the texts a traceback may quote."""
    lines = [line.strip() for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    return lines[-1][:300] if lines else "it ended without a word"


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a notebook's process together with its kernel."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()
