"""Nothing that an organisation hands in, or that operators keep about it, is ever in clear outside the pages (S12).

Materials, what is read in them, what is typed, what registers answer, submissions, evidence and appeals,
names of files, invitations: not in the storage, a database dump, the logs or the temporary folder.
"""

import tempfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

from jiuye.domains.organisations import actions as organisations
from jiuye.domains.organisations.models import MemberInvitation
from jiuye.domains.qualifications import actions
from jiuye.domains.qualifications.models import MachineCheck, Material, Submission
from jiuye.domains.sanctions import actions as sanctions
from jiuye.domains.sanctions.models import Appeal, EvidenceFile, Sanction
from jiuye.kernel import events, sealed_files
from jiuye.kernel.actor import Actor
from jiuye.kernel.confinement import process
from jiuye.kernel.models import EventRecord
from jiuye.runtime.demo.materials import Facts
from jiuye.runtime.demo.materials import material as demonstrated
from jiuye.worker.handlers import HANDLERS
from tests.bars.test_canaries import IN_A_FILE, dumped, files_in_clear
from tests.factories import audits, members, portraits
from tests.factories import qualifications as make

pytestmark = pytest.mark.django_db(transaction=True)

TYPED = "公孙墨砚"
IN_THE_LETTER = "独孤样例砚台有限公司"
REGISTERED = "端木登记所记"
EVIDENCE, STEP, NOTE, APPEAL, ANSWER = (
    "欧冶证据摘要",
    "澹台跳步理由",
    "闻人内部备注",
    "钟离申诉：职位仍在招聘",
    "宇文答复：核对后职位属实",
)
INVITED = "13870009125"
NAMED, EVIDENCE_FILE = "夏侯的手持证件", "诸葛陈述"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of temporary files, of this process and of those that open documents."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr(process, "_MEMORY_FOLDER", folder)
    return folder


@pytest.fixture
def logged() -> Iterator[list[EventDict]]:
    """What structlog is given meanwhile."""
    with capture_logs() as entries:
        yield entries


def _hand_in(owner: Actor) -> None:
    """A portrait and a sealed letter, opened; what is typed; a submission, and what a register answers."""
    portrait = portraits.picture() + IN_A_FILE
    letter, _ = demonstrated("authorisation_letter", Facts(IN_THE_LETTER, "91510107MA9000001H", date(2026, 1, 5)))
    actions.add_material(owner, kind="handler_identity", way="portrait", file=BytesIO(portrait), name=f"{NAMED}.jpg")
    actions.add_material(owner, kind="authorisation_letter", way="file", file=BytesIO(letter), name="授权书.ofd")
    assert any(IN_A_FILE in sealed_files.read(one.key) for one in Material.objects.all())
    for one in Material.objects.all():
        actions.inspect_material(Actor.system(), material_id=one.id)
    make.filled("market", owner=owner)
    typed = make.values_for(owner, "authorisation_letter", handler_name=TYPED)
    actions.save_item(owner, kind="authorisation_letter", way="file", values=typed)
    actions.submit(owner)
    MachineCheck.objects.filter(case=make.case_of(owner), code="register").update(detail=f'{{"name": "{REGISTERED}"}}')


def _sanction(owner: Actor) -> None:
    """A sanction with evidence, an appeal with a file, and its answer."""
    proposal = sanctions.Proposal(
        level="take_down",
        reason="2026 年 11 月多次发布已经招满的职位，经提醒没有改正。",
        bases=("deposits",),
        evidence=EVIDENCE,
        step_reason=STEP,
        note=NOTE,
    )
    file = (f"{EVIDENCE_FILE}.pdf", BytesIO(portraits.pdf(IN_A_FILE.decode())))
    sanction = sanctions.impose(
        audits.auditor(), kind="agency", subject_id=owner.organisation_id, proposal=proposal, files=[file]
    )
    appeal = sanctions.submit_appeal(owner, sanction_id=sanction, text=APPEAL, files=[])
    sanctions.decide_appeal(audits.auditor("审核员乙"), appeal_id=appeal, uphold=True, answer=ANSWER)


def test_it_is_in_clear_nowhere(
    temporary: Path, logged: list[EventDict], caplog: pytest.LogCaptureFixture, own_files: Path
) -> None:
    owner = make.registered("market")
    _hand_in(owner)
    _sanction(owner)
    organisations.invite_member(members.team().qian, phone=INVITED, role="recruiter")
    for record in EventRecord.objects.all():
        events.deliver(record.pk, HANDLERS)

    kept = {
        TYPED: Submission.objects.get().content,
        IN_THE_LETTER: "".join(Material.objects.values_list("findings", flat=True)),
        REGISTERED: "".join(MachineCheck.objects.values_list("detail", flat=True)),
        EVIDENCE: Sanction.objects.get().evidence,
        STEP: Sanction.objects.get().step_reason,
        NOTE: Sanction.objects.get().note,
        APPEAL: Appeal.objects.get().text,
        ANSWER: Appeal.objects.get().answer,
        NAMED: "".join(one.name for one in Material.objects.all()),
        EVIDENCE_FILE: EvidenceFile.objects.get().name,
        INVITED: MemberInvitation.objects.get().phone,
    }
    assert [canary for canary, text in kept.items() if canary not in text] == []
    canaries = [*kept, IN_A_FILE.decode()]
    dump = dumped()
    assert [one for one in canaries if one in dump] == []
    said = repr(logged) + caplog.text
    assert [one for one in canaries if one in said] == []
    assert files_in_clear(own_files) == []
    assert [path.name for path in temporary.rglob("*")] == []
