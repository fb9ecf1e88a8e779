"""Onboarding of applicants: notify, record whether they came."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import AwareDatetime, Field

from jiuye.api.access import actor_of, client
from jiuye.api.v1 import refusals
from jiuye.api.v1.agency import application_answers as answers
from jiuye.api.v1.agency.application_schemas import Moved, told
from jiuye.api.v1.strict import StrictBody
from jiuye.domains.applications import actions, queries
from jiuye.domains.applications.actions import OnboardingDetails
from jiuye.domains.applications.states import Outcome
from jiuye.domains.clients.states import Scope
from jiuye.kernel.access import access

router = Router(tags=["agency-onboarding"])
_onboarding = "/agency/applications/{uuid:application_id}/onboarding"


class OnboardingInput(StrictBody):
    """The terms of the first day at work."""

    report_at: AwareDatetime = Field(examples=["2027-01-18T01:00:00Z"])
    answer_by: AwareDatetime = Field(description="请求职者在此前答复。", examples=["2027-01-14T10:00:00Z"])
    place: str = Field(examples=["示范路18号"])
    contact_name: str = Field(examples=["周经办"])
    contact_phone: str = Field(examples=["028-00000000"])
    documents: str = Field("", description="需带材料。", examples=["身份证原件"])
    pay_text: str = Field("", description="约定薪资。", examples=["试用期 6000 元/月"])
    note: str = ""


class OutcomeInput(StrictBody):
    """Whether the person came; they read the note and confirm it themselves."""

    outcome: Outcome = Field(strict=False, description=told(Outcome.choices))
    note: str = ""


@router.post(
    _onboarding,
    summary="通知入职",
    description="面试通过后发出入职通知，求职者接受或谢绝。",
    operation_id="notifyOnboarding",
    response={201: Moved, **refusals.OF_WRITES},
)
@access(client(Scope.APPLICATIONS_WRITE))
def notify_onboarding(request: HttpRequest, application_id: UUID, terms: OnboardingInput) -> Any:
    """Send the onboarding notice."""
    actor = actor_of(request)
    details = OnboardingDetails(**terms.model_dump())
    actions.notify_onboarding(actor, application_id=application_id, details=details)
    return Status(201, answers.moved(queries.for_agency(actor, application_id)))


@router.post(
    f"{_onboarding}/result",
    summary="登记入职结果",
    description="求职者接受了入职才能登记。求职者会再自己确认；两边不一致时由平台核实。",
    operation_id="recordOnboardingResult",
    response={200: Moved, **refusals.OF_WRITES},
)
@access(client(Scope.APPLICATIONS_WRITE))
def record_onboarding_result(request: HttpRequest, application_id: UUID, given: OutcomeInput) -> Any:
    """Record whether the person came to work."""
    actor = actor_of(request)
    onboarded = given.outcome == Outcome.ONBOARDED
    actions.record_onboarding_result(actor, application_id=application_id, onboarded=onboarded, note=given.note)
    return answers.moved(queries.for_agency(actor, application_id))
