"""Ninja files schemas in the document by the name of their class: of two with one name, one would stand for both."""

from collections import defaultdict
from collections.abc import Iterator

from pydantic import BaseModel

from jiuye.api.v1.urls import document


def models(of: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for one in of.__subclasses__():
        yield one
        yield from models(one)


def test_every_schema_of_the_api_has_its_own_name() -> None:
    assert document()
    named = defaultdict(set)
    for one in models(BaseModel):
        if one.__module__.startswith("jiuye.api."):
            named[one.__name__].add(one.__module__)
    assert {name: sorted(where) for name, where in named.items() if len(where) > 1} == {}
