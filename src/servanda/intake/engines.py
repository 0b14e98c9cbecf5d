"""Where the parts of a run are worked on: in this process, in some beside it, or on a Dask cluster.

Work is a function of the part alone, so that the engine changes nothing but the time. Results come as they are ready; whoever
needs an order has the part's number.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

from servanda.intake.items import MB
from servanda.model.errors import InputError, UnknownName

ENGINES = ("local", "dask")
PAYS = 24 * MB  # of input below which starting processes takes longer than they save
AHEAD = 2  # parts handed out for each worker: enough to keep it busy, few enough to keep memory flat


class Part(Protocol):
    """A part of a run: its number, and its size in bytes, about, which says whether processes pay."""

    @property
    def number(self) -> int:
        """Its place in the run."""

    @property
    def size(self) -> int:
        """Bytes to be read."""


class Work(Protocol):
    """What is done with a part; it and its result can be sent to another process."""

    def __call__(self, part: Any, /) -> Any:
        """The part's result."""

    def failed(self, part: Any, /, why: str) -> Any:
        """The result of a part that took its process with it."""


def run(
    work: Work, parts: Sequence[Part], *, engine: str = "local", address: str | None = None, workers: int | None = None
) -> Iterator[Any]:
    """Results of all parts, as they are ready. UnknownName for no such engine; InputError where a cluster does not answer."""
    if engine not in ENGINES:
        raise UnknownName("engine", engine, ENGINES)
    if address is not None and engine != "dask":
        raise InputError("only the engine dask takes an address", remedy="give `engine` as dask, or no `address`")
    if engine == "dask":
        return _dask(work, parts, address, workers)
    count = workers if workers is not None else min(os.cpu_count() or 1, 8)
    if min(count, len(parts)) < 2 or (workers is None and sum(p.size for p in parts) < PAYS):
        return (work(part) for part in parts)
    return _processes(work, parts, min(count, len(parts)))


def _processes(work: Work, parts: Sequence[Part], workers: int) -> Iterator[Any]:
    from concurrent.futures.process import BrokenProcessPool

    done: set[int] = set()
    try:
        for number, result in _pool(work, parts, workers):
            done.add(number)
            yield result
        return
    except BrokenProcessPool:
        pass  # one part took its process down: the rest go one by one, so that it is known which
    for part in parts:
        if part.number in done:
            continue
        try:
            for _, result in _pool(work, [part], 1):
                yield result
        except BrokenProcessPool:
            yield work.failed(part, "reading it ended its process: too much memory, or a fault in a parser")


def _pool(work: Work, parts: Sequence[Part], workers: int) -> Iterator[tuple[int, Any]]:
    import multiprocessing
    from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait

    # spawned, not forked: libraries with threads of their own do not survive a fork
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        queue = iter(parts)
        running: dict[Future[Any], int] = {}
        try:
            while True:
                for part in queue:
                    running[pool.submit(work, part)] = part.number
                    if len(running) >= workers * AHEAD:
                        break
                if not running:
                    return
                ready, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in sorted(ready, key=running.__getitem__):
                    yield running.pop(future), future.result()
        finally:
            for future in running:
                future.cancel()


def _dask(work: Work, parts: Sequence[Part], address: str | None, workers: int | None) -> Iterator[Any]:
    try:
        from distributed import Client, LocalCluster, as_completed
    except ImportError:
        raise InputError("the engine dask is not installed", remedy='pip install "servanda[cluster]"') from None
    import logging

    logging.getLogger("distributed").setLevel(logging.ERROR)
    cluster = None
    if address is None:
        count = workers or min(os.cpu_count() or 1, 8)
        cluster = LocalCluster(
            n_workers=count, threads_per_worker=1, dashboard_address="127.0.0.1:0", memory_limit=None
        )
    try:
        client = Client(cluster if cluster is not None else address, timeout=15)
    except (OSError, TimeoutError, ValueError) as error:
        what = f"no Dask scheduler answers ({type(error).__name__})"
        raise InputError(what, where=address, remedy="give its address, such as tcp://host:8786") from None
    try:
        yield from _submitted(client, as_completed, work, parts)
    finally:
        client.close()
        if cluster is not None:
            cluster.close()


def _submitted(client: Any, as_completed: Callable[..., Any], work: Work, parts: Sequence[Part]) -> Iterator[Any]:
    threads = sum(client.nthreads().values()) or 1
    queue, of = iter(parts), {}

    def send() -> Any:
        part = next(queue, None)
        if part is None:
            return None
        future = client.submit(work, part, pure=False, retries=1)
        of[future.key] = part
        return future

    first = [f for f in (send() for _ in range(threads * AHEAD)) if f is not None]
    ready = as_completed(first)
    for future in ready:
        part = of.pop(future.key)
        error = future.exception()
        if error is None:
            yield future.result()
        elif type(error).__name__ == "KilledWorker":
            yield work.failed(part, "reading it ended its worker: too much memory, or a fault in a parser")
        else:
            raise error
        future.release()
        if (more := send()) is not None:
            ready.add(more)
