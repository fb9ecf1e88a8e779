"""The operators' queue of qualifications and the page of a case, through HTTP."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import orjson
import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from jiuye.domains.accounts.models import User
from jiuye.domains.organisations.models import Agency
from jiuye.domains.qualifications import actions
from jiuye.domains.qualifications.models import Case, CaseNote, Decision, Material, Submission
from jiuye.kernel import clock, sealed_files
from jiuye.kernel.actor import Actor
from jiuye.kernel.models import AuditEntry, EventRecord
from tests.factories import accounts, audits, organisations, reference

pytestmark = pytest.mark.django_db


def at_desk(actor: Actor) -> Client:
    return accounts.browser(User.objects.get(pk=actor.person_id))


def text(response: Any) -> str:
    return response.content.decode()


def verdicts(case: Case, decision: str = "pass", **more: str) -> dict[str, str]:
    """A filled-in form: everything accepted."""
    fields = {f"verdict-{kind}": "accepted" for kind in case.items.values_list("kind", flat=True)}
    return {**fields, "version": str(audits.version_of(case.id)), "decision": decision, **more}


def page_of(case: Case, kind: str = "business_licence", form: str = "jpeg") -> Material:
    """A material of one page, red above and blue below."""
    picture = Image.new("RGB", (400, 600), "#0000c0")
    picture.paste("#c00000", (0, 0, 400, 300))
    out = BytesIO()
    picture.save(out, "JPEG")
    with transaction.atomic():
        keys = [sealed_files.save("materials", out.getvalue(), "image/jpeg") for _ in range(2)]
        return Material.objects.create(
            item=case.items.get(kind=kind),
            state="ready",
            key=keys[0],
            page_keys=[keys[1]],
            name="营业执照.jpg",
            format=form,
            size=len(out.getvalue()),
            digest="0" * 64,
            uploaded_by=accounts.person(),
            uploaded_at=clock.now(),
        )


def link_to(opened: Any, turn: int = 0) -> str:
    """The short-lived link to the first page, turned."""
    return re.findall(rf'data-turn-{turn}="([^"]+)"', text(opened))[0]


class TestQueue:
    def test_the_longest_waiting_is_first_and_overdue_is_said_in_words(self) -> None:
        audits.waiting(audits.newcomer(legal_name="成都新到人力资源有限公司"), hours=1)
        audits.waiting(audits.newcomer(legal_name="成都久等人力资源有限公司"), hours=24 * 9)
        page = text(at_desk(audits.auditor()).get("/ops/qualifications"))
        assert page.index("成都久等") < page.index("成都新到")
        assert page.count("已超 ") == 1

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("applicant=public", "公共"),
            ("applicant=employer", "企业"),
            ("state=second_look", "复核"),
            ("purpose=renewal", "续期"),
            ("q=复核", "复核"),
            ("region=310000", "公共"),
            ("whose=mine", "我的"),
            ("whose=overdue", "久等"),
        ],
    )
    def test_it_can_be_narrowed(self, asked: str, found: str) -> None:
        auditor = audits.auditor()
        shanghai = reference.region("310115")
        made = {
            "公共": audits.waiting(audits.newcomer(legal_name="公共示例服务中心", kind="public", region=shanghai)),
            "企业": audits.waiting(audits.new_employer(legal_name="企业示例机械有限公司")),
            "复核": audits.waiting(
                audits.newcomer(legal_name="复核示例人力公司"), state="second_look", first_by=accounts.person("甲")
            ),
            "续期": audits.waiting(audits.newcomer(legal_name="续期示例人力公司"), purpose="renewal"),
            "我的": audits.waiting(audits.newcomer(legal_name="我的示例人力公司")),
            "久等": audits.waiting(audits.newcomer(legal_name="久等示例人力公司"), hours=24 * 9),
        }
        actions.claim(auditor, case_id=made["我的"].id)
        page = text(at_desk(auditor).get(f"/ops/qualifications?{asked}"))
        shown = {name for name, case in made.items() if str(case.id) in page}
        assert shown == {found}

    def test_a_credit_code_finds_its_organisation_and_nonsense_narrows_nothing(self) -> None:
        case = audits.waiting()
        code = Agency.objects.get(pk=case.organisation_id).credit_code
        client = at_desk(audits.auditor())
        assert str(case.id) in text(client.get(f"/ops/qualifications?q={code}"))
        assert str(case.id) in text(client.get("/ops/qualifications?applicant=x&state=y&region=z&whose=w&cursor=%01"))

    def test_it_is_paged_without_losing_or_repeating_any(self) -> None:
        cases = {str(audits.waiting(hours=n).id) for n in range(1, 34)}
        client, seen, address = at_desk(audits.auditor()), [], "/ops/qualifications"
        while address:
            page = text(client.get(address))
            seen += re.findall(r'class="row-link" href="/ops/qualifications/([^"]+)"', page)
            further = re.search(r'href="(\?cursor=[^"]+)"[^>]*rel="next"', page)
            address = f"/ops/qualifications{further[1]}" if further else ""
        assert len(seen) == 33
        assert set(seen) == cases

    def test_several_are_claimed_or_assigned_at_once(self) -> None:
        one, other, auditor = audits.waiting(), audits.waiting(), audits.auditor()
        at_desk(auditor).post("/ops/qualifications/claim", {"case": [one.id, other.id]})
        assert set(Case.objects.values_list("claimed_by_id", flat=True)) == {auditor.person_id}
        chief, colleague = audits.auditor("平台管理员", role="owner"), audits.auditor("审核员乙")
        at_desk(chief).post(
            "/ops/qualifications/claim", {"case": [one.id], "assign": "1", "to": str(colleague.person_id)}
        )
        one.refresh_from_db()
        assert one.claimed_by_id == colleague.person_id

    def test_the_next_case_opens(self) -> None:
        case = audits.waiting()
        client = at_desk(audits.auditor())
        assert client.post("/ops/qualifications/next")["Location"] == f"/ops/qualifications/{case.id}"
        assert "没有您可以领取的" in text(client.post("/ops/qualifications/next", follow=True))

    def test_the_rail_says_how_many_wait(self) -> None:
        audits.waiting()
        audits.waiting()
        assert '<span class="rail-count">2</span>' in text(at_desk(audits.auditor()).get("/ops"))

    def test_a_thousand_waiting_cases_take_no_more_queries_than_ten(self) -> None:
        client = at_desk(audits.auditor())
        for n in range(10):
            audits.check(audits.waiting(hours=n + 1), "differs")
        few = _queries(client, "/ops/qualifications")
        template = Case.objects.order_by("id").first()
        Case.objects.bulk_create(
            Case(
                qualification_id=template.qualification_id,
                organisation_id=template.organisation_id,
                applicant="market",
                purpose="complaint",
                state="submitted",
                opened_at=clock.now(),
                submitted_at=clock.now() - timedelta(minutes=n),
                due_at=clock.now(),
            )
            for n in range(1000)
        )
        assert _queries(client, "/ops/qualifications") == few <= 12
        assert _queries(client, "/ops/qualifications?whose=overdue&q=示例&region=510000&applicant=market") <= 12


class TestCasePage:
    def test_everything_needed_is_beside_each_other(self) -> None:
        case = audits.waiting(audits.newcomer(legal_name="成都待核人力资源有限公司"))
        audits.check(
            case,
            "differs",
            text="与市场主体登记不一致：单位名称。",
            detail='[{"label": "单位名称", "stated": "成都待核", "recorded": "成都待核人力"}]',
        )
        actions.add_note(audits.auditor("审核员丙"), case_id=case.id, text="电话核实过。")
        page = text(at_desk(audits.auditor()).get(f"/ops/qualifications/{case.id}"))
        for words in (
            "成都待核人力资源有限公司",
            "(川)人服证字[2026]第0100009号",
            "与市场主体登记不一致",
            "成都待核人力",
            "电话核实过。",
            "审核员丙",
            "看不清",
            "长期",
            "向右转 90 度",
        ):
            assert words in page

    def test_what_changed_since_the_last_submission_is_shown(self) -> None:
        case = audits.waiting(submissions=2)
        first = Submission.objects.get(case=case)
        content = orjson.loads(first.content)
        content["hr_licence"]["facts"]["expires_on"] = "2099-12-31"
        Submission.objects.create(
            case=case,
            number=2,
            submitted_by=first.submitted_by,
            submitted_at=clock.now(),
            content=orjson.dumps(content).decode(),
        )
        Case.objects.filter(pk=case.pk).update(submitted_at=clock.now())
        page = text(at_desk(audits.auditor()).get(f"/ops/qualifications/{case.id}"))
        assert "<del>2099-06-30</del> → <ins>2099-12-31</ins>" in page

    def test_a_case_with_all_its_history_stays_within_twelve_queries(self) -> None:
        case = audits.waiting()
        client = at_desk(audits.auditor("审核员乙"))
        few = _queries(client, f"/ops/qualifications/{case.id}")
        page_of(case)
        page_of(case, "hr_licence")
        for n in range(5):
            actions.add_note(audits.auditor(), case_id=case.id, text=f"备注 {n}")
            audits.check(case, code=f"check-{n}")
        actions.pass_case(audits.auditor(), case_id=case.id, version=1, stated=audits.all_accepted(case))
        assert _queries(client, f"/ops/qualifications/{case.id}") == few <= 12

    def test_a_draft_is_not_there(self) -> None:
        case = audits.waiting(state="draft")
        Case.objects.filter(pk=case.pk).update(submitted_at=None)
        assert at_desk(audits.auditor()).get(f"/ops/qualifications/{case.id}").status_code == 404

    def test_two_people_approve(self) -> None:
        case = audits.waiting()
        at_desk(audits.auditor()).post(f"/ops/qualifications/{case.id}/decide", verdicts(case))
        at_desk(audits.auditor("审核员乙")).post(f"/ops/qualifications/{case.id}/decide", verdicts(case))
        case.refresh_from_db()
        assert case.state == "approved"

    def test_a_refused_form_keeps_what_was_chosen(self) -> None:
        case = audits.waiting()
        given = verdicts(case, **{"verdict-hr_licence": "refused", "words-hr_licence": "编号对不上"})
        answer = at_desk(audits.auditor()).post(f"/ops/qualifications/{case.id}/decide", given)
        assert answer.status_code == 422
        assert "整件就不能通过" in text(answer)
        assert 'value="编号对不上"' in text(answer)
        assert not Decision.objects.exists()

    def test_it_is_returned_with_a_reason_per_item(self) -> None:
        case = audits.waiting()
        given = verdicts(case, "return", **{"verdict-hr_licence": "refused", "reason-hr_licence": "expired"})
        at_desk(audits.auditor()).post(f"/ops/qualifications/{case.id}/decide", given)
        case.refresh_from_db()
        assert case.state == "returned"
        assert case.items.get(kind="hr_licence").reason_code == "expired"

    def test_a_second_press_decides_once(self) -> None:
        case = audits.waiting()
        client = at_desk(audits.auditor())
        page = text(client.get(f"/ops/qualifications/{case.id}"))
        token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0]
        for _ in range(2):
            given = {**verdicts(case), "version": "1", "csrfmiddlewaretoken": token}
            assert client.post(f"/ops/qualifications/{case.id}/decide", given).status_code in (302, 303)
        assert Decision.objects.count() == 1

    def test_notes_complaints_and_reversals(self) -> None:
        case = audits.waiting()
        for name in ("审核员甲", "审核员乙"):
            actions.pass_case(
                audits.auditor(name),
                case_id=case.id,
                version=audits.version_of(case.id),
                stated=audits.all_accepted(case),
            )
        auditor = audits.auditor("审核员丙")
        client = at_desk(auditor)
        address = f"/ops/qualifications/{case.id}"
        sanctions = f"/ops/sanctions/new/agency/{case.organisation_id}"
        assert f'href="{sanctions}"' in text(client.get(address))
        assert client.get(sanctions).status_code == 200
        assert client.post(f"{address}/notes", {"text": ""}).status_code == 422
        client.post(f"{address}/notes", {"text": "存疑"})
        assert CaseNote.objects.get().text == "存疑"
        assert client.post(f"{address}/complaint", {"text": " "}).status_code == 422
        client.post(f"{address}/complaint", {"text": "举报许可证伪造"})
        case.refresh_from_db()
        assert case.state == "approved"
        given = {"reason": "许可证系伪造。", "version": audits.version_of(case.id)}
        asked = client.post(f"{address}/reverse", given)
        case.refresh_from_db()
        assert asked.status_code in (302, 303, 403)
        assert case.state == "approved"
        confirmed = accounts.browser(User.objects.get(pk=auditor.person_id), confirmed=True)
        confirmed.post(f"{address}/reverse", given)
        case.refresh_from_db()
        assert case.state == "reversed"


class TestTraps:
    def test_1_3_the_second_verdict_by_the_first_person_is_refused_at_every_door(self) -> None:
        case, first = audits.waiting(), audits.auditor()
        client = at_desk(first)
        address = f"/ops/qualifications/{case.id}"
        client.post(f"{address}/decide", verdicts(case))
        version = audits.version_of(case.id)
        page = text(client.get(address))
        assert 'id="verdicts"' not in page  # so neither a button nor its key is there
        said = "复核须由另一位审核员作出"
        doors = [
            client.post(f"{address}/decide", verdicts(case)),
            client.post(
                f"{address}/decide",
                verdicts(case, "return", **{"verdict-hr_licence": "refused", "reason-hr_licence": "expired"}),
            ),
            client.post(f"{address}/claim", follow=True),
            client.post("/ops/qualifications/claim", {"case": [case.id]}, follow=True),
        ]
        chief = at_desk(audits.auditor("平台管理员", role="owner"))
        assigned = {"case": [case.id], "assign": "1", "to": str(first.person_id)}
        doors.append(chief.post("/ops/qualifications/claim", assigned, follow=True))
        organisations.operator("owner", user=User.objects.get(pk=first.person_id))  # and a higher role
        doors.append(at_desk(first).post(f"{address}/decide", verdicts(case)))
        assert all(said in text(one) for one in doors)
        case.refresh_from_db()
        assert (case.state, case.version, case.claimed_by_id) == ("second_look", version, None)
        assert AuditEntry.objects.filter(action="case.refuse_decider", subject_id=str(case.id)).count() == len(doors)
        other = at_desk(audits.auditor("审核员乙"))
        assert other.post("/ops/qualifications/next")["Location"] == address
        other.post(f"{address}/decide", verdicts(case))
        case.refresh_from_db()
        assert case.state == "approved"

    def test_1_4_a_stale_page_changes_nothing_and_says_who_decided(self) -> None:
        case = audits.waiting()
        address = f"/ops/qualifications/{case.id}/decide"
        stale = verdicts(case)
        given = verdicts(case, "return", **{"verdict-hr_licence": "refused", "reason-hr_licence": "expired"})
        at_desk(audits.auditor("钱审核")).post(address, given)
        answer = at_desk(audits.auditor("审核员乙")).post(address, stale)
        assert answer.status_code == 409
        assert "钱审核已于" in text(answer)
        assert "退回补正" in text(answer)
        case.refresh_from_db()
        assert case.state == "returned"
        assert case.items.get(kind="hr_licence").verdict == "refused"
        assert EventRecord.objects.filter(name="CaseDecided").count() == 1


class TestMaterials:
    def test_a_look_is_recorded_and_the_page_is_a_watermarked_picture(self) -> None:
        case = audits.waiting()
        page_of(case)
        client = at_desk(audits.auditor())
        closed = client.get(f"/ops/qualifications/{case.id}")
        assert "/ops/qualifications/pages/" not in text(closed)
        opened = client.post(f"/ops/qualifications/{case.id}/materials")
        assert AuditEntry.objects.filter(action="case.look", subject_id=str(case.id)).count() == 1
        upright, aside = (client.get(link_to(opened, turn)) for turn in (0, 90))
        assert upright["Content-Type"] == "image/jpeg"
        assert "no-store" in upright["Cache-Control"]
        sizes = [Image.open(BytesIO(one.content)).size for one in (upright, aside)]
        assert sizes == [(400, 600), (600, 400)]

    def test_a_link_is_for_its_person_and_for_five_minutes(self) -> None:
        case = audits.waiting()
        page_of(case)
        client = at_desk(audits.auditor())
        opened = client.post(f"/ops/qualifications/{case.id}/materials", headers={"HX-Request": "true"})
        link = link_to(opened)
        assert at_desk(audits.auditor("审核员乙")).get(link).status_code == 404
        with clock.frozen(clock.now() + timedelta(minutes=6)):
            assert client.get(link).status_code == 410

    def test_an_electronic_document_is_downloaded_by_a_recorded_post(self) -> None:
        case = audits.waiting()
        material = page_of(case, form="pdf")
        client = at_desk(audits.auditor())
        answer = client.post(f"/ops/qualifications/{case.id}/materials/{material.id}")
        assert answer["Content-Disposition"].startswith("attachment")
        assert AuditEntry.objects.filter(action="case.download").count() == 1
        other = audits.waiting()
        assert client.post(f"/ops/qualifications/{other.id}/materials/{material.id}").status_code == 404

    def test_a_photograph_is_shown_with_a_watermark_only(self) -> None:
        case = audits.waiting()
        material = page_of(case)
        client = at_desk(audits.auditor())
        assert client.post(f"/ops/qualifications/{case.id}/materials/{material.id}").status_code == 404
        assert AuditEntry.objects.filter(action="case.download").count() == 0

    def test_the_organisations_own_people_see_neither_materials_nor_notes(self) -> None:
        case = audits.waiting()
        page_of(case)
        actions.add_note(audits.auditor(), case_id=case.id, text="存疑，待查")
        client = at_desk(audits.auditor(user=accounts.member(case.organisation_id)))
        assert "存疑，待查" not in text(client.get(f"/ops/qualifications/{case.id}"))
        answer = client.post(f"/ops/qualifications/{case.id}/materials", follow=True)
        assert "您是或曾是这家机构的人员" in text(answer)
        assert "/ops/qualifications/pages/" not in text(answer)


def test_others_are_kept_out() -> None:
    case = audits.waiting()
    agency = Agency.objects.get(pk=case.organisation_id)
    for stranger in (organisations.operator("support"), organisations.operator("editor"), organisations.member(agency)):
        client = at_desk(stranger)
        assert client.get("/ops/qualifications").status_code == 403
        assert client.get(f"/ops/qualifications/{case.id}").status_code == 403
        assert client.post(f"/ops/qualifications/{case.id}/decide", verdicts(case)).status_code == 403
        assert client.post(f"/ops/qualifications/{case.id}/materials").status_code == 403
    case.refresh_from_db()
    assert case.state == "submitted"


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
