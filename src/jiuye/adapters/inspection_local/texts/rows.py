"""One row of a table as lines, its cells separated by tabs."""

from collections.abc import Sequence


def lines_of_row(cells: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a row whose cells have lines of their own.

    Cells of one line make one line. A row with one long cell begins with that cell's first line (a form's label and its
    text). Two long cells are columns of a page and follow each other.
    """
    long = [cell for cell in cells if len(cell) > 1]
    if len(long) > 1:
        return [line for cell in cells for line in cell]
    first = "\t".join(cell[0].strip() if cell else "" for cell in cells).rstrip("\t")
    return [first, *(line for cell in long for line in cell[1:])]
