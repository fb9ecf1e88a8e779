"""Forms of operators for things that are made for them; a colleague did what another person has to decide on."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from jiuye.domains.accounts.actions import request_role_change
from jiuye.domains.feedback import actions as feedback_actions
from jiuye.domains.qualifications import actions as qualification_actions
from jiuye.domains.reviews.models import ReviewReport
from jiuye.domains.sanctions import actions as sanction_actions
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from tests.bars.places import Place, things_of
from tests.bars.prepared import Prepare, Prepared
from tests.factories import accounts, audits, channels, feedback, organisations, qualifications, sanctions
from tests.factories.portraits import pdf
from tests.factories.public_site import policy

WHY = "接替离职的同事"


def _colleague(place: Place, role: str) -> Actor:
    return accounts.staff_actor(place.people[role])


def _enable(place: Place) -> Prepared:
    found = channels.channel("app-off", is_enabled=False)
    return Prepared(f"/ops/channels/{found.pk}/enable", {"reason": "联调完成"})


def _close(place: Place) -> Prepared:
    row = feedback.row(feedback.sent(accounts.actor(accounts.seeker())).number)
    feedback_actions.answer(place.owner, feedback_id=row.pk, text="已经修好，请再试。")
    return Prepared(f"/ops/feedback/{row.pk}/close", {})


def _look_up(place: Place) -> Prepared:
    return Prepared("/ops/people", {"phone": accounts.person().phone})


def _conditions(place: Place) -> Prepared:
    form = {
        "version": "1",
        "condition-TOTAL_FORMS": "1",
        "condition-INITIAL_FORMS": "0",
        "condition-0-question": "您参加失业保险了吗？",
        "condition-0-clause": "第一条",
        "condition-0-wants": "yes",
        "condition-0-ORDER": "1",
    }
    return Prepared(f"/ops/policies/{policy().pk}/conditions", form)


def _publish(place: Place) -> Prepared:
    return Prepared(f"/ops/policies/{policy(is_published=False).pk}/publish", {"version": "1"})


def _reinstate(place: Place) -> Prepared:
    found = policy(abolished_on=clock.today() - timedelta(days=1))
    return Prepared(f"/ops/policies/{found.pk}/reinstate", {})


def _document(place: Place) -> Prepared:
    case = audits.waiting(opened_by=accounts.person())
    licence = case.items.get(kind="business_licence")
    found = qualifications.material(licence, content=pdf("营业执照"), name="营业执照.pdf", form="pdf")
    return Prepared(f"/ops/qualifications/{case.pk}/materials/{found.pk}", {})


def _release(place: Place) -> Prepared:
    case = audits.waiting()
    qualification_actions.claim(place.owner, case_id=case.pk)
    return Prepared(f"/ops/qualifications/{case.pk}/release", {})


def _decide_on_review(place: Place) -> Prepared:
    found = things_of(place, "ops/reviews/<uuid:subject_id>", "owner")["subject_id"]
    through = ReviewReport.objects.filter(review_id=found).latest("pk").pk
    form = {"verdict": "keep", "answer": "评价说的是事实，没有骂人。", "through": str(through)}
    return Prepared(f"/ops/reviews/{found}/decide", form)


def _confirm_ban(place: Place) -> Prepared:
    proposal = sanction_actions.Proposal(
        level="ban", reason=sanctions.REASON, bases=("deposits",), evidence="转账记录。", step_reason="情节严重。"
    )
    found = sanction_actions.impose(
        _colleague(place, "auditor"), kind="agency", subject_id=organisations.agency().id, proposal=proposal
    )
    return Prepared(f"/ops/sanctions/{found}/confirm", {})


def _decide_on_appeal(place: Place) -> Prepared:
    agency = organisations.agency()
    sanction = sanctions.sanction(agency, "limit", decided_by=place.people["auditor"])
    owner = organisations.member(agency, role="owner")
    appeal = sanction_actions.submit_appeal(owner, sanction_id=sanction.pk, text="押金已在处置前全部退还。")
    form = {"verdict": "reject", "answer": "收款账户与机构一致，维持原处置。"}
    return Prepared(f"/ops/sanctions/{sanction.pk}/appeals/{appeal}", form)


def _find_person(place: Place) -> Prepared:
    return Prepared("/ops/sanctions/new", {"phone": accounts.person().phone})


def _new_operator(place: Place) -> Prepared:
    return Prepared("/ops/staff/new", {"phone": accounts.person().phone, "role": "support", "reason": WHY})


def _operator(place: Place) -> UUID:
    """An operator for whom no change waits."""
    return accounts.member(place.id, "platform", "support", accounts.person("周客服")).pk


def _change_role(place: Place) -> Prepared:
    return Prepared(f"/ops/staff/{_operator(place)}", {"role": "editor", "reason": WHY})


def _confirm_role(place: Place) -> Prepared:
    admin = _colleague(place, "security_admin")
    change = request_role_change(admin, person_id=_operator(place), role="editor", reason=WHY)
    return Prepared(f"/ops/staff/changes/{change}/confirm", {})


PREPARED: Mapping[str, Prepare] = {
    "ops/channels/<uuid:channel_id>/enable": _enable,
    "ops/feedback/<uuid:feedback_id>/close": _close,
    "ops/people": _look_up,
    "ops/policies/<uuid:policy_id>/conditions": _conditions,
    "ops/policies/<uuid:policy_id>/publish": _publish,
    "ops/policies/<uuid:policy_id>/reinstate": _reinstate,
    "ops/qualifications/<uuid:case_id>/materials/<uuid:material_id>": _document,
    "ops/qualifications/<uuid:case_id>/release": _release,
    "ops/reviews/<uuid:subject_id>/decide": _decide_on_review,
    "ops/sanctions/<uuid:sanction_id>/appeals/<uuid:appeal_id>": _decide_on_appeal,
    "ops/sanctions/<uuid:sanction_id>/confirm": _confirm_ban,
    "ops/sanctions/new": _find_person,
    "ops/staff/<uuid:person_id>": _change_role,
    "ops/staff/changes/<uuid:change_id>/confirm": _confirm_role,
    "ops/staff/new": _new_operator,
}
