"""The Python client has every operation of the API, with all its parameters."""

import inspect
from typing import Any

import pytest
from generate import operations
from jiuye_client import Client

from jiuye.api.v1.document import document

EVERY = {operation["operationId"]: operation for _, _, operation in operations(document())}


def method_of(operation_id: str) -> Any:
    """The client's method of an operation; None without one. If it is missing, run clients/python/generate.py."""
    name = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in operation_id)
    return getattr(Client, name, None)


@pytest.mark.parametrize("operation_id", EVERY)
def test_each_is_a_method_with_all_its_parameters(operation_id: str) -> None:
    operation, method = EVERY[operation_id], method_of(operation_id)
    assert method is not None
    taken = {name.rstrip("_") for name in inspect.signature(method).parameters}
    wanted = {one["name"] for one in operation.get("parameters", []) if one["in"] in ("path", "query")}
    assert wanted <= taken
    if "application/json" in operation.get("requestBody", {}).get("content", {}):
        assert "body" in taken
