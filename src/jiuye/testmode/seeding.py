"""The first rows of a client's test data: agency, members, employers, postings, seekers with resumes."""

from datetime import date, timedelta
from hashlib import blake2b
from typing import cast
from uuid import UUID

from jiuye.domains.accounts.models import Membership, User
from jiuye.domains.accounts.phones import phone_index
from jiuye.domains.clients.models import ApiClient
from jiuye.domains.jobs import actions as jobs
from jiuye.domains.jobs.actions import PostingContent
from jiuye.domains.organisations import actions as organisations
from jiuye.domains.organisations.actions import EmployerBasics
from jiuye.domains.organisations.models import Affiliation, Agency, Employer, Qualification, Shop
from jiuye.domains.reference.models import Region
from jiuye.domains.resumes import actions as resumes
from jiuye.domains.resumes.actions import Basics, EmploymentEntry, IntentionEntry
from jiuye.domains.resumes.checkable import claims_of
from jiuye.domains.resumes.policies.visibility import WHOLE_COUNTRY
from jiuye.domains.resumes.states import VisibilityLevel
from jiuye.domains.verification import actions as verification
from jiuye.domains.verification.states import CheckKind
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.identifiers import credit_check_character
from jiuye.ports.authority import CheckAnswer, Difference, Outcome
from jiuye.testmode.values import SEEKERS, Proof, Seeker

VERIFIED_DAYS = 183
"""An agency is verified again every six months (人社厅发〔2025〕60号)."""
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # of a credit code (GB 32100-2015)
_EMPLOYERS = (
    ("（测试）蓉江精密机械有限公司", "TE0000001"),
    ("（测试）锦城食品有限公司", "TE0000002"),
    ("（测试）天府物流有限公司", "TE0000003"),
)
_WORKED_AT = "（测试）岷江制造有限公司"


def seed(client: ApiClient, agency_id: UUID) -> None:
    """Write the rows, in the client's world and in an open transaction. Employers and postings go through the normal actions."""
    region = _region(client)
    _agency(client, agency_id, region)
    _members(client.agency_id, agency_id)
    actor = Actor(client.created_by_id, agency_id, "agency", "owner")
    employers = [_employer(actor, name, body) for name, body in _EMPLOYERS]
    for employer, title in zip(employers, ("数控车床操作工", "食品包装工", "仓库管理员"), strict=True):
        _posting(actor, employer, title, region)
    _affiliations(agency_id, employers)
    for one in SEEKERS:
        _seeker(one)


def _region(client: ApiClient) -> str:
    """Return the region of the client's agency; for a whole province a city in it, because postings name at least a city."""
    # The manager of a test world hides the real agency.
    region = Agency._base_manager.select_related("region").get(pk=client.agency_id).region
    if region.level != "province":
        return region.code
    below = Region.objects.filter(parent=region).order_by("code").values_list("code", flat=True)
    return below.first() or region.code


def _agency(client: ApiClient, agency_id: UUID, region: str) -> None:
    moment, today = clock.now(), clock.today()
    Agency.objects.create(
        id=agency_id,
        kind="market",
        legal_name=f"（测试）{client.name}人力资源有限公司",
        short_name="（测试）职介",
        credit_code=credit_code("91000000", _letters(client.pk.bytes, 9)),
        region_id=region,
        address="（测试）示范路1号",
        phone="028-00000000",
        licence_number="(川)人服证字[2026]第0000000号",
        licence_expires_on=date(today.year + 10, 12, 31),
        supervising_body="（测试）人力资源和社会保障局",
        supervising_phone="028-00000001",
        is_listed=True,  # within the test data only
        created_at=moment,
    )
    Shop.objects.create(agency_id=agency_id, services=["职业介绍"], updated_at=moment)
    Qualification.objects.create(
        organisation_id=agency_id,
        organisation_kind="agency",
        state="approved",
        decided_at=moment,
        expires_on=today + timedelta(days=VERIFIED_DAYS),
        created_at=moment,
    )


def _members(real_agency_id: UUID, agency_id: UUID) -> None:
    """Give the test agency the members that the client's agency has now: the client acts for them, and they are told."""
    present = Membership._base_manager.filter(
        organisation_id=real_agency_id, organisation_kind="agency", ended_at=None, test_client_id=None
    )
    moment = clock.now()
    Membership.objects.bulk_create(
        [
            Membership(
                user_id=user_id, organisation_id=agency_id, organisation_kind="agency", role=role, created_at=moment
            )
            for user_id, role in present.order_by("created_at", "id").values_list("user_id", "role")
        ]
    )


def _employer(actor: Actor, name: str, body: str) -> UUID:
    code = credit_code("91000000", body)
    return organisations.name_employer(actor, basics=EmployerBasics(name, code, ownership="private", size="from_50"))


def _posting(actor: Actor, employer_id: UUID, title: str, region: str) -> None:
    content = PostingContent(
        title=f"（测试）{title}",
        employer_id=employer_id,
        region=region,
        address="（测试）示范路18号",
        headcount=5,
        employment_type="full_time",
        pay_min=6000,
        pay_max=9000,
        valid_through=clock.today() + timedelta(days=30),
        duties="操作设备，按作业指导书生产，做首件检验和日常保养。",
        requirements="能看懂作业指导书，有责任心。",
        working_conditions="白班，8 小时，双休；车间有空调，提供宿舍。",
    )
    jobs.publish_posting(actor, posting_id=jobs.create_posting(actor, content=content))


def _affiliations(agency_id: UUID, employers: list[UUID]) -> None:
    """The first employer is affiliated, the second asks for it: something to read, and something to decide."""
    moment = clock.now()
    Employer.objects.filter(pk__in=employers[:2]).update(is_certified=True, registered_at=moment)
    for employer_id, state, decided_at in ((employers[0], "approved", moment), (employers[1], "requested", None)):
        Affiliation.objects.create(
            employer_id=employer_id,
            agency_id=agency_id,
            state=state,
            jobs_meant="操作工 5 人",
            requested_at=moment,
            decided_at=decided_at,
        )


def _seeker(one: Seeker) -> None:
    user = User.objects.create(
        name=one.name, phone=one.phone, phone_index=phone_index(one.phone), created_at=clock.now()
    )
    actor = Actor(person_id=user.pk)
    resumes.save_basics(actor, basics=Basics(name=one.name, birth_year=1995, experience_years=6, availability="now"))
    wish = IntentionEntry(title="数控车床操作工", pay_min=6000, pay_max=9000, employment_type="full_time")
    resumes.save_section(actor, entry=wish)
    worked = EmploymentEntry(
        employer_name=_WORKED_AT,
        title="操作工",
        start_on=date(2018, 7, 1),
        end_on=date(2024, 3, 1),
        description="操作数控车床。",
    )
    section_id = resumes.save_section(actor, entry=worked)
    resumes.choose_visibility(actor, level=VisibilityLevel.AGENCIES, places=[WHOLE_COUNTRY], consented=True)
    if one.proof != Proof.UNVERIFIED:
        _ask(actor, one, section_id, worked)


def _ask(actor: Actor, one: Seeker, section_id: UUID, worked: EmploymentEntry) -> None:
    """Have the job verified, with the answer of the seeker's `proof`."""
    item = verification.Item(CheckKind.EMPLOYMENT, section_id, claims_of(CheckKind.EMPLOYMENT, worked))
    (case_id,) = verification.request(actor, items=[item], name=one.name, id_number="", has_consented=True)
    if one.proof == Proof.PENDING:
        return
    differs = (Difference("end", "2024-03", "2023-12"),) if one.proof == Proof.MISMATCHED else ()
    outcome = cast(Outcome, one.proof.value)
    answer = CheckAnswer(str(case_id), outcome, "（测试）社会保险参保记录", clock.now().isoformat(), differs)
    verification.record_answer(Actor.system(), answer=answer)


def credit_code(beginning: str, body: str) -> str:
    """Return a well-formed unified social credit code of 8 and 9 characters; no office issues those that begin with 91000000."""
    return beginning + body + credit_check_character(beginning + body)


def _letters(data: bytes, count: int) -> str:
    return "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in blake2b(data, digest_size=count).digest())
