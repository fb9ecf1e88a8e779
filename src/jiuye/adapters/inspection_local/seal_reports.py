"""From what a signature says to the four lines of its report."""

from datetime import datetime
from pathlib import Path

from asn1crypto import x509

from jiuye.adapters.inspection_local import certificates
from jiuye.adapters.inspection_local.signatures import Signature
from jiuye.adapters.inspection_local.wire import Order
from jiuye.ports.inspection import Checked, SealReport


class Trust:
    """The roots that the operator installed, and the moment of the check."""

    def __init__(self, order: Order) -> None:
        self.roots = certificates.installed_roots(Path(order.roots)) if order.roots else []
        self.now = datetime.fromisoformat(order.now)


def unchanged(signed: Checked, matches: bool | None, added: bool | None) -> tuple[Checked, list[str]]:
    """Return the first line: `matches`: the signed digests fit; `added`: there is content that they do not cover (None: unknown).

    "Yes" needs a signature that holds: digests that nobody signed say nothing.
    """
    if matches is False:
        return "no", ["文件内容与签章时的摘要不符：签章之后有人改过内容。"]
    if added:
        return "no", ["签章之后又添加了内容，添加的部分不受这枚签章保护。"]
    if signed == "no":
        return "not_checked", ["签名值不成立，文件里记录的摘要不能作为依据。"]
    if signed == "yes" and matches and added is False:
        return "yes", []
    return "not_checked", []


def report(number: int, read: Signature, trust: Trust, *, added: bool | None, remarks: list[str]) -> SealReport:
    """Return the report of a signature that `signatures.read` has read."""
    intact, why = unchanged(read.signed, read.matches, added)
    rooted, chain_remarks = (
        certificates.rooted(read.signer, read.others, trust.roots, trust.now) if read.signer else ("not_checked", [])
    )
    return SealReport(
        number=number,
        unchanged=intact,
        signed=read.signed,
        rooted=rooted,
        **names(read.signer),
        seal_name=read.seal_name,
        algorithm=read.algorithm,
        stated_at=read.stated_at,
        remarks=(*why, *remarks, *read.remarks, *chain_remarks),
    )


def names(signer: x509.Certificate | None) -> dict[str, str]:
    """Return subject and issuer of a certificate, as a report has them."""
    if signer is None:
        return {"subject": "", "issuer": ""}
    return {"subject": certificates.name_of(signer.subject), "issuer": certificates.name_of(signer.issuer)}


def unread(number: int, remark: str) -> SealReport:
    """Return the report of a signature that cannot be read at all."""
    return SealReport(number, "not_checked", "not_checked", "not_checked", remarks=(remark,))
