"""Files of sanctions and appeals: cleaned, then sealed."""

from collections.abc import Sequence
from typing import IO

from jiuye.domains.sanctions import policies
from jiuye.domains.sanctions.models import Appeal, EvidenceFile, Sanction
from jiuye.kernel import clock, sealed_files, uploads
from jiuye.kernel.actor import Actor
from jiuye.kernel.errors import Invalid

Files = Sequence[tuple[str, IO[bytes]]]
"""(name, content) of each file."""


def cleaned(files: Files) -> list[uploads.Clean]:
    """Return the files as they may be stored. Raise `Invalid` (attachments)."""
    if len(files) > policies.MOST_FILES:
        raise Invalid({"attachments": f"最多 {policies.MOST_FILES} 个文件，请合并或只选最要紧的。"})
    kept = []
    for name, content in files:
        try:
            kept.append(uploads.clean(content, name=name))
        except uploads.Unacceptable as problem:
            raise Invalid({"attachments": f"“{name}”：{problem.message}"}) from problem
    return kept


def keep(actor: Actor, sanction: Sanction, files: Sequence[uploads.Clean], *, appeal: Appeal | None = None) -> None:
    """Store the files, in the transaction of their sanction or appeal."""
    for one in files:
        EvidenceFile.objects.create(
            sanction=sanction,
            appeal=appeal,
            key=sealed_files.save("sanctions", one.content, one.content_type),
            name=one.name,
            content_type=one.content_type,
            size=len(one.content),
            uploaded_by_id=actor.person,
            uploaded_at=clock.now(),
        )
