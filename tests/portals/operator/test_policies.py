"""The editors' desk of policies, over HTTP."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jiuye.domains.accounts.models import User
from jiuye.domains.policies.models import Policy, PolicyFile
from jiuye.kernel.ids import new_id
from tests.factories import accounts, organisations, reference
from tests.factories.pictures import photo
from tests.factories.public_site import links_of, policy, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]

FILLED = {
    "title": "创业担保贷款办法",
    "summary": "首次创业可申请贴息。",
    "body": "一、适用对象\n创业者。",
    "topic": "startup",
    "audiences": ["founder", "graduate"],
    "region": "四川",
    "issuer": "示例省人力资源社会保障部门",
    "published_on": "2026-02-03",
}


def browser(role: str = "editor") -> Client:
    return accounts.browser(User.objects.get(pk=organisations.operator(role).person_id))


@pytest.fixture
def editor() -> Client:
    reference.region("510000")
    return browser()


def rows(*conditions: dict[str, Any], version: int = 1) -> dict[str, Any]:
    """What the form of conditions sends."""
    sent: dict[str, Any] = {
        "version": version,
        "condition-TOTAL_FORMS": len(conditions),
        "condition-INITIAL_FORMS": 0,
    }
    for index, condition in enumerate(conditions):
        sent |= {f"condition-{index}-{name}": value for name, value in {"wants": "yes", **condition}.items()}
    return sent


def test_from_a_blank_page_to_what_everybody_reads(editor: Client, client: Client) -> None:
    answer = editor.post("/ops/policies/new", FILLED)
    made = Policy.objects.get()
    assert answer["Location"] == f"/ops/policies/{made.id}"
    assert (made.region_id, made.state, made.audiences) == ("510000", "draft", ["graduate", "founder"])
    assert client.get(f"/policies/{made.id}").status_code == 404
    preview = editor.get(f"/ops/policies/{made.id}/preview")
    assert "还没有发布" in text_of(preview)
    assert "<h3>一、适用对象</h3>" in preview.content.decode()
    question = editor.get(f"/ops/policies/{made.id}/publish")
    assert "确认发布" in text_of(question)
    assert Policy.objects.get().state == "draft"
    editor.post(f"/ops/policies/{made.id}/publish", {"version": 1})
    shown = client.get(f"/policies/{made.id}")
    assert shown.status_code == 200
    assert "<h2>一、适用对象</h2>" in shown.content.decode()


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(editor: Client) -> None:
    answer = editor.post(
        "/ops/policies/new", {**FILLED, "title": "", "region": "没有这里", "valid_until": "2020-01-01"}
    )
    assert answer.status_code == 422
    text = text_of(answer)
    for shown in ("请填写标题", "没有找到“没有这里”", "创业者。"):
        assert shown in text
    assert 'value="没有这里"' in answer.content.decode()
    assert not Policy.objects.exists()


@pytest.mark.parametrize("text", ["👩‍🏭", "<b>粗</b>", "ئۇيغۇرچە", "{{7*7}}"])
def test_any_script_stays_text(editor: Client, client: Client, text: str) -> None:
    editor.post("/ops/policies/new", {**FILLED, "title": text, "body": text})
    made = Policy.objects.get()
    editor.post(f"/ops/policies/{made.id}/publish", {"version": 1})
    shown = client.get(f"/policies/{made.id}")
    assert "<b>粗" not in shown.content.decode()
    assert text in text_of(shown) or "<" in text


def test_the_second_of_two_editors_keeps_what_was_typed(editor: Client) -> None:
    row = policy()
    here = f"/ops/policies/{row.id}/edit"
    editor.post(here, {**FILLED, "version": 1})
    answer = browser().post(here, {**FILLED, "title": "后来的标题", "version": 1})
    assert answer.status_code == 409 or answer.status_code == 400
    assert "同事改过" in text_of(answer)
    assert 'value="后来的标题"' in answer.content.decode()
    assert Policy.objects.get().title == FILLED["title"]


def test_conditions_are_added_without_scripts_two_blank_ones_at_a_time(editor: Client, client: Client) -> None:
    row = policy()
    here = f"/ops/policies/{row.id}/conditions"
    page = editor.get(here).content.decode()
    assert 'name="condition-1-question"' in page
    assert 'name="condition-2-question"' not in page
    first = {"question": "您参保了吗？", "clause": "第一条", "ORDER": 2}
    second = {"question": "多少个月？", "clause": "第二条", "wants": "number", "least": 12, "unit": "个月", "ORDER": 1}
    answer = editor.post(here, {**rows(first, second, {}), "more": "1"})
    assert answer["Location"] == here
    assert 'name="condition-3-question"' in editor.get(here).content.decode()
    text = text_of(client.get(f"/policies/{row.id}/check"))
    assert text.index("多少个月？") < text.index("您参保了吗？")


def test_a_condition_without_its_range_is_refused_at_its_field(editor: Client) -> None:
    row = policy()
    one = {"question": "多少个月？", "clause": "第二条", "wants": "number", "unit": "个月"}
    answer = editor.post(f"/ops/policies/{row.id}/conditions", rows(one))
    assert answer.status_code == 422
    assert "至少要有下限或上限" in text_of(answer)
    assert Policy.objects.get().conditions == []


def test_attachments_come_and_go(editor: Client, client: Client) -> None:
    row = policy()
    here = f"/ops/policies/{row.id}/files"
    editor.post(here, {"file": photo()})
    kept = PolicyFile.objects.get()
    assert client.get(f"/policies/{row.id}/files/{kept.id}")["Content-Type"] == "image/jpeg"
    refused = editor.post(here, {})
    assert (refused.status_code, "请选择一个文件" in text_of(refused)) == (422, True)
    editor.post(f"{here}/{kept.id}/delete")
    assert client.get(f"/policies/{row.id}/files/{kept.id}").status_code == 404


def test_a_withdrawn_one_answers_410_with_the_reason_and_what_is_like_it(editor: Client, client: Client) -> None:
    row, other = policy(title="撤下的"), policy(title="相近的")
    assert "请写明撤下的原因" in text_of(editor.post(f"/ops/policies/{row.id}/withdraw", {"reason": ""}))
    editor.post(f"/ops/policies/{row.id}/withdraw", {"reason": "名单有误"})
    for address in (f"/policies/{row.id}", f"/policies/{row.id}/check"):
        gone = client.get(address)
        assert gone.status_code == 410
        assert "名单有误" in text_of(gone)
        assert f"/policies/{other.id}" in links_of(gone, "^/policies/")
        assert not gone.cookies
    assert str(row.id) not in client.get("/policies").content.decode()


def test_an_abolished_one_says_so_and_the_mark_can_be_taken_back(editor: Client, client: Client) -> None:
    row = policy()
    assert editor.post(f"/ops/policies/{row.id}/abolish", {"on": "2020-01-01"}).status_code == 422
    editor.post(f"/ops/policies/{row.id}/abolish", {"on": "2026-02-01"})
    assert "已废止" in text_of(client.get(f"/policies/{row.id}"))
    editor.post(f"/ops/policies/{row.id}/reinstate")
    assert "已废止" not in text_of(client.get(f"/policies/{row.id}"))


def test_what_was_done_is_told_with_the_names_of_who_did_it(editor: Client) -> None:
    row = policy()
    editor.post(f"/ops/policies/{row.id}/withdraw", {"reason": "名单有误"})
    text = text_of(editor.get(f"/ops/policies/{row.id}"))
    assert "何经办 撤下" in text
    assert "名单有误" in text


def test_the_pages_ask_little_of_the_database_however_much_there_is(
    editor: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    made = [policy(title=f"办法 {number}", region=None) for number in range(12)]
    for _ in range(3):
        editor.post(f"/ops/policies/{made[0].id}/files", {"file": photo()})
    for path in ("", f"/{made[0].id}", f"/{made[0].id}/preview", f"/{made[0].id}/edit", f"/{made[0].id}/publish"):
        with django_assert_max_num_queries(12):
            assert editor.get(f"/ops/policies{path}").status_code == 200


@pytest.mark.parametrize("role", ["auditor", "support", "security_admin", "audit_admin"])
def test_other_duties_are_shown_out_and_see_no_way_in(role: str) -> None:
    row = policy()
    stranger = browser(role)
    for path in ("", "/new", f"/{row.id}", f"/{row.id}/edit", f"/{row.id}/preview", f"/{row.id}/withdraw"):
        assert stranger.get(f"/ops/policies{path}").status_code == 403
    assert stranger.post(f"/ops/policies/{row.id}/withdraw", {"reason": "x"}).status_code == 403
    assert "/ops/policies" not in stranger.get("/ops").content.decode()
    assert Policy.objects.get().state == "published"


@pytest.mark.parametrize("query", ["state=x", "q=%01%F0", "cursor=zzz", "q=" + "9" * 400])
def test_no_nonsense_breaks_the_list(editor: Client, query: str) -> None:
    policy()
    assert editor.get(f"/ops/policies?{query}").status_code == 200
    assert editor.get(f"/ops/policies/{new_id()}").status_code == 404
