"""Files are opened one at a time in an installation: who waits too long is told so, and keeps what they typed."""

import os
from collections.abc import Callable, Iterator
from fcntl import LOCK_EX, flock
from io import BytesIO

import pytest
from django.conf import settings

from jiuye.kernel import confinement
from jiuye.kernel.errors import Unavailable
from jiuye.kernel.uploads import cleaning
from tests.factories import doors
from tests.factories.doors import AT_ONCE, TYPED, Door
from tests.factories.portraits import picture


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Another process of the installation is opening a file, for longer than anybody waits."""
    monkeypatch.setattr(cleaning, "_PATIENCE", 0.05)
    lock = os.open(settings.DATA_DIR, os.O_RDONLY)
    flock(lock, LOCK_EX)
    yield
    os.close(lock)


@pytest.mark.django_db
@pytest.mark.usefixtures("own_files", "elsewhere")
@pytest.mark.parametrize("door", AT_ONCE.values(), ids=AT_ONCE.keys())
def test_every_door_says_when_to_try_again_and_keeps_what_was_typed(door: Callable[[], Door]) -> None:
    at = door()
    answer = at.send(picture(), "大厅.jpg")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    said = answer.content.decode()
    assert "上传的人较多" in said
    assert at.address.startswith("/api/") or TYPED in said or TYPED not in at.typed.values()


@pytest.mark.django_db
@pytest.mark.usefixtures("own_files", "elsewhere")
def test_what_was_refused_for_a_moment_can_be_sent_again_unchanged(monkeypatch: pytest.MonkeyPatch) -> None:
    at = doors.attachment()
    assert at.send(picture(), "证书.jpg").status_code == 503
    monkeypatch.setattr(cleaning, "flock", lambda *_: None)
    assert at.send(picture(), "证书.jpg").status_code == 302


def test_half_the_threads_of_a_process_go_on_answering_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A third thread does not wait, it says so at once."""

    def crowded(*_: object, **__: object) -> bytes:
        with pytest.raises(Unavailable):
            cleaning.clean(BytesIO(picture()), name="第三张.jpg")
        return b'{"width": 1, "height": 1}\n'

    monkeypatch.setattr(confinement, "run", crowded)
    with cleaning._turn_of_this_process():
        cleaning.clean(BytesIO(picture()), name="第二张.jpg")


@pytest.mark.parametrize("ended", [confinement.ChildFailed("signal 9"), confinement.ChildBroken("exit code 1")])
def test_a_child_that_was_ended_gives_its_turn_back(monkeypatch: pytest.MonkeyPatch, ended: Exception) -> None:
    def end(*_: object, **__: object) -> bytes:
        raise ended

    with monkeypatch.context() as broken:
        broken.setattr(confinement, "run", end)
        for _ in range(5):
            with pytest.raises((cleaning.Unacceptable, Unavailable)):
                cleaning.clean(BytesIO(picture()), name="a.jpg")
    assert cleaning.clean(BytesIO(picture(60, 40)), name="a.jpg").width == 60
