"""Applications in every state, each with its history."""

import hashlib
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

import orjson

from jiuye.domains.accounts.models import Consent, User
from jiuye.domains.applications.models import (
    Application,
    ApplicationEvent,
    ApplicationNote,
    InterviewInvitation,
    OnboardingNotice,
    ResumeSnapshot,
)
from jiuye.domains.applications.policies import AGENCY_DAYS, CONSENT_TEXT_VERSION
from jiuye.domains.applications.states import APPLICATION, CLOSED
from jiuye.domains.jobs.models import JobPosting
from jiuye.domains.resumes import queries as resumes
from jiuye.runtime.demo.bulk_copy import copy_rows
from jiuye.runtime.demo.chance import Chance
from jiuye.runtime.demo.organisations import Cast

APPLICATIONS = 1500
# The history of each state, and how many of a hundred applications end in it.
_TO_INTERVIEW = ["view", "invite", "accept_interview"]
PATHS: dict[str, tuple[list[str], int]] = {
    "submitted": ([], 14),
    "viewed": (["view"], 13),
    "interview_invited": (["view", "invite"], 7),
    "interview_accepted": (_TO_INTERVIEW, 7),
    "interview_declined": (["view", "invite", "decline_interview"], 3),
    "interview_passed": ([*_TO_INTERVIEW, "pass_interview"], 4),
    "interview_failed": ([*_TO_INTERVIEW, "fail_interview"], 7),
    "onboarding_notified": ([*_TO_INTERVIEW, "pass_interview", "notify_onboarding"], 4),
    "onboarding_accepted": ([*_TO_INTERVIEW, "pass_interview", "notify_onboarding", "accept_onboarding"], 4),
    "onboarding_declined": ([*_TO_INTERVIEW, "pass_interview", "notify_onboarding", "decline_onboarding"], 2),
    "onboarded": ([*_TO_INTERVIEW, "pass_interview", "notify_onboarding", "accept_onboarding", "record_onboarded"], 12),
    "no_show": ([*_TO_INTERVIEW, "pass_interview", "notify_onboarding", "accept_onboarding", "record_no_show"], 2),
    "rejected": (["view", "reject"], 15),
    "withdrawn": (["view", "withdraw"], 6),
}
NOTES = {
    "fail_interview": ["实操考核差一点，建议再练习后申请。", "岗位更看重夜班经验，感谢您来面试。"],
    "decline_interview": ["时间冲突，想改到下周。", "已经找到工作了，谢谢。"],
    "pass_interview": ["表达清楚，技能符合要求。", "面试官评价良好。"],
    "decline_onboarding": ["家里有事，暂时不能去外地。"],
    "record_no_show": ["当天没有到岗，电话已联系。"],
}
PARTY = {
    "accept_interview": "seeker",
    "decline_interview": "seeker",
    "accept_onboarding": "seeker",
    "decline_onboarding": "seeker",
    "withdraw": "seeker",
}


def build(
    chance: Chance, moment: datetime, cast: Cast, people: list[User], postings: list[JobPosting]
) -> list[Application]:
    """Create 1,500 applications with consents, frozen resumes and histories, written together."""
    tables: dict[str, list[Any]] = {
        name: [] for name in ("consents", "snapshots", "applications", "events", "invitations", "notices")
    }
    contents = {person.id: orjson.dumps(resumes.snapshot_content(person.id)).decode() for person in people}
    states = chance.choices(list(PATHS), [share for _, share in PATHS.values()], k=APPLICATIONS)
    # The demonstration's own seeker and agency have something in every state.
    mine = [one for one in postings if one.agency_id == cast.agencies[0].id]
    taken: set[tuple[Any, Any]] = set()
    for index, state in enumerate([*PATHS, *states[len(PATHS) :]]):
        person = people[0] if index < len(PATHS) else chance.choice(people)
        posting = chance.choice(mine if index < len(PATHS) or chance.random() < 0.08 else postings)
        if (person.id, posting.id) in taken:
            onwards = chain(
                postings[index:], postings
            )  # the smallest demonstration has fewer postings than applications
            posting = next(one for one in onwards if (person.id, one.id) not in taken)
        taken.add((person.id, posting.id))
        _application(chance, moment, cast, person, posting, state, contents[person.id], tables)
    _by_its_own_system(moment, cast, tables)
    for rows in tables.values():
        copy_rows(rows)
    return tables["applications"]


def _by_its_own_system(moment: datetime, cast: Cast, tables: dict[str, list[Any]]) -> None:
    """The demonstration's agency invites its own seeker by the API, and has a note about it."""
    shown = next(one for one in tables["applications"] if one.state == "interview_invited")
    for event in tables["events"]:
        if event.application is shown and event.party == "agency":
            event.actor_client_name = "人事系统"
    author = cast.staff[shown.agency_id][1]
    text = "用人部门希望他带上焊工证原件，面试时一起看。"
    tables["notes"] = [ApplicationNote(application=shown, author=author, text=text, written_at=moment)]


def _application(
    chance: Chance,
    moment: datetime,
    cast: Cast,
    person: User,
    posting: JobPosting,
    state: str,
    content: str,
    tables: dict[str, list[Any]],
) -> None:
    verbs, _ = PATHS[state]
    employer = cast.employer_of(posting)
    span = chance.uniform(20, 70) * (len(verbs) + 1)
    start = moment - timedelta(hours=span + chance.uniform(1, 60))
    consent = Consent(
        id=chance.id(),
        user=person,
        kind="resume_disclosure",
        text_version=CONSENT_TEXT_VERSION,
        given_at=start,
        scope={
            "posting_id": str(posting.id),
            "recipients": [
                {"id": str(posting.agency_id), "name": posting.agency.legal_name},
                {"id": str(employer.id), "name": employer.legal_name},
            ],
        },
        withdrawn_at=None,
    )
    snapshot = ResumeSnapshot(
        id=chance.id(),
        user=person,
        content=content,
        digest=hashlib.sha256(content.encode()).hexdigest(),
        created_at=start,
    )
    application = Application(
        id=chance.id(),
        posting=posting,
        applicant=person,
        agency_id=posting.agency_id,
        employer=employer,
        snapshot=snapshot,
        consent=consent,
        applicant_name=person.name,
        title=posting.title,
        idempotency_key=chance.id().hex,
        submitted_at=start,
        state_changed_at=start,
        respond_by=start + timedelta(days=AGENCY_DAYS["submitted"]),
    )
    tables["consents"].append(consent)
    tables["snapshots"].append(snapshot)
    tables["applications"].append(application)
    _event(chance, cast, application, "submit", "", start, "", {}, tables)
    for number, verb in enumerate(verbs, 1):
        at = start + timedelta(hours=span * number / (len(verbs) + 1)) + timedelta(minutes=chance.randint(0, 59))
        _step(chance, moment, cast, application, verb, at, tables)
    if state == "withdrawn":
        consent.withdrawn_at = application.state_changed_at


def _step(
    chance: Chance,
    moment: datetime,
    cast: Cast,
    application: Application,
    verb: str,
    at: datetime,
    tables: dict[str, list[Any]],
) -> None:
    row = APPLICATION.rows[verb]
    previous, application.state = application.state, row.target
    application.state_changed_at = at
    application.version += 1
    if PARTY.get(verb, "agency") == "agency" and verb != "view" and application.first_handled_at is None:
        application.first_handled_at = at
    note = chance.choice(NOTES.get(verb, [""]))
    detail: dict[str, Any] = {}
    if verb == "reject":
        application.rejection_reason = chance.choice(["experience", "skills", "filled", "location"])
        detail = {"reason": application.rejection_reason}
    application.respond_by = None
    if application.state not in CLOSED:
        application.respond_by = at + timedelta(days=AGENCY_DAYS.get(application.state, 4))
    if verb == "invite":
        tables["invitations"].append(_invitation(chance, moment, application, at))
    elif verb == "notify_onboarding":
        tables["notices"].append(_notice(chance, moment, application, at))
    elif verb in ("accept_interview", "decline_interview", "pass_interview", "fail_interview", "withdraw", "reject"):
        _answer_invitation(application, verb, at, note, tables)
    elif verb in ("accept_onboarding", "decline_onboarding", "record_onboarded", "record_no_show"):
        _answer_notice(verb, at, note, tables["notices"][-1])
    _event(chance, cast, application, verb, previous, at, note, detail, tables)


def _event(
    chance: Chance,
    cast: Cast,
    application: Application,
    verb: str,
    previous: str,
    at: datetime,
    note: str,
    detail: dict[str, Any],
    tables: dict[str, list[Any]],
) -> None:
    party = "seeker" if verb == "submit" else PARTY.get(verb, "agency")
    staff = cast.staff[application.agency_id]
    tables["events"].append(
        ApplicationEvent(
            id=chance.id(),
            application=application,
            verb=verb,
            from_state=previous,
            to_state=application.state,
            party=party,
            actor_person_id=application.applicant_id if party == "seeker" else staff[1].id,
            actor_organisation_id=None if party == "seeker" else application.agency_id,
            note=note,
            detail=detail,
            occurred_at=at,
        )
    )


def _invitation(chance: Chance, moment: datetime, application: Application, at: datetime) -> InterviewInvitation:
    online = chance.random() < 0.25
    starts = (at + timedelta(days=chance.randint(2, 4))).replace(
        hour=chance.choice([1, 2, 6, 7]), minute=0, second=0, microsecond=0
    )
    return InterviewInvitation(
        id=chance.id(),
        application=application,
        mode="online" if online else "onsite",
        starts_at=starts,
        place="" if online else f"{application.posting.address}{chance.randint(2, 12)}层会议室",
        link=f"https://meeting.example.cn/{chance.randint(100000, 999999)}" if online else "",
        contact_name="招聘专员",
        contact_phone=application.agency.phone,
        note="请带身份证原件和一份纸质简历。",
        answer_by=starts - timedelta(hours=12),
        created_at=at,
    )


def _answer_invitation(
    application: Application, verb: str, at: datetime, note: str, tables: dict[str, list[Any]]
) -> None:
    mine = [one for one in tables["invitations"][-1:] if one.application_id == application.id]
    for invitation in mine:
        if verb in ("accept_interview", "decline_interview"):
            invitation.state, invitation.answered_at, invitation.answer_note = (
                ("accepted" if verb == "accept_interview" else "declined"),
                at,
                note,
            )
        elif verb in ("pass_interview", "fail_interview"):
            invitation.result, invitation.result_at, invitation.result_note = (
                ("passed" if verb == "pass_interview" else "failed"),
                at,
                note,
            )


def _notice(chance: Chance, moment: datetime, application: Application, at: datetime) -> OnboardingNotice:
    report = (at + timedelta(days=chance.randint(3, 6))).replace(hour=1, minute=0, second=0, microsecond=0)
    return OnboardingNotice(
        id=chance.id(),
        application=application,
        report_at=report,
        place=application.posting.address,
        documents="身份证原件、银行卡、一寸照片两张",
        pay_text="按面试约定",
        contact_name="人事专员",
        contact_phone=application.agency.phone,
        answer_by=report - timedelta(days=1),
        created_at=at,
    )


def _answer_notice(verb: str, at: datetime, note: str, notice: OnboardingNotice) -> None:
    if verb in ("accept_onboarding", "decline_onboarding"):
        notice.state, notice.answered_at, notice.answer_note = (
            ("accepted" if verb == "accept_onboarding" else "declined"),
            at,
            note,
        )
    else:
        notice.result, notice.result_at, notice.result_note = (
            ("onboarded" if verb == "record_onboarded" else "no_show"),
            at,
            note,
        )
