"""Photos and attachments of some resumes, drawn here: silhouettes and empty certificates, of no real person."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from io import BytesIO

from PIL import Image, ImageDraw

from jiuye.domains.accounts.models import User
from jiuye.domains.applications.models import Application, SentAttachment
from jiuye.domains.resumes.models import Attachment, Resume
from jiuye.domains.resumes.policies.files import ATTACHMENTS, PHOTOS
from jiuye.kernel import sealed_files
from jiuye.runtime.demo.bulk_copy import copy_rows
from jiuye.runtime.demo.chance import Chance

WITH_PHOTO = 6
WITH_FILES = 3
BACKS = ("#dfe9f3", "#e4f3eb", "#f3ecdc")
FRONTS = ("#14508c", "#1b6e47", "#8c6210")
FILES = (("职业技能等级证书.jpg", "image/jpeg", "JPEG"), ("作品集.pdf", "application/pdf", "PDF"))


def build(chance: Chance, moment: datetime, people: Sequence[User]) -> None:
    """Give the first seekers a photo, and fewer of them files; before applications are written, which include them."""
    resumes = {one.user_id: one for one in Resume.objects.filter(user__in=people[:WITH_PHOTO])}
    chosen = [resumes[person.id] for person in people[:WITH_PHOTO] if person.id in resumes]
    for number, resume in enumerate(chosen):
        content = _encoded(_silhouette(BACKS[number % 3], FRONTS[number % 3]), "JPEG")
        resume.photo_key = sealed_files.save(PHOTOS, content, "image/jpeg")
    Resume.objects.bulk_update(chosen, ["photo_key"])
    copy_rows(
        [row for number, resume in enumerate(chosen[:WITH_FILES]) for row in _files(chance, moment, resume, number)]
    )


def send(chance: Chance, made: Sequence[Application]) -> None:
    """Attach the files to their owners' applications."""
    files: dict[object, list[Attachment]] = {}
    for file in Attachment.objects.select_related("resume").order_by("position", "id"):
        files.setdefault(file.resume.user_id, []).append(file)
    copy_rows(
        [
            SentAttachment(id=chance.id(), application=application, attachment=file)
            for application in made
            for file in files.get(application.applicant_id, [])
        ]
    )


def _files(chance: Chance, moment: datetime, resume: Resume, number: int) -> list[Attachment]:
    rows = []
    for position, (name, content_type, kind) in enumerate(FILES):
        content = _encoded(_paper(FRONTS[number % 3], position), kind)
        rows.append(
            Attachment(
                id=chance.id(),
                resume=resume,
                key=sealed_files.save(ATTACHMENTS, content, content_type),
                name=name,
                content_type=content_type,
                size=len(content),
                digest=hashlib.sha256(content).hexdigest(),
                position=position,
                added_at=moment - timedelta(days=60 + number),
            )
        )
    return rows


def _encoded(image: Image.Image, kind: str) -> bytes:
    out = BytesIO()
    image.save(out, kind)
    return out.getvalue()


def _silhouette(back: str, front: str) -> Image.Image:
    """Draw head and shoulders, in two colours."""
    image = Image.new("RGB", (600, 800), back)
    pen = ImageDraw.Draw(image)
    pen.ellipse((190, 180, 410, 450), fill=front)
    pen.rounded_rectangle((90, 500, 510, 900), radius=190, fill=front)
    return image


def _paper(colour: str, position: int) -> Image.Image:
    """Draw a certificate, or a page of work samples: a frame, and lines for text."""
    image = Image.new("RGB", (620, 440) if position == 0 else (620, 877), "#ffffff")
    pen = ImageDraw.Draw(image)
    width, height = image.size
    pen.rectangle((20, 20, width - 20, height - 20), outline=colour, width=4)
    pen.rectangle((width // 4, 60, width * 3 // 4, 84), fill=colour)
    for line in range(130, height - 90, 46):
        pen.rectangle((70, line, width - 70 - line % 120, line + 10), fill="#c9d3de")
    return image
