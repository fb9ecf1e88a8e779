"""The fields of the index, and the document of a posting.

Text fields contain tokens of our own analyser, joined by spaces, which the engine's `whitespace` tokenizer splits again. This
needs no Python object per token and analyses nothing twice.
"""

import struct
from bisect import bisect_left, bisect_right
from functools import lru_cache
from uuid import UUID

import tantivy

from jiuye.adapters.search_tantivy import nearness, suggesting
from jiuye.kernel.text import fold
from jiuye.ports.search import Analyser, PostingDocument

# Increase it with every change in this file; an index of another revision is rebuilt.
REVISION = 8

BOOSTS = {"title": 4.0, "skills": 2.5, "names": 2.0, "body": 1.0}
LEVELS = {"region": 3, "occupation": 4, "industry": 2}
VALUES = ("employment_type", "agency", "employer")

# A pay filter at one of these steps (yuan a month) is one posting list; other amounts are compared value by value.
PAY_STEPS = (*range(1000, 10001, 1000), 12000, 15000, 20000, 25000, 30000, 40000, 50000, 80000, 100000)
EDUCATION_RANKS = 10
EXPERIENCE_YEARS = 10
DIRECT = "own"
"""The token of postings for the agency's own jobs, in `limits`."""
_PAY_CAP = (1 << 20) - 1
_EPOCH_DAY = 18262  # 2020-01-01
_DAY = 86400

# The score of a posting halves after this time. The engine multiplies a score by log2(2 + weight), with weights fixed when a
# posting is written. So weights grow with the date, counted from the creation of the generation, and the generation must be
# rebuilt before they leave the range of a float.
HALF_LIFE = 90 * _DAY
LONGEST_LIFE = 600 * _DAY
_HEADROOM = 2.0
_CEILING = 9.5

_HEAD = struct.Struct(">16sBH")
_TIE_BITS = 62


def build() -> tantivy.Schema:
    """Return the schema of a generation."""
    builder = tantivy.SchemaBuilder()
    for name in BOOSTS:
        option = "freq" if name == "title" else "basic"
        builder.add_text_field(name, tokenizer_name="whitespace", index_option=option)
    builder.add_text_field("place", tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("characters", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("limits", tokenizer_name="whitespace", index_option="basic")
    for name in ("id", "cluster", suggesting.FIELD, *LEVELS):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in VALUES:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name, levels in LEVELS.items():
        for level in range(levels):
            builder.add_text_field(f"{name}_{level + 1}", tokenizer_name="raw", index_option="basic", fast=True)
    for name in (
        "pay_min",
        "pay_max",
        "published_at",
        "confirmed_at",
        "education",
        "experience",
        "newest",
        "pay",
        "tie",
        nearness.VALUE,
    ):
        builder.add_unsigned_field(name, fast=True)
    builder.add_unsigned_field(nearness.FIELD, indexed=True)
    builder.add_float_field("weight", fast=True)
    builder.add_bytes_field("payload", stored=True)
    return builder.build()


class DocumentWriter:
    """Turns postings into the engine's documents for one generation, born at `born` (seconds since 1970)."""

    def __init__(self, analyser: Analyser, schema: tantivy.Schema, born: int) -> None:
        self._tokens = analyser.tokens
        # Titles, names and skills repeat, a thousand times over in a rebuild.
        self._joined = lru_cache(maxsize=20_000)(lambda text: " ".join(analyser.inner_tokens(text)))
        self._schema = schema
        self._origin = born - _HEADROOM * HALF_LIFE

    def document(self, posting: PostingDocument) -> tantivy.Document:
        """Return the document of a posting."""
        return tantivy.Document.from_dict(self._texts(posting) | self._values(posting), self._schema)

    def _texts(self, posting: PostingDocument) -> dict[str, object]:
        joined = self._joined
        place = joined(posting.place)
        return {
            "title": joined(posting.title),
            "skills": joined(" ".join((*posting.skills, *posting.tags))),
            "names": f"{joined(posting.employer)} {joined(posting.agency)} {place}",
            "place": place,
            "body": " ".join(self._tokens(posting.body)),
            # The bar keeps a phrase from beginning in the title and ending in the employer's name.
            "characters": f"{characters(posting.title)} | {characters(posting.employer)}",
            suggesting.FIELD: suggesting.terms(posting),
        }

    def _values(self, posting: PostingDocument) -> dict[str, object]:
        tie = tie_of(posting.id)
        values: dict[str, object] = {
            "id": posting.id.hex,
            "limits": self._limits(posting),
            "published_at": max(0, posting.published_at),
            "confirmed_at": max(0, posting.confirmed_at),
            "education": posting.education,
            "experience": min(posting.experience_min, EXPERIENCE_YEARS),
            "newest": newest_key(posting, tie),
            "pay": pay_key(posting, tie),
            "tie": tie,
            "weight": self._weight(posting, tie),
            "payload": pack(posting),
            nearness.VALUE: nearness.cell_of(posting.location),
        }
        if posting.location:
            values[nearness.FIELD] = values[nearness.VALUE]
        low, high = pay_range(posting)
        if high:
            values |= {"pay_min": low, "pay_max": high}
        for name, value in (
            ("employment_type", posting.employment_type),
            ("agency", posting.agency_id),
            ("employer", posting.employer_id),
            ("cluster", posting.cluster),
        ):
            if value:
                values[name] = value
        for name, path in (
            ("region", posting.region),
            ("occupation", posting.occupation),
            ("industry", posting.industry),
        ):
            values[name] = list(path)
            values |= {f"{name}_{level}": code for level, code in enumerate(path[: LEVELS[name]], 1)}
        return values

    def _limits(self, posting: PostingDocument) -> str:
        found = limits(*pay_range(posting), posting.education, min(posting.experience_min, EXPERIENCE_YEARS))
        return found if posting.for_employer else f"{found} {DIRECT}"

    def _weight(self, posting: PostingDocument, tie: int) -> float:
        """Freshness and quality as one factor of at least 1. A small part of the tie makes equal scores rare, which keeps
        the windows that paging reads small."""
        halves = min(max((posting.published_at - self._origin) / HALF_LIFE, 0.0), _CEILING)
        quality = min(max(posting.quality, 0.0), 1.0)
        factor = 2.0**halves * (1 + 0.2 * quality) * (1 + 0.001 * tie / (1 << _TIE_BITS))
        return float(2.0**factor - 2.0)


def characters(text: str) -> str:
    """Return the characters of a text as tokens, without spaces."""
    return " ".join(fold(text).replace(" ", ""))


def tie_of(id: UUID) -> int:
    """Return the tie-breaker between equal postings: the last 62 bits of the id, random in a UUIDv7 (RFC 9562)."""
    return int(id.int & ((1 << _TIE_BITS) - 1))


def pay_range(posting: PostingDocument) -> tuple[int, int]:
    """Return the posting's pay with both ends; (0, 0) for 面议."""
    low = posting.pay_min if posting.pay_min is not None else 0
    high = posting.pay_max if posting.pay_max is not None else low
    return min(low, high), max(low, high)


@lru_cache(maxsize=20_000)
def limits(low: int, high: int, education: int, experience: int) -> str:
    """Return tokens for filters with a bound: each is one posting list, while comparing values would read every posting.

    `g8000`: pays up to 8000 or more; `l8000`: starts at 8000 or less; `e3`: open to education rank 3; `x5`: open to five
    years of experience.
    """
    found: list[str] = []
    if high:
        found += [f"g{step}" for step in PAY_STEPS[: bisect_right(PAY_STEPS, high)]]
        found += [f"l{step}" for step in PAY_STEPS[bisect_left(PAY_STEPS, low) :]]
    found += [f"e{rank}" for rank in range(education, EDUCATION_RANKS)]
    found += [f"x{years}" for years in range(experience, EXPERIENCE_YEARS + 1)]
    return " ".join(found)


def newest_key(posting: PostingDocument, tie: int) -> int:
    """Return one number that orders by date: seconds since 2020, then 34 bits of the tie."""
    return int((max(0, posting.published_at - _EPOCH_DAY * _DAY) << 34) | (tie >> (_TIE_BITS - 34)))


def pay_key(posting: PostingDocument, tie: int) -> int:
    """Return one number that orders by pay: lower end, upper end, day, 10 bits of the tie; 面议 is lowest."""
    low, high = pay_range(posting)
    day = min(max(0, posting.published_at // _DAY - _EPOCH_DAY), (1 << 14) - 1)
    return int((min(low, _PAY_CAP) << 44) | (min(high, _PAY_CAP) << 24) | (day << 10) | (tie >> (_TIE_BITS - 10)))


def pack(posting: PostingDocument) -> bytes:
    """Pack what a hit needs: id, cluster, title, card."""
    cluster, title = posting.cluster.encode(), posting.title.encode()
    return _HEAD.pack(posting.id.bytes, len(cluster), len(title)) + cluster + title + posting.card


def unpack(payload: bytes) -> tuple[UUID, str, str, bytes]:
    """Return id, cluster, title and card: the reverse of `pack`."""
    number, cluster_length, title_length = _HEAD.unpack_from(payload)
    title = _HEAD.size + cluster_length
    card = title + title_length
    return UUID(bytes=number), payload[_HEAD.size : title].decode(), payload[title:card].decode(), payload[card:]
