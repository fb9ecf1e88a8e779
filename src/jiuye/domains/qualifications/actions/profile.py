"""An approved agency completes its profile; with it the shop opens."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from jiuye.domains.organisations.actions import refresh_listing
from jiuye.domains.organisations.events import OrganisationEdited
from jiuye.domains.organisations.models import Agency, Shop
from jiuye.domains.qualifications import policies
from jiuye.domains.qualifications.short_names import LIMIT, derives_from
from jiuye.domains.reference import queries as reference
from jiuye.kernel import audit, clock, events
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound
from jiuye.kernel.text.tidying import tidy_line

MOST_SERVICES = 12


@dataclass(frozen=True, slots=True)
class Profile:
    """What an agency must display (人力资源市场暂行条例 art. 32), and its name on the platform."""

    short_name: str
    region: str
    address: str
    phone: str
    services: Sequence[str]
    fees: str
    supervising_body: str
    supervising_phone: str


LIMITS = {
    "short_name": ("帐号名称", LIMIT),
    "address": ("地址", 200),
    "phone": ("服务电话", 30),
    "fees": ("收费情况", 200),
    "supervising_body": ("监管部门", 100),
    "supervising_phone": ("监督电话", 30),
}


@transaction.atomic
def complete_profile(actor: Actor, *, profile: Profile) -> bool:
    """Save the profile of the actor's own agency, and open its shop if nothing else is missing. Return whether it is open.

    Raises `Invalid` with fields of `Profile`, `Denied`, `NotFound`.
    """
    agency_id = policies.may_apply(actor)
    agency = Agency.objects.select_for_update().filter(pk=agency_id).first()
    shop = Shop.objects.select_for_update().filter(pk=agency_id).first()
    if agency is None or shop is None:
        raise NotFound
    values = {name: tidy_line(getattr(profile, name)) for name in LIMITS}
    services = list(dict.fromkeys(filter(None, map(tidy_line, profile.services))))
    if faults := _faults(agency, profile, values, services):
        raise Invalid(faults)
    for name, value in values.items():
        if name != "fees":
            setattr(agency, name, value)
    agency.region_id = profile.region
    agency.save(update_fields=[*(name for name in values if name != "fees"), "region"])
    shop.services, shop.fees, shop.updated_at = services, values["fees"], clock.now()
    shop.version += 1
    shop.save(update_fields=["services", "fees", "version", "updated_at"])
    audit.record(actor, "agency.complete_profile", agency.id)
    events.publish(actor, OrganisationEdited(agency.id, "agency"))
    return refresh_listing(actor, agency.id)


def _faults(agency: Agency, profile: Profile, values: dict[str, str], services: Sequence[str]) -> dict[str, str]:
    faults: dict[str, str] = {}
    for name, (label, limit) in LIMITS.items():
        if not values[name]:
            faults[name] = f"请填写{label}。"
        elif len(values[name]) > limit:
            faults[name] = f"最多 {limit} 字，现在是 {len(values[name])} 字。"
    if values["short_name"] and not derives_from(values["short_name"], agency.legal_name):
        faults["short_name"] = f"须由单位全称“{agency.legal_name}”里的字按顺序组成，不能另起名字。"
    if not reference.has_region(profile.region):
        faults["region"] = "请从列表中选择所在地。"
    if not services:
        faults["services"] = "请至少写一个服务项目，如“职业介绍”。"
    elif len(services) > MOST_SERVICES or any(len(one) > 30 for one in services):
        faults["services"] = f"最多 {MOST_SERVICES} 个服务项目，每个不超过 30 字，用顿号隔开。"
    return faults
