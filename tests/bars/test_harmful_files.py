"""Every harmful file at every door that takes its kind (S9): refused in words, or kept as something newly made of it; never an error,
never more than the limits of a child process, and the next good file is taken in.
"""

import os
import resource
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from threading import Event, Thread
from typing import Any

import psutil
import pytest

from jiuye.domains.feedback.models import FeedbackFile
from jiuye.domains.qualifications.models import Material
from jiuye.kernel import sealed_files
from tests.factories import doors, harmful
from tests.factories.doors import AT_ONCE, OPENED_LATER, SHEETS, Door
from tests.factories.portraits import picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
MEGABYTE = 1024 * 1024
# Generous: on an idle machine all files but three take less than a second and 300 MB (docs/reliability.md).
CPU_SECONDS, MEGABYTES, OWN_MEGABYTES = 8.0, 400, 150
LOOKS = 10
"""A child is looked for every tenth time: that reads all processes of the machine. Its memory is read every time."""

EXPECTED: Mapping[str, tuple[Mapping[str, Callable[[], bytes]], tuple[str, ...], str]] = {
    "pictures": (harmful.PICTURES, (*AT_ONCE, *OPENED_LATER), "kept"),
    "other than pictures": (harmful.OTHERS, (*AT_ONCE, *OPENED_LATER), "refused"),
    "PDF": (harmful.PDF, (*AT_ONCE, *OPENED_LATER), "refused"),
    "OFD": (harmful.OFD, ("feedback", "material"), "refused"),
    "office documents": (harmful.OFFICE, ("attachment", "resume_file"), "refused"),
    "tables": (harmful.SHEETS, ("feedback", *SHEETS), "refused"),
}
"""By kind: the files, the doors that take them or are nearest to taking them, and what usually happens."""
READ_AS_TEXT = (
    "a table with a cell of 30 KB of dashes",
    "a table with formulas",
    "a workbook with a false dimension",
    "a workbook with a part outside",
    "a workbook with formulas",
    "a workbook with links elsewhere",
)
EXCEPT: Mapping[tuple[str, str], str] = {
    ("an animated WebP", "material"): "refused",
    ("an animated WebP", "resume_file"): "refused",
    ("a WebP of 12 megapixels", "material"): "refused",
    ("a WebP of 12 megapixels", "resume_file"): "refused",
    ("a picture one pixel high", "photo"): "refused",
    # The words of resumes are read; these files are not handed to anybody (`DocumentText.can_be_sent`).
    ("a web page", "resume_file"): "kept",
    ("a Word document with a template elsewhere", "resume_file"): "kept",
    ("a Word document with a name outside", "resume_file"): "kept",
    ("an RTF of 30,000 groups", "resume_file"): "kept",
    ("an OFD of 50,000 levels", "material"): "kept",
    # Of tables only the values of cells are read, as text; nothing is unpacked to the disk.
    **{(name, door): "kept" for name in READ_AS_TEXT for door in SHEETS},
}


def expected(kind: str, name: str, door: str) -> str:
    return EXCEPT.get((name, door), EXCEPT.get((name, "*"), EXPECTED[kind][2]))


@dataclass
class Spent:
    """What child processes used, and by how much this one grew."""

    cpu: float = 0.0
    megabytes: float = 0.0
    own_megabytes: float = 0.0


@contextmanager
def measured() -> Iterator[Spent]:
    """Measure the children that are started meanwhile: processor seconds, and the highest memory of one."""
    spent, over, own = Spent(), Event(), psutil.Process()

    def watch() -> None:
        for turn in count():
            if over.wait(0.005):
                return
            if turn % LOOKS == 0:
                children = _programs_of(own)
            for pid in children:
                spent.megabytes = max(spent.megabytes, _most_megabytes(pid))

    before, begin = own.memory_info().rss, _children_cpu()
    thread = Thread(target=watch)
    thread.start()
    try:
        yield spent
    finally:
        over.set()
        thread.join()
        spent.cpu = _children_cpu() - begin
        spent.own_megabytes = (own.memory_info().rss - before) / MEGABYTE


def _programs_of(own: psutil.Process) -> list[int]:
    """The children that run a program of their own; a new one is for a moment a copy of this process."""
    ours, found = own.cmdline(), []
    for child in own.children(recursive=True):
        with suppress(psutil.Error):
            if child.cmdline() != ours:
                found.append(child.pid)
    return found


def _most_megabytes(pid: int) -> float:
    """The most memory that the process has had; 0 if it has ended."""
    with suppress(OSError), open(f"/proc/{pid}/status") as status:
        return next((int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM")), 0.0)
    return 0.0


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def outcome(at: Door, content: bytes) -> str:
    """Send the file and have it opened. Return `kept`, or `refused` with a reason in words."""
    answer = at.send(content, "文件.jpg")
    if answer.status_code == 422:
        return "refused"
    assert answer.status_code in (201, 202, 302, 303), (answer.status_code, answer.content[:500])
    problem = at.opened()
    assert problem == "" or problem.endswith(("。", "；")), problem
    return "refused" if problem else "kept"


@pytest.fixture(scope="module")
def people(module_transaction: None) -> dict[str, Door]:
    """A person at each door."""
    return {name: make() for name, make in doors.DOORS.items()}


CASES = [pytest.param(kind, name, id=f"{kind}: {name}") for kind, (files, _, _) in EXPECTED.items() for name in files]


@pytest.mark.parametrize(("kind", "name"), CASES)
def test_it_is_refused_or_newly_made_and_the_next_file_is_taken_in(
    kind: str, name: str, people: dict[str, Door]
) -> None:
    files, places, _ = EXPECTED[kind]
    content = files[name]()
    found: dict[str, Any] = {}
    for place in places:
        with measured() as spent:
            found[place] = outcome(people[place], content)
        if log := os.environ.get("HARMFUL_FILES_LOG"):
            with open(log, "a") as out:
                out.write(
                    f"{spent.cpu:.2f} s\t{spent.megabytes:.0f} MB\t{spent.own_megabytes:.0f} MB\t{name}\t{place}\t{found[place]}\n"
                )
        assert spent.cpu < CPU_SECONDS, place
        assert spent.megabytes < MEGABYTES, place
        assert spent.own_megabytes < OWN_MEGABYTES, place
    assert found == {place: expected(kind, name, place) for place in places}
    keys = [*FeedbackFile.objects.values_list("key", flat=True), *Material.objects.values_list("key", flat=True)]
    for key in filter(None, keys):
        assert harmful.CANARY not in sealed_files.read(key)


def test_a_good_picture_is_taken_in_at_every_door(people: dict[str, Door]) -> None:
    places = (*AT_ONCE, *OPENED_LATER)
    assert {place: outcome(people[place], picture()) for place in places} == dict.fromkeys(places, "kept")


def test_the_files_are_many() -> None:
    assert len(harmful.FILES) >= 60
