"""The same search in PostgreSQL: the same tokens in a weighted tsvector with a GIN index, ranked by ts_rank."""

import time
from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper

from jiuye.domains.reference.queries import occupation_names
from jiuye.ports.search import Analyser, PostingDocument, SearchQuery

_TABLE = """
    DROP TABLE IF EXISTS bench_posting;
    CREATE UNLOGGED TABLE bench_posting (
        id uuid, tokens tsvector, regions text[], occupations text[], industry text, employment_type text,
        education int, experience int, pay_min int, pay_max int, published_at bigint, card bytea
    )
"""
_INDEXES = """
    CREATE INDEX ON bench_posting USING gin (tokens);
    CREATE INDEX ON bench_posting USING gin (regions);
    CREATE INDEX ON bench_posting (published_at DESC, id);
    CREATE INDEX ON bench_posting (pay_max);
    ALTER TABLE bench_posting ADD PRIMARY KEY (id);
    VACUUM ANALYZE bench_posting
"""
_MOST_POSITIONS = 250
_FACETS = {
    "region": "regions[1]",
    "occupation": "occupations[1]",
    "industry": "left(industry, 1)",
    "education": "education",
    "experience": "experience",
    "employment_type": "employment_type",
}


class FullText:
    """Postings in one table with all helpful indexes."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self._connection = connection
        self._analyser = Analyser(occupation_names())

    def load(self, documents: Iterable[PostingDocument]) -> float:
        """Fill the table. Return the seconds, indexes included."""
        started = time.perf_counter()
        with self._connection.cursor() as cursor:
            cursor.execute(_TABLE)
            with cursor.copy("COPY bench_posting FROM STDIN") as copy:
                for one in documents:
                    copy.write_row(self._row(one))
            for statement in _INDEXES.split(";"):
                cursor.execute(statement)
        return time.perf_counter() - started

    def search(self, query: SearchQuery) -> int:
        """Fetch the first 20 with their cards, the total, and the requested facets. Return the total."""
        asked = self._tsquery(query)
        conditions, values = ["true"], []
        if asked:
            conditions.append("tokens @@ %s::tsquery")
            values.append(asked)
        if query.region:
            conditions.append("regions @> %s::text[]")
            values.append(list(query.region))
        if query.pay_min is not None:
            conditions.append("pay_max >= %s")
            values.append(query.pay_min)
        if query.pay_max is not None:
            conditions.append("pay_min <= %s")
            values.append(query.pay_max)
        where = " AND ".join(conditions)
        order, extra = "published_at DESC, id", []
        if asked and query.sort == "relevance":
            order, extra = "ts_rank(tokens, %s::tsquery) DESC, id", [asked]
        with self._connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM bench_posting WHERE {where}", values)
            total = int(cursor.fetchone()[0])
            page = f"SELECT id, card FROM bench_posting WHERE {where} ORDER BY {order} LIMIT 20"
            cursor.execute(page, values + extra)
            cursor.fetchall()
            for name in query.facets:
                facet = f"SELECT {_FACETS[name]}, count(*) FROM bench_posting WHERE {where} GROUP BY 1"
                cursor.execute(facet, values)
                cursor.fetchall()
        return total

    def _row(self, one: PostingDocument) -> tuple[object, ...]:
        return (
            one.id, self._tsvector(one), list(one.region), list(one.occupation), "".join(one.industry), one.employment_type,
            one.education, one.experience_min, one.pay_min, one.pay_max, one.published_at, one.card,
        )  # fmt: skip

    def _tsvector(self, one: PostingDocument) -> str:
        position = 0
        entries: list[str] = []
        texts = (
            ("A", one.title),
            ("B", " ".join((*one.skills, *one.tags))),
            ("C", f"{one.employer} {one.agency} {one.place}"),
            ("D", one.body),
        )
        for weight, text in texts:
            for token in self._analyser.tokens(text)[:_MOST_POSITIONS]:
                position += 1
                entries.append(f"{_quoted(token)}:{position}{weight}")
        return " ".join(entries)

    def _tsquery(self, query: SearchQuery) -> str:
        words = []
        for word in self._analyser.words(query.q):
            ways = [_quoted(text) for text in (word.text, *word.synonyms)]
            if word.parts:
                ways.append("(" + " & ".join(_quoted(part) for part in word.parts) + ")")
            words.append("(" + " | ".join(ways) + ")")
        return " & ".join(words)


def _quoted(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"
