"""Every page, as the kind of person who sees it: the table for axe and for the list of addresses."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from playwright.sync_api import Page

from tests.e2e import steps

UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"


@dataclass(frozen=True)
class Shown:
    """A page in one state. `{}` in `path` is the id in the first matching link on the page `on`."""

    person: str
    route: str
    path: str
    on: str = ""
    note: str = ""
    then: Callable[[Page], None] | None = None  # what to do there first; must be repeatable

    @property
    def name(self) -> str:
        return "-".join(part for part in (self.person, self.route.replace(":", "_"), self.note) if part)


_found: dict[tuple[str, str, str], str] = {}


def address(page: Page, shown: Shown) -> str:
    """Return the page's URL in this platform, looked up once. Raises AssertionError if no link leads there."""
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


_saved_empty = partial(steps.press, "保存")
_visitor = partial(Shown, "visitor")
_newcomer = partial(Shown, "newcomer")
_seeker = partial(Shown, "seeker")
_checked = partial(Shown, "checked")
_suspended = partial(Shown, "suspended")
_recruiter = partial(Shown, "recruiter")
_viewer = partial(Shown, "viewer")
_owner = partial(Shown, "owner")
_invited = partial(Shown, "invited")
_employer = partial(Shown, "employer")
_auditor = partial(Shown, "auditor")
_security = partial(Shown, "security")
_support = partial(Shown, "support")
_editor = partial(Shown, "editor")

_WAITING_CASES = "/ops/qualifications"

PAGES = [
    _visitor("home", "/"),
    _visitor("home", "/", note="suggestions", then=steps.type_into_the_search),
    _visitor("jobs", "/jobs"),
    _visitor("jobs", "/jobs?q=包吃住", note="zone"),
    _visitor("jobs", "/jobs?q=焊工&region=440000&pay_min=5000&sort=newest", note="filtered"),
    _visitor("jobs", "/jobs?q=没有这样的职位&region=110000", note="empty"),
    _visitor("jobs", "/jobs?pay_min=abc&education=zzz", note="nonsense"),
    _visitor("jobs", "/jobs?near=310115&within=10&sort=distance", note="near"),
    _visitor("jobs_near", "/jobs/near?q=焊工"),
    _visitor("job", "/jobs/{}", on="/jobs"),
    _visitor("job", "/jobs/{}", on="/jobs", note="sharing", then=steps.open_sharing),
    _visitor("compare", "/compare"),
    _visitor("compare", "/jobs/{}", on="/jobs", note="several", then=steps.compare_two),
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
    _visitor("join", "/join"),
    _visitor("feedback", "/feedback"),
    _visitor("feedback", "/feedback", note="refused", then=partial(steps.press, "提交反馈")),
    _visitor("feedback_sent", "/feedback", then=steps.send_feedback),
    _visitor("feedback_one", "/feedback", then=steps.read_sent_feedback),
    _visitor("feedback_look_up", "/feedback/look-up"),
    _visitor("feedback_look_up", "/feedback/look-up", note="refused", then=partial(steps.press, "查询")),
    _visitor("privacy", "/privacy"),
    _visitor("stop_alerts", "/alerts/stop/no-such-link", note="broken"),
    _visitor("accessibility", "/accessibility"),
    _visitor("offline", "/offline"),
    _visitor("api-docs", "/api/v1/docs"),
    _visitor("job", "/jobs/00000000-0000-7000-8000-000000000000", note="not-found"),
    _visitor("login:start", "/login?change=1"),
    _visitor("login:start", "/login?change=1", note="refused", then=steps.send_a_wrong_number),
    _visitor("login:start", "/login", note="code", then=steps.ask_for_a_code),
    _visitor("login:start", "/login?change=1", note="in-app", then=steps.in_an_app),
    _visitor("login:qr", "/login/qr"),
    _visitor("login:qr", "/login/qr", note="shown", then=steps.show_a_code),
    _visitor("login:card", "/login", then=steps.with_somebody_elses_card),
    _visitor("login:card_mine", "/login", then=steps.claim_the_account),
    _visitor("login:card_other", "/login", then=steps.give_another_number),
    _visitor("login:card_other", "/login", note="code", then=steps.prove_another_number),
    _visitor("sso:start", "/sso/essc?channel=app-closed", note="refused"),
    _visitor("sso:callback", "/sso/essc/callback?state=forged", note="refused"),
    _newcomer("me", "/me"),
    _newcomer("apply", "/jobs/{}/apply", on="/jobs", note="quick-start"),
    _newcomer("apply", "/jobs/{}/apply", on="/jobs", note="refused", then=partial(steps.press, "确认投递")),
    _newcomer("join_agency", "/join/agency"),
    _newcomer("join_agency", "/join/agency", note="refused", then=partial(steps.press, "登记，下一步提交材料")),
    _newcomer("join_employer", "/join/employer"),
    _newcomer("my_applications", "/me/applications"),
    _newcomer("my_resume", "/me/resume"),
    _newcomer("resume_start_step", "/me/resume/start/wish"),
    _newcomer("resume_start_step", "/me/resume/start/wish", note="refused", then=partial(steps.press, "下一步")),
    _newcomer("resume_start_step", "/me/resume/start/about", note="about"),
    _newcomer("resume_started", "/me/resume/start/done"),
    _newcomer("resume_versions", "/me/resume/versions", note="none"),
    _newcomer("resume_accesses", "/me/resume/accesses"),
    _newcomer("saved_jobs", "/me/saved"),
    _newcomer("browsing_history", "/me/history"),
    _newcomer("my_fairs", "/me/fairs"),
    _newcomer("my_feedback", "/me/feedback"),
    _newcomer("my_notifications", "/me/notifications"),
    _newcomer("agency_home", "/agency", note="denied"),
    _newcomer("login:leave", "/logout"),
    _seeker("erase_account", "/me/privacy/erase", then=steps.confirm),
    _newcomer("erase_account", "/me/privacy/erase", note="refused", then=steps.erase_without_the_tick),
    _newcomer("me", "/me/privacy/erase", note="leaving", then=steps.ask_for_erasure),
    _newcomer("security:home", "/me/security"),
    _newcomer("security:second_factor", "/me/security/second-factor"),
    _newcomer("security:authenticator", "/me/security/second-factor", then=steps.set_up_an_app),
    _newcomer("security:confirm", "/login/confirm"),
    _newcomer("security:confirm", "/login/confirm", note="refused", then=partial(steps.press, "确认")),
    _seeker("me", "/me"),
    _suspended("account_suspended", "/me/suspended"),
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
        then=steps.ask_for_another_time_without_a_reason,
    ),
    _seeker("sent_resume", "/me/applications/{}/resume", on="/me/applications"),
    _seeker("my_resume", "/me/resume"),
    _seeker("resume_preview", "/me/resume/preview"),
    _seeker("resume_start_step", "/me/resume/start/work"),
    _seeker("resume_start_step", "/me/resume/start/education", note="education"),
    _seeker("resume_started", "/me/resume/start/done"),
    _seeker("resume_versions", "/me/resume/versions"),
    _seeker("resume_version", "/me/resume/versions/{}", on="/me/resume/versions"),
    _seeker("resume_accesses", "/me/resume/accesses"),
    _seeker("resume_photo_page", "/me/resume/photo"),
    _seeker("resume_photo_page", "/me/resume/photo", note="refused", then=partial(steps.press, "上传照片")),
    _seeker("resume_attachments", "/me/resume/attachments"),
    _seeker("resume_attachments", "/me/resume/attachments", note="refused", then=partial(steps.press, "上传附件")),
    _seeker("resume_attachment_rename", "/me/resume/attachments/{}/rename", on="/me/resume/attachments"),
    _seeker("resume_basics", "/me/resume/basics"),
    _seeker("resume_self", "/me/resume/self"),
    _seeker("resume_section", "/me/resume/education"),
    _seeker("resume_add", "/me/resume/employment/new"),
    _seeker("resume_add", "/me/resume/education/new", note="refused", then=_saved_empty),
    _seeker("resume_entry", "/me/resume/employment/{}", on="/me/resume"),
    _seeker("saved_jobs", "/me/saved"),
    _seeker("browsing_history", "/me/history"),
    _seeker("security:history", "/me/security/history"),
    _seeker("security:phone", "/me/security/phone?change=1", then=steps.confirm),
    _seeker("security:phone", "/me/security/phone", note="code", then=steps.ask_for_a_code_to_the_new_phone),
    _seeker("security:phone_done", "/me/security/phone/done"),
    _newcomer("login:link", "/me/real-name/card", then=steps.confirm),
    _newcomer("login:link", "/me/real-name/card", note="shown", then=steps.show_a_code),
    _seeker("recommendations", "/me/privacy/recommendations"),
    _seeker("my_privacy:home", "/me/privacy"),
    _newcomer("my_privacy:visibility", "/me/privacy/visibility"),
    _seeker("my_privacy:visibility", "/me/privacy/visibility"),
    _seeker("my_privacy:visibility", "/me/privacy/visibility?q=人力", note="found"),
    _newcomer(
        "my_privacy:visibility", "/me/privacy/visibility", note="refused", then=steps.show_to_agencies_of_nowhere
    ),
    _seeker("my_privacy:block", "/me/privacy/block/agency/{}", on="/me/invitations"),
    _newcomer("my_invitations:home", "/me/invitations"),
    _seeker("my_invitations:home", "/me/invitations"),
    _newcomer("my_privacy:consents", "/me/privacy/consents"),
    _seeker("my_privacy:consents", "/me/privacy/consents"),
    _newcomer("my_privacy:export", "/me/privacy/export"),
    _seeker("my_privacy:export", "/me/privacy/export", note="ready", then=steps.ask_for_my_data),
    _seeker("my_fairs", "/me/fairs"),
    _seeker("fair_attend", "/fairs/{}/attend", on="/fairs"),
    _seeker("fair_attend", "/fairs/{}/attend", on="/fairs", note="code", then=steps.register_for_the_fair),
    _seeker("my_feedback", "/me/feedback"),
    _seeker("my_feedback_one", "/me/feedback", then=steps.open_own_feedback),
    _seeker("my_notifications", "/me/notifications"),
    _seeker("my_notifications_choose", "/me/notifications/preferences"),
    _seeker("report_job", "/jobs/{}/report", on="/jobs"),
    _seeker("report_job", "/jobs/{}/report", on="/jobs", note="refused", then=partial(steps.press, "提交举报")),
    _seeker("my_reports", "/me/reports"),
    _newcomer("my_reports", "/me/reports"),
    _seeker("my_reviews", "/me/reviews"),
    _seeker("review_agency", "/agencies/{}/review", on="/me/reviews"),
    _seeker(
        "review_agency", "/agencies/{}/review", on="/me/reviews", note="refused", then=partial(steps.press, "提交评价")
    ),
    _newcomer("review_agency", "/agencies/{}/review", on="/agencies", note="not-entitled"),
    _newcomer("my_reviews", "/me/reviews"),
    _seeker("saved_searches", "/me/searches"),
    _seeker("save_search", "/me/searches/new?q=焊工&region=440000&pay_min=5000"),
    _seeker("save_search", "/me/searches/new?q=焊工", note="refused", then=steps.save_without_a_name),
    _seeker("saved_search", "/me/searches/{}", on="/me/searches"),
    _newcomer("saved_searches", "/me/searches"),
    _newcomer("resume_verify", "/me/resume/verify", note="unnamed"),
    _newcomer("resume_prefill", "/me/resume/prefill", note="no-card"),
    _newcomer("real_name", "/me/real-name?next=/me/resume/verify"),
    _seeker("resume_verify", "/me/resume/verify"),
    _checked("my_resume", "/me/resume"),
    _seeker("following", "/me/following"),
    _newcomer("following", "/me/following", note="empty"),
    _checked("resume_preview", "/me/resume/preview"),
    _checked("resume_entry", "/me/resume/education/{}", on="/me/resume"),
    _checked("resume_verify", "/me/resume/verify", note="refused", then=partial(steps.press, "提交核验")),
    _checked("resume_prefill", "/me/resume/prefill"),
    _checked("resume_prefill", "/me/resume/prefill", note="refused", then=partial(steps.press, "填入简历")),
    _checked("real_name", "/me/real-name", note="known"),
    _recruiter("real_name", "/me/real-name"),
    _recruiter("real_name", "/me/real-name", note="refused", then=partial(steps.press, "提交核验")),
    _recruiter("login:where", "/login/where"),
    _recruiter("agency_home", "/agency"),
    _recruiter("agency_jobs", "/agency/jobs"),
    _recruiter("agency_jobs", "/agency/jobs?q=没有这样的职位", note="empty"),
    _recruiter("agency_job", "/agency/jobs/{}", on="/agency/jobs?state=published"),
    _recruiter("agency_job", "/agency/jobs/{}", on="/agency/jobs?state=draft", note="draft"),
    _recruiter("job", "/jobs/{}", on="/agency/jobs?state=withdrawn", note="gone"),
    _recruiter("agency_jobs_several", "/agency/jobs?state=draft", then=steps.publish_a_draft),
    _recruiter("agency_job_new", "/agency/jobs/new"),
    _recruiter("agency_job_new", "/agency/jobs/new", note="refused", then=partial(steps.press, "存为草稿")),
    _recruiter("agency_job_edit", "/agency/jobs/{}/edit", on="/agency/jobs?state=published"),
    _recruiter("agency_inbox", "/agency/applications"),
    _recruiter("agency_inbox", "/agency/applications?q=没有这个人", note="empty"),
    _recruiter("agency_inbox", "/agency/applications", note="several", then=steps.reject_those_of_the_page),
    _recruiter("agency_application", "/agency/applications/{}", on="/agency/applications?group=new", note="new"),
    _recruiter(
        "agency_application",
        "/agency/applications/{}",
        on="/agency/applications?group=interview",
        note="resume",
        then=partial(steps.press, "打开简历"),
    ),
    _recruiter(
        "agency_application",
        "/agency/applications/{}",
        on="/agency/applications?group=interview",
        note="contacts refused",
        then=steps.ask_for_contacts_without_a_reason,
    ),
    _recruiter(
        "agency_application",
        "/agency/applications/{}",
        on="/agency/applications?group=interview",
        note="contacts",
        then=steps.give_a_reason_for_contacts,
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
        "agency_shop_section", "/agency/shop/sections/service_fees", note="preview", then=partial(steps.press, "预览")
    ),
    _recruiter("agency_shop_pictures", "/agency/shop/pictures"),
    _recruiter("agency_shop_pictures", "/agency/shop/pictures", note="refused", then=partial(steps.press, "上传")),
    _recruiter("agency_resumes", "/agency/resumes"),
    _recruiter("agency_resumes", "/agency/resumes?q=没有这样的工作", note="empty"),
    _recruiter("agency_resume", "/agency/resumes/{}", on="/agency/resumes"),
    _recruiter(
        "agency_resume",
        "/agency/resumes/{}",
        on="/agency/resumes",
        note="opened",
        then=partial(steps.press, "打开简历"),
    ),
    _recruiter(
        "agency_resume",
        "/agency/resumes/{}",
        on="/agency/resumes",
        note="refused",
        then=partial(steps.press, "邀请投递"),
    ),
    _recruiter("agency_reviews", "/agency/reviews"),
    _recruiter("report_review", "/reviews/{}/report", on="/agency/reviews"),
    _recruiter("agency_review_reply", "/agency/reviews/{}/reply", on="/agency/reviews?view=unanswered"),
    _recruiter("agency_imports", "/agency/imports"),
    _recruiter("agency_imports", "/agency/imports", note="refused", then=steps.upload_nothing),
    _recruiter("agency_import_mapping", "/agency/imports", then=steps.upload),
    _recruiter("agency_import", "/agency/imports", note="preview", then=steps.preview),
    _recruiter("agency_import", "/agency/imports", note="result", then=steps.import_rows),
    _recruiter("agency_fairs", "/agency/fairs"),
    _recruiter("agency_fairs", "/agency/fairs?view=draft", note="drafts"),
    _recruiter("agency_fair_new", "/agency/fairs/new"),
    _recruiter("agency_fair_new", "/agency/fairs/new", note="refused", then=partial(steps.press, "保存草稿")),
    _recruiter("agency_fair", "/agency/fairs/{}", on="/agency/fairs?view=coming"),
    _recruiter("agency_fair", "/agency/fairs/{}", on="/agency/fairs?view=draft", note="draft"),
    _recruiter(
        "agency_fair",
        "/agency/fairs/{}",
        on="/agency/fairs?view=draft",
        note="refused",
        then=partial(steps.press, "添加单位"),
    ),
    _recruiter("agency_fair_edit", "/agency/fairs/{}/edit", on="/agency/fairs?view=coming"),
    _recruiter("agency_fair_preview", "/agency/fairs/{}/preview", on="/agency/fairs?view=draft"),
    _recruiter("agency_fair_publish", "/agency/fairs/{}/publish", on="/agency/fairs?view=draft"),
    _recruiter("agency_fair_cancel", "/agency/fairs/{}/cancel", on="/agency/fairs?view=coming"),
    _recruiter("agency_fair_place", "/agency/fairs", then=steps.open_the_first_place),
    _recruiter("agency_check_in", "/agency/fairs/{}/check-in", on="/agency/fairs?view=coming"),
    _recruiter(
        "agency_check_in",
        "/agency/fairs/{}/check-in",
        on="/agency/fairs?view=coming",
        note="refused",
        then=partial(steps.press, "确认签到"),
    ),
    _recruiter("agency_notifications", "/agency/notifications"),
    _recruiter("agency_notifications_choose", "/agency/notifications/preferences"),
    _recruiter("agency_affiliations", "/agency/employers"),
    _recruiter("agency_affiliation", "/agency/employers/{}", on="/agency/employers?group=asked", note="asked"),
    _recruiter(
        "agency_affiliation",
        "/agency/employers/{}",
        on="/agency/employers?group=asked",
        note="refused",
        then=partial(steps.press, "不同意"),
    ),
    _recruiter("agency_affiliation", "/agency/employers/{}", on="/agency/employers?group=open"),
    _recruiter("agency_qualification", "/agency/qualification"),
    _recruiter("agency_qualification_history", "/agency/qualification/history"),
    _viewer("agency_home", "/agency"),
    _viewer("agency_inbox", "/agency/applications"),
    _viewer("agency_jobs", "/agency/jobs"),
    _owner("agency_members", "/agency/members"),
    _owner("agency_members_invite", "/agency/members/invite"),
    _owner("agency_members_invite", "/agency/members/invite", note="refused", then=partial(steps.press, "发送邀请")),
    _owner("agency_members_member", "/agency/members/{}", on="/agency/members"),
    _owner("agency_members_transfer", "/agency/members/{}/transfer", on="/agency/members", then=steps.confirm),
    _owner("agency_members_end", "/agency/members/{}/end", on="/agency/members"),
    _owner("agency_members_leave", "/agency/members/leave", note="only-owner"),
    _owner("agency_members_request", "/agency/members/requests/{}", on="/agency/members"),
    _owner(
        "agency_members_refuse",
        "/agency/members/requests/{}",
        on="/agency/members",
        note="refused",
        then=partial(steps.press, "谢绝"),
    ),
    _viewer("agency_members", "/agency/members", note="read-only"),
    _viewer("agency_members_leave", "/agency/members/leave"),
    _employer("employer_members", "/employer/members"),
    _employer("employer_members_invite", "/employer/members/invite"),
    _employer(
        "employer_members_invite", "/employer/members/invite", note="refused", then=partial(steps.press, "发送邀请")
    ),
    _employer("employer_members_member", "/employer/members/{}", on="/employer/members"),
    _employer("employer_members_transfer", "/employer/members/{}/transfer", on="/employer/members", then=steps.confirm),
    _employer("employer_members_end", "/employer/members/{}/end", on="/employer/members"),
    _employer("employer_members_leave", "/employer/members/leave", note="only-owner"),
    _employer("employer_members_request", "/employer/members/requests/{}", on="/employer/members"),
    _employer(
        "employer_members_refuse",
        "/employer/members/requests/{}",
        on="/employer/members",
        note="refused",
        then=partial(steps.press, "谢绝"),
    ),
    _visitor("membership:invitation", "/join/invitations/broken", note="broken"),
    _invited("membership:invitation", "/me/notifications", then=steps.open_my_invitation),
    _newcomer("membership:existing", "/join/existing"),
    _newcomer("membership:existing", "/join/existing?code=91510100MA00000000", note="refused"),
    _newcomer("membership:existing", "/join/existing?code=91110000100000009M", note="unknown"),
    _employer("employer_home", "/employer"),
    _employer("company", "/companies/{}", on="/employer"),
    _employer("employer_qualification", "/employer/qualification"),
    _employer("employer_qualification_history", "/employer/qualification/history"),
    _employer("employer_applications", "/employer/applications"),
    _employer("employer_application", "/employer/applications/{}", on="/employer/applications"),
    _employer(
        "employer_application",
        "/employer/applications/{}",
        on="/employer/applications",
        note="resume",
        then=partial(steps.press, "打开简历"),
    ),
    _employer("employer_applications", "/employer/applications?q=没有这个人", note="empty"),
    _employer(
        "employer_application",
        "/employer/applications/{}",
        on="/employer/applications",
        note="refused",
        then=partial(steps.press, "告知职介"),
    ),
    _employer("employer_agencies", "/employer/agencies"),
    _employer("employer_agencies_find", "/employer/agencies/find"),
    _employer("employer_agencies_find", "/employer/agencies/find?q=没有这家职介", note="empty"),
    _employer("employer_agency_ask", "/employer/agencies/find/{}", on="/employer/agencies/find"),
    _employer(
        "employer_agency_ask",
        "/employer/agencies/find/{}",
        on="/employer/agencies/find",
        note="refused",
        then=partial(steps.press, "发出申请"),
    ),
    _employer("employer_agency", "/employer/agencies/{}", on="/employer/agencies?group=open"),
    _employer("employer_agency", "/employer/agencies/{}", on="/employer/agencies?group=past", note="past"),
    _employer("employer_notifications", "/employer/notifications"),
    _employer("employer_notifications_choose", "/employer/notifications/preferences"),
    _auditor("security:second_factor", "/me/security/second-factor"),
    _auditor("security:pass", "/login/second-factor"),
    _auditor("security:pass", "/login/second-factor", note="refused", then=partial(steps.press, "验证")),
    _auditor("ops_home", "/ops"),
    _auditor("ops_postings", "/ops/postings"),
    _auditor("ops_posting", "/ops/postings/{}", on="/ops/postings"),
    _auditor("ops_qualifications", "/ops/qualifications"),
    _auditor("ops_qualifications", "/ops/qualifications?q=没有这家&whose=overdue", note="empty"),
    _auditor("ops_qualifications", "/ops/qualifications?state=approved", note="decided"),
    _auditor("ops_qualification", "/ops/qualifications/{}", on=_WAITING_CASES),
    _auditor(
        "ops_qualification",
        "/ops/qualifications/{}",
        on="/ops/qualifications",
        note="materials",
        then=steps.open_materials,
    ),
    _auditor(
        "ops_qualification",
        "/ops/qualifications/{}",
        on="/ops/qualifications",
        note="refused",
        then=partial(steps.press, "通过"),
    ),
    _auditor("ops_qualification", "/ops/qualifications/{}", on="/ops/qualifications?state=approved", note="approved"),
    _auditor(
        "ops_qualification_reverse",
        "/ops/qualifications/{}/reverse",
        on="/ops/qualifications?state=approved",
        then=steps.confirm,
    ),
    _auditor("ops_reports", "/ops/reports?about=reviews", note="reviews"),
    _auditor("ops_review", "/ops/reports/reviews/{}", on="/ops/reports?about=reviews"),
    _auditor("ops_audit", "/ops/audit"),
    _auditor("ops_reports", "/ops/reports"),
    _auditor("ops_report", "/ops/reports/{}", on="/ops/reports"),
    _auditor("ops_report", "/ops/reports/{}", on="/ops/reports", note="refused", then=partial(steps.press, "提交决定")),
    _auditor("ops_channels", "/ops/channels"),
    _auditor("ops_channel", "/ops/channels/{}", on="/ops/channels"),
    _security("ops_channels", "/ops/channels?q=没有这个渠道", note="empty"),
    _security("ops_channel", "/ops/channels/{}", on="/ops/channels", note="days", then=steps.open_the_days),
    _security("ops_channel", "/ops/channels/{}", on="/ops/channels", note="new-key", then=steps.issue_a_key),
    _security("ops_channel_new", "/ops/channels/new"),
    _security("ops_channel_new", "/ops/channels/new", note="refused", then=partial(steps.press, "登记")),
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
        then=steps.answer_without_words,
    ),
    _support("ops_feedback_one", "/ops/feedback/{}", on="/ops/feedback?state=answered", note="answered"),
    _editor("ops_policies", "/ops/policies"),
    _editor("ops_policies", "/ops/policies?q=没有这份文件", note="empty"),
    _editor("ops_policy_new", "/ops/policies/new"),
    _editor("ops_policy_new", "/ops/policies/new", note="refused", then=partial(steps.press, "保存草稿")),
    _editor("ops_policy", "/ops/policies/{}", on="/ops/policies?state=draft", note="draft"),
    _editor("ops_policy", "/ops/policies/{}", on="/ops/policies?state=published"),
    _editor("ops_policy", "/ops/policies/{}", on="/ops/policies?state=withdrawn", note="withdrawn"),
    _editor(
        "ops_policy",
        "/ops/policies/{}",
        on="/ops/policies?state=draft",
        note="refused",
        then=partial(steps.press, "上传"),
    ),
    _editor("ops_policy_edit", "/ops/policies/{}/edit", on="/ops/policies?state=published"),
    _editor("ops_policy_conditions", "/ops/policies/{}/conditions", on="/ops/policies?state=draft"),
    _editor("ops_policy_preview", "/ops/policies/{}/preview", on="/ops/policies?state=published"),
    _editor("ops_policy_publish", "/ops/policies/{}/publish", on="/ops/policies?state=withdrawn"),
    _editor("ops_policy_withdraw", "/ops/policies/{}/withdraw", on="/ops/policies?state=published"),
    _editor("ops_policy_abolish", "/ops/policies/{}/abolish", on="/ops/policies?state=published"),
    _security("ops_staff", "/ops/staff"),
    _security("ops_staff_new", "/ops/staff/new"),
    _security("ops_staff_new", "/ops/staff/new", note="refused", then=partial(steps.press, "提出")),
    _security("ops_staff_change", "/ops/staff/{}", on="/ops/staff"),
    _security("ops_staff_history", "/ops/staff/history"),
    _security("ops_people", "/ops/people"),
    _security("ops_people", "/ops/people", note="refused", then=partial(steps.press, "查找")),
    _security("ops_person", "/ops/people", then=steps.look_up_the_seeker),
    _security("ops_person", "/ops/people", note="unmasked", then=steps.unmask_the_seeker),
    _security("ops_person_sessions", "/ops/people", then=steps.ask_to_sign_the_seeker_out),
    _security("ops_person_erase", "/ops/people", then=steps.ask_to_erase_the_seeker),
    _security("ops_person_second_factor", "/ops/people", then=steps.ask_to_reset_the_auditor),
]
