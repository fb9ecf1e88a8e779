"""A search as the engine's query objects."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import Any

import tantivy
from tantivy import FieldType, Occur, Query

from jiuye.adapters.search_tantivy import nearness
from jiuye.adapters.search_tantivy import schema as fields
from jiuye.ports.search import Analyser, Near, QueryWord, SearchQuery, SimilarQuery

_DAY = 86400
_PART = 0.5
_SYNONYM = 0.6
_PHRASE = 1.5
_CHARACTER = 1.5
_TIE_BREAKER = 0.1
# A word that fewer titles and names than this have as a token is looked for character by character too, since the
# segmentation of a text depends on what stands round the word.
_RARE = 20

FILTERS = ("region", "occupation", "industry", "employment_type", "agency", "employer", "cluster")

Clause = tuple[Any, Query]


@dataclass(frozen=True)
class Question:
    """A query taken apart: the words, and a clause for each filter in use, by the filter's name."""

    words: tuple[QueryWord, ...]
    text: tuple[Query, ...]
    filters: dict[str, Query]
    excluded: tuple[Query, ...]

    def query(self, *extra: Query, without: str = "") -> Query:
        """All of it as one engine query, but for the filter named `without` (`q` leaves the words out)."""
        clauses: list[Clause] = [(Occur.Must, text) for text in self.text if without != "q"]
        clauses += [(Occur.Must, clause) for name, clause in self.filters.items() if name != without]
        clauses += [(Occur.Must, clause) for clause in extra]
        if not clauses:
            clauses.append((Occur.Must, Query.all_query()))
        clauses += [(Occur.MustNot, clause) for clause in self.excluded]
        if len(clauses) == 1:
            return clauses[0][1]
        return Query.boolean_query(clauses)


class QuestionBuilder:
    """Builds questions over one schema. `searcher` is asked how often a token occurs, so that no time goes into tokens
    that nothing has."""

    def __init__(self, analyser: Analyser, schema: tantivy.Schema) -> None:
        self._analyser = analyser
        self._schema = schema

    def question(self, query: SearchQuery, searcher: tantivy.Searcher, now: float) -> Question:
        """The question a search asks, at `now` (seconds since 1970)."""
        words = self._analyser.words(query.q)
        return Question(
            words=words,
            text=tuple(self._word(word, searcher) for word in words),
            filters=self._filters(query, now),
            excluded=tuple(self._term("id", posting.hex) for posting in query.exclude),
        )

    def similar(self, query: SimilarQuery, searcher: tantivy.Searcher) -> Query:
        """Postings with a word of the title or the occupation in common; nearer places lift them."""
        kin = [(Occur.Should, self._word(word, searcher)) for word in self._analyser.words(query.title)]
        kin += self._path("occupation", query.occupation[-2:], (4.0, 12.0))
        if not kin:
            return Query.empty_query()
        clauses = [(Occur.Must, Query.boolean_query(kin))]
        clauses += self._path("region", query.region[:2], (3.0, 3.0))
        clauses += [(Occur.MustNot, self._term("id", posting.hex)) for posting in query.exclude]
        if query.exclude_cluster:
            clauses.append((Occur.MustNot, self._term("cluster", query.exclude_cluster)))
        return Query.boolean_query(clauses)

    def of_cluster(self, cluster: str) -> Query:
        """The postings of one cluster."""
        return self._silent(self._term("cluster", cluster))

    def up_to(self, field: str, key: int) -> Query:
        """Postings whose sort key is at most `key`."""
        return self._silent(Query.range_query(self._schema, field, FieldType.Unsigned, None, key))

    def _path(self, field: str, codes: Sequence[str], scores: Sequence[float]) -> list[Clause]:
        pairs = zip(reversed(codes), reversed(scores), strict=False)
        return [(Occur.Should, Query.const_score_query(self._term(field, code), score)) for code, score in pairs]

    def _filters(self, query: SearchQuery, now: float) -> dict[str, Query]:
        found: dict[str, Query] = {}
        for name in FILTERS:
            if values := getattr(query, name):
                found[name] = self._any(name, values)
        if query.pay_min is not None or query.pay_max is not None:
            found["pay"] = self._pay(query.pay_min, query.pay_max)
        if query.education is not None:
            found["education"] = self._limit(f"e{min(max(query.education, 0), fields.EDUCATION_RANKS - 1)}")
        if query.experience is not None:
            found["experience"] = self._limit(f"x{min(max(query.experience, 0), fields.EXPERIENCE_YEARS)}")
        if query.posted_within is not None:
            since = max(0, int(now) - query.posted_within * _DAY)
            found["posted_within"] = self._silent(
                Query.range_query(self._schema, "published_at", FieldType.Unsigned, since, None)
            )
        if query.near:
            found["near"] = self.within(query.near)
        return found

    def within(self, near: Near) -> Query:
        """Postings in a circle."""
        return self._silent(nearness.within(self._schema, near))

    def in_cells(self, cells: Iterable[int]) -> Query:
        """Postings in any of these cells of the ground."""
        terms = [Query.term_query(self._schema, nearness.FIELD, cell, "basic") for cell in cells]
        return self._silent(Query.boolean_query([(Occur.Should, term) for term in terms]))

    def _pay(self, low: int | None, high: int | None) -> Query:
        bounds = []
        if low is not None and low > 0:
            bounds.append(self._bound(low, f"g{low}", "pay_max", (low, None)))
        if high is not None:
            bounds.append(self._bound(high, f"l{high}", "pay_min", (None, max(high, 0))))
        if not bounds:  # from nothing: any pay that is stated
            bounds.append(self._bound(1, "", "pay_max", (1, None)))
        return bounds[0] if len(bounds) == 1 else Query.boolean_query([(Occur.Must, bound) for bound in bounds])

    def _bound(self, value: int, token: str, field: str, bounds: tuple[int | None, int | None]) -> Query:
        if value in fields.PAY_STEPS:
            return self._limit(token)
        return self._silent(Query.range_query(self._schema, field, FieldType.Unsigned, *bounds))

    def _limit(self, token: str) -> Query:
        return self._silent(self._term("limits", token))

    def _any(self, field: str, values: Iterable[str]) -> Query:
        terms = [self._term(field, value) for value in dict.fromkeys(values)]
        return self._silent(terms[0] if len(terms) == 1 else Query.boolean_query([(Occur.Should, x) for x in terms]))

    def _term(self, field: str, value: str) -> Query:
        return Query.term_query(self._schema, field, value, "basic")

    def _silent(self, query: Query) -> Query:
        """A filter: it decides, and adds nothing to the score."""
        return Query.const_score_query(query, 0.0)

    def _word(self, word: QueryWord, searcher: tantivy.Searcher) -> Query:
        """One word, wherever it is found best: itself, all its parts, a synonym."""
        own = self._frequencies(word.text, searcher)
        arms = self._token(word.text, own, 1.0, searcher)
        for synonym in word.synonyms:
            found = self._frequencies(synonym, searcher)
            # A rare synonym would outdo the seeker's own, common word: rarity counts only as far as that one's.
            excess = _idf(found["title"], searcher.num_docs) / _idf(own["title"], searcher.num_docs)
            arms += self._token(synonym, found, _SYNONYM / max(1.0, excess), searcher)
        if word.parts:
            parts = [self._best(self._token(part, None, 1.0, searcher)) for part in word.parts]
            together = Query.boolean_query([(Occur.Must, part) for part in parts])
            arms.append(Query.boost_query(together, _PART / len(parts)))
        arms += self._characters(word.text, searcher)
        return self._best(arms)

    def _frequencies(self, token: str, searcher: tantivy.Searcher) -> dict[str, int]:
        return {field: searcher.doc_freq(field, token) for field in fields.BOOSTS}

    def _token(self, token: str, found: dict[str, int] | None, boost: float, searcher: tantivy.Searcher) -> list[Query]:
        """A token in each field that has it. In the title BM25 tells a short title from a long one; elsewhere the place
        alone counts, weighed by how telling the token is, so that title, skills, names and body stay in this order."""
        found = found or self._frequencies(token, searcher)
        telling = boost * _idf(max(found.values()), searcher.num_docs)
        arms = []
        for field, weight in fields.BOOSTS.items():
            if not found[field]:
                continue
            if field == "title":
                arms.append(Query.boost_query(Query.term_query(self._schema, field, token, "freq"), weight * boost))
            else:
                arms.append(Query.const_score_query(self._term(field, token), weight * telling))
        return arms

    def _characters(self, word: str, searcher: tantivy.Searcher) -> list[Query]:
        if word.isascii():
            return []
        if len(word) == 1:
            return [Query.boost_query(Query.term_query(self._schema, "characters", word, "freq"), _CHARACTER)]
        if searcher.doc_freq("title", word) + searcher.doc_freq("names", word) >= _RARE:
            return []
        return [Query.const_score_query(Query.phrase_query(self._schema, "characters", list(word)), _PHRASE)]

    def _best(self, arms: list[Query]) -> Query:
        if not arms:
            return Query.empty_query()
        return arms[0] if len(arms) == 1 else Query.disjunction_max_query(arms, _TIE_BREAKER)


def _idf(count: int, total: int) -> float:
    """How telling a token is that `count` of `total` postings have (the inverse document frequency of BM25)."""
    return log(1 + (max(total - count, 0) + 0.5) / (count + 0.5))


def loosened(query: SearchQuery) -> dict[str, SearchQuery]:
    """The query without each of the filters it uses, by the filter's name."""
    without: dict[str, SearchQuery] = {}
    for name in ("q", *FILTERS, "education", "experience", "posted_within"):
        value = getattr(query, name)
        if value not in ("", (), None):
            empty: Any = type(value)() if isinstance(value, str | tuple) else None
            without[name] = replace(query, **{name: empty})
    if query.pay_min is not None or query.pay_max is not None:
        without["pay"] = replace(query, pay_min=None, pay_max=None)
    if query.near:
        without["near"] = replace(query, near=None, sort="newest")
    return without
