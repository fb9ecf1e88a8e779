"""An agency edits its shop: texts, sections of entries, pictures. Every edit checks the version."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from jiuye.domains.organisations import policies
from jiuye.domains.organisations.events import OrganisationEdited
from jiuye.domains.organisations.models import Shop, ShopPicture
from jiuye.domains.organisations.states import SECTIONS
from jiuye.kernel import audit, clock, events, uploads
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid, NotFound, Refused
from jiuye.kernel.ids import new_id
from jiuye.kernel.rate_limits import Limit
from jiuye.kernel.text.tidying import tidy_line, tidy_lines

PICTURES = Limit(
    "shop-pictures", "上传旗舰店图片", "每家机构", 60, 3600, "一小时内最多上传 {most} 张图片，请 {wait}后再试。"
)
TEXT_LIMITS = {"slogan": 60, "introduction": 3000, "announcement": 300, "fees": 200}
MOST_SERVICES = 12
MOST_PICTURES = 12
CAPTION_LIMIT = 60
_SHOWN = uploads.Drawing(longest_side=1280, quality=82, is_progressive=True)
_PICTURE_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True)
class ShopTexts:
    """The texts of a shop that its agency writes."""

    slogan: str
    introduction: str
    announcement: str
    services: Sequence[str]
    fees: str


def edit_shop(actor: Actor, *, texts: ShopTexts, version: int | None = None) -> None:
    """Replace the texts of the actor's own shop. For owners and recruiters.

    Raises `Invalid`, `Denied`, `NotFound`, and `Refused` (code changed_meanwhile) if `version` is not the shop's
    current one.
    """
    policies.may_edit_agency(actor)
    values = _checked_texts(texts)
    with _changing(actor, version) as shop:
        if values["fees"] != shop.fees:
            events.publish(actor, OrganisationEdited(shop.pk, "agency"))
        for column, value in values.items():
            setattr(shop, column, value)
        audit.record(actor, "shop.edit", actor.organisation_id)


def edit_section(actor: Actor, *, section: str, entries: Sequence[Mapping[str, str]], version: int) -> None:
    """Replace the entries of one of `states.SECTIONS`, in this order.

    Raises as `edit_shop`; the fields of `Invalid` are named `index.column`, or `entries` for too many.
    """
    policies.may_edit_agency(actor)
    tidy = checked_entries(section, entries)
    with _changing(actor, version) as shop:
        before = len(getattr(shop, section))
        setattr(shop, section, tidy)
        audit.record(actor, "shop.edit_section", actor.organisation_id, section=section, before=before, now=len(tidy))


def checked_entries(section: str, entries: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Return the entries as they would be stored, without writing. Raises `NotFound` for an unknown section, and `Invalid`."""
    kind = SECTIONS.get(section)
    if kind is None:
        raise NotFound
    faults: dict[str, str] = {}
    if len(entries) > kind.most:
        faults["entries"] = f"“{kind.label}”最多 {kind.most} 条。"
    tidy = []
    for index, entry in enumerate(entries):
        kept = {column.name: tidy_line(str(entry.get(column.name) or "")) for column in kind.columns}
        for column in kind.columns:
            value = kept[column.name]
            if column.is_required and not value:
                faults[f"{index}.{column.name}"] = f"请填写{column.label}。"
            elif len(value) > column.limit:
                faults[f"{index}.{column.name}"] = f"最多 {column.limit} 字，现在是 {len(value)} 字。"
            elif column.name == "year" and not (
                value.isascii() and value.isdigit() and 1949 <= int(value) <= clock.today().year
            ):
                faults[f"{index}.year"] = f"请填写四位年份，如 {clock.today().year}。"
        tidy.append(kept)
    if faults:
        raise Invalid(faults)
    return tidy


def add_picture(actor: Actor, *, file: IO[bytes], name: str, caption: str) -> UUID:
    """Add a picture, re-encoded from its pixels. Return its id. Raises `Invalid` (picture, caption), `Denied`, `NotFound`,
    `Unavailable`, `RateLimited`.
    """
    policies.may_edit_agency(actor)
    caption = _checked_caption(caption)
    PICTURES.hit(actor.organisation_id)
    drawn = _drawn(file, name)
    picture = ShopPicture(id=new_id(), caption=caption, width=drawn.width, height=drawn.height, created_at=clock.now())
    with _changing(actor, None) as shop:
        mine = ShopPicture.objects.filter(shop=shop)
        if mine.count() >= MOST_PICTURES:
            raise Invalid({"picture": f"最多 {MOST_PICTURES} 张，请先删去不再需要的。"})
        picture.shop = shop
        picture.key = default_storage.save(f"shops/{picture.id}.jpg", ContentFile(drawn.content))
        try:
            picture.save(force_insert=True)
            audit.record(actor, "shop.add_picture", actor.organisation_id, picture=picture.id)
        except BaseException:
            default_storage.delete(picture.key)
            raise
    return picture.id


def delete_picture(actor: Actor, *, picture_id: UUID) -> bool:
    """Delete a picture of the actor's own shop. Return whether there was one: if not, nothing changes."""
    policies.may_edit_agency(actor)
    own = ShopPicture.objects.filter(pk=picture_id, shop_id=actor.organisation_id)
    if not own.exists():
        return False
    with _changing(actor, None):
        picture = own.first()
        if picture is None:  # deleted meanwhile
            return False
        picture.delete()
        audit.record(actor, "shop.delete_picture", actor.organisation_id, picture=picture_id)
    return True


@contextmanager
def _changing(actor: Actor, version: int | None) -> Iterator[Shop]:
    """Lock the actor's own shop and save it as its next version at the end."""
    with transaction.atomic():
        shop = Shop.objects.select_for_update(of=("self",)).filter(pk=actor.organisation_id).first()
        if shop is None:
            raise NotFound
        if version is not None and version != shop.version:
            raise Refused(
                "刚刚被同事改过。您填的内容还在下面，但没有保存：请先在新窗口查看旗舰店现在的内容，再提交一次。",
                code="changed_meanwhile",
            )
        yield shop
        shop.version += 1
        shop.updated_at = clock.now()
        words = ["slogan", "introduction", "announcement", "services", "fees"]
        shop.save(update_fields=[*words, *SECTIONS, "version", "updated_at"])


def _drawn(file: IO[bytes], name: str) -> uploads.Clean:
    """Return a picture as pages show it: JPEG, no side longer than 1,280 pixels."""
    try:
        return uploads.clean(file, name=name, most_bytes=_PICTURE_BYTES, drawing=_SHOWN, takes_pdf=False)
    except uploads.Unacceptable as problem:
        raise Invalid({"picture": problem.message}) from problem


def _checked_caption(caption: str) -> str:
    caption = tidy_line(caption)
    if not caption:
        raise Invalid({"caption": "请写一句图片说明：看不见图片的人靠它知道图片里是什么。"})
    if len(caption) > CAPTION_LIMIT:
        raise Invalid({"caption": f"最多 {CAPTION_LIMIT} 字，现在是 {len(caption)} 字。"})
    return caption


def _checked_texts(texts: ShopTexts) -> Mapping[str, Any]:
    values: dict[str, Any] = {
        "slogan": tidy_line(texts.slogan),
        "introduction": tidy_lines(texts.introduction),
        "announcement": tidy_lines(texts.announcement),
        "fees": tidy_line(texts.fees),
    }
    faults = {
        name: f"最多 {limit} 字，现在是 {len(values[name])} 字。"
        for name, limit in TEXT_LIMITS.items()
        if len(values[name]) > limit
    }
    services = list(dict.fromkeys(filter(None, map(tidy_line, texts.services))))
    if len(services) > MOST_SERVICES:
        faults["services"] = f"服务项目最多 {MOST_SERVICES} 个。"
    elif any(len(service) > 30 for service in services):
        faults["services"] = "每个服务项目最多 30 字，请用顿号或换行隔开。"
    if not values["fees"]:
        faults["fees"] = "请写明收费情况，如“不向求职者收费”（人力资源市场暂行条例第三十二条要求公示）。"
    if faults:
        raise Invalid(faults)
    return {**values, "services": services}
