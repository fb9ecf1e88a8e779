"""The organisation's own qualification: its newest case with everything the form shows, and the decisions on it."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from jiuye.domains.accounts.queries import legal_person
from jiuye.domains.organisations.models import Agency, Employer, Qualification, Shop
from jiuye.domains.organisations.policies import missing_profile
from jiuye.domains.qualifications import facts as typed
from jiuye.domains.qualifications import policies
from jiuye.domains.qualifications.models import OPEN_STATES, Case, Decision, Item, MachineCheck, Material, Submission
from jiuye.domains.qualifications.queries.case_views import (
    INSURANCE,
    CaseView,
    CheckView,
    DecisionView,
    ItemView,
    Standing,
    SubmissionView,
    check_view,
    item_view,
)
from jiuye.domains.qualifications.queries.insurance import insurance_answer
from jiuye.domains.qualifications.requirements import requirement, requirements_of
from jiuye.domains.qualifications.states import CASE_LABELS, CasePurpose, DecisionStep, ItemKind, Verdict
from jiuye.domains.verification.queries import ItemState
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.kernel.identifiers import mask_name


def own_case(actor: Actor) -> CaseView:
    """Return the newest case of the actor's own organisation. Raises `NotFound` if there is none, and as `find_own_case`."""
    found = find_own_case(actor)
    if found is None:
        raise NotFound("本机构还没有资质审核记录。")
    return found


def find_own_case(actor: Actor) -> CaseView | None:
    """Return the newest case of the actor's own organisation, an open one first; None for one that was approved before there
    were cases. At most nine queries. Raises `NotFound`.
    """
    cases = Case.objects.filter(organisation_id=policies.may_see(actor)).exclude(purpose=CasePurpose.COMPLAINT)
    case = (
        cases.filter(state__in=OPEN_STATES).select_related("qualification").order_by("-opened_at", "id").first()
        or cases.select_related("qualification").order_by("-opened_at", "id").first()
    )
    return _case_view(case) if case else None


def decisions_of(actor: Actor) -> list[DecisionView]:
    """Return the decisions on all cases of the actor's organisation, newest first. One query."""
    rows = Decision.objects.filter(case__organisation_id=policies.may_see(actor)).exclude(
        case__purpose=CasePurpose.COMPLAINT
    )
    rows = rows.order_by("-decided_at", "id")
    return [
        DecisionView(DecisionStep(row.step).label, row.decided_at, row.reason, _verdicts(row.verdicts))
        for row in rows
        if row.step != DecisionStep.FIRST
    ]


def submissions_of(actor: Actor) -> list[SubmissionView]:
    """Return when the actor's organisation submitted what, newest first. One query."""
    rows = Submission.objects.filter(case__organisation_id=policies.may_see(actor)).select_related("case")
    return [
        SubmissionView(CasePurpose(row.case.purpose).label, row.number, row.submitted_at)
        for row in rows.order_by("-submitted_at", "id")
    ]


def _verdicts(verdicts: Mapping[str, Mapping[str, str]]) -> list[tuple[str, str, str]]:
    return [
        (ItemKind(kind).label, Verdict(one["verdict"]).label, one.get("reason", "")) for kind, one in verdicts.items()
    ]


def credit_code_of(case: Case) -> str:
    """Return the organisation's registered credit code. One query."""
    if case.applicant == "employer":
        return _employer(case.organisation_id)[1]
    return Agency.objects.values_list("credit_code", flat=True).get(pk=case.organisation_id)


def missing_of(case: Case, item: Item) -> dict[str, str]:
    """Return what an item lacks, by field (see `policies.missing`). At most four queries."""
    wanted = requirement(case.applicant, item.kind)  # type: ignore[arg-type]
    if wanted is None:
        raise NotFound
    person = typed.read(item.facts).get(typed.PERSON)
    named = legal_person(UUID(person)) if person else None
    return policies.missing(
        wanted,
        item,
        item.materials.order_by("uploaded_at", "id"),
        credit_code=credit_code_of(case),
        named={UUID(person): named.name} if person and named else {},
        insured=_insured(insurance_answer(typed.read(item.facts), case.organisation_id))
        if item.way == INSURANCE
        else "",
    )


def _insured(answer: ItemState | None) -> str:
    return answer.state if answer else ""


def _shop(organisation_id: UUID) -> Shop | None:
    return Shop.objects.filter(pk=organisation_id).select_related("agency").first()


def _employer(organisation_id: UUID) -> tuple[str, str]:
    """Return name and credit code."""
    found = Employer.objects.filter(pk=organisation_id).values_list("legal_name", "credit_code").first()
    if found is None:
        raise NotFound
    return found[0], found[1] or ""


def _case_view(case: Case) -> CaseView:
    shop = None if case.applicant == "employer" else _shop(case.organisation_id)
    name, credit_code = (shop.agency.legal_name, shop.agency.credit_code) if shop else _employer(case.organisation_id)
    checks = [check_view(row) for row in MachineCheck.objects.filter(case=case).order_by("checked_at", "id")]
    return CaseView(
        id=case.id,
        applicant=case.applicant,  # type: ignore[arg-type]
        purpose=case.purpose,
        purpose_label=CasePurpose(case.purpose).label,
        state=case.state,
        state_label=CASE_LABELS[case.state],
        version=case.version,
        submissions=case.submissions,
        submitted_at=case.submitted_at,
        due_at=case.due_at,
        reason=case.reason,
        organisation_name=name,
        credit_code=credit_code,
        items=_item_views(case, credit_code, checks),
        checks=[one for one in checks if not one.item],
        standing=_standing(case.qualification, shop),
    )


def _item_views(case: Case, credit_code: str, checks: list[CheckView]) -> list[ItemView]:
    """Return the items in the form's order. At most four queries."""
    items = {row.kind: row for row in case.items.all()}
    materials: dict[UUID, list[Material]] = {}
    for material in Material.objects.filter(item__case=case).order_by("uploaded_at", "id"):
        materials.setdefault(material.item_id, []).append(material)
    handler, asked = items.get(ItemKind.HANDLER_IDENTITY), items.get(ItemKind.EMPLOYMENT)
    person = typed.read(handler.facts).get(typed.PERSON) if handler else None
    legal = legal_person(UUID(person)) if person else None
    named = {UUID(person): legal.name} if person and legal else {}
    insurance = None
    if asked and asked.way == INSURANCE:
        insurance = insurance_answer(typed.read(asked.facts), case.organisation_id)
    views = []
    for wanted in requirements_of(case.applicant):  # type: ignore[arg-type]
        item = items.get(wanted.kind)
        if item is None:  # of a case from before this item was required
            continue
        files = materials.get(item.id, [])
        lacking = policies.missing(
            wanted, item, files, credit_code=credit_code, named=named, insured=_insured(insurance)
        )
        answer = insurance if wanted.kind == ItemKind.EMPLOYMENT else None
        name = mask_name(legal.name) if legal and wanted.kind == ItemKind.HANDLER_IDENTITY else ""
        view = item_view(case, item, wanted, files, [one for one in checks if one.item == item.kind], lacking)
        views.append(replace(view, handler=name, insurance=answer))
    return views


def standing_of(actor: Actor) -> Standing:
    """Return where the actor's organisation stands. Two queries. Raises `NotFound`."""
    organisation_id = policies.may_see(actor)
    qualification = Qualification.objects.filter(organisation_id=organisation_id).first()
    if qualification is None:
        raise NotFound
    return _standing(qualification, _shop(organisation_id))


def _standing(qualification: Qualification, shop: Shop | None) -> Standing:
    until, today = qualification.expires_on, clock.today()
    return Standing(
        is_approved=until is not None,
        is_listed=bool(shop and shop.agency.is_listed),
        until=until,
        missing=missing_profile(shop.agency, shop) if shop and until else [],
        may_renew=policies.may_renew(until, today),
        has_expired=until is not None and until < today,
    )
