"""Signatures in a PDF: RSA and ECDSA by pyHanko, SM2 by `signatures`.

From pyHanko's status only what it says about bytes, later revisions and the chain is used: its `valid` stays true when the
document was rewritten around the signature.
"""

import asyncio
import contextlib
from io import BytesIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import KeyUsageConstraints, async_validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, extract_contents
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from jiuye.adapters.inspection_local import algorithms, certificates, seal_reports, signatures
from jiuye.adapters.inspection_local.seal_reports import Trust
from jiuye.adapters.inspection_local.wire import Order
from jiuye.ports.inspection import Checked, Rooted, SealReport

_MOST_SEALS = 20
_TAKEN_OUT = "文件里留有签章数据，但签章已不在文件当前的内容里，未核对。"
_UNREADABLE = "这枚签章的格式在本机无法读出，未核对。"


def reports(content: bytes, order: Order) -> tuple[SealReport, ...]:
    """Return a report of every filled signature field, also of those that cannot be read. `content` has a byte range somewhere."""
    try:
        reader = PdfFileReader(BytesIO(content), strict=False)
        fields = [(name, field) for name, _, field in enumerate_sig_fields(reader, filled_status=True)]
    except Exception:
        return (seal_reports.unread(1, _UNREADABLE),)
    if not fields:
        return (seal_reports.unread(1, _TAKEN_OUT),)
    trust = Trust(order)
    seals = [_Seal(reader, content, name, field.get_object()) for name, field in fields[:_MOST_SEALS]]
    return tuple(_report(number, seal, seals, trust) for number, seal in enumerate(seals, start=1))


class _Seal:
    """One filled signature field."""

    def __init__(self, reader: PdfFileReader, content: bytes, name: str, field: generic.DictionaryObject) -> None:
        self.reader, self.content, self.name, self.field = reader, content, name, field

    @property
    def revision(self) -> int:
        """The revision of the file in which the signature was made."""
        return int(self.reader.xrefs.get_last_change(self.field.raw_get("/V").reference))

    @property
    def container(self) -> bytes:
        """The DER in /Contents, padded by zeros."""
        return bytes(extract_contents(self.field["/V"]))

    @property
    def signed_parts(self) -> tuple[bytes, bytes]:
        """The bytes before and after /Contents. Raise ValueError if the signature leaves out anything else."""
        start, length, start_2, length_2 = (int(number) for number in self.field["/V"]["/ByteRange"])
        gap = self.content[length:start_2]
        if start != 0 or gap[:1] + gap[-1:] != b"<>" or bytes.fromhex(gap[1:-1].decode("ascii")) != self.container:
            raise ValueError("the signature does not cover what surrounds it")
        return self.content[:length], self.content[start_2 : start_2 + length_2]

    @property
    def end(self) -> int:
        """Where the signed bytes end in the file."""
        *_, start_2, length_2 = (int(number) for number in self.field["/V"]["/ByteRange"])
        return start_2 + length_2


def _report(number: int, seal: _Seal, seals: list[_Seal], trust: Trust) -> SealReport:
    with contextlib.suppress(Exception):  # SM2 and seals end in an AttributeError or KeyError somewhere inside pyHanko
        embedded = EmbeddedPdfSignature(seal.reader, seal.field, seal.name)
        if not algorithms.is_sm2(embedded.signer_cert.public_key):
            return _by_pyhanko(number, embedded, seal, seals, trust)
    return _by_ourselves(number, seal, seals, trust)


def _by_pyhanko(
    number: int, embedded: EmbeddedPdfSignature, seal: _Seal, seals: list[_Seal], trust: Trust
) -> SealReport:
    # An empty list of roots, not None: that would mean the roots of the operating system.
    context = ValidationContext(trust_roots=list(trust.roots), allow_fetching=False, moment=trust.now)
    usages = KeyUsageConstraints({"non_repudiation", "digital_signature"}, match_all_key_usages=False)
    status = asyncio.run(
        async_validate_pdf_signature(embedded, signer_validation_context=context, key_usage_settings=usages)
    )
    signed: Checked = "yes" if status.valid else "no"
    intact, why = seal_reports.unchanged(signed, bool(status.intact), _extended(status, seal, seals))
    rooted, remarks = _rooted(status, embedded, trust)
    stated = embedded.self_reported_timestamp
    return SealReport(
        number=number,
        unchanged=intact,
        signed=signed,
        rooted=rooted,
        **seal_reports.names(embedded.signer_cert),
        algorithm=f"{'RSA' if embedded.signer_cert.public_key.algorithm.startswith('rsa') else 'ECDSA'}/{embedded.md_algorithm.upper()}",
        stated_at=stated.isoformat() if stated else "",
        remarks=(*why, *remarks),
    )


def _extended(status: PdfSignatureStatus, seal: _Seal, seals: list[_Seal]) -> bool:
    """Return whether content was added after signing. Another signature, in a field of its own, is no content."""
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return False
    if status.coverage != SignatureCoverageLevel.ENTIRE_REVISION or not status.docmdp_ok:
        return True
    return _changes_content(status.diff_result, seal, seals)


def _changes_content(difference: DiffResult | Exception | None, seal: _Seal, seals: list[_Seal]) -> bool:
    if not isinstance(difference, DiffResult) or difference.modification_level == ModificationLevel.OTHER:
        return True
    later = {one.name for one in seals if one.revision > seal.revision}
    return not difference.changed_form_fields <= later


def _rooted(status: PdfSignatureStatus, embedded: EmbeddedPdfSignature, trust: Trust) -> tuple[Rooted, list[str]]:
    if (
        status.validation_path is not None and status.trust_problem_indic is None
    ):  # `trusted` asks for intact contents too
        return "yes", []
    rooted, remarks = certificates.rooted(embedded.signer_cert, embedded.other_embedded_certs, trust.roots, trust.now)
    if rooted == "yes" and not remarks:  # the chain fits; pyHanko objects to something else than the time
        return "no", ["证书由受信任的根签发，但它的用途或级别不允许签署文件。"]
    return rooted, remarks


def _by_ourselves(number: int, seal: _Seal, seals: list[_Seal], trust: Trust) -> SealReport:
    """Check a signature that pyHanko has no means for: SM2, and seals of GB/T 38540."""
    try:
        read = signatures.read(seal.container, *seal.signed_parts)
        added = _added(seal, seals)
    except Exception:
        return seal_reports.unread(number, _UNREADABLE)
    return seal_reports.report(number, read, trust, added=added, remarks=[])


def _added(seal: _Seal, seals: list[_Seal]) -> bool:
    """Return whether content was added after the signature: its bytes must end with the file or with a complete revision."""
    if seal.end == len(seal.content):
        return False
    before = PdfFileReader(BytesIO(seal.content[: seal.end]), strict=False)
    if before.xrefs.total_revisions != seal.revision + 1:
        return True
    try:
        difference = DEFAULT_DIFF_POLICY.review_file(seal.reader, seal.revision)
    except Exception:
        return True
    return _changes_content(difference, seal, seals)
