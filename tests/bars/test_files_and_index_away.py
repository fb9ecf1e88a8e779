"""The process that opens documents cannot be started, hangs, is killed or talks nonsense; the search index is gone (R6): nothing unopened
counts as a material, browsing and applying go on, and afterwards it works without anybody's help.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from jiuye.domains.qualifications.models import Material
from jiuye.kernel.models import SealedFile
from jiuye.ports.search import SearchQuery
from jiuye.search import tasks
from tests.bars.going_on import browsing_and_applying_go_on, says
from tests.factories import cast as casts
from tests.factories import doors
from tests.factories.cast import Cast
from tests.factories.portraits import picture
from tests.factories.public_site import index_all, wired_engine
from tests.factories.small_worker import work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
AWAY = {"cannot be started": "", "ends at once": "exit 1"}
"""The fault is known to be ours: nothing is said of the file."""
FAILING = {"hangs": "exec sleep 60", "is killed": "kill -9 $$", "talks nonsense": "cat > /dev/null; echo '{'"}
"""The file may be the cause."""


@pytest.fixture(scope="module")
def cast(module_transaction: None) -> Cast:
    return casts.assemble()


@pytest.fixture
def break_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Have children be this shell script; "": there is no such program."""

    def wire(script: str) -> None:
        program = tmp_path / "python"
        if script:
            program.write_text(f"#!/bin/sh\n{script}\n")
            program.chmod(0o755)
        monkeypatch.setattr("jiuye.kernel.confinement.process.sys.executable", str(program))
        for module in ("jiuye.adapters.inspection_local", "jiuye.kernel.uploads.cleaning"):
            monkeypatch.setattr(f"{module}.SECONDS", 0.3)

    return wire


@pytest.mark.parametrize("script", AWAY.values(), ids=AWAY)
def test_a_material_waits_for_a_process_that_opens_it(
    cast: Cast, break_children: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    door = doors.material()
    break_children(script)
    door.send(picture(), "执照.jpg")
    assert work("documents") == {"inspect_material"}
    assert says(door.client.get("/agency/qualification/business_licence"), "正在检查")
    browsing_and_applying_go_on(cast)
    monkeypatch.undo()
    assert Material.objects.get().state == "checking"
    assert work("documents") == set()
    assert Material.objects.get().state == "ready"


@pytest.mark.parametrize("script", FAILING.values(), ids=FAILING)
def test_a_material_that_could_not_be_opened_is_none(
    cast: Cast, break_children: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    door = doors.material()
    break_children(script)
    door.send(picture(), "执照.jpg")
    assert work("documents") == set()
    assert says(door.client.get("/agency/qualification/business_licence"), "这个文件打不开", "再传")
    browsing_and_applying_go_on(cast)
    monkeypatch.undo()
    assert Material.objects.get().state == "refused"
    door.send(picture(), "执照.jpg")
    assert work("documents") == set()
    assert Material.objects.filter(state="ready").count() == 1


@pytest.mark.parametrize("script", [*AWAY.values(), *FAILING.values()], ids=[*AWAY, *FAILING])
def test_a_photo_that_could_not_be_opened_is_not_kept(
    cast: Cast, break_children: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    door, kept = doors.photo(), SealedFile.objects.count()
    break_children(script)
    answer = door.send(picture(), "照片.jpg")
    assert answer.status_code == (503 if script in AWAY.values() else 422)
    assert says(answer, "请过几秒重新选择文件" if script in AWAY.values() else "这个文件打不开")
    assert SealedFile.objects.count() == kept
    browsing_and_applying_go_on(cast)
    monkeypatch.undo()
    assert door.send(picture(), "照片.jpg").status_code in (302, 303)
    assert SealedFile.objects.count() == kept + 1


def garble(folder: Path) -> None:
    """Put other bytes in the place of each file's."""
    for file in [one for one in folder.rglob("*") if one.is_file()]:
        length = file.stat().st_size
        file.unlink()
        file.write_bytes(b"\xa5" * length)


@pytest.mark.parametrize("harm", [shutil.rmtree, garble], ids=["deleted", "garbled"])
def test_the_jobs_are_listed_without_an_index_and_it_comes_back(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: Callable[[Path], object]
) -> None:
    with wired_engine(tmp_path, monkeypatch) as engine:
        index_all()
        harm(tmp_path / "index")
        engine.close()
        browsing_and_applying_go_on(cast)
        tasks.watch_search_index(35 * 60)  # of each hour: with the checksums of the files
        assert engine.search(SearchQuery(q=cast.posting.title)).total == 1
