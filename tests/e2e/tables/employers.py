"""Pages of employers, and of people who are invited to an organisation."""

from functools import partial

from tests.e2e import steps
from tests.e2e.shown import Shown

_visitor = partial(Shown, "visitor")
_newcomer = partial(Shown, "newcomer")
_invited = partial(Shown, "invited")
_employer = partial(Shown, "employer")


PAGES = [
    _employer("employer_members", "/employer/members"),
    _employer("employer_members_invite", "/employer/members/invite"),
    _employer(
        "employer_members_invite", "/employer/members/invite", note="refused", then=partial(steps.press, "发送邀请")
    ),
    _employer("employer_members_member", "/employer/members/{}", on="/employer/members"),
    _employer("employer_members_transfer", "/employer/members/{}/transfer", on="/employer/members", then=steps.confirm),
    _employer("employer_members_end", "/employer/members/{}/end", on="/employer/members"),
    _employer("employer_members_phone", "/employer/members/{}/phone", on="/employer/members"),
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
    _employer("employer_jobs", "/employer/jobs"),
    _employer("employer_job", "/employer/jobs/{}", on="/employer/jobs"),
    _employer(
        "employer_job", "/employer/jobs/{}", on="/employer/jobs", note="refused", then=partial(steps.press, "发给职介")
    ),
    _employer("employer_fairs", "/employer/fairs"),
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
    _employer("employer_sanctions", "/employer/sanctions"),
    _employer("employer_sanction", "/employer/sanctions/{}", on="/employer/sanctions"),
]
