"""Answers that are not successes, as exceptions: RFC 9457 problems, and a service that cannot be reached."""

from collections.abc import Mapping
from typing import Any


class ApiError(Exception):
    """Base of everything that this package raises."""


class Unreachable(ApiError):
    """The service did not answer, after all attempts."""


class ProblemError(ApiError):
    """The service answered with a problem.

    `code` is stable and for programs, `detail` for people; `errors` names each faulty member with its JSON pointer;
    `request_id` is what support asks for.
    """

    def __init__(self, status: int, problem: Mapping[str, Any], request_id: str = "") -> None:
        self.status = status
        self.problem = dict(problem)
        self.code = str(problem.get("code", ""))
        self.detail = str(problem.get("detail", ""))
        self.errors: list[dict[str, Any]] = list(problem.get("errors") or [])
        self.request_id = str(problem.get("request_id") or request_id)
        faults = "; ".join(f"{one.get('pointer') or one.get('field')}: {one.get('message')}" for one in self.errors)
        super().__init__(f"{status} {self.code}: {self.detail}" + (f" ({faults})" if faults else ""))


class NotAllowed(ProblemError):
    """401 or 403: the credential, a scope, the member, or a consent is missing."""


class NotFound(ProblemError):
    """404 or 410: there is no such thing, or it is not yours."""


class Conflict(ProblemError):
    """409 or 412: a rule forbids it now, or it was changed meanwhile."""


class Invalid(ProblemError):
    """400 or 422: the request must be corrected; see `errors`."""


class TooManyRequests(ProblemError):
    """429: more than the limit, after all attempts."""


_KINDS: dict[int, type[ProblemError]] = {
    400: Invalid,
    401: NotAllowed,
    403: NotAllowed,
    404: NotFound,
    409: Conflict,
    410: NotFound,
    412: Conflict,
    422: Invalid,
    429: TooManyRequests,
}


def problem_of(status: int, body: Any, request_id: str) -> ProblemError:
    """Return the exception for an answer; `body` is its decoded JSON, or anything else."""
    problem = body if isinstance(body, Mapping) else {"code": "unknown", "detail": "the answer is no problem document"}
    return _KINDS.get(status, ProblemError)(status, problem, request_id)
