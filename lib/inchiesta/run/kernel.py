"""Execute one notebook in a process of its own: ``python -m inchiesta.run.kernel JOB.json``.

The job file holds ``notebook``, ``executed``, ``parameters`` and ``cell_seconds``. The exit status is not the verdict:
papermill takes ``sys.exit(0)`` in a cell for success, and a saved notebook can say "completed" after its kernel was
killed. The run judges by what the notebook wrote (see `inchiesta.run.judge`).
"""

from __future__ import annotations

import ctypes
import json
import logging
import os
import signal
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any


def main(job: Path) -> int:
    """Execute the notebook the job file describes and give the exit status.

    The last line on standard error says in one line what went wrong, for the run to repeat.
    """
    _die_with_parent()
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    order = json.loads(job.read_text(encoding="utf-8"))
    try:
        _execute(order)
    except PapermillExecutionError as error:
        return _say(f"{error.ename}: {error.evalue}")
    except CellTimeoutError:
        return _say(f"Timeout: a cell took longer than {order['cell_seconds']} s")
    except DeadKernelError:
        return _say("Kernel died: it was killed or ran out of memory")
    return 0


def _execute(order: dict[str, Any]) -> None:
    import papermill
    from traitlets.config import Config

    logging.getLogger("papermill").setLevel(logging.ERROR)
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    # An empty folder to start in, so that a relative path in a notebook fails here as it does under nbval.
    with tempfile.TemporaryDirectory(prefix="inchiesta-") as empty:
        papermill.execute_notebook(
            order["notebook"],
            order["executed"],
            parameters=order["parameters"],
            kernel_name="python3",
            progress_bar=False,
            log_output=False,
            cwd=empty,
            execution_timeout=order["cell_seconds"],
            start_timeout=60,
            # Unix sockets instead of ports: no other user of the machine can reach the kernel.
            config=Config({"KernelManager": {"transport": "ipc"}} if os.name == "posix" else {}),
        )


def _say(what: str) -> int:
    print(" ".join(what.split()), file=sys.stderr)  # noqa: T201 -- the log of the run
    return 1


def _die_with_parent() -> None:
    """Ask Linux to end this process when the run that started it is killed: no orphans."""
    if sys.platform.startswith("linux"):
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
