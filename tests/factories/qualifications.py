"""Audit cases in each state, with their items and one sealed material. All invented."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from jiuye.domains.accounts.models import Membership, RealName, User
from jiuye.domains.organisations.models import Agency, Employer, Qualification
from jiuye.domains.qualifications import actions
from jiuye.domains.qualifications import facts as typed
from jiuye.domains.qualifications.actions.materials import FOLDER
from jiuye.domains.qualifications.models import Case, Item, Material
from jiuye.domains.qualifications.requirements import Applicant, requirements_of
from jiuye.domains.qualifications.states import ItemKind, MaterialState
from jiuye.kernel import clock, sealed_files
from jiuye.kernel.actor import Actor
from jiuye.kernel.crypto import blind_index
from tests.factories import accounts, organisations, reference
from tests.factories.pictures import photo

HANDLER = "何经办"
CODES = {"market": "91510107", "public": "12510107", "employer": "91510107"}
NAMES = {
    "market": "成都示例人力资源有限公司",
    "public": "成都市示例公共就业服务中心",
    "employer": "成都示例精密机械有限公司",
}


def registered(applicant: Applicant = "market", *, user: User | None = None, **given: str) -> Actor:
    """An owner who has just registered an organisation; its case is an empty draft."""
    user = user or accounts.person(HANDLER)
    reference.industry("72")
    reference.region(reference.WUHOU)
    values = {
        "legal_name": NAMES[applicant],
        "credit_code": organisations.credit_code(CODES[applicant]),
        "region": reference.WUHOU,
        **given,
    }
    made = actions.register(
        accounts.actor(user), registration=actions.Registration(applicant, **values), has_agreed=True
    )
    return Actor(user.pk, made.organisation_id, made.kind, "owner", accounts.IP)


def case_of(owner: Actor) -> Case:
    """The newest case of an owner's organisation."""
    return Case.objects.filter(organisation_id=owner.organisation_id).latest("opened_at")


def real_name(person_id: UUID, name: str = HANDLER, *, source: str = "card") -> RealName:
    """The person's real name, as their card says it or as the authority confirmed it."""
    return RealName.objects.get_or_create(
        user_id=person_id,
        defaults={
            "name": name,
            "id_number": f"51010719900101{person_id.int % 10000:04d}",
            "id_number_index": blind_index(str(person_id), "id-number"),
            "source": source,
            "verified_at": clock.now(),
        },
    )[0]


def values_for(owner: Actor, kind: str, **given: str) -> dict[str, str]:
    """What a careful handler types for an item."""
    organisation: Agency | Employer
    if owner.organisation_kind == "agency":
        organisation = Agency.objects.get(pk=owner.organisation_id)
    else:
        organisation = Employer.objects.get(pk=owner.organisation_id)
    unit = {"legal_name": organisation.legal_name, "credit_code": organisation.credit_code or ""}
    lasts = (clock.today() + timedelta(days=900)).isoformat()
    scope = "公共就业服务；职业中介活动；人力资源服务"
    values: dict[str, dict[str, str]] = {
        ItemKind.BUSINESS_LICENCE: unit | {"scope": scope, "established_on": "2015-03-02", "expires_on": "long_term"},
        ItemKind.ESTABLISHMENT_DOCUMENT: unit | {"scope": scope, "issued_by": "示例区人民政府", "expires_on": lasts},
        ItemKind.HR_LICENCE: {
            "licence_number": "(川)人服证字[2026]第0100001号",
            "scope": "职业介绍、职业指导",
            "issued_by": "示例区人力资源和社会保障局",
            "expires_on": lasts,
        },
        ItemKind.AUTHORISATION_LETTER: {
            "handler_name": HANDLER,
            "issued_on": clock.today().isoformat(),
            "expires_on": lasts,
        },
        ItemKind.EMPLOYMENT: {"position": "招聘主管"},
    }
    return values.get(kind, {}) | given


def material(
    item: Item, *, state: str = "ready", content: bytes = b"", name: str = "材料.jpg", form: str = "jpeg"
) -> Material:
    """A sealed picture of an item, opened unless `state` is checking; `form` pdf or ofd: a document, with its `content`."""
    content = content or photo((640, 480)).read()
    is_there, is_open = state != MaterialState.REFUSED, state == MaterialState.READY
    with transaction.atomic():
        return Material.objects.create(
            item=item,
            state=state,
            problem="" if is_there else "这张图片打不开，可能已损坏，请换一张。",
            key=sealed_files.save(FOLDER, content, "image/jpeg") if is_there else "",
            page_keys=[sealed_files.save(FOLDER, content, "image/jpeg")] if is_open else [],
            name=name,
            format=form,
            size=len(content),
            digest=blind_index(f"{item.id}{name}", "qualification-material"),
            findings='{"page_count": 1, "undrawn": "", "suggestions": [], "seals": []}' if is_open else "",
            uploaded_by_id=item.case.opened_by_id,
            uploaded_at=clock.now(),
        )


def filled(applicant: Applicant = "market", *, owner: Actor | None = None, **given: str) -> Actor:
    """An owner whose case is complete and not submitted yet: real name, facts, one file for each item that needs one."""
    owner = owner or registered(applicant, **given)
    real_name(owner.person)
    case = case_of(owner)
    for wanted in requirements_of(applicant):
        item = case.items.get(kind=wanted.kind)
        if wanted.kind == ItemKind.HANDLER_IDENTITY:
            actions.prove_handler(owner)
            continue
        way = next(one for one in wanted.ways if one.needs_file)
        material(item)
        actions.save_item(owner, kind=wanted.kind, way=way.code, values=values_for(owner, wanted.kind))
    return owner


def submitted(applicant: Applicant = "market", **given: Any) -> Case:
    """A case that waits for its audit."""
    owner = filled(applicant, **given)
    actions.submit(owner)
    return case_of(owner)


def passed_first(applicant: Applicant = "market", *, by: UUID | None = None, **given: Any) -> Case:
    """A case that one auditor has passed and another has not looked at."""
    case = submitted(applicant, **given)
    _decide(case, "second_look", "first", by or organisations.operator("auditor").person, {})
    return case


def returned(
    applicant: Applicant = "market", *, refused: Sequence[str] = ("authorisation_letter",), **given: Any
) -> Case:
    """A case that came back: these items refused, the others accepted."""
    case = submitted(applicant, **given)
    for item in case.items.order_by("kind"):
        item.verdict = "refused" if item.kind in refused else "accepted"
        item.reason = "公章不清楚，请重新拍摄。" if item.kind in refused else ""
        item.save(update_fields=["verdict", "reason"])
    verdicts = {
        item.kind: {"verdict": item.verdict, "reason_code": "", "reason": item.reason} for item in case.items.all()
    }
    _decide(case, "returned", "return", organisations.operator("auditor").person, verdicts)
    Qualification.objects.filter(pk=case.qualification_id).update(state="rejected", decided_at=clock.now())
    return case


def approved(applicant: Applicant = "market", *, expires_on: date | None = None, **given: Any) -> Case:
    """A case that two auditors have approved; the agency's profile is still empty."""
    case = passed_first(applicant, **given)
    case.items.update(verdict="accepted")
    _decide(case, "approved", "second", organisations.operator("auditor").person, {})
    until = expires_on or clock.today() + timedelta(days=183)
    Qualification.objects.filter(pk=case.qualification_id).update(
        state="approved", decided_at=clock.now(), expires_on=until
    )
    licence = case.items.filter(kind=ItemKind.HR_LICENCE).first()
    if licence:
        facts = typed.read(licence.facts)
        Agency.objects.filter(pk=case.organisation_id).update(
            licence_number=facts["licence_number"], licence_expires_on=typed.day(facts, "expires_on")
        )
    if applicant == "employer":
        Employer.objects.filter(pk=case.organisation_id).update(is_certified=True)
    return case


def owner_of(case: Case) -> Actor:
    """The owner of a case's organisation, acting for it."""
    place = Membership.objects.get(organisation_id=case.organisation_id, role="owner", ended_at=None)
    return Actor(place.user_id, case.organisation_id, place.organisation_kind, "owner", accounts.IP)


def _decide(case: Case, state: str, step: str, operator: UUID, verdicts: dict[str, Any]) -> None:
    moment = clock.now()
    if step == "first":
        case.first_by_id, case.first_at = operator, moment
    else:
        case.decided_by_id, case.decided_at = operator, moment
    case.state = state
    case.version += 1
    case.save()
    case.decisions.create(
        submission=case.submissions, step=step, operator_id=operator, decided_at=moment, verdicts=verdicts
    )
