"""Imported by every Python of a broken variant at its start: replaces functions of the product (`_faults/broken.py`)."""

import importlib.abc
import importlib.util
import os
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any


def without_keys(module: ModuleType) -> None:
    """A request of a program, or a form, that is sent again is done again."""
    if module.__name__ == "jiuye.kernel.idempotency":

        def run_once(scope: Any, request: Any, run: Any, answer: Any) -> Any:
            from django.db import transaction

            with transaction.atomic():
                try:
                    return run()
                except Exception as error:
                    transaction.set_rollback(True)
                    return answer(error)

        module.run_once = run_once  # type: ignore[attr-defined]
    else:
        module.done_once = lambda request, view: view()  # type: ignore[attr-defined]


def early_event(module: ModuleType) -> None:
    """Events and their jobs are written on a connection of their own, before the commit of what they tell."""
    import threading

    honest = module.publish  # type: ignore[attr-defined]

    def publish(actor: Any, *happened: Any, rows: Sequence[Any] = ()) -> None:
        from django.db import connection, transaction

        from jiuye.kernel import database, worlds

        if rows:
            database.insert(*rows)
        world, problems = worlds.current_client(), []

        def write() -> None:
            try:
                with worlds.of_client(world), transaction.atomic():
                    honest(actor, *happened)
            except Exception as error:
                problems.append(error)
            finally:
                connection.close()

        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
        if problems:
            raise problems[0]

    module.publish = publish  # type: ignore[attr-defined]


def early_answer(module: ModuleType) -> None:
    """The API answers a program and does the work afterwards."""
    import threading

    honest = module.run_once  # type: ignore[attr-defined]

    def run_once(scope: Any, request: Any, run: Any, answer: Any) -> Any:
        from django.db import connection, transaction

        made, answered, committing = [], threading.Event(), threading.Event()

        def work() -> None:
            import time

            try:
                with transaction.atomic():
                    try:
                        made.append(honest(scope, request, run, answer))
                    except Exception as error:
                        made.append(error)
                        raise
                    finally:
                        answered.set()
                    time.sleep(0.2)  # a disk that is slow to write
            except Exception:  # noqa: S110 - the answer has gone
                pass
            finally:
                committing.set()
                connection.close()

        threading.Thread(target=work).start()
        answered.wait()
        if isinstance(made[0], Exception):
            raise made[0]
        return made[0]

    module.run_once = run_once  # type: ignore[attr-defined]


_PATCHES = {
    "without_keys": (without_keys, {"jiuye.kernel.idempotency", "jiuye.kernel.http.once"}),
    "early_event": (early_event, {"jiuye.kernel.events"}),
    "early_answer": (early_answer, {"jiuye.kernel.idempotency"}),
}


class _Finder(importlib.abc.MetaPathFinder):
    """Find the modules to be changed as usual, and change them once they are executed."""

    def __init__(self) -> None:
        self._patch, self._names = _PATCHES[os.environ["FAULTS_PATCH"]]
        self._busy = False

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        if name not in self._names or self._busy:
            return None
        self._busy = True
        try:
            spec = importlib.util.find_spec(name)
        finally:
            self._busy = False
        if spec and spec.loader:
            patch, execute = self._patch, spec.loader.exec_module

            def exec_module(module: ModuleType) -> None:
                execute(module)
                patch(module)

            spec.loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec


if os.environ.get("FAULTS_PATCH"):
    sys.meta_path.insert(0, _Finder())
