"""The simulated phone's message pages."""

from flask.testing import FlaskClient

from tests.sandbox.sending import PHONE, send


def page(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_every_page_says_that_nothing_is_really_sent(visitor: FlaskClient) -> None:
    for path in ("/phone", f"/phone/{PHONE}", "/control"):
        assert "本页为沙箱模拟，不发送真实短信" in page(visitor, path)


def test_the_sandbox_opens_on_its_phones(visitor: FlaskClient) -> None:
    assert visitor.get("/").location == "/phone"


def test_a_number_typed_in_any_usual_way_opens_its_phone(visitor: FlaskClient) -> None:
    assert visitor.get("/phone", query_string={"number": "+86 138-0000-0001"}).location == f"/phone/{PHONE}/home"


def test_a_wrong_number_is_kept_and_explained(visitor: FlaskClient) -> None:
    shown = page(visitor, "/phone?number=10086")

    assert 'value="10086"' in shown
    assert "这不是大陆手机号" in shown


def test_phones_are_listed_by_their_newest_message(visitor: FlaskClient) -> None:
    send(visitor, "m-1", phone="13800000001", text="【就业在线】第一条")
    send(visitor, "m-2", phone="13800000002", text="【就业在线】第二条")
    send(visitor, "m-3", phone="13800000001", text="【就业在线】第三条")

    shown = page(visitor, "/phone")

    assert shown.index("138 0000 0001") < shown.index("138 0000 0002")
    assert "第三条" in shown
    assert "第一条" not in shown


def test_the_thread_shows_the_code_apart_and_copyable(visitor: FlaskClient) -> None:
    send(visitor)

    shown = page(visitor, f"/phone/{PHONE}")

    assert '<output aria-label="验证码">483920</output>' in shown
    assert 'data-copy="483920"' in shown


def test_a_phone_shows_only_its_own_messages(visitor: FlaskClient) -> None:
    send(visitor)

    assert "483920" not in page(visitor, "/phone/13800000002")


def test_markup_in_a_message_is_shown_not_run(visitor: FlaskClient) -> None:
    send(visitor, text="<script>alert(1)</script>")

    assert "<script>alert" not in page(visitor, f"/phone/{PHONE}")


def test_the_thread_refreshes_itself_without_script_too(visitor: FlaskClient) -> None:
    assert '<noscript><meta http-equiv="refresh"' in page(visitor, f"/phone/{PHONE}")


def test_the_refresh_costs_nothing_while_nothing_has_come(visitor: FlaskClient) -> None:
    path = f"/phone/{PHONE}/messages"
    version = visitor.get(path).headers["ETag"]
    assert visitor.get(path, headers={"If-None-Match": version}).status_code == 304

    send(visitor)

    assert "483920" in visitor.get(path, headers={"If-None-Match": version}).get_data(as_text=True)


def test_what_is_no_mobile_number_has_no_phone(visitor: FlaskClient) -> None:
    assert visitor.get("/phone/10086").status_code == 404
    assert visitor.get("/sms/inbox/10086.json").status_code == 404
