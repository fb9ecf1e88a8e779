"""Details of shops: prices of services, and drawn pictures of halls and counters."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw

from jiuye.domains.organisations.models import Shop, ShopPicture
from jiuye.runtime.demo.bulk_copy import copy_rows
from jiuye.runtime.demo.chance import Chance

WITH_PICTURES = 8
SIZE = (960, 720)
SCENES = (
    ("一楼服务大厅，设六个窗口", "#dfe9f3", "#14508c"),
    ("招聘会现场，分区设展", "#f3ecdc", "#8c6210"),
    ("职业指导室，一对一咨询", "#e4f3eb", "#1b6e47"),
)
FREE = [
    {"name": "职业介绍", "fee": "免费", "note": "登记求职、岗位推荐、面试安排"},
    {"name": "职业指导", "fee": "免费", "note": "每周二、周四下午，可预约"},
    {"name": "档案与社保咨询", "fee": "免费", "note": ""},
]
PAID = [
    {"name": "职业介绍", "fee": "求职者免费", "note": "费用由用人单位承担"},
    {"name": "招聘代理", "fee": "按合同约定", "note": "向用人单位收取，不从工资中扣"},
    {"name": "劳务派遣咨询", "fee": "免费", "note": ""},
]


def build(chance: Chance, moment: datetime, shops: Sequence[Shop]) -> None:
    """Write them; the pictures go into the file storage."""
    for shop in shops:
        shop.service_fees = FREE if shop.agency.kind == "public" else PAID
    Shop.objects.bulk_update(shops, ["service_fees"])
    drawn = [(caption, _drawn(back, front)) for caption, back, front in SCENES]
    rows = []
    for shop in shops[:WITH_PICTURES]:
        for number, (caption, content) in enumerate(drawn):
            picture_id = chance.id()
            key = default_storage.save(f"shops/{picture_id}.jpg", ContentFile(content))
            at = moment - timedelta(days=20 - number)
            width, height = SIZE
            rows.append(
                ShopPicture(
                    id=picture_id, shop=shop, key=key, caption=caption, width=width, height=height, created_at=at
                )
            )
    copy_rows(rows)


def _drawn(back: str, front: str) -> bytes:
    """Draw a hall with counters, in two colours."""
    image = Image.new("RGB", SIZE, back)
    pen = ImageDraw.Draw(image)
    width, height = SIZE
    pen.rectangle((0, height * 3 // 4, width, height), fill=front)
    for place in range(6):
        left = 60 + place * 145
        pen.rectangle((left, 300, left + 110, 540), fill="white", outline=front, width=6)
        pen.ellipse((left + 35, 340, left + 75, 380), fill=front)
        pen.rectangle((left + 25, 390, left + 85, 470), fill=front)
    pen.rectangle((60, 90, width - 60, 210), fill=front)
    out = BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()
