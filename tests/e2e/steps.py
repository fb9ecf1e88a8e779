"""Steps that bring a page into the state to be checked. All are repeatable."""

import re
from itertools import count

from playwright.sync_api import Page

from bench._resume_files import layouts
from bench._resume_files.people import BY_KEY
from tests.e2e.people import new_phone
from tests.factories.platform import AUDITOR, SEEKER


def press(label: str, page: Page) -> None:
    """Send a form and wait for its answer, so that the next step does not meet a page being replaced."""
    with page.expect_navigation():
        page.get_by_role("button", name=label, exact=True).first.click()


def upload_a_resume(page: Page) -> None:
    """Choose a file and wait until the worker has read it."""
    read = page.get_by_role("heading", name="请核对读到的内容")
    if not read.count():
        content = layouts.paragraphs(BY_KEY["programmer"])
        page.get_by_label("选择简历文件").set_input_files(
            {"name": "赵启明的简历.docx", "mimeType": "application/octet-stream", "buffer": content}
        )
    read.wait_for()


def change_what_was_read(page: Page) -> None:
    upload_a_resume(page)
    with page.expect_navigation():
        page.get_by_role("link", name="改一改").first.click()


def empty_the_profile(page: Page) -> None:
    page.get_by_label("地址").fill("")
    press("保存", page)


def open_materials(page: Page) -> None:
    """Open the materials of an audit case and wait for the first page."""
    page.get_by_role("button", name="打开材料").click()
    page.locator("[data-page].is-shown img").wait_for()


def ask_for_another_time_without_a_reason(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("listitem").filter(has_text="请答复面试邀约").first.get_by_role("link").click()
    page.get_by_text("这个时间不合适，申请改时间").click()
    press("提交申请", page)


def reject_those_of_the_page(page: Page) -> None:
    page.locator("[data-select]").first.check()
    press("标记不合适", page)


def ask_for_contacts_without_a_reason(page: Page) -> None:
    press("打开简历", page)
    page.get_by_text("查看联系方式", exact=True).click()
    press("显示联系方式", page)


def give_a_reason_for_contacts(page: Page) -> None:
    press("打开简历", page)
    page.get_by_text("查看联系方式", exact=True).click()
    page.get_by_label("核对信息").check()
    press("显示联系方式", page)


def ask_for_a_code(page: Page) -> None:
    if page.get_by_role("textbox", name="手机号").count():
        page.get_by_role("textbox", name="手机号").fill(new_phone())
        press("获取验证码", page)
    page.get_by_role("button", name="登录", exact=True).first.wait_for()


def send_a_wrong_number(page: Page) -> None:
    page.get_by_role("textbox", name="手机号").fill("12345")
    press("获取验证码", page)


def show_to_agencies_of_nowhere(page: Page) -> None:
    page.get_by_label("对所选地区的职介可见", exact=True).check()
    press("保存", page)


def save_without_a_name(page: Page) -> None:
    page.get_by_label("名字").fill(" ")
    press("保存", page)


def show_a_code(page: Page) -> None:
    for name in ("显示二维码", "重新获取二维码"):
        if page.get_by_role("button", name=name).count():
            page.get_by_role("button", name=name).click()
    page.get_by_role("img", name="登录二维码", exact=False).wait_for()


def type_into_the_search(page: Page) -> None:
    page.get_by_role("combobox", name="职位、技能或公司").fill("gong")
    page.get_by_role("option").first.wait_for()


def in_an_app(page: Page) -> None:
    """Show the page as inside a partner's app; only this page, the window is reused."""
    page.evaluate("document.cookie = 'jiuye_app=app-pay; path=/'")
    page.reload()
    page.get_by_role("link", name="显示完整网站").wait_for()
    page.context.clear_cookies(name="jiuye_app")


def with_somebody_elses_card(page: Page) -> None:
    """Come from an app with a card whose phone has an account of the demonstration with another name."""
    page.context.clear_cookies(name="sandbox_phone")
    page.goto("/sso/essc?channel=app-pay")
    page.get_by_label("或者输入", exact=False).fill(str(next(others_phones)))
    press("继续", page)
    press("同意", page)
    page.get_by_role("heading", name="请确认一下您的账号").wait_for()
    page.context.clear_cookies(name="jiuye_app")
    page.reload()


def claim_the_account(page: Page) -> None:
    with_somebody_elses_card(page)
    press("那是我的账号", page)


def give_another_number(page: Page) -> None:
    with_somebody_elses_card(page)
    with page.expect_navigation():
        page.get_by_role("link", name="不是我的，用别的手机号").click()


def prove_another_number(page: Page) -> None:
    give_another_number(page)
    page.get_by_label("您现在使用的手机号").fill(new_phone())
    press("获取验证码", page)


def open_sharing(page: Page) -> None:
    page.locator("summary", has_text="分享").click()


def compare_two(page: Page) -> None:
    for name in ("对比", "加入对比"):
        with page.expect_navigation():
            page.get_by_role("link", name=re.compile(f"^{name}")).first.click()


def publish_a_draft(page: Page) -> None:
    page.get_by_role("checkbox", name=re.compile("选择")).first.check()
    press("发布", page)


def upload_nothing(page: Page) -> None:
    """Submit without a file; the browser itself reports it, and nothing is sent."""
    page.get_by_role("button", name="上传并继续", exact=True).click()


def upload(page: Page) -> None:
    text = "\n".join(
        [
            "岗位,单位,在哪上班,月薪,招聘人数,岗位要求",
            "面点师,示例餐饮有限公司,四川省成都市武侯区,5-7千,3,会做面点",
            "帮厨,示例餐饮有限公司,四川省成都市武侯区,很多,2,手脚勤快",
            ",示例餐饮有限公司,四川省成都市武侯区,4千,2,没有写职位名称",
        ]
    )
    page.get_by_label("职位表格").set_input_files({"name": "面点.csv", "mimeType": "text/csv", "buffer": text.encode()})
    press("上传并继续", page)
    page.get_by_role("heading", name="确认各列的含义").wait_for()


def upload_without_names(page: Page) -> None:
    text = "车工,示例机械有限公司,面议\n铣工,示例机械有限公司,面议\n"
    page.get_by_label("职位表格").set_input_files({"name": "职位.csv", "mimeType": "text/csv", "buffer": text.encode()})
    press("上传并继续", page)
    page.get_by_role("heading", name="哪一行是列名").wait_for()


def preview(page: Page) -> None:
    upload(page)
    press("下一步：预览", page)
    page.get_by_role("heading", name="预览").wait_for()


def import_rows(page: Page) -> None:
    preview(page)
    page.get_by_role("button", name=re.compile("开始导入")).click()
    page.get_by_role("heading", name="导入完成").wait_for(timeout=30_000)


def look_at_the_rejected_rows(page: Page) -> None:
    import_rows(page)
    page.get_by_role("link", name="在网页上看").click()
    page.get_by_role("heading", name="未导入的行").wait_for()


def look_at_an_imported_posting(page: Page) -> None:
    import_rows(page)
    page.get_by_role("link", name="查看这次导入的职位").click()
    page.locator(".row-link").first.click()
    page.get_by_role("heading", name="导入时的提示").wait_for()


def confirm(page: Page) -> None:
    """Re-authenticate if the page requires it, with the code from the phone that the page links to in development."""
    if "/login/confirm" not in page.url:
        return
    inbox = page.get_by_role("link", name="打开这部手机的短信收件箱").get_attribute("href") or ""
    origin, _, phone = inbox.partition("/phone/")
    if not page.get_by_role("status").get_by_text("分钟内有效").count():
        press("获取验证码", page)
    page.get_by_role("status").get_by_text("分钟内有效").wait_for()
    received = page.context.request.get(f"{origin}/sms/inbox/{phone}.json").json()["messages"]
    page.get_by_label("短信验证码").fill(next(one["code"] for one in received if one["template"] == "code_confirm"))
    press("确认", page)


def ask_for_my_data(page: Page) -> None:
    """Wait for the copy as a person does: the page shows when it is ready."""
    if not page.get_by_role("button", name="下载").count():
        press("申请数据副本", page)
        if "/login/confirm" in page.url:
            confirm(page)
            press("申请数据副本", page)
    page.get_by_role("button", name="下载").first.wait_for()


def erase_without_the_tick(page: Page) -> None:
    confirm(page)
    if page.get_by_role("button", name="撤销注销").count():
        press("撤销注销", page)
        page.goto("/me/privacy/erase")
    press("申请注销", page)


def ask_for_erasure(page: Page) -> None:
    confirm(page)
    if page.get_by_role("button", name="撤销注销").count():
        page.goto("/me")
        return
    page.get_by_label("我已了解注销的后果，确认注销").check()
    press("申请注销", page)
    page.get_by_role("button", name="撤销注销").wait_for()


def set_up_an_app(page: Page) -> None:
    if "/me/security/second-factor" in page.url and page.get_by_role("button", name="开始设置").count():
        press("开始设置", page)
        confirm(page)
    if page.get_by_role("button", name="开始设置").count():
        press("开始设置", page)
    page.get_by_role("heading", name="设置验证器").wait_for()


def ask_for_a_code_to_the_new_phone(page: Page) -> None:
    confirm(page)
    if page.get_by_label("新手机号").count():
        page.get_by_label("新手机号").fill(new_phone())
        press("获取验证码", page)
    page.get_by_role("button", name="确认更换", exact=True).first.wait_for()


def register_for_the_fair(page: Page) -> None:
    if page.get_by_role("button", name="登记参加").count():
        press("登记参加", page)


def send_feedback(page: Page) -> None:
    page.goto("/feedback/sent")
    if page.get_by_role("heading", name="反馈已收到").count():
        return
    page.get_by_label("关于什么").select_option("idea")
    page.get_by_label("请说说情况").fill("希望能按地铁站找附近的职位。")
    press("提交反馈", page)
    page.get_by_role("heading", name="反馈已收到").wait_for()


def read_sent_feedback(page: Page) -> None:
    send_feedback(page)
    follow("查看这条反馈", page)


def answer_without_words(page: Page) -> None:
    if page.get_by_role("button", name="发出答复").count():
        press("发出答复", page)


def open_own_feedback(page: Page) -> None:
    if page.url.endswith("/me/feedback"):
        with page.expect_navigation():
            page.get_by_role("main").get_by_role("listitem").get_by_role("link").first.click()


def open_the_days(page: Page) -> None:
    page.get_by_text("查看每天的数字").click()


def issue_a_client_secret(page: Page) -> None:
    """The former ones end, since at most two are live at a time."""
    confirm(page)
    if page.get_by_label("马上停用").count():
        page.get_by_label("马上停用").check()
    press("生成客户端密码", page)


def issue_a_key(page: Page) -> None:
    """At most two are live at a time."""
    if page.get_by_role("button", name="生成密钥").count():
        press("生成密钥", page)


def look_up_person(page: Page, phone: str) -> None:
    page.get_by_label("手机号").fill(phone)
    press("查找", page)


def look_up_the_seeker(page: Page) -> None:
    look_up_person(page, SEEKER)


def unmask_the_seeker(page: Page) -> None:
    look_up_the_seeker(page)
    page.get_by_text("查看完整手机号").click()
    page.get_by_label("原因").fill("来电求助，核对登录记录")
    press("查看", page)


def ask_to_sign_the_seeker_out(page: Page) -> None:
    look_up_the_seeker(page)
    follow("退出全部登录", page)


def ask_to_erase_the_seeker(page: Page) -> None:
    look_up_the_seeker(page)
    follow("代为注销账号", page)


def ask_to_reset_the_auditor(page: Page) -> None:
    look_up_person(page, AUDITOR)
    follow("重置两步验证", page)


def follow(label: str, page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name=label, exact=True).click()


others_phones = count(19900000130)  # of seekers of the demonstration; the sandbox has cards for these under other names


def open_the_first_place(page: Page) -> None:
    """Open the booth of an employer at a coming fair, from the agency's fairs."""
    page.goto("/agency/fairs?view=coming")
    page.get_by_role("table").get_by_role("link").first.click()
    page.get_by_role("link", name=re.compile("^展位和职位：")).first.click()
    page.get_by_text("展示哪些职位").first.wait_for()


def open_my_invitation(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("邀请您加入")).first.click()
    page.get_by_text("接受邀请，加入机构").wait_for()


def compare_two_employers(page: Page) -> None:
    """Compare the demonstration's employer that an agency had named without its credit code."""
    page.goto("/ops/employers?q=川岭")
    page.get_by_role("table").get_by_role("link").last.click()
    page.get_by_role("link", name=re.compile("^把")).first.click()
    page.get_by_text("两条登记").first.wait_for(state="attached")


def preview_a_merge(page: Page) -> None:
    compare_two_employers(page)
    page.get_by_role("textbox", name="依据").fill("营业执照和地址一致")
    press("预览", page)


def open_a_delivery(page: Page) -> None:
    """Follow the newest delivery of an endpoint."""
    with page.expect_navigation():
        page.locator(".row-link").first.click()
