"""Write `models.py` and `operations.py` from the OpenAPI document: `python generate.py openapi.json`.

The types come from datamodel-code-generator; each operation becomes a method with its path, its query and its types.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from keyword import iskeyword
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parent / "src" / "jiuye_client"
GENERATOR = "datamodel-code-generator==0.89.0"
_TYPES = {"integer": "int", "number": "float", "boolean": "bool", "string": "str"}
# Python 3.11's own TypedDict is enough; "closed" is of PEP 728, which no Python has yet.
_REWRITTEN = ((", closed=True", ""), ("from typing_extensions import TypedDict", "from typing import TypedDict"))
_HEAD = '''"""The operations of the API, one method each. Written by generate.py from the OpenAPI document."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from jiuye_client import models
from jiuye_client.transport import Transport


class Operations(Transport):
    """Every operation by its name. Bodies and answers are the JSON documents, typed as dictionaries."""
'''


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield method, path and description of every operation, in the document's order."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield method, path, operation


def method_of(document: Mapping[str, Any], method: str, path: str, operation: Mapping[str, Any]) -> str:
    """Return the source of one method."""
    parameters = operation.get("parameters", [])
    in_path = [_safe(one["name"]) for one in parameters if one["in"] == "path"]
    in_query = [one for one in parameters if one["in"] == "query"]
    headers = [one["name"] for one in parameters if one["in"] == "header"]
    body = _body(operation)
    given = [f"{name}: str | UUID" for name in in_path]
    if body == "multipart":
        given += ["files: dict[str, Any]", "form: dict[str, Any] | None = None"]
    elif body:
        given.append(f"body: {body}")
    named = [f"{_safe(one['name'])}: {_annotation(one['schema'])} | None = None" for one in in_query]
    named += ["on_behalf_of: str | UUID | None = None"] if "On-Behalf-Of" in headers else []
    named += ["idempotency_key: str | None = None"] if method != "get" and "x-scope" in operation else []
    named += ["if_match: str | None = None"] if "If-Match" in headers else []
    answer, wraps = _answer(operation)
    call = [f'"{method.upper()}"', f'f"{_format(path)}"' if in_path else f'"{_format(path)}"']
    if in_query:
        pairs = ", ".join(f'"{one["name"]}": {_safe(one["name"])}' for one in in_query)
        call.append("query={" + pairs + "}")
    call += ["files=files", "form=form"] if body == "multipart" else ["body=body"] if body else []
    call += [f"{name}={name}" for name in ("on_behalf_of", "idempotency_key") if any(n.startswith(name) for n in named)]
    call += ['headers={"If-Match": if_match or ""}'] if "If-Match" in headers else []
    arguments = ", ".join(["self", *given, *(["*", *named] if named else [])])
    lines = [
        f"    def {_snake(operation['operationId'])}({arguments}) -> {answer}:",
        f'        """{operation["summary"]}."""',
        f"        answer = self.request({', '.join(call)})"
        if wraps != "None"
        else f"        self.request({', '.join(call)})",
    ]
    return "\n".join([*lines, *([f"        return {wraps}"] if wraps != "None" else [])])


def _body(operation: Mapping[str, Any]) -> str:
    content = operation.get("requestBody", {}).get("content", {})
    if not content:
        return ""
    if "application/json" not in content:
        return "multipart"
    reference = content["application/json"].get("schema", {}).get("$ref", "")
    return f"models.{reference.rsplit('/', 1)[1]}" if reference else "Any"


def _answer(operation: Mapping[str, Any]) -> tuple[str, str]:
    """Return the annotation, and how the answer is read."""
    success: Mapping[str, Any] = next(
        (one for status, one in operation["responses"].items() if status.startswith("2")), {}
    )
    content = success.get("content", {})
    if "application/json" in content:
        reference = content["application/json"].get("schema", {}).get("$ref", "")
        return (f"models.{reference.rsplit('/', 1)[1]}" if reference else "Any"), "answer.json()"
    return ("bytes", "answer.content") if content else ("None", "None")


def _annotation(schema: Mapping[str, Any]) -> str:
    if schema.get("type") == "array":
        return f"list[{_annotation(schema['items'])}]"
    return _TYPES.get(schema.get("type", ""), "Any")


def _format(path: str) -> str:
    path = path.removeprefix("/api/v1")
    return re.sub(r"{(\w+)}", lambda found: "{quote(str(" + _safe(found[1]) + "), safe='')}", path)


def _safe(name: str) -> str:
    return f"{name}_" if iskeyword(name) else name


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def write_models(source: Path) -> str:
    """Return the types of the document's schemas."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "models.py"
        options = [
            "--input", str(source), "--input-file-type", "openapi", "--output", str(made), "--output-model-type",
            "typing.TypedDict", "--target-python-version", "3.11", "--use-union-operator", "--use-standard-collections",
            "--disable-timestamp", "--enum-field-as-literal", "all",
        ]  # fmt: skip
        subprocess.run(["uvx", "--from", GENERATOR, "datamodel-codegen", *options], check=True)
        text = made.read_text()
    for written, kept in _REWRITTEN:
        text = text.replace(written, kept)
    return text


def main(source: Path) -> None:
    """Write both modules."""
    document = json.loads(source.read_text())
    methods = [method_of(document, *one) for one in operations(document)]
    (PACKAGE / "operations.py").write_text(_HEAD + "\n" + "\n\n".join(methods) + "\n")
    (PACKAGE / "models.py").write_text(write_models(source))
    subprocess.run(["ruff", "check", "--fix", "-q", str(PACKAGE)], check=False)
    subprocess.run(["ruff", "format", "-q", str(PACKAGE)], check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
