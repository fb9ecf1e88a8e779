"""Agencies and their flagship shops."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.db.models import Count, F, Func, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from jiuye.domains.organisations import policies
from jiuye.domains.organisations.models import Agency, Qualification, Shop, ShopPicture
from jiuye.domains.organisations.states import CLOSING, QUALIFICATION_LABELS, AgencyKind
from jiuye.domains.reference import queries as reference
from jiuye.kernel import clock
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import NotFound
from jiuye.kernel.paging import Page, paginate

MOST_SERVICES_COUNTED = 12
SLOW_BELOW = 0.5


@dataclass(frozen=True)
class AgencyCard:
    """An agency in a list or next to its posting. Shares are 0–1, None if there are too few cases."""

    id: UUID
    name: str
    short_name: str
    kind: str
    kind_label: str
    region_code: str
    region_name: str
    address: str
    phone: str
    licence_number: str
    licence_expires_on: date | None
    supervising_body: str
    supervising_phone: str
    is_listed: bool
    slogan: str
    accent: str
    fees: str
    services: Sequence[str]
    open_postings: int
    answered_within_7_days: float | None
    typical_answer_hours: float | None
    review_count: int
    review_average: float | None
    qualified_until: date | None = None

    @property
    def has_lapsed(self) -> bool:
        """Whether its qualification has expired; its shop and postings stay public for a week."""
        return self.qualified_until is not None and self.qualified_until < clock.today()


@dataclass(frozen=True)
class ShopView:
    """A flagship shop (旗舰店) as visitors see it. `team`, `leaders`: name, title, introduction; `achievements`: year,
    text;
    `service_fees`: name, fee, note. `version` is passed to an edit to show that it knew this state.
    """

    agency: AgencyCard
    introduction: str
    announcement: str
    team: Sequence[Mapping[str, Any]]
    leaders: Sequence[Mapping[str, Any]]
    achievements: Sequence[Mapping[str, Any]]
    service_fees: Sequence[Mapping[str, Any]]
    banner: str
    version: int
    updated_at: datetime


@dataclass(frozen=True)
class PictureView:
    """A picture of a shop: its caption, and its size in pixels."""

    id: UUID
    caption: str
    width: int
    height: int


@dataclass(frozen=True)
class Standing:
    """Whether an agency may publish now; `reason` says why not and what to do. `showing`: why its open postings are not shown,
    or until when they still are.
    """

    may_publish: bool
    reason: str
    qualification_label: str
    expires_on: date | None
    is_suspended: bool
    showing: str


def card_of(shop: Shop) -> AgencyCard:
    """Return the card of a shop with its agency loaded; no query."""
    agency = shop.agency
    return AgencyCard(
        id=agency.id,
        name=agency.legal_name,
        short_name=agency.short_name,
        kind=agency.kind,
        kind_label=AgencyKind(agency.kind).label,
        region_code=agency.region_id,
        region_name=reference.full_name(agency.region_id),
        address=agency.address,
        phone=agency.phone,
        licence_number=agency.licence_number,
        licence_expires_on=agency.licence_expires_on,
        supervising_body=agency.supervising_body,
        supervising_phone=agency.supervising_phone,
        is_listed=agency.is_listed,
        slogan=shop.slogan,
        accent=shop.accent,
        fees=shop.fees,
        services=tuple(shop.services),
        open_postings=shop.open_postings,
        answered_within_7_days=shop.answered_within_7_days,
        typical_answer_hours=shop.typical_answer_hours,
        review_count=shop.review_count,
        review_average=shop.review_average,
        qualified_until=getattr(shop, "qualified_until", None),
    )


def _shops() -> QuerySet[Shop]:
    return with_last_day(Shop.objects.select_related("agency"))


def with_last_day(rows: QuerySet[Shop]) -> QuerySet[Shop]:
    """Add the last day of each agency's qualification, as `card_of` shows it."""
    last = Qualification.objects.filter(organisation_id=OuterRef("pk")).values("expires_on")
    return rows.annotate(qualified_until=Subquery(last))


def agency_card(agency_id: UUID) -> AgencyCard:
    """Return one agency, listed or not. One query. Raises `NotFound`."""
    shop = _shops().filter(pk=agency_id).first()
    if shop is None:
        raise NotFound
    return card_of(shop)


def agency_cards(agency_ids: Collection[UUID]) -> dict[UUID, AgencyCard]:
    """Return several agencies by id. One query."""
    return {shop.pk: card_of(shop) for shop in _shops().filter(pk__in=agency_ids)}


@dataclass(frozen=True)
class ShopFilter:
    """Filters and order of shops. `answered`: at least this share (0–1) within 7 days; `sort` as in `SHOP_SORTS`."""

    region: str = ""
    kind: str = ""
    text: str = ""
    service: str = ""
    answered: float = 0
    sort: str = "jobs"


SHOP_SORTS = {"jobs": "岗位最多", "answers": "答复最及时", "rating": "评分最高"}
_ORDERINGS: Mapping[str, tuple[str, ...]] = {
    "jobs": ("-open_postings", "agency_id"),
    "answers": ("-answered", "-open_postings", "agency_id"),
    "rating": ("-rated", "-review_count", "agency_id"),
}


@dataclass(frozen=True)
class ShopCounts:
    """The number of shops for each further choice, keeping the other choices."""

    total: int
    kinds: Mapping[str, int]
    services: Sequence[tuple[str, int]]
    answered: Mapping[float, int]


def shops(
    chosen: ShopFilter | None = None,
    *,
    region: str = "",
    kind: str = "",
    text: str = "",
    cursor: str = "",
    size: int = 20,
) -> Page[AgencyCard]:
    """Return listed shops in the order of `chosen.sort`. `region` at any level includes all its parts. One query."""
    chosen = chosen or ShopFilter(region, kind, text)
    # A cursor holds the values of the page's last row: shops without a figure sort last.
    rows = _matching_shops(chosen).annotate(
        answered=Coalesce("answered_within_7_days", -1.0), rated=Coalesce("review_average", 0.0)
    )
    return paginate(rows, ordering=_ORDERINGS[chosen.sort], cursor=cursor, size=size).map(card_of)


def slow_agencies() -> list[UUID]:
    """Return the listed agencies whose share of applications handled within 7 days is below `SLOW_BELOW`. One query."""
    slow = Shop.objects.filter(agency__is_listed=True, answered_within_7_days__lt=SLOW_BELOW)
    return list(slow.order_by("pk").values_list("pk", flat=True))


def shop_count(*, region: str = "", kind: str = "", text: str = "") -> int:
    """Return the number of shops that `shops` finds. One query."""
    return _matching_shops(ShopFilter(region, kind, text)).count()


def shop_counts(chosen: ShopFilter, *, shares: Sequence[float]) -> ShopCounts:
    """Return the counts next to the list's choices; `shares` are those of `answered`. Three queries."""
    kinds = dict(_matching_shops(replace(chosen, kind="")).order_by().values_list("agency__kind").annotate(Count("pk")))
    within = _matching_shops(replace(chosen, answered=0)).aggregate(
        **{f"from_{index}": Count("pk", filter=Q(answered_within_7_days__gte=one)) for index, one in enumerate(shares)}
    )
    each = _matching_shops(replace(chosen, service="")).annotate(each=Func(F("services"), function="unnest")).order_by()
    services = each.values_list("each").annotate(number=Count("pk")).order_by("-number", "each")[:MOST_SERVICES_COUNTED]
    total = kinds.get(chosen.kind, 0) if chosen.kind else sum(kinds.values())
    answered = {one: within[f"from_{index}"] for index, one in enumerate(shares)}
    return ShopCounts(total, kinds, list(services), answered)


def _matching_shops(chosen: ShopFilter) -> QuerySet[Shop]:
    rows = _shops().filter(agency__is_listed=True)
    if chosen.region:
        inside = reference.descendants(chosen.region) if reference.has_region(chosen.region) else []
        rows = rows.filter(agency__region_id__in=inside)
    if chosen.kind in AgencyKind.values:
        rows = rows.filter(agency__kind=chosen.kind)
    if chosen.service:
        rows = rows.filter(services__contains=[chosen.service])
    if chosen.answered:
        rows = rows.filter(answered_within_7_days__gte=chosen.answered)
    for word in chosen.text.split():
        rows = rows.filter(
            Q(agency__legal_name__icontains=word) | Q(agency__short_name__icontains=word) | Q(slogan__icontains=word)
        )
    return rows


def on_the_map(most: int) -> list[UUID]:
    """For the site map: return the listed agencies. One query."""
    return list(_shops().filter(agency__is_listed=True).order_by("pk").values_list("pk", flat=True)[:most])


def shop(agency_id: UUID) -> ShopView:
    """Return the public page of a shop. One query. Raises `NotFound` for an agency that is not listed."""
    found = _shops().filter(pk=agency_id, agency__is_listed=True).first()
    if found is None:
        raise NotFound("没有找到这家旗舰店，它可能尚未开放或已暂停服务。")
    return _shop_view(found)


def own_shop(actor: Actor) -> ShopView:
    """Return the shop of the actor's own agency, listed or not. Raises `NotFound` for others."""
    found = _shops().filter(pk=actor.organisation_id).first() if actor.acts_for("agency") else None
    if found is None:
        raise NotFound
    return _shop_view(found)


def _shop_view(found: Shop) -> ShopView:
    return ShopView(
        agency=card_of(found),
        introduction=found.introduction,
        announcement=found.announcement,
        team=tuple(found.team),
        leaders=tuple(found.leaders),
        achievements=tuple(found.achievements),
        service_fees=tuple(found.service_fees),
        banner=found.banner,
        version=found.version,
        updated_at=found.updated_at,
    )


def standing(agency_id: UUID) -> Standing:
    """Return whether the agency may publish (see `policies.publishing_obstacle`). One query. Raises `NotFound`."""
    decided = Qualification.objects.filter(organisation_id=OuterRef("pk"))
    agency = (
        Agency.objects.filter(pk=agency_id)
        .annotate(decision=Subquery(decided.values("state")), expires=Subquery(decided.values("expires_on")))
        .first()
    )
    if agency is None:
        raise NotFound
    reason = policies.publishing_obstacle(agency, agency.decision, agency.expires, clock.today())
    return Standing(
        may_publish=not reason,
        reason=reason,
        qualification_label=QUALIFICATION_LABELS[agency.decision] if agency.decision else "未提交",
        expires_on=agency.expires,
        is_suspended=agency.restriction in CLOSING,
        showing=policies.showing_note(agency, agency.expires, clock.today()),
    )


def pictures_of(agency_id: UUID) -> list[PictureView]:
    """Return a shop's pictures, oldest first. One query."""
    rows = ShopPicture.objects.filter(shop_id=agency_id).order_by("created_at", "id")
    return [PictureView(row.id, row.caption, row.width, row.height) for row in rows]


def picture(actor: Actor, agency_id: UUID, picture_id: UUID) -> bytes:
    """Return a JPEG of a listed shop, or of the actor's own. One query. Raises `NotFound`."""
    seen = Q(shop__agency__is_listed=True)
    if actor.acts_for("agency"):
        seen |= Q(shop_id=actor.organisation_id)
    row = ShopPicture.objects.filter(seen, pk=picture_id, shop_id=agency_id).first()
    if row is None:
        raise NotFound
    try:
        with default_storage.open(row.key) as file:
            return bytes(file.read())
    except FileNotFoundError as problem:
        raise NotFound("这张图片暂时打不开。") from problem
