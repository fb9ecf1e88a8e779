"""The search engine port: what goes in, what can be asked, what an engine must do.

The wired engine is `get()`; the adapters live in `jiuye.adapters.search_*` and share the contract in
`tests/ports/test_search_engine.py`.
"""

from jiuye.kernel.wiring import Port
from jiuye.ports.search.analysis import Analyser, QueryWord, analyser
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
    FACET_RADII,
    FACETS,
    LARGEST_NUMBER,
    Hit,
    SearchQuery,
    SearchResult,
    SimilarQuery,
    Sort,
)
from jiuye.ports.search.suggestions import SUGGESTION_KINDS, Suggestion, SuggestionKind

__all__ = [
    "DEEPEST_PAGE",
    "FACETS",
    "FACET_RADII",
    "LARGEST_NUMBER",
    "LARGEST_RADIUS",
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
]


_port = Port[SearchEngine]("search")


def get() -> SearchEngine:
    """The engine this installation is wired to, one a process."""
    return _port.get()
