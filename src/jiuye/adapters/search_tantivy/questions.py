"""A search as query objects of the engine."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import Any

import tantivy
from tantivy import FieldType, Occur, Query

from jiuye.adapters.search_tantivy import nearness
from jiuye.adapters.search_tantivy import schema as fields
from jiuye.ports.search import (
    DISPATCH,
    LEAVE_OUT,
    Analyser,
    Near,
    QueryWord,
    SearchQuery,
    SimilarQuery,
    without_minus,
)

_DAY = 86400
_PART = 0.5
_SYNONYM = 0.6
_PHRASE = 1.5
_CHARACTER = 1.5
_TIE_BREAKER = 0.1
_MOST_CLAUSES = 1024
# More than any words score, so that postings with all words come before those that lack some.
_ALL_WORDS = 1000.0

FILTERS = ("region", "occupation", "industry", "employment_type", "agency", "employer", "cluster")

Clause = tuple[Any, Query]


@dataclass(frozen=True)
class Question:
    """A query in parts: its words, and a clause for each filter in use, by the name of the filter. `missing`: how many of the
    words a posting may lack."""

    words: tuple[QueryWord, ...]
    text: tuple[Query, ...]
    filters: dict[str, Query]
    excluded: tuple[Query, ...]
    missing: int = 0

    def query(self, *extra: Query, without: str = "") -> Query:
        """Return the combined engine query, without the filter `without` (`q`: without the words)."""
        clauses: list[Clause] = [(Occur.Must, text) for text in self._texts() if without != "q"]
        clauses += [(Occur.Must, clause) for name, clause in self.filters.items() if name != without]
        clauses += [(Occur.Must, clause) for clause in extra]
        if not clauses:
            clauses.append((Occur.Must, Query.all_query()))
        clauses += [(Occur.MustNot, clause) for clause in self.excluded]
        if len(clauses) == 1:
            return clauses[0][1]
        return Query.boolean_query(clauses)

    def _texts(self) -> tuple[Query, ...]:
        if not self.missing or len(self.text) < 2:
            return self.text
        least = max(1, len(self.text) - self.missing)
        wished: list[Clause] = [(Occur.Should, text) for text in self.text]
        some = Query.boolean_query(wished, minimum_number_should_match=least)
        every = Query.boolean_query([(Occur.Must, text) for text in self.text])
        first: list[Clause] = [(Occur.Must, some), (Occur.Should, Query.const_score_query(every, _ALL_WORDS))]
        return (Query.boolean_query(first),)


class QuestionBuilder:
    """Builds questions for one schema. Token frequencies come from `searcher`, so that tokens without postings are skipped."""

    def __init__(self, analyser: Analyser, schema: tantivy.Schema) -> None:
        self._analyser = analyser
        self._schema = schema
        self._read: tuple[tantivy.Searcher | None, dict[QueryWord, Query]] = (None, {})

    def question(self, query: SearchQuery, searcher: tantivy.Searcher, now: float) -> Question:
        """Return the parts of a search at `now` (seconds since 1970)."""
        words = self._analyser.words(query.q)
        return Question(
            words=words,
            text=tuple(self._clause(word, searcher) for word in words),
            filters=self._filters(query, now),
            excluded=(*(self._term("id", posting.hex) for posting in query.exclude), *self._left_out(query)),
            missing=query.missing,
        )

    def similar(self, query: SimilarQuery, searcher: tantivy.Searcher) -> Query:
        """Return the query for postings that share a word of the title or the occupation; a shared region ranks them higher."""
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
        """Return the query for the postings of one cluster."""
        return self._silent(self._term("cluster", cluster))

    def up_to(self, field: str, key: int) -> Query:
        """Return the query for postings with a sort key of at most `key`."""
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
            found["posted_within"] = self._since("published_at", query.posted_within, now)
        if query.near:
            found["near"] = self.within(query.near)
        if query.workplace:
            found["workplace"] = self._at(query.workplace)
        if query.without_agency:
            found["without_agency"] = self._limit(fields.DIRECT)
        if query.unconfirmed_for is not None:
            found["unconfirmed_for"] = self._since("confirmed_at", query.unconfirmed_for, now)
        return found

    def _since(self, field: str, days: int, now: float) -> Query:
        since = max(0, int(now) - days * _DAY)
        return self._silent(Query.range_query(self._schema, field, FieldType.Unsigned, since, None))

    def _left_out(self, query: SearchQuery) -> Iterator[Query]:
        """Yield what no posting found may be."""
        if query.without_dispatch:
            yield self._any("employment_type", DISPATCH)
        if query.exclude_employer:
            yield self._any("employer", query.exclude_employer)
        if agencies := (*query.exclude_agency, *(query.slow_agencies if query.without_slow else ())):
            yield self._any("agency", agencies)
        for word in without_minus(query.q)[1]:
            yield from self._minus(word)
        for word in query.exclude_words:
            if found := fields.characters(word).split():
                yield self._in_a_row(found)

    def _in_a_row(self, found: list[str]) -> Query:
        """The postings with these characters one after another in their title or the name of their employer."""
        if len(found) == 1:
            return self._term("characters", found[0])
        return Query.phrase_query(self._schema, "characters", list(found))

    def _minus(self, word: str) -> Iterator[Query]:
        """Yield what a word with a minus leaves out: postings that say it in their title, skills, tags, place or employer's name."""
        tokens = [found.text for found in self._analyser.words(word)]
        for field in ("title", "skills", "place") if tokens else ():
            yield self._all(field, tokens)
        if (found := fields.characters(word).split()) and not word.isascii():
            yield self._in_a_row(found)

    def _at(self, place: str) -> Query:
        """The postings whose workplace names all words of `place`."""
        tokens = [text for word in self._analyser.words(place) for text in (word.parts or (word.text,))]
        return self._silent(self._all("place", tokens)) if tokens else Query.empty_query()

    def _all(self, field: str, tokens: Iterable[str]) -> Query:
        terms = [self._term(field, token) for token in tokens]
        return terms[0] if len(terms) == 1 else Query.boolean_query([(Occur.Must, term) for term in terms])

    def within(self, near: Near) -> Query:
        """Return the query for postings in a circle."""
        return self._silent(nearness.within(self._schema, near))

    def in_cells(self, cells: Iterable[int]) -> Query:
        """Return the query for postings in any of these cells."""
        terms = [Query.term_query(self._schema, nearness.FIELD, cell, "basic") for cell in cells]
        return self._silent(Query.boolean_query([(Occur.Should, term) for term in terms]))

    def _pay(self, low: int | None, high: int | None) -> Query:
        bounds = []
        if low is not None and low > 0:
            bounds.append(self._bound(low, f"g{low}", "pay_max", (low, None)))
        if high is not None:
            bounds.append(self._bound(high, f"l{high}", "pay_min", (None, max(high, 0))))
        if not bounds:  # from 0: any stated pay
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
        """A filter: it does not change the score."""
        return Query.const_score_query(query, 0.0)

    def _clause(self, word: QueryWord, searcher: tantivy.Searcher) -> Query:
        """The clause of a word, kept for as long as the searcher is in use: the frequencies behind it are those of one commit."""
        of, clauses = self._read
        if of is not searcher or len(clauses) > _MOST_CLAUSES:
            clauses = {}
            self._read = searcher, clauses
        if word not in clauses:
            clauses[word] = self._word(word, searcher)
        return clauses[word]

    def _word(self, word: QueryWord, searcher: tantivy.Searcher) -> Query:
        """One word by its best match: itself, all its parts, or a synonym."""
        own = self._frequencies(word.text, searcher)
        arms = self._token(word.text, own, 1.0, searcher)
        for synonym in word.synonyms:
            found = self._frequencies(synonym, searcher)
            # A rare synonym must not score higher than the common word that was typed, so its IDF is capped at that word's.
            excess = _idf(found["title"], searcher.num_docs) / _idf(own["title"], searcher.num_docs)
            arms += self._token(synonym, found, _SYNONYM / max(1.0, excess), searcher)
        if word.parts:
            parts = [self._best(self._token(part, None, 1.0, searcher)) for part in word.parts]
            together = Query.boolean_query([(Occur.Must, part) for part in parts])
            arms.append(Query.boost_query(together, _PART / len(parts)))
        arms += self._characters(word)
        return self._best(arms)

    def _frequencies(self, token: str, searcher: tantivy.Searcher) -> dict[str, int]:
        return {field: searcher.doc_freq(field, token) for field in fields.BOOSTS}

    def _token(self, token: str, found: dict[str, int] | None, boost: float, searcher: tantivy.Searcher) -> list[Query]:
        """A token in each field that contains it. In the title BM25 ranks short titles higher; in other fields the score is
        constant, weighted by the IDF of the token, so that the order title, skills, names, body is kept."""
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

    def _characters(self, word: QueryWord) -> list[Query]:
        """A single character, and a word that is not in the vocabulary, as it is written in titles and names of employers."""
        text = word.text
        if text.isascii():
            return []
        if len(text) == 1:
            return [Query.boost_query(Query.term_query(self._schema, "characters", text, "freq"), _CHARACTER)]
        if word.known:
            return []
        return [Query.const_score_query(Query.phrase_query(self._schema, "characters", list(text)), _PHRASE)]

    def _best(self, arms: list[Query]) -> Query:
        if not arms:
            return Query.empty_query()
        return arms[0] if len(arms) == 1 else Query.disjunction_max_query(arms, _TIE_BREAKER)


def _idf(count: int, total: int) -> float:
    """The inverse document frequency (as in BM25) of a token that occurs in `count` of `total` postings."""
    return log(1 + (max(total - count, 0) + 0.5) / (count + 0.5))


def loosened(query: SearchQuery) -> dict[str, SearchQuery]:
    """Return {filter: the query without it} for each filter in use."""
    without: dict[str, SearchQuery] = {}
    for name in ("q", *FILTERS, "workplace", "education", "experience", "posted_within"):
        value = getattr(query, name)
        if value not in ("", (), None):
            empty: Any = type(value)() if isinstance(value, str | tuple) else None
            without[name] = replace(query, **{name: empty})
    if query.pay_min is not None or query.pay_max is not None:
        without["pay"] = replace(query, pay_min=None, pay_max=None)
    if query.near:
        without["near"] = replace(query, near=None, sort="newest")
    for name, nothing in LEAVE_OUT.items():
        if getattr(query, name) != nothing:
            without[name] = replace(query, **{name: nothing})
    return without
