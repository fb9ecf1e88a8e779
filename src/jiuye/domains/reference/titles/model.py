"""The model's weights, read once per process, and the scores that a title gets. Pure Python: 50,000 n-grams, a few weights each."""

import struct
import zlib
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, sqrt

from jiuye.domains.reference.catalogue import DATA
from jiuye.domains.reference.titles.features import features

FILE = DATA / "occupation_titles.bin"
HEADER = struct.Struct("<IIIddddd")
"""Numbers of codes, n-grams and weights; unit; certainty (three figures); least certainty."""


@dataclass(frozen=True, slots=True)
class Scored:
    """The likeliest codes, best first; the score of the first, and by how much it leads. No codes: nothing in the title is known."""

    codes: tuple[str, ...]
    first: float
    lead: float


Gram = tuple[float, tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Weights:
    """One linear score a code: `grams` has an n-gram's rarity, the places in `codes` that it speaks for or against, and its weights there.

    `unit` is what a weight of 1 means. `certainty`: constant and factors of `first` and `lead`, by which a logistic function gives
    the share of titles for which the first code is right. With `least_certainty` or more it counts as certain.
    """

    codes: Sequence[str]
    biases: Sequence[float]
    grams: Mapping[str, Gram]
    unit: float
    certainty: tuple[float, float, float]
    least_certainty: float

    def certainty_of(self, one: Scored) -> float:
        """Return how certain the first code is, from 0 to 1."""
        constant, of_first, of_lead = self.certainty
        return 1 / (1 + exp(-(constant + of_first * one.first + of_lead * one.lead)))


def scored(model: Weights, title: str, most: int) -> Scored:
    """Return at most `most` codes for a title. About 0.3 ms of one core."""
    found = {gram: value for gram, value in features(title).items() if gram in model.grams}
    known = [(model.grams[gram], value) for gram, value in found.items()]
    if not any(len(gram.strip("^$")) > 1 for gram in found):  # single characters say nothing
        return Scored((), 0.0, 0.0)
    length = sqrt(sum((rarity * value) ** 2 for (rarity, _, _), value in known))
    scores: dict[int, float] = {}
    get = scores.get
    for (rarity, places, weights), value in known:
        factor = rarity * value / length * model.unit
        for code, weight in zip(places, weights, strict=True):
            scores[code] = get(code, 0.0) + weight * factor
    if not scores:
        return Scored((), 0.0, 0.0)
    best = sorted([(total + model.biases[code], -code) for code, total in scores.items()], reverse=True)
    lead = best[0][0] - best[1][0] if len(best) > 1 else best[0][0] + 1.0
    return Scored(tuple(model.codes[-code] for _, code in best[:most]), best[0][0], lead)


def score(title: str, most: int) -> Scored:
    """Return at most `most` codes for a title by the model of this release."""
    return scored(weights(), title, most)


@cache
def weights() -> Weights:
    """Return the model of this release. About 60 ms and 15 MB, once."""
    return unpack(FILE.read_bytes())


def unpack(packed: bytes) -> Weights:
    """Return what `pack` has packed."""
    data = zlib.decompress(packed)
    codes_number, grams_number, weights_number, unit, *certainty, least = HEADER.unpack_from(data)
    position = HEADER.size
    arrays = []
    for kind, number in (
        ("f", codes_number),
        ("f", grams_number),
        ("H", grams_number),
        ("H", weights_number),
        ("b", weights_number),
    ):
        one = array(kind)
        one.frombytes(data[position : position + number * one.itemsize])
        position += number * one.itemsize
        arrays.append(one)
    biases, rarities, lengths, classes, values = arrays
    codes, grams = (part.split("\n") for part in data[position:].decode().split("\0"))
    table, start = {}, 0
    for gram, rarity, number in zip(grams, rarities, lengths, strict=True):
        table[gram] = (rarity, tuple(classes[start : start + number]), tuple(values[start : start + number]))
        start += number
    return Weights(codes, biases, table, unit, tuple(certainty), least)


def pack(model: Weights) -> bytes:
    """Return the file of a model: its arrays, then codes and n-grams as text, compressed."""
    grams = model.grams.values()
    number = sum(len(places) for _, places, _ in grams)
    head = HEADER.pack(len(model.codes), len(grams), number, model.unit, *model.certainty, model.least_certainty)
    arrays = (
        array("f", model.biases),
        array("f", (rarity for rarity, _, _ in grams)),
        array("H", (len(places) for _, places, _ in grams)),
        array("H", (place for _, places, _ in grams for place in places)),
        array("b", (weight for _, _, weights in grams for weight in weights)),
    )
    text = "\0".join(("\n".join(model.codes), "\n".join(model.grams)))
    return zlib.compress(head + b"".join(one.tobytes() for one in arrays) + text.encode(), 9)
