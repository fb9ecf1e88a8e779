"""The guided form: one item a page, drafts, files sealed and opened by the worker, suggestions, submission."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.domains.organisations.models import Agency, Qualification
from jiuye.domains.qualifications import actions
from jiuye.domains.qualifications import facts as typed
from jiuye.domains.qualifications.models import Case, Item, MachineCheck, Material
from jiuye.kernel import sealed_files
from jiuye.kernel.actor import Actor
from jiuye.kernel.models import SealedFile
from jiuye.kernel.uploads import Clean, Unacceptable
from jiuye.ports import inspection
from jiuye.ports.inspection import Inspection, Page, SealReport, Suggestion
from tests.factories import accounts, organisations, qualifications, sanctions
from tests.factories.pictures import photo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]

HERE = "/agency/qualification"
LICENCE = f"{HERE}/business_licence"


@pytest.fixture
def owner() -> Actor:
    return qualifications.registered()


@pytest.fixture
def browser(owner: Actor) -> Client:
    return accounts.browser(User.objects.get(pk=owner.person_id))


def item(owner: Actor, kind: str = "business_licence") -> Item:
    return Item.objects.get(case=qualifications.case_of(owner), kind=kind)


class Inspector:
    """An inspector that finds what a test says."""

    def __init__(self, *, problem: str = "", suggestions: tuple[Suggestion, ...] = ()) -> None:
        self.problem, self.suggestions = problem, suggestions

    def inspect(self, content: bytes, *, name: str) -> Inspection:
        if self.problem:
            raise Unacceptable(self.problem)
        page = Page(content, 64, 48)
        seal = SealReport(1, "yes", "yes", "none_installed", subject="示例电子印章")
        clean = Clean(content, "image/jpeg", ".jpg", name)
        return Inspection("jpeg", clean, 1, (page,), suggestions=self.suggestions, seals=(seal,))

    reads_pictures = False


def opened(monkeypatch: pytest.MonkeyPatch, material: Material, **found: Any) -> Material:
    """The file, after the worker has opened it."""
    monkeypatch.setattr(inspection, "get", lambda: Inspector(**found))
    actions.inspect_material(Actor.system(), material_id=material.id)
    material.refresh_from_db()
    return material


class TestFacts:
    def test_what_is_typed_is_kept_as_a_draft_though_something_is_missing(self, owner: Actor, browser: Client) -> None:
        values = qualifications.values_for(owner, "business_licence", scope="")
        answer = browser.post(LICENCE, values | {"way": "file", "expires_on_is_long_term": "on", "expires_on": ""})
        assert answer.status_code == 422
        assert "请填写经营范围" in answer.content.decode()
        kept = typed.read(item(owner).facts)
        assert (kept["established_on"], kept["expires_on"]) == ("2015-03-02", "long_term")
        assert 'value="2015-03-02"' in browser.get(LICENCE).content.decode()

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({"credit_code": "91510107MA0000000X"}, "最后一位与前面对不上"),
            ({"credit_code": organisations.credit_code()}, "与登记时填写的代码"),
            ({"expires_on": "2020-12-31"}, "已过有效期"),
            ({"established_on": "2999-01-01"}, "这一天还没到"),
            ({"established_on": "2020-02-31"}, "请填写真实的日期"),
        ],
    )
    def test_facts_are_checked_by_their_kinds(
        self, owner: Actor, browser: Client, given: dict[str, str], said: str
    ) -> None:
        values = qualifications.values_for(owner, "business_licence", expires_on="2099-12-31") | given
        answer = browser.post(LICENCE, values | {"way": "file"})
        assert answer.status_code == 422
        page = answer.content.decode()
        assert said in page
        assert next(iter(given.values())) in page

    def test_a_licence_number_has_its_form(self, owner: Actor, browser: Client) -> None:
        values = qualifications.values_for(owner, "hr_licence", licence_number="123")
        assert "许可证编号应形如" in browser.post(f"{HERE}/hr_licence", values).content.decode()

    def test_facts_are_not_in_clear_in_the_database(self, owner: Actor, browser: Client) -> None:
        browser.post(LICENCE, qualifications.values_for(owner, "business_licence", scope="只有这里有的暗号"))
        raw = Item.objects.raw(
            "SELECT id, facts::text AS sealed FROM qualifications_item WHERE kind = 'business_licence'"
        )
        assert "暗号" not in raw[0].sealed  # type: ignore[attr-defined]
        assert typed.read(item(owner).facts)["scope"] == "只有这里有的暗号"

    def test_machines_compare_name_scope_and_expiry(self, owner: Actor, browser: Client) -> None:
        values = qualifications.values_for(owner, "business_licence", legal_name="别的公司", scope="餐饮服务")
        browser.post(LICENCE, values)
        found = {one.code: one.result for one in MachineCheck.objects.filter(item="business_licence")}
        assert found == {"legal_name": "differs", "scope": "differs", "expiry": "passed", "register": "waiting"}
        assert "里没有写人力资源服务或职业中介" in browser.get(LICENCE).content.decode()
        assert ProcrastinateJob.objects.filter(task_name="ask_registers").exists()

    def test_other_members_only_read(self, owner: Actor) -> None:
        colleague = accounts.member(owner.organisation_id, "agency", "recruiter")  # type: ignore[arg-type]
        client = accounts.browser(colleague)
        assert client.get(HERE).status_code == 200
        assert client.post(LICENCE, {}).status_code == 403


class TestFiles:
    def send(self, browser: Client, file: Any = None, **more: str) -> Any:
        return browser.post(f"{LICENCE}/files", {"file": file or photo(), "way": "file", **more})

    def test_a_file_is_sealed_at_once_and_opened_by_the_worker(
        self, owner: Actor, browser: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        picture = photo()
        content = picture.read()
        picture.seek(0)
        assert self.send(browser, picture).status_code == 303
        material = Material.objects.get()
        assert (material.state, material.format) == ("checking", "jpeg")
        with default_storage.open(material.key) as stored:
            assert content not in stored.read()
        assert ProcrastinateJob.objects.filter(
            task_name="inspect_material", args__material_id=str(material.id)
        ).exists()
        assert "正在检查" in browser.get(LICENCE).content.decode()
        opened(monkeypatch, material)
        assert (material.state, len(material.page_keys)) == ("ready", 1)
        page = browser.get(LICENCE).content.decode()
        assert "可以提交" in page
        assert "平台未安装可信任的根证书，无法核对" in page
        assert "签章之后，内容没有改动" in page

    def test_a_file_that_cannot_be_used_says_why_and_is_deleted(
        self, browser: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.send(browser)
        key = Material.objects.get().key
        with_problem = opened(monkeypatch, Material.objects.get(), problem="这个 PDF 设有密码，请去掉密码后再传。")
        assert (with_problem.state, with_problem.key) == ("refused", "")
        assert "这个 PDF 设有密码" in browser.get(LICENCE).content.decode()
        with pytest.raises(sealed_files.FileGone):
            sealed_files.read(key)

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "请先拍照或选择文件|文件是空的"),
            (b"MZ\x90\x00" * 10, "请上传 JPG、PNG、HEIC 图片"),
            (b"\xff\xd8\xff" * 4_000_000, "超过 10 MB"),
        ],
    )
    def test_other_files_are_refused_by_their_content(self, browser: Client, content: bytes, said: str) -> None:
        answer = self.send(browser, SimpleUploadedFile("营业执照.jpg", content, content_type="image/jpeg"))
        assert answer.status_code == 422
        assert any(one in answer.content.decode() for one in said.split("|"))
        assert Material.objects.count() == 0

    def test_the_same_file_twice_is_one(self, browser: Client) -> None:
        self.send(browser)
        self.send(browser)
        assert Material.objects.count() == 1

    def test_a_phone_gets_the_files_as_a_fragment_and_asks_again(self, browser: Client) -> None:
        answer = browser.post(f"{LICENCE}/files", {"camera": photo(), "way": "file"}, headers={"HX-Request": "true"})
        page = answer.content.decode()
        assert answer.status_code == 200
        assert 'hx-trigger="every 2s"' in page
        assert "<html" not in page

    def test_a_job_that_was_lost_is_repeated(self, browser: Client) -> None:
        self.send(browser)
        Material.objects.update(uploaded_at="2020-01-01T00:00:00Z")
        assert actions.recheck_waiting(Actor.system()) == 1

    def test_a_file_can_be_deleted(self, owner: Actor, browser: Client) -> None:
        material = qualifications.material(item(owner))
        keys = [material.key, *material.page_keys]
        browser.post(f"{HERE}/files/{material.id}/delete", {"kind": "business_licence"})
        assert Material.objects.count() == 0
        assert SealedFile.objects.filter(pk__in=keys).count() == 0

    def test_nobody_elses_file_can_be(self, browser: Client) -> None:
        other = qualifications.registered(user=accounts.person("别人"))
        material = qualifications.material(item(other))
        browser.post(f"{HERE}/files/{material.id}/delete", {"kind": "business_licence"})
        assert Material.objects.filter(pk=material.id).exists()


class TestSuggestions:
    def test_what_a_file_says_is_offered_and_overwrites_nothing(
        self, owner: Actor, browser: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        browser.post(LICENCE, qualifications.values_for(owner, "business_licence", legal_name="我填的名称"))
        browser.post(f"{LICENCE}/files", {"file": photo(), "way": "file"})
        found = (Suggestion("name", "文件里的名称"), Suggestion("valid_until", "2099-12-31"))
        opened(monkeypatch, Material.objects.get(), suggestions=found)
        page = browser.get(LICENCE).content.decode()
        assert "从文件中读到：<strong>文件里的名称</strong>" in page
        assert 'value="我填的名称"' in page
        filled = browser.post(LICENCE, {"way": "file", "fill": "legal_name", "legal_name": "", "scope": "还没保存的"})
        text = filled.content.decode()
        assert 'value="文件里的名称"' in text
        assert "还没保存的" in text
        assert typed.read(item(owner).facts)["legal_name"] == "我填的名称"


class TestTheHandler:
    def test_a_real_name_takes_the_place_of_the_picture(self, owner: Actor, browser: Client) -> None:
        path = f"{HERE}/handler_identity"
        refused = browser.post(f"{path}/prove", {"way": "card"})
        assert refused.status_code == 422
        assert "您还没有实名" in refused.content.decode()
        qualifications.real_name(owner.person)
        assert browser.post(f"{path}/prove", {"way": "card"}).status_code == 303
        assert item(owner, "handler_identity").is_complete
        assert "何**" in browser.get(path).content.decode()

    def test_of_an_agency_a_name_that_was_typed_does_not_count(self, owner: Actor, browser: Client) -> None:
        qualifications.real_name(owner.person, source="authority")
        refused = browser.post(f"{HERE}/handler_identity/prove", {"way": "card"})
        assert refused.status_code == 422
        assert "请先用电子社保卡核验，或改为上传手持身份证照片" in refused.content.decode()
        assert not item(owner, "handler_identity").is_complete

    @pytest.mark.parametrize("source", ["card", "authority"])
    def test_of_an_employer_the_auditor_reads_how_the_name_was_verified(self, source: str) -> None:
        owner = qualifications.registered("employer")
        qualifications.real_name(owner.person, source=source)
        browser = accounts.browser(User.objects.get(pk=owner.person))
        browser.post("/employer/qualification/handler_identity/prove", {"way": "card"})
        assert (item(owner, "handler_identity").way, item(owner, "handler_identity").is_complete) == (source, True)

    def test_a_picture_is_accepted_too(self, owner: Actor, browser: Client) -> None:
        qualifications.material(item(owner, "handler_identity"))
        assert browser.post(f"{HERE}/handler_identity", {"way": "portrait"}).status_code == 303
        assert item(owner, "handler_identity").is_complete


class TestSubmitting:
    def test_everything_complete_goes_to_the_queue_and_says_when(self) -> None:
        owner = qualifications.filled()
        browser = accounts.browser(User.objects.get(pk=owner.person_id))
        case = qualifications.case_of(owner)
        assert "提交审核" in browser.get(HERE).content.decode()
        assert browser.post(f"{HERE}/submit", {"version": case.version}).status_code == 303
        case.refresh_from_db()
        assert (case.state, case.submissions, case.due_at is not None) == ("submitted", 1, True)
        page = browser.get(HERE).content.decode()
        assert "正在审核" in page
        assert "前面没有等待的了" in page
        assert browser.get(f"{HERE}/hr_licence").status_code == 200
        assert browser.post(f"{HERE}/hr_licence", {"scope": "改一改"}).status_code == 409

    def test_what_is_missing_is_said_item_by_item(self, owner: Actor, browser: Client) -> None:
        answer = browser.post(f"{HERE}/submit", {"version": qualifications.case_of(owner).version})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "营业执照：请" in page
        assert "经办人身份：请先完成实名" in page
        assert Case.objects.get().state == "draft"

    def test_it_can_be_taken_back(self) -> None:
        case = qualifications.submitted()
        browser = accounts.browser(User.objects.get(pk=qualifications.owner_of(case).person_id))
        browser.post(f"{HERE}/withdraw")
        case.refresh_from_db()
        assert case.state == "draft"
        assert Qualification.objects.get(pk=case.qualification_id).state == "draft"

    def test_only_what_was_refused_is_sent_again(self) -> None:
        case = qualifications.returned(refused=["authorisation_letter"])
        owner = qualifications.owner_of(case)
        browser = accounts.browser(User.objects.get(pk=owner.person_id))
        page = browser.get(HERE).content.decode()
        assert "公章不清楚，请重新拍摄。" in page
        assert browser.post(LICENCE, qualifications.values_for(owner, "business_licence")).status_code == 409
        case.refresh_from_db()
        unchanged = browser.post(f"{HERE}/submit", {"version": case.version})
        assert "请先按原因修改" in unchanged.content.decode()
        letter = f"{HERE}/authorisation_letter"
        browser.post(letter, qualifications.values_for(owner, "authorisation_letter") | {"way": "file"})
        case.refresh_from_db()
        assert browser.post(f"{HERE}/submit", {"version": case.version}).status_code == 303
        case.refresh_from_db()
        verdicts = dict(case.items.values_list("kind", "verdict"))
        assert verdicts.pop("authorisation_letter") == "pending"
        assert set(verdicts.values()) == {"accepted"}
        assert case.submissions == 2

    def test_a_banned_code_is_not_submitted(self) -> None:
        owner = qualifications.filled()
        agency = Agency.objects.get(pk=owner.organisation_id)
        sanctions.ban_entry(sanctions.sanction(agency, "ban"), credit_code=agency.credit_code)
        browser = accounts.browser(User.objects.get(pk=owner.person_id))
        browser.post(f"{HERE}/submit", {"version": qualifications.case_of(owner).version})
        assert qualifications.case_of(owner).state == "draft"
        assert MachineCheck.objects.filter(code="ban", result="failed").count() == 0


class TestPages:
    @pytest.mark.parametrize("path", [HERE, LICENCE, f"{HERE}/handler_identity", "/agency/profile"])
    def test_they_take_few_queries(self, path: str, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
        owner = qualifications.filled()
        qualifications.material(item(owner), name="第二页.jpg")
        browser = accounts.browser(User.objects.get(pk=owner.person_id))
        with django_assert_max_num_queries(12):
            assert browser.get(path).status_code == 200

    def test_the_letter_has_the_unit_on_it(self, browser: Client) -> None:
        answer = browser.get(f"{HERE}/letter.pdf")
        assert answer["Content-Type"] == "application/pdf"
        assert BytesIO(answer.content).read(5) == b"%PDF-"


def test_ids_of_other_organisations_are_not_found(browser: Client) -> None:
    assert browser.get(f"{HERE}/employment").status_code == 404
    assert browser.get("/employer/qualification").status_code == 403
