"""Heavy arithmetic beside the server: one niced process, so that answers stay quick."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from importlib import import_module
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Lock, Thread
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_NICENESS = 10


class Pool:
    """One warm worker process; a worker that dies is replaced and the call made again, once."""

    def __init__(self, *modules: str) -> None:
        """Start the worker; it imports these modules, so that the first call is quick too."""
        self._modules = modules
        self._lock = Lock()
        self._executor = self._started()

    def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the function returns, from the other process; its errors are raised here.

        Function, arguments and result must pickle. Raises BrokenProcessPool if the worker dies
        twice: then it is the function that kills it.
        """
        executor = self._executor
        try:
            return executor.submit(function, *args, **kwargs).result()
        except BrokenProcessPool:
            self._replace(executor)
            return self._executor.submit(function, *args, **kwargs).result()

    def close(self) -> None:
        """End the worker, after the call it is in."""
        self._executor.shutdown(cancel_futures=True)

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._executor is broken:
                broken.shutdown(wait=False)
                self._executor = self._started()

    def _started(self) -> ProcessPoolExecutor:
        executor = ProcessPoolExecutor(
            max_workers=1,
            mp_context=get_context("spawn"),
            initializer=_settle_in,
            initargs=(self._modules,),
        )
        executor.submit(os.getpid)
        return executor


def _settle_in(modules: tuple[str, ...]) -> None:
    os.nice(_NICENESS)
    Thread(target=_leave_with_parent, daemon=True).start()
    for module in modules:
        import_module(module)


def _leave_with_parent() -> None:
    # A parent that was killed cannot say goodbye, and the worker would wait for it for ever.
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(0)
