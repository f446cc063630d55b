"""Run a per-document function over many documents, in this process or in several.

The functions are pure and the batches are cut the same way whatever the number of workers, so 1 worker and 8 give the
same tables.
"""

from __future__ import annotations

import atexit
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from typing import Any, TypeVar

from inchiesta.errors import WorkerDiedError
from inchiesta.progress import Progress
from inchiesta.settings import count_workers

Result = TypeVar("Result")

# 500 documents a task gave 1.9 times the speed of one process on two cores; smaller tasks pay for pickling.
BATCH = 500
# Below this many documents starting processes costs more than it saves (about 1.5 s of imports each).
WORTH_A_POOL = 300


def cut_batches(keys: Sequence[str], *, size: int = BATCH) -> list[list[str]]:
    """Cut ``keys`` into lists of at most ``size``, in order."""
    return [list(keys[start : start + size]) for start in range(0, len(keys), size)]


def run_batches(
    function: Callable[..., Result],
    make_task: Callable[[int], tuple[Any, ...]],
    *,
    stage: str,
    sizes: Sequence[int],
    progress: Progress,
) -> Iterator[tuple[int, Result]]:
    """Run ``function(*make_task(number))`` for every batch and give (number, result) in the order of the batches.

    Parameters
    ----------
    function
        A function of a module, so that it can be sent to another process.
    make_task
        Makes the arguments of a batch when its turn comes, so that not all are in memory at once.
    sizes
        Documents in each batch, for the progress and for the decision whether processes are worth their start.

    Raises
    ------
    WorkerDiedError
        If a worker process died; the message names the stage.
    """
    total = sum(sizes)
    if not total:
        return
    with progress.stage(stage, total):
        if count_workers() == 1 or total < WORTH_A_POOL or len(sizes) < 2:
            for number in range(len(sizes)):
                yield number, function(*make_task(number))
                progress.advanced(stage, sizes[number])
            return
        yield from _run_in_pool(function, make_task, stage=stage, sizes=sizes, progress=progress)


def _run_in_pool(
    function: Callable[..., Result],
    make_task: Callable[[int], tuple[Any, ...]],
    *,
    stage: str,
    sizes: Sequence[int],
    progress: Progress,
) -> Iterator[tuple[int, Result]]:
    pool = _pool(count_workers())
    waiting: dict[int, Future[Result]] = {}
    ahead = 2 * count_workers()  # enough to keep all busy, little enough not to hold every batch in memory
    try:
        for number in range(len(sizes)):
            for coming in range(number, min(number + ahead, len(sizes))):
                if coming not in waiting:
                    waiting[coming] = pool.submit(function, *make_task(coming))
            result = waiting.pop(number).result()
            progress.advanced(stage, sizes[number])
            yield number, result
    except BrokenProcessPool as error:
        _pool.cache_clear()
        raise WorkerDiedError(
            f"a worker process died during '{stage}' (out of memory?); INCHIESTA_WORKERS=1 shows at which document"
        ) from error
    finally:
        for future in waiting.values():
            future.cancel()


def run_alone(function: Callable[..., Result], task: tuple[Any, ...]) -> Result | None:
    """Run one task in a process of its own; nothing comes back when that process dies."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"), initializer=_one_thread) as pool:
        try:
            return pool.submit(function, *task).result()
        except BrokenProcessPool:
            return None


@lru_cache(maxsize=1)
def _pool(workers: int) -> ProcessPoolExecutor:
    # forkserver: no thread of this process is copied, and the imports are paid once.
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(["inchiesta.corpus.batches", "pandas", "pyarrow"])
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_one_thread)
    atexit.register(pool.shutdown, wait=False, cancel_futures=True)
    return pool


def _one_thread() -> None:
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
