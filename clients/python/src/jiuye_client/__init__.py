"""Client of the open API of Jiuye Online (就业在线)."""

from jiuye_client.client import Client
from jiuye_client.credentials import ClientCredentials, Key
from jiuye_client.errors import (
    ApiError,
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    ProblemError,
    TooManyRequests,
    Unreachable,
)

__all__ = [
    "ApiError",
    "Client",
    "ClientCredentials",
    "Conflict",
    "Invalid",
    "Key",
    "NotAllowed",
    "NotFound",
    "ProblemError",
    "TooManyRequests",
    "Unreachable",
]
