"""The child of `bench search_against`: builds an index of the pickled postings with the code of one checkout, then runs the queries of a
kind whenever it is told to, and prints the CPU seconds. Runs with either checkout's interpreter, so it uses only what both have.
"""

import pickle
import sys
import time
from pathlib import Path
from typing import Any

import django

django.setup()

from jiuye.adapters.search_tantivy import TantivyEngine
from jiuye.ports.search import Near, PostingDocument, SearchQuery


def main(folder: Path, own: Path) -> None:
    documents = (PostingDocument(**values) for values in pickle.loads((folder / "postings").read_bytes()))  # noqa: S301
    kinds = {name: [_query(one) for one in asked] for name, asked in pickle.loads((folder / "queries").read_bytes())}  # noqa: S301
    engine = TantivyEngine(own, words="jiuye.domains.reference.queries.occupation_names")
    started = time.process_time()
    engine.rebuild(documents)
    size = sum(path.stat().st_size for path in own.rglob("*") if path.is_file())
    print(time.process_time() - started, size, flush=True)
    for line in sys.stdin:
        queries = kinds[line.strip()]
        started = time.process_time()
        found = sum(engine.search(query).total for query in queries)
        print(time.process_time() - started, found, flush=True)
    engine.close()


def _query(values: dict[str, Any]) -> SearchQuery:
    near = Near(*values.pop("near")) if "near" in values else None
    return SearchQuery(near=near, **values)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
