"""Files as nobody should send them, made here by code: too large in one way or another, of two types at once, damaged, with what acts
or tells. None of them crashes any program; they try our own limits.

`FILES` maps a name to the function that makes the file. What is hidden in one that may be kept in another form holds `CANARY`.
"""

from collections.abc import Callable, Mapping

from tests.factories.harmful.documents import OFD, OFFICE, PDF
from tests.factories.harmful.pictures import CANARY, OTHERS, PICTURES
from tests.factories.harmful.workbooks import SHEETS

__all__ = ["CANARY", "FILES", "OFD", "OFFICE", "OTHERS", "PDF", "PICTURES", "SHEETS"]
FILES: Mapping[str, Callable[[], bytes]] = {**PICTURES, **OTHERS, **PDF, **OFD, **OFFICE, **SHEETS}
