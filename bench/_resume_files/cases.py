"""The files of the benchmark: which person in which layout, and which of a person's facts a layout does not write."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from . import held_out, layouts
from .people import BY_KEY, Person
from .printed import own_pdf

MADE = Path(__file__).parent / "made"
"""Binary .doc and RTF files, written once by LibreOffice 7.4 from layouts of this package (see README.md there)."""
Print = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Case:
    """`content` prints pages with the given browser. `unwritten`: the fields that the file does not state."""

    layout: str
    person: Person
    content: Callable[[Print], bytes]
    group: str
    unwritten: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        return f"{self.layout}/{self.person.key}"


def _of(
    layout: str, build: Callable[[Person], bytes], keys: str, group: str, *, without: str = "", prints: bool = False
) -> list[Case]:
    def content(key: str) -> Callable[[Print], bytes]:
        return lambda printed: printed(build(BY_KEY[key])) if prints else build(BY_KEY[key])

    return [Case(layout, BY_KEY[key], content(key), group, frozenset(without.split())) for key in keys.split()]


def _made(keys: str, group: str) -> list[Case]:
    found = []
    for file in keys.split():
        layout, _, key = file.partition("-")
        stem, _, kind = key.partition(".")
        found.append(Case(f"made:{layout}.{kind}", BY_KEY[stem], partial(_written, MADE / file), group))
    return found


def _written(path: Path, _: Print) -> bytes:
    return path.read_bytes()


def cases() -> list[Case]:
    """Return all cases: those that the reader was developed with, the held-out ones, and the product's own PDFs."""
    return [
        *_of("paragraphs.docx", layouts.paragraphs, "graduate programmer minority cook", "known"),
        *_of("form.docx", layouts.form, "driver nurse returnee doctor", "known"),
        *_of("boxes.docx", layouts.boxes, "minority climber teacher returnee", "known"),
        *_of("columns.pdf", layouts.columns, "programmer welder gap doctor", "known"),
        *_of("floats_right.pdf", layouts.page_to_print, "programmer cook returnee", "known", prints=True),
        *_of(
            "floats_left.pdf",
            lambda one: layouts.page_to_print(one, is_left=True),
            "climber nurse minority",
            "known",
            prints=True,
        ),
        *_of("archive.doc", layouts.archive, "graduate driver climber", "known"),
        *_of("rich.rtf", layouts.rich, "welder teacher minority", "known"),
        *_made(
            "paragraphs-driver.doc form-nurse.doc boxes-minority.doc paragraphs-returnee.doc form-doctor.doc form-teacher.rtf",
            "known",
        ),
        *_of("labelled.docx", held_out.labelled, "nurse programmer minority gap", "held out"),
        *_of("dates_after.pdf", held_out.dates_after, "climber cook doctor teacher", "held out"),
        *_of(
            "english.html",
            held_out.english,
            "returnee programmer welder",
            "held out",
            without="wish.region wish.pay_min wish.pay_max",
        ),
        *_of("headed_tables.docx", held_out.headed_tables, "graduate driver doctor climber", "held out"),
        *_of("other_board.doc", held_out.other_board, "graduate nurse programmer minority", "held out"),
        *_of("one_employer.docx", held_out.one_employer, "climber gap welder programmer", "held out"),
        *_made("labelled-cook.doc headed_tables-programmer.doc", "held out"),
        *_of(
            "own.pdf",
            own_pdf,
            "graduate driver nurse programmer cook returnee minority gap climber welder teacher doctor",
            "own",
            without="birth_year",
        ),
    ]
