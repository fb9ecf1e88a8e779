"""Every page that people see, as the kind of person who sees it: what axe and the map of addresses are held against."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import count

from playwright.sync_api import Page

from tests.e2e.people import new_phone
from tests.factories.platform import AUDITOR, SEEKER

UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"


@dataclass(frozen=True)
class Shown:
    """A page in one state. `{}` in `path` is the id in the first link on the page `on` that goes to such a thing."""

    person: str
    route: str
    path: str
    on: str = ""
    note: str = ""
    then: Callable[[Page], None] | None = None  # what to do there first; must not mind being done again

    @property
    def name(self) -> str:
        return "-".join(part for part in (self.person, self.route.replace(":", "_"), self.note) if part)


_found: dict[tuple[str, str, str], str] = {}


def address(page: Page, shown: Shown) -> str:
    """Where the page is in this platform, looked up once. Raises AssertionError when nothing leads there."""
    if not shown.on:
        return shown.path
    key = (shown.person, shown.on, shown.path)
    if key not in _found:
        _found[key] = _look_up(page, shown)
    return _found[key]


def _look_up(page: Page, shown: Shown) -> str:
    kind = shown.path.partition("/{}")[0].rpartition("/")[2]
    form = re.compile(f"/{kind}/({UUID})")
    page.goto(shown.on)
    for link in page.eval_on_selector_all("main a[href]", "all => all.map((one) => one.getAttribute('href'))"):
        if found := form.search(link):
            return shown.path.replace("{}", found.group(1))
    raise AssertionError(f"no link to {shown.path} on {shown.on}")


def go(page: Page, shown: Shown) -> None:
    """Open the page and bring it into its state."""
    page.goto(address(page, shown))
    if shown.then:
        shown.then(page)


def _press(label: str, page: Page) -> None:
    """Send a form and wait until its answer is there: what comes next must not meet a page that is still being replaced."""
    with page.expect_navigation():
        page.get_by_role("button", name=label, exact=True).first.click()


def _ask_for_another_time_without_a_reason(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("listitem").filter(has_text="请答复面试邀约").first.get_by_role("link").click()
    page.get_by_text("这个时间不合适，申请改时间").click()
    _press("提交申请", page)


def _reject_those_of_the_page(page: Page) -> None:
    page.locator("[data-select]").first.check()
    _press("标记不合适", page)


def _ask_for_contacts_without_a_reason(page: Page) -> None:
    _press("打开简历", page)
    page.get_by_text("查看联系方式", exact=True).click()
    _press("显示联系方式", page)


def _give_a_reason_for_contacts(page: Page) -> None:
    _press("打开简历", page)
    page.get_by_text("查看联系方式", exact=True).click()
    page.get_by_label("核对信息").check()
    _press("显示联系方式", page)


def _ask_for_a_code(page: Page) -> None:
    if page.get_by_role("textbox", name="手机号").count():
        page.get_by_role("textbox", name="手机号").fill(new_phone())
        _press("获取验证码", page)
    page.get_by_role("button", name="登录", exact=True).first.wait_for()


def _send_a_wrong_number(page: Page) -> None:
    page.get_by_role("textbox", name="手机号").fill("12345")
    _press("获取验证码", page)


def _save_without_a_name(page: Page) -> None:
    page.get_by_label("名字").fill(" ")
    _press("保存", page)


def _show_a_code(page: Page) -> None:
    for name in ("显示二维码", "重新获取二维码"):
        if page.get_by_role("button", name=name).count():
            page.get_by_role("button", name=name).click()
    page.get_by_role("img", name="登录二维码", exact=False).wait_for()


def _type_into_the_search(page: Page) -> None:
    page.get_by_role("combobox", name="职位、技能或公司").fill("gong")
    page.get_by_role("option").first.wait_for()


def _in_an_app(page: Page) -> None:
    """As it looks inside a partner's app: this page only, the window goes on to others."""
    page.evaluate("document.cookie = 'jiuye_app=app-pay; path=/'")
    page.reload()
    page.get_by_role("link", name="显示完整网站").wait_for()
    page.context.clear_cookies(name="jiuye_app")


def _with_somebody_elses_card(page: Page) -> None:
    """Come from an app with a card whose phone has an account of the demonstration's, under another name."""
    page.context.clear_cookies(name="sandbox_phone")
    page.goto("/sso/essc?channel=app-pay")
    page.get_by_label("或者输入", exact=False).fill(str(next(_others_phones)))
    _press("继续", page)
    _press("同意", page)
    page.get_by_role("heading", name="请确认一下您的账号").wait_for()
    page.context.clear_cookies(name="jiuye_app")
    page.reload()


def _claim_the_account(page: Page) -> None:
    _with_somebody_elses_card(page)
    _press("那是我的账号", page)


def _give_another_number(page: Page) -> None:
    _with_somebody_elses_card(page)
    with page.expect_navigation():
        page.get_by_role("link", name="不是我的，用别的手机号").click()


def _prove_another_number(page: Page) -> None:
    _give_another_number(page)
    page.get_by_label("您现在使用的手机号").fill(new_phone())
    _press("获取验证码", page)


def _open_sharing(page: Page) -> None:
    page.locator("summary", has_text="分享").click()


def _compare_two(page: Page) -> None:
    for name in ("对比", "加入对比"):
        with page.expect_navigation():
            page.get_by_role("link", name=re.compile(f"^{name}")).first.click()


def _publish_a_draft(page: Page) -> None:
    page.get_by_role("checkbox", name=re.compile("选择")).first.check()
    _press("发布", page)


def _upload_nothing(page: Page) -> None:
    """The browser itself asks for the file: nothing is sent."""
    page.get_by_role("button", name="上传并继续", exact=True).click()


def _upload(page: Page) -> None:
    text = "\n".join(
        [
            "岗位,单位,在哪上班,月薪",
            "面点师,示例餐饮有限公司,四川省成都市武侯区,5-7千",
            "帮厨,示例餐饮有限公司,没有这个地方,很多",
        ]
    )
    page.get_by_label("职位表格").set_input_files({"name": "面点.csv", "mimeType": "text/csv", "buffer": text.encode()})
    _press("上传并继续", page)
    page.get_by_role("heading", name="确认各列的含义").wait_for()


def _preview(page: Page) -> None:
    _upload(page)
    _press("下一步：预览", page)
    page.get_by_role("heading", name="预览").wait_for()


def _import(page: Page) -> None:
    _preview(page)
    page.get_by_role("button", name=re.compile("开始导入")).click()
    page.get_by_role("heading", name="导入完成").wait_for(timeout=30_000)


def _confirm(page: Page) -> None:
    """Where the page asks for it: the code from the phone whose messages the page links to in development."""
    if "/login/confirm" not in page.url:
        return
    inbox = page.get_by_role("link", name="打开这部手机的短信收件箱").get_attribute("href") or ""
    origin, _, phone = inbox.partition("/phone/")
    if not page.get_by_role("status").get_by_text("分钟内有效").count():
        _press("获取验证码", page)
    page.get_by_role("status").get_by_text("分钟内有效").wait_for()
    received = page.context.request.get(f"{origin}/sms/inbox/{phone}.json").json()["messages"]
    page.get_by_label("短信验证码").fill(next(one["code"] for one in received if one["template"] == "code_confirm"))
    _press("确认", page)


def _ask_for_my_data(page: Page) -> None:
    """Wait for the copy as a person does: the page says by itself when it is ready."""
    if not page.get_by_role("button", name="下载").count():
        _press("申请数据副本", page)
        if "/login/confirm" in page.url:
            _confirm(page)
            _press("申请数据副本", page)
    page.get_by_role("button", name="下载").first.wait_for()


def _erase_without_the_tick(page: Page) -> None:
    _confirm(page)
    if page.get_by_role("button", name="撤销注销").count():
        _press("撤销注销", page)
        page.goto("/me/privacy/erase")
    _press("申请注销", page)


def _ask_for_erasure(page: Page) -> None:
    _confirm(page)
    if page.get_by_role("button", name="撤销注销").count():
        page.goto("/me")
        return
    page.get_by_label("我已了解注销的后果，确认注销").check()
    _press("申请注销", page)
    page.get_by_role("button", name="撤销注销").wait_for()


def _set_up_an_app(page: Page) -> None:
    if "/me/security/second-factor" in page.url and page.get_by_role("button", name="开始设置").count():
        _press("开始设置", page)
        _confirm(page)
    if page.get_by_role("button", name="开始设置").count():
        _press("开始设置", page)
    page.get_by_role("heading", name="设置验证器").wait_for()


def _ask_for_a_code_to_the_new_phone(page: Page) -> None:
    _confirm(page)
    if page.get_by_label("新手机号").count():
        page.get_by_label("新手机号").fill(new_phone())
        _press("获取验证码", page)
    page.get_by_role("button", name="确认更换", exact=True).first.wait_for()


def _register_for_the_fair(page: Page) -> None:
    if page.get_by_role("button", name="登记参加").count():
        _press("登记参加", page)


def _send_feedback(page: Page) -> None:
    page.goto("/feedback/sent")
    if page.get_by_role("heading", name="反馈已收到").count():
        return
    page.get_by_label("关于什么").select_option("idea")
    page.get_by_label("请说说情况").fill("希望能按地铁站找附近的职位。")
    _press("提交反馈", page)
    page.get_by_role("heading", name="反馈已收到").wait_for()


def _read_sent_feedback(page: Page) -> None:
    _send_feedback(page)
    _follow("查看这条反馈", page)


def _answer_without_words(page: Page) -> None:
    if page.get_by_role("button", name="发出答复").count():
        _press("发出答复", page)


def _open_own_feedback(page: Page) -> None:
    if page.url.endswith("/me/feedback"):
        with page.expect_navigation():
            page.get_by_role("main").get_by_role("listitem").get_by_role("link").first.click()


def _open_the_days(page: Page) -> None:
    page.get_by_text("查看每天的数字").click()


def _issue_a_key(page: Page) -> None:
    """At most two live at a time."""
    if page.get_by_role("button", name="生成密钥").count():
        _press("生成密钥", page)


def _look_up_person(page: Page, phone: str) -> None:
    page.get_by_label("手机号").fill(phone)
    _press("查找", page)


def _look_up_the_seeker(page: Page) -> None:
    _look_up_person(page, SEEKER)


def _unmask_the_seeker(page: Page) -> None:
    _look_up_the_seeker(page)
    page.get_by_text("查看完整手机号").click()
    page.get_by_label("原因").fill("来电求助，核对登录记录")
    _press("查看", page)


def _ask_to_sign_the_seeker_out(page: Page) -> None:
    _look_up_the_seeker(page)
    _follow("退出全部登录", page)


def _ask_to_reset_the_auditor(page: Page) -> None:
    _look_up_person(page, AUDITOR)
    _follow("重置两步验证", page)


def _follow(label: str, page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name=label, exact=True).click()


_others_phones = count(
    19900000130
)  # of seekers of the demonstration; the sandbox has cards for these under other names
_saved_empty = partial(_press, "保存")
_visitor = partial(Shown, "visitor")
_newcomer = partial(Shown, "newcomer")
_seeker = partial(Shown, "seeker")
_checked = partial(Shown, "checked")
_recruiter = partial(Shown, "recruiter")
_viewer = partial(Shown, "viewer")
_employer = partial(Shown, "employer")
_auditor = partial(Shown, "auditor")
_security = partial(Shown, "security")
_support = partial(Shown, "support")

PAGES = [
    _visitor("home", "/"),
    _visitor("home", "/", note="suggestions", then=_type_into_the_search),
    _visitor("jobs", "/jobs"),
    _visitor("jobs", "/jobs?q=包吃住", note="zone"),
    _visitor("jobs", "/jobs?q=焊工&region=440000&pay_min=5000&sort=newest", note="filtered"),
    _visitor("jobs", "/jobs?q=没有这样的职位&region=110000", note="empty"),
    _visitor("jobs", "/jobs?pay_min=abc&education=zzz", note="nonsense"),
    _visitor("job", "/jobs/{}", on="/jobs"),
    _visitor("job", "/jobs/{}", on="/jobs", note="sharing", then=_open_sharing),
    _visitor("compare", "/compare"),
    _visitor("compare", "/jobs/{}", on="/jobs", note="several", then=_compare_two),
    _visitor("agencies", "/agencies"),
    _visitor("agency", "/agencies/{}", on="/agencies"),
    _visitor("agency", "/agencies/{}?view=about", on="/agencies", note="about"),
    _visitor("agency", "/agencies/{}?view=reviews", on="/agencies", note="reviews"),
    _visitor("fairs", "/fairs"),
    _visitor("fair", "/fairs/{}", on="/fairs"),
    _visitor("fairs", "/fairs?when=past&mode=onsite&region=510000", note="filtered"),
    _visitor("policies", "/policies"),
    _visitor("policies", "/policies?q=补贴&topic=training&for=worker", note="filtered"),
    _visitor("policy", "/policies/{}", on="/policies"),
    _visitor("policy_check", "/policies/{}/check", on="/policies?topic=training"),
    _visitor("policy_check", "/policies/{}/check?c1=3&c2=&c3=yes", on="/policies?topic=training", note="answered"),
    _visitor("help", "/help"),
    _visitor("feedback", "/feedback"),
    _visitor("feedback", "/feedback", note="refused", then=partial(_press, "提交反馈")),
    _visitor("feedback_sent", "/feedback", then=_send_feedback),
    _visitor("feedback_one", "/feedback", then=_read_sent_feedback),
    _visitor("feedback_look_up", "/feedback/look-up"),
    _visitor("feedback_look_up", "/feedback/look-up", note="refused", then=partial(_press, "查询")),
    _visitor("privacy", "/privacy"),
    _visitor("stop_alerts", "/alerts/stop/no-such-link", note="broken"),
    _visitor("accessibility", "/accessibility"),
    _visitor("offline", "/offline"),
    _visitor("api-docs", "/api/v1/docs"),
    _visitor("job", "/jobs/00000000-0000-7000-8000-000000000000", note="not-found"),
    _visitor("login:start", "/login?change=1"),
    _visitor("login:start", "/login?change=1", note="refused", then=_send_a_wrong_number),
    _visitor("login:start", "/login", note="code", then=_ask_for_a_code),
    _visitor("login:start", "/login?change=1", note="in-app", then=_in_an_app),
    _visitor("login:qr", "/login/qr"),
    _visitor("login:qr", "/login/qr", note="shown", then=_show_a_code),
    _visitor("login:card", "/login", then=_with_somebody_elses_card),
    _visitor("login:card_mine", "/login", then=_claim_the_account),
    _visitor("login:card_other", "/login", then=_give_another_number),
    _visitor("login:card_other", "/login", note="code", then=_prove_another_number),
    _visitor("sso:start", "/sso/essc?channel=app-closed", note="refused"),
    _visitor("sso:callback", "/sso/essc/callback?state=forged", note="refused"),
    _newcomer("me", "/me"),
    _newcomer("apply", "/jobs/{}/apply", on="/jobs", note="quick-start"),
    _newcomer("apply", "/jobs/{}/apply", on="/jobs", note="refused", then=partial(_press, "确认投递")),
    _newcomer("my_applications", "/me/applications"),
    _newcomer("my_resume", "/me/resume"),
    _newcomer("resume_accesses", "/me/resume/accesses"),
    _newcomer("saved_jobs", "/me/saved"),
    _newcomer("browsing_history", "/me/history"),
    _newcomer("my_fairs", "/me/fairs"),
    _newcomer("my_feedback", "/me/feedback"),
    _newcomer("my_notifications", "/me/notifications"),
    _newcomer("agency_home", "/agency", note="denied"),
    _newcomer("login:leave", "/logout"),
    _seeker("erase_account", "/me/privacy/erase", then=_confirm),
    _newcomer("erase_account", "/me/privacy/erase", note="refused", then=_erase_without_the_tick),
    _newcomer("me", "/me/privacy/erase", note="leaving", then=_ask_for_erasure),
    _newcomer("security:home", "/me/security"),
    _newcomer("security:second_factor", "/me/security/second-factor"),
    _newcomer("security:authenticator", "/me/security/second-factor", then=_set_up_an_app),
    _newcomer("security:confirm", "/login/confirm"),
    _newcomer("security:confirm", "/login/confirm", note="refused", then=partial(_press, "确认")),
    _seeker("me", "/me"),
    _seeker("job", "/jobs/{}", on="/jobs"),
    _seeker("apply", "/jobs/{}/apply", on="/jobs"),
    _seeker("save_job", "/jobs/{}/save", on="/jobs"),
    _seeker("my_applications", "/me/applications"),
    _seeker("my_application", "/me/applications/{}", on="/me/applications"),
    _seeker("my_application", "/me/applications/{}", on="/me/applications?group=interview", note="interview"),
    _seeker("my_application", "/me/applications/{}", on="/me/applications?group=closed", note="closed"),
    _seeker(
        "my_application",
        "/me/applications?group=to_answer",
        note="another_time",
        then=_ask_for_another_time_without_a_reason,
    ),
    _seeker("sent_resume", "/me/applications/{}/resume", on="/me/applications"),
    _seeker("my_resume", "/me/resume"),
    _seeker("resume_preview", "/me/resume/preview"),
    _seeker("resume_accesses", "/me/resume/accesses"),
    _seeker("resume_basics", "/me/resume/basics"),
    _seeker("resume_self", "/me/resume/self"),
    _seeker("resume_section", "/me/resume/education"),
    _seeker("resume_add", "/me/resume/employment/new"),
    _seeker("resume_add", "/me/resume/education/new", note="refused", then=_saved_empty),
    _seeker("resume_entry", "/me/resume/employment/{}", on="/me/resume"),
    _seeker("saved_jobs", "/me/saved"),
    _seeker("browsing_history", "/me/history"),
    _seeker("security:history", "/me/security/history"),
    _seeker("security:phone", "/me/security/phone?change=1", then=_confirm),
    _seeker("security:phone", "/me/security/phone", note="code", then=_ask_for_a_code_to_the_new_phone),
    _seeker("security:phone_done", "/me/security/phone/done"),
    _newcomer("login:link", "/me/real-name/card", then=_confirm),
    _newcomer("login:link", "/me/real-name/card", note="shown", then=_show_a_code),
    _seeker("my_privacy:home", "/me/privacy"),
    _newcomer("my_privacy:consents", "/me/privacy/consents"),
    _seeker("my_privacy:consents", "/me/privacy/consents"),
    _newcomer("my_privacy:export", "/me/privacy/export"),
    _seeker("my_privacy:export", "/me/privacy/export", note="ready", then=_ask_for_my_data),
    _seeker("my_fairs", "/me/fairs"),
    _seeker("fair_attend", "/fairs/{}/attend", on="/fairs"),
    _seeker("fair_attend", "/fairs/{}/attend", on="/fairs", note="code", then=_register_for_the_fair),
    _seeker("my_feedback", "/me/feedback"),
    _seeker("my_feedback_one", "/me/feedback", then=_open_own_feedback),
    _seeker("my_notifications", "/me/notifications"),
    _seeker("report_job", "/jobs/{}/report", on="/jobs"),
    _seeker("report_job", "/jobs/{}/report", on="/jobs", note="refused", then=partial(_press, "提交举报")),
    _seeker("my_reports", "/me/reports"),
    _newcomer("my_reports", "/me/reports"),
    _seeker("my_reviews", "/me/reviews"),
    _seeker("review_agency", "/agencies/{}/review", on="/me/reviews"),
    _seeker("review_agency", "/agencies/{}/review", on="/me/reviews", note="refused", then=partial(_press, "提交评价")),
    _newcomer("review_agency", "/agencies/{}/review", on="/agencies", note="not-entitled"),
    _newcomer("my_reviews", "/me/reviews"),
    _seeker("saved_searches", "/me/searches"),
    _seeker("save_search", "/me/searches/new?q=焊工&region=440000&pay_min=5000"),
    _seeker("save_search", "/me/searches/new?q=焊工", note="refused", then=_save_without_a_name),
    _seeker("saved_search", "/me/searches/{}", on="/me/searches"),
    _newcomer("saved_searches", "/me/searches"),
    _newcomer("resume_verify", "/me/resume/verify", note="unnamed"),
    _newcomer("resume_prefill", "/me/resume/prefill", note="no-card"),
    _newcomer("real_name", "/me/real-name"),
    _seeker("resume_verify", "/me/resume/verify"),
    _checked("my_resume", "/me/resume"),
    _checked("resume_preview", "/me/resume/preview"),
    _checked("resume_entry", "/me/resume/education/{}", on="/me/resume"),
    _checked("resume_verify", "/me/resume/verify", note="refused", then=partial(_press, "提交核验")),
    _checked("resume_prefill", "/me/resume/prefill"),
    _checked("resume_prefill", "/me/resume/prefill", note="refused", then=partial(_press, "填入简历")),
    _checked("real_name", "/me/real-name", note="known"),
    _recruiter("real_name", "/me/real-name"),
    _recruiter("real_name", "/me/real-name", note="refused", then=partial(_press, "提交核验")),
    _recruiter("login:where", "/login/where"),
    _recruiter("agency_home", "/agency"),
    _recruiter("agency_jobs", "/agency/jobs"),
    _recruiter("agency_jobs", "/agency/jobs?q=没有这样的职位", note="empty"),
    _recruiter("agency_job", "/agency/jobs/{}", on="/agency/jobs?state=published"),
    _recruiter("agency_job", "/agency/jobs/{}", on="/agency/jobs?state=draft", note="draft"),
    _recruiter("job", "/jobs/{}", on="/agency/jobs?state=withdrawn", note="gone"),
    _recruiter("agency_jobs_several", "/agency/jobs?state=draft", then=_publish_a_draft),
    _recruiter("agency_job_new", "/agency/jobs/new"),
    _recruiter("agency_job_new", "/agency/jobs/new", note="refused", then=partial(_press, "存为草稿")),
    _recruiter("agency_job_edit", "/agency/jobs/{}/edit", on="/agency/jobs?state=published"),
    _recruiter("agency_inbox", "/agency/applications"),
    _recruiter("agency_inbox", "/agency/applications?q=没有这个人", note="empty"),
    _recruiter("agency_inbox", "/agency/applications", note="several", then=_reject_those_of_the_page),
    _recruiter("agency_application", "/agency/applications/{}", on="/agency/applications?group=new", note="new"),
    _recruiter(
        "agency_application",
        "/agency/applications/{}",
        on="/agency/applications?group=interview",
        note="resume",
        then=partial(_press, "打开简历"),
    ),
    _recruiter(
        "agency_application",
        "/agency/applications/{}",
        on="/agency/applications?group=interview",
        note="contacts refused",
        then=_ask_for_contacts_without_a_reason,
    ),
    _recruiter(
        "agency_application",
        "/agency/applications/{}",
        on="/agency/applications?group=interview",
        note="contacts",
        then=_give_a_reason_for_contacts,
    ),
    _recruiter(
        "agency_application", "/agency/applications/{}", on="/agency/applications?group=onboarded", note="onboarded"
    ),
    _recruiter("agency_invite", "/agency/applications/{}/invite", on="/agency/applications?group=viewed"),
    _recruiter("agency_reject", "/agency/applications/{}/reject", on="/agency/applications?group=viewed"),
    _recruiter("agency_onboarding", "/agency/applications/{}/onboarding", on="/agency/applications?group=passed"),
    _recruiter("agency_shop", "/agency/shop"),
    _recruiter("agency_shop_edit", "/agency/shop/edit"),
    _recruiter("agency_shop_section", "/agency/shop/sections/team"),
    _recruiter(
        "agency_shop_section", "/agency/shop/sections/service_fees", note="preview", then=partial(_press, "预览")
    ),
    _recruiter("agency_shop_pictures", "/agency/shop/pictures"),
    _recruiter("agency_shop_pictures", "/agency/shop/pictures", note="refused", then=partial(_press, "上传")),
    _recruiter("agency_reviews", "/agency/reviews"),
    _recruiter("report_review", "/reviews/{}/report", on="/agency/reviews"),
    _recruiter("agency_review_reply", "/agency/reviews/{}/reply", on="/agency/reviews?view=unanswered"),
    _recruiter("agency_imports", "/agency/imports"),
    _recruiter("agency_imports", "/agency/imports", note="refused", then=_upload_nothing),
    _recruiter("agency_import_mapping", "/agency/imports", then=_upload),
    _recruiter("agency_import", "/agency/imports", note="preview", then=_preview),
    _recruiter("agency_import", "/agency/imports", note="result", then=_import),
    _recruiter("agency_fairs", "/agency/fairs"),
    _recruiter("agency_check_in", "/agency/fairs/{}/check-in", on="/agency/fairs"),
    _recruiter(
        "agency_check_in",
        "/agency/fairs/{}/check-in",
        on="/agency/fairs",
        note="refused",
        then=partial(_press, "确认签到"),
    ),
    _recruiter("agency_notifications", "/agency/notifications"),
    _viewer("agency_home", "/agency"),
    _viewer("agency_inbox", "/agency/applications"),
    _viewer("agency_jobs", "/agency/jobs"),
    _employer("employer_home", "/employer"),
    _employer("employer_applications", "/employer/applications"),
    _employer("employer_application", "/employer/applications/{}", on="/employer/applications"),
    _employer(
        "employer_application",
        "/employer/applications/{}",
        on="/employer/applications",
        note="resume",
        then=partial(_press, "打开简历"),
    ),
    _employer("employer_notifications", "/employer/notifications"),
    _auditor("security:second_factor", "/me/security/second-factor"),
    _auditor("security:pass", "/login/second-factor"),
    _auditor("security:pass", "/login/second-factor", note="refused", then=partial(_press, "验证")),
    _auditor("ops_home", "/ops"),
    _auditor("ops_postings", "/ops/postings"),
    _auditor("ops_posting", "/ops/postings/{}", on="/ops/postings"),
    _auditor("ops_reviews", "/ops/reviews"),
    _auditor("ops_review", "/ops/reviews/{}", on="/ops/reviews"),
    _auditor("ops_audit", "/ops/audit"),
    _auditor("ops_reports", "/ops/reports"),
    _auditor("ops_report", "/ops/reports/{}", on="/ops/reports"),
    _auditor("ops_report", "/ops/reports/{}", on="/ops/reports", note="refused", then=partial(_press, "提交决定")),
    _auditor("ops_channels", "/ops/channels"),
    _auditor("ops_channel", "/ops/channels/{}", on="/ops/channels"),
    _security("ops_channels", "/ops/channels?q=没有这个渠道", note="empty"),
    _security("ops_channel", "/ops/channels/{}", on="/ops/channels", note="days", then=_open_the_days),
    _security("ops_channel", "/ops/channels/{}", on="/ops/channels", note="new-key", then=_issue_a_key),
    _security("ops_channel_new", "/ops/channels/new"),
    _security("ops_channel_new", "/ops/channels/new", note="refused", then=partial(_press, "登记")),
    _security("ops_channel_edit", "/ops/channels/{}/edit", on="/ops/channels"),
    _security("ops_channel_disable", "/ops/channels/{}/disable", on="/ops/channels"),
    _security("ops_channel_enable", "/ops/channels/{}/enable", on="/ops/channels?state=disabled"),
    _support("ops_outcomes", "/ops/outcomes"),
    _support("ops_feedback", "/ops/feedback"),
    _support("ops_feedback", "/ops/feedback?state=closed", note="closed"),
    _support("ops_feedback", "/ops/feedback?number=YJ20200101-XXXXXX", note="empty"),
    _support("ops_feedback_one", "/ops/feedback/{}", on="/ops/feedback?who=unclaimed"),
    _support(
        "ops_feedback_one",
        "/ops/feedback/{}",
        on="/ops/feedback?who=unclaimed",
        note="refused",
        then=_answer_without_words,
    ),
    _support("ops_feedback_one", "/ops/feedback/{}", on="/ops/feedback?state=answered", note="answered"),
    _security("ops_people", "/ops/people"),
    _security("ops_people", "/ops/people", note="refused", then=partial(_press, "查找")),
    _security("ops_person", "/ops/people", then=_look_up_the_seeker),
    _security("ops_person", "/ops/people", note="unmasked", then=_unmask_the_seeker),
    _security("ops_person_sessions", "/ops/people", then=_ask_to_sign_the_seeker_out),
    _security("ops_person_second_factor", "/ops/people", then=_ask_to_reset_the_auditor),
]
