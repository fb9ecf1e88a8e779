"""Figures unlike the rest of their column, to be looked at before they are public."""

from collections.abc import Sequence
from math import log
from statistics import median

FEWEST = 5
"""Fewer figures have no usual size."""
LEAST_RATIO = 4.0
_SPREADS = 4.5
_OF_NORMAL = 1.4826
"""A median deviation times this is the standard deviation of normally distributed figures."""


def strangers(figures: Sequence[float | None]) -> set[int]:
    """Return the places of figures that are at least `LEAST_RATIO` times more, or less, than the median, and far outside the
    spread of the others (median absolute deviation of the logarithms). None and 0 are no figures.
    """
    known = {place: log(figure) for place, figure in enumerate(figures) if figure and figure > 0}
    if len(known) < FEWEST:
        return set()
    middle = median(known.values())
    spread = _OF_NORMAL * median(abs(figure - middle) for figure in known.values())
    far = max(log(LEAST_RATIO), _SPREADS * spread)
    return {place for place, figure in known.items() if abs(figure - middle) >= far}
