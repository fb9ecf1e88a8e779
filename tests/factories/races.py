"""Several people at the same thing at the same moment, each on a database connection of their own."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

from jiuye.kernel.errors import Invalid, ProductError

Result = TypeVar("Result")
Refusal = type[ProductError] | tuple[type[ProductError], ...]


def at_once(*attempts: Callable[[], Result], refusal: Refusal = ProductError) -> list[Result | ProductError]:
    """Start the attempts together. Return what each returned, or the refusal it raised; other errors are raised."""
    start = Barrier(len(attempts))

    def run(attempt: Callable[[], Result]) -> Result | ProductError:
        try:
            start.wait()
            return attempt()
        except refusal as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(attempts)) as pool:
        return list(pool.map(run, attempts))


def refusals(results: Iterable[object]) -> list[ProductError]:
    """Return the refusals among the results of `at_once`."""
    return [one for one in results if isinstance(one, ProductError)]


def outcomes(results: Iterable[object]) -> list[str]:
    """Return "done" or the refusal's code for each result of `at_once`, sorted."""
    return sorted(one.code if isinstance(one, ProductError) else "done" for one in results)


def texts(results: Iterable[object]) -> list[str]:
    """Return what each result of `at_once` tells the person: the refusal's text at its field or in all; empty for success."""
    return [
        "".join(one.fields.values()) if isinstance(one, Invalid) else getattr(one, "message", "") for one in results
    ]
