"""Checks by machine, shown to both sides. Local ones at once, those of the registers by the worker.

A check says what it found and decides nothing; only `failed` keeps a case from being submitted. A register that is away
is asked again and never stands in the way.
"""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import F
from procrastinate.contrib.django import app as queue

from jiuye.domains.accounts.queries import legal_person
from jiuye.domains.organisations.models import Agency, Employer
from jiuye.domains.qualifications import facts as typed
from jiuye.domains.qualifications import register_answers
from jiuye.domains.qualifications.models import OPEN_STATES, Case, Item, MachineCheck
from jiuye.domains.qualifications.register_answers import Answer, plain
from jiuye.domains.qualifications.requirements import LONG_TERM
from jiuye.domains.qualifications.short_names import derives_from, scope_fits
from jiuye.domains.qualifications.states import CheckResult, ItemKind
from jiuye.domains.sanctions import queries as sanctions
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.text.days import until
from jiuye.ports import registers
from jiuye.ports.registers import RegisterRejected, RegisterUnavailable

REGISTER_TASK = "ask_registers"
AGAIN_AFTER = timedelta(minutes=5)
ASKED_AT_ONCE = 50
REGISTER = "register"
_OF_REGISTERS: Mapping[str, str] = {
    ItemKind.BUSINESS_LICENCE: "市场主体登记",
    ItemKind.ESTABLISHMENT_DOCUMENT: "事业单位、机关登记",
    ItemKind.HR_LICENCE: "人力资源服务许可登记",
}
log = structlog.get_logger("qualifications")


def check_item(case: Case, item: Item) -> None:
    """Repeat the checks of an item whose facts were saved. Call it in the transaction of the change."""
    facts = typed.read(item.facts)
    MachineCheck.objects.filter(case=case, item=item.kind).exclude(code=REGISTER).delete()
    if item.kind in (ItemKind.BUSINESS_LICENCE, ItemKind.ESTABLISHMENT_DOCUMENT):
        _check_unit(case, item, facts)
    if "expires_on" in facts:
        _check_expiry(case, item, facts)
    if item.kind == ItemKind.HR_LICENCE and "licence_number" in facts:
        _note(case, item.kind, "licence_form", CheckResult.PASSED, f"编号形式正确：{facts['licence_number']}。")
    if item.kind in (ItemKind.AUTHORISATION_LETTER, ItemKind.HANDLER_IDENTITY):
        _check_handler(case)
    if item.kind in _OF_REGISTERS:
        _ask_later(case, item, facts)


def check_case(case: Case) -> list[str]:
    """Repeat the checks of the whole case and return what keeps it from being submitted. Call it in the transaction."""
    name, short_name, credit_code = _unit(case)
    _note(case, "", "credit_code", CheckResult.PASSED, f"统一社会信用代码 {credit_code} 的校验位正确。")
    twin = Agency.objects.filter(legal_name=name).exclude(pk=case.organisation_id).exists()
    result = CheckResult.DIFFERS if twin else CheckResult.PASSED
    text = "平台上有另一家同名机构，代码不同，请核对。" if twin else "没有重复登记的单位。"
    _note(case, "", "duplicate", result, text)
    ban = sanctions.ban_on(credit_code=credit_code, person_id=case.opened_by_id)
    text = ban.message if ban else "单位和经办人都不在异常名录里。"
    _note(case, "", "ban", CheckResult.FAILED if ban else CheckResult.PASSED, text)
    if short_name:
        fits = derives_from(short_name, name)
        text = f"帐号名称“{short_name}”" + ("出自单位全称。" if fits else f"不是由全称“{name}”缩写而来。")
        _note(case, "", "short_name", CheckResult.PASSED if fits else CheckResult.DIFFERS, text)
    return [one.text for one in case.checks.filter(result=CheckResult.FAILED).order_by("code")]


def ask_registers(actor: Actor, *, case_id: UUID) -> None:
    """Ask the registers about the items of an open case that wait for an answer. For the worker, outside transactions.

    Raises nothing when a register is away: the check says so, and `ask_again` repeats it.
    """
    waiting = MachineCheck.objects.filter(
        case_id=case_id,
        case__state__in=OPEN_STATES,
        code=REGISTER,
        result__in=[CheckResult.WAITING, CheckResult.AWAY],
    )
    for check in waiting.select_related("case").order_by("item"):
        item = Item.objects.filter(case_id=case_id, kind=check.item).first()
        if item is not None:
            _record_answer(check, item.facts, _ask(check, typed.read(item.facts)))


def ask_again(actor: Actor) -> int:
    """Queue the cases whose registers were away, or whose job was lost. Return the number."""
    waiting = MachineCheck.objects.filter(
        code=REGISTER,
        result__in=[CheckResult.WAITING, CheckResult.AWAY],
        checked_at__lt=clock.now() - AGAIN_AFTER,
        case__state__in=OPEN_STATES,
    )
    cases = list(dict.fromkeys(waiting.order_by("checked_at", "id").values_list("case_id", flat=True)[:ASKED_AT_ONCE]))
    for case_id in cases:
        _defer(case_id)
    return len(cases)


def _check_unit(case: Case, item: Item, facts: Mapping[str, str]) -> None:
    name, _, _ = _unit(case)
    if stated := facts.get("legal_name"):
        same = plain(stated) == plain(name)
        text = "名称与登记时填写的一致。" if same else f"证照上是“{stated}”，登记时填写的是“{name}”。"
        _note(case, item.kind, "legal_name", CheckResult.PASSED if same else CheckResult.DIFFERS, text)
    if (scope := facts.get("scope")) and case.applicant != "employer":
        fits = scope_fits(case.applicant, scope)
        needed = "公共就业服务" if case.applicant == "public" else "人力资源服务或职业中介"
        text = f"业务范围{'包含' if fits else '里没有写'}{needed}。"
        _note(case, item.kind, "scope", CheckResult.PASSED if fits else CheckResult.DIFFERS, text)


def _check_expiry(case: Case, item: Item, facts: Mapping[str, str]) -> None:
    if facts["expires_on"] == LONG_TERM:
        _note(case, item.kind, "expiry", CheckResult.PASSED, "长期有效。")
        return
    expired = typed.has_expired(facts, clock.today())
    last = typed.day(facts, "expires_on")
    text = f"有效期至 {until(last)}" + ("，已过期。" if expired else "。")
    _note(case, item.kind, "expiry", CheckResult.FAILED if expired else CheckResult.PASSED, text)


def _check_handler(case: Case) -> None:
    """Compare the letter's name with the handler's real name, if there is one: it is not shown."""
    letter = typed.read(Item.objects.get(case=case, kind=ItemKind.AUTHORISATION_LETTER).facts).get("handler_name")
    person = typed.read(Item.objects.get(case=case, kind=ItemKind.HANDLER_IDENTITY).facts).get(typed.PERSON)
    legal = legal_person(UUID(person)) if person else None
    if not letter or legal is None:
        return
    same = plain(letter) == plain(legal.name)
    text = "被授权人与经办人的实名一致。" if same else "授权书上的姓名与经办人的实名不一致。"
    _note(
        case,
        ItemKind.AUTHORISATION_LETTER,
        "handler",
        CheckResult.PASSED if same else CheckResult.DIFFERS,
        text,
    )


def _ask_later(case: Case, item: Item, facts: Mapping[str, str]) -> None:
    """Have the register asked once the number is there."""
    if not _question(item.kind, facts):
        return
    _note(case, item.kind, REGISTER, CheckResult.WAITING, f"正在向{_OF_REGISTERS[item.kind]}核对。")
    _defer(case.id)


def _question(kind: str, facts: Mapping[str, str]) -> str:
    return facts.get("licence_number" if kind == ItemKind.HR_LICENCE else "credit_code", "")


def _ask(check: MachineCheck, facts: Mapping[str, str]) -> Answer:
    register = _OF_REGISTERS[check.item]
    question = _question(check.item, facts)
    name, _, credit_code = _unit(check.case)
    try:
        if check.item == ItemKind.HR_LICENCE:
            return register_answers.of_licence(register, registers.get().licence(question), facts, name, credit_code)
        if check.item == ItemKind.BUSINESS_LICENCE:
            return register_answers.of_enterprise(register, registers.get().enterprise(question), facts)
        return register_answers.of_institution(register, registers.get().institution(question), facts)
    except RegisterRejected as problem:
        log.warning("a register rejected a question", case=str(check.case_id), item=check.item, reason=str(problem))
        return Answer(CheckResult.NOT_CHECKED, f"{register}没有受理这次核对，由审核人员核对。")
    except RegisterUnavailable as problem:
        log.info("a register is away", item=check.item, reason=str(problem))
        return Answer(CheckResult.AWAY, f"{register}暂时不通，稍后自动重试。不影响提交，您不用做什么。")


@transaction.atomic
def _record_answer(check: MachineCheck, asked: str, answer: Answer) -> None:
    """Record an answer, unless the facts that it is about were changed meanwhile."""
    item = Item.objects.select_for_update().filter(case_id=check.case_id, kind=check.item).first()
    if item is None or item.facts != asked:
        return
    MachineCheck.objects.filter(pk=check.pk).update(
        result=answer.result,
        text=answer.text[:500],
        detail=answer.detail(),
        checked_at=clock.now(),
        attempts=F("attempts") + 1,
    )


def _note(case: Case, item: str, code: str, result: CheckResult, text: str) -> None:
    MachineCheck.objects.update_or_create(
        case=case,
        item=item,
        code=code,
        defaults={"result": result, "text": text[:500], "detail": "", "checked_at": clock.now(), "attempts": 0},
    )


def _unit(case: Case) -> tuple[str, str, str]:
    """Return legal name, short name (agencies) and credit code of a case's organisation."""
    if case.applicant == "employer":
        employer = Employer.objects.get(pk=case.organisation_id)
        return employer.legal_name, "", employer.credit_code or ""
    agency = Agency.objects.get(pk=case.organisation_id)
    return agency.legal_name, agency.short_name, agency.credit_code


def _defer(case_id: UUID) -> None:
    queue.configure_task(REGISTER_TASK, queue="authority", lock=f"registers:{case_id}").defer(case_id=str(case_id))
