"""The search engine port: documents, queries, results, and the interface of an engine.

`get()` returns the configured engine. The adapters are `jiuye.adapters.search_*` and share the contract tests in
`tests/ports/test_search_engine.py`.
"""

from jiuye.kernel.wiring import Port
from jiuye.ports.search.analysis import Analyser, QueryWord, analyser, without_minus
from jiuye.ports.search.documents import PostingDocument
from jiuye.ports.search.engine import (
    EngineState,
    Matcher,
    Matches,
    RebuildRunning,
    SearchEngine,
    SearchUnavailable,
    SearchWriter,
    WriterBusy,
)
from jiuye.ports.search.places import LARGEST_RADIUS, USUAL_RADIUS, Near, Place
from jiuye.ports.search.questions import (
    DEEPEST_PAGE,
    DISPATCH,
    FACET_RADII,
    FACETS,
    LARGEST_NUMBER,
    LEAVE_OUT,
    Hit,
    SearchQuery,
    SearchResult,
    SimilarQuery,
    Sort,
)
from jiuye.ports.search.suggestions import SUGGESTION_KINDS, Suggestion, SuggestionKind

__all__ = [
    "DEEPEST_PAGE",
    "DISPATCH",
    "FACETS",
    "FACET_RADII",
    "LARGEST_NUMBER",
    "LARGEST_RADIUS",
    "LEAVE_OUT",
    "SUGGESTION_KINDS",
    "USUAL_RADIUS",
    "Analyser",
    "EngineState",
    "Hit",
    "Matcher",
    "Matches",
    "Near",
    "Place",
    "PostingDocument",
    "QueryWord",
    "RebuildRunning",
    "SearchEngine",
    "SearchQuery",
    "SearchResult",
    "SearchUnavailable",
    "SearchWriter",
    "SimilarQuery",
    "Sort",
    "Suggestion",
    "SuggestionKind",
    "WriterBusy",
    "analyser",
    "get",
    "without_minus",
]


_port = Port[SearchEngine]("search")


def get() -> SearchEngine:
    """Return the configured engine; one instance per process."""
    return _port.get()
