"""The four lines of a seal's report: each altered document fails the line that it should fail.

Only a signature that holds gives "unchanged".
"""

import sys
from base64 import b64encode
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto import core, parser, x509
from pypdf import PdfReader, PdfWriter

from jiuye.adapters.inspection_local import certificates, opening, wire
from jiuye.ports.inspection import SealReport
from jiuye.runtime.demo.materials import ofd, sealing
from tests.factories import documents
from tests.factories.documents import COMPANY

Make = Callable[[], bytes]
SIGNED = "Doc_0/Signs/Sign_0/Signature.xml"
VALUE = "Doc_0/Signs/Sign_0/SignedValue.dat"
PAGE = "Doc_0/Pages/Page_0/Content.xml"


@pytest.fixture(scope="module")
def roots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the invented roots, as an operator installs them."""
    folder = tmp_path_factory.mktemp("roots")
    (folder / "sm2.cer").write_bytes(documents.sm2_root().certificate)
    (folder / "rsa.cer").write_bytes(documents.rsa_root().der)
    (folder / "readme.txt").write_text("not a certificate")
    return folder


def reports(content: bytes, roots: Path | str, now: datetime | None = None) -> tuple[SealReport, ...]:
    """What the child process finds; its limits have tests of their own."""
    moment = now or documents.in_days(400)
    return opening.open_document(content, wire.Order("inspect", "a", str(roots), "", moment.isoformat())).seals


def only(content: bytes, roots: Path | str, now: datetime | None = None) -> SealReport:
    (report,) = reports(content, roots, now)
    return report


def states(report: SealReport) -> tuple[str, str, str]:
    return report.unchanged, report.signed, report.rooted


GOOD: dict[str, Make] = {
    "pdf, rsa": documents.signed_pdf,
    "pdf, sm2 cms": lambda: documents.pdf_with(documents.sm2_cms),
    "pdf, sm2 cms of the digest": lambda: documents.pdf_with(documents.sm2_cms_of_digest),
    "pdf, sm2 seal": lambda: documents.pdf_with(sealed_value),
    "pdf, sm2 seal of 2014": lambda: documents.pdf_with(documents.old_seal),
    "ofd, sm2 seal": lambda: ofd.pack(documents.sealed_ofd_parts()),
}


def sealed_value(content: bytes) -> bytes:
    eseal = sealing.seal(COMPANY, documents.seal_picture(), documents.sm2_signer(), documents.sm2_maker())
    return sealing.signed_value(content, eseal, documents.sm2_signer())


@pytest.mark.parametrize("make", GOOD.values(), ids=list(GOOD))
def test_a_good_seal_passes_each_line_and_names_its_signer(make: Make, roots: Path) -> None:
    report = only(make(), roots)
    assert states(report) == ("yes", "yes", "yes")
    assert report.subject == COMPANY
    assert report.names("北京样例人力资源有限公司 ")
    assert not report.names("北京别家人力资源有限公司")
    assert [line.state for line in report.lines] == ["yes", "yes", "yes", "not_checked"]


@pytest.mark.parametrize("make", GOOD.values(), ids=list(GOOD))
def test_without_installed_roots_the_third_line_says_so(make: Make) -> None:
    assert states(only(make(), "")) == ("yes", "yes", "none_installed")


@pytest.mark.parametrize("make", GOOD.values(), ids=list(GOOD))
def test_roots_that_cannot_be_read_are_none(make: Make, roots: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(file: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    without = only(make(), "")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert states(only(make(), roots)) == states(without)


@pytest.mark.parametrize("make", GOOD.values(), ids=list(GOOD))
def test_a_certificate_of_another_root_fails_the_third_line_alone(make: Make, tmp_path: Path) -> None:
    (tmp_path / "other.cer").write_bytes(sealing.holder("别的根", is_authority=True).certificate)
    assert states(only(make(), tmp_path)) == ("yes", "yes", "no")


@pytest.mark.parametrize("make", GOOD.values(), ids=list(GOOD))
def test_an_expired_certificate_still_leads_to_its_root_with_a_remark(make: Make, roots: Path) -> None:
    report = only(make(), roots, documents.in_days(365 * 30))
    assert states(report) == ("yes", "yes", "yes")
    assert any("有效期" in remark for remark in report.remarks)


@pytest.mark.parametrize(
    "make", [GOOD["pdf, rsa"], GOOD["pdf, sm2 cms"], GOOD["pdf, sm2 seal"]], ids=["rsa", "cms", "seal"]
)
def test_an_annotation_added_after_sealing_is_a_change(make: Make, roots: Path) -> None:
    report = only(documents.with_a_note(make()), roots)
    assert states(report) == ("no", "yes", "yes")
    assert any("添加" in remark for remark in report.remarks)


@pytest.mark.parametrize("seal", ["rsa", "sm2"])
def test_a_form_field_filled_after_sealing_is_a_change(seal: str, roots: Path) -> None:
    form = documents.with_a_form(documents.pdf())
    content = documents.signed_pdf(form) if seal == "rsa" else documents.pdf_with(documents.sm2_cms, form)
    assert states(only(content, roots)) == ("yes", "yes", "yes")
    assert states(only(documents.with_a_filled_field(content), roots)) == ("no", "yes", "yes")


@pytest.mark.parametrize("first", [GOOD["pdf, rsa"], GOOD["pdf, sm2 cms"]], ids=["rsa", "sm2"])
def test_a_second_seal_does_not_break_the_first(first: Make, roots: Path) -> None:
    content = first()
    for twice in (documents.signed_pdf(content, field="B"), documents.pdf_with(documents.sm2_cms, content, field="B")):
        assert [states(one) for one in reports(twice, roots)] == [("yes", "yes", "yes")] * 2


@pytest.mark.parametrize(
    "make", [GOOD["pdf, rsa"], GOOD["pdf, sm2 cms"], GOOD["pdf, sm2 seal"]], ids=["rsa", "cms", "seal"]
)
def test_a_changed_byte_fails_the_first_line_alone(make: Make, roots: Path) -> None:
    content = make()
    changed = content.replace(b"/Creator (Typst", b"/Creator (Typsx")
    assert changed != content
    assert states(only(changed, roots)) == ("no", "yes", "yes")


def test_a_changed_byte_under_a_signed_digest_fails_the_first_line_alone(roots: Path) -> None:
    content = documents.pdf_with(documents.sm2_cms_of_digest)
    changed = content.replace(b"/Creator (Typst", b"/Creator (Typsx")
    assert states(only(changed, roots)) == ("no", "yes", "yes")


def test_a_pdf_rewritten_around_its_signature_is_not_unchanged(roots: Path) -> None:
    writer, out = PdfWriter(clone_from=PdfReader(BytesIO(documents.signed_pdf()))), BytesIO()
    writer.write(out)
    assert only(out.getvalue(), roots).unchanged == "no"


def test_a_signature_by_another_key_fails_the_second_line_and_leaves_the_first_open(roots: Path) -> None:
    forger = sealing.Holder(
        sealing.holder("x").private, documents.sm2_signer().public, documents.sm2_signer().certificate
    )
    report = only(documents.pdf_with(lambda content: documents.sm2_cms(content, signer=forger)), roots)
    assert states(report) == ("not_checked", "no", "yes")


def test_a_changed_page_of_an_ofd_fails_the_first_line_alone(roots: Path) -> None:
    parts = documents.sealed_ofd_parts()
    parts[PAGE] = parts[PAGE].replace("样例".encode(), "变造".encode())
    assert states(only(ofd.pack(parts), roots)) == ("no", "yes", "yes")


def test_a_changed_list_of_digests_fails_the_first_line(roots: Path) -> None:
    parts = documents.sealed_ofd_parts()
    page = parts[PAGE].replace("样例".encode(), "变造".encode())
    before, after = (b64encode(sealing.digest(content)) for content in (parts[PAGE], page))
    parts |= {PAGE: page, SIGNED: parts[SIGNED].replace(before, after)}
    assert states(only(ofd.pack(parts), roots)) == ("no", "yes", "yes")


def test_with_a_part_that_the_seal_does_not_cover_the_first_line_stays_open(roots: Path) -> None:
    report = only(ofd.pack(documents.sealed_ofd_parts() | {"Doc_0/Annots/Annotations.xml": b"<a/>"}), roots)
    assert states(report) == ("not_checked", "yes", "yes")
    assert any("1 个部分" in remark for remark in report.remarks)


def test_a_page_cannot_be_declared_part_of_another_signature(roots: Path) -> None:
    parts = documents.sealed_ofd_parts()
    signed = parts[SIGNED].decode()
    begin = signed.index(f'<ofd:Reference FileRef="/{PAGE}">')
    shortened = signed[:begin] + signed[signed.index("</ofd:Reference>", begin) + len("</ofd:Reference>") :]
    eseal = parts["Doc_0/Signs/Sign_0/Seal.esl"]
    parts |= {
        SIGNED: shortened.encode(),
        VALUE: sealing.signed_value(shortened.encode(), eseal, documents.sm2_signer()),
    }
    assert states(only(ofd.pack(parts), roots)) == ("not_checked", "yes", "yes")
    other = f'<ofd:Signature xmlns:ofd="http://www.ofdspec.org/2016"><ofd:SignedValue>/{PAGE}</ofd:SignedValue></ofd:Signature>'
    parts["Doc_0/Signs/Sign_1/Signature.xml"] = other.encode()
    parts[ofd.SIGNATURES] = parts[ofd.SIGNATURES].replace(
        b"</ofd:Signatures>", b'<ofd:Signature ID="2" BaseLoc="/Doc_0/Signs/Sign_1/Signature.xml"/></ofd:Signatures>'
    )
    first, second = reports(ofd.pack(parts), roots)
    assert states(first) == ("not_checked", "yes", "yes")
    assert states(second) == ("not_checked", "not_checked", "not_checked")


def test_a_seal_value_by_another_key_fails_the_second_line(roots: Path) -> None:
    parts = documents.sealed_ofd_parts()
    forger = sealing.Holder(
        sealing.holder("x").private, documents.sm2_signer().public, documents.sm2_signer().certificate
    )
    eseal = parts["Doc_0/Signs/Sign_0/Seal.esl"]
    parts[VALUE] = sealing.signed_value(parts[SIGNED], eseal, forger)
    assert states(only(ofd.pack(parts), roots)) == ("not_checked", "no", "yes")


def test_a_seal_whose_picture_was_exchanged_gets_a_remark(roots: Path) -> None:
    eseal = sealing.seal(COMPANY, documents.seal_picture(), documents.sm2_signer(), documents.sm2_maker())
    forged = eseal.replace(documents.seal_picture(), documents.seal_picture()[:-4] + b"\0\0\0\0")
    assert forged != eseal
    parts = sealing.sealed(documents.ofd_parts(is_signed=True), forged, documents.sm2_signer(), (120, 200, 40, 40))
    assert any("换过" in remark for remark in only(ofd.pack(parts), roots).remarks)


def test_a_seal_that_belongs_to_somebody_else_gets_a_remark(roots: Path) -> None:
    other = sealing.holder("上海样例公司", documents.sm2_root())
    eseal = sealing.seal(COMPANY, documents.seal_picture(), documents.sm2_signer(), documents.sm2_maker())
    parts = sealing.sealed(documents.ofd_parts(is_signed=True), eseal, other, (120, 200, 40, 40))
    report = only(ofd.pack(parts), roots)
    assert report.subject == "上海样例公司"
    assert any("不在这枚印章登记的证书里" in remark for remark in report.remarks)


@pytest.mark.parametrize("make", [GOOD["pdf, sm2 cms"], GOOD["ofd, sm2 seal"]], ids=["pdf", "ofd"])
def test_without_a_library_for_sm2_nothing_is_said_to_be_unchanged(
    make: Make, roots: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = make()
    monkeypatch.setitem(sys.modules, "gmssl_pyx", None)
    report = only(content, roots)
    assert (report.unchanged, report.signed) == ("not_checked", "not_checked")
    assert any("算法" in remark for remark in report.remarks)


def test_a_signature_that_was_taken_out_is_reported_as_not_checked(roots: Path) -> None:
    report = only(documents.without_fields(documents.signed_pdf()), roots)
    assert states(report) == ("not_checked", "not_checked", "not_checked")
    assert "已不在" in report.remarks[0]


def test_a_second_field_of_the_same_name_is_a_change(roots: Path) -> None:
    twice = documents.signed_pdf(documents.signed_pdf(), field="B")
    assert [one.unchanged for one in reports(documents.with_renamed_field(twice, "B", "Seal"), roots)] == ["no", "no"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_name_in_a_type_without_chinese_is_read(encoding: str) -> None:
    assert certificates.name_of(named(("2.5.4.3", 20, COMPANY.encode(encoding)))) == COMPANY


def test_where_the_common_name_is_a_code_the_organisation_is_named() -> None:
    both = named(("2.5.4.10", 12, COMPANY.encode()), ("2.5.4.3", 12, b"530112000005"))
    assert certificates.name_of(both) == COMPANY


def named(*parts: tuple[str, int, bytes]) -> x509.Name:
    """A name of parts (object identifier, tag of the string's type, content), which need not fit each other."""
    pairs = [sealing.sequence(core.ObjectIdentifier(kind), parser.emit(0, 0, tag, text)) for kind, tag, text in parts]
    return x509.Name.load(parser.emit(0, 1, 16, b"".join(parser.emit(0, 1, 17, pair) for pair in pairs)))


def test_a_further_seal_in_the_list_is_no_change_of_content(roots: Path) -> None:
    plain = documents.ofd_parts(is_signed=True)
    listed = documents.sealed_ofd_parts()[ofd.SIGNATURES]
    eseal = sealing.seal(COMPANY, documents.seal_picture(), documents.sm2_signer(), documents.sm2_maker())
    parts = sealing.sealed(plain | {ofd.SIGNATURES: listed}, eseal, documents.sm2_signer(), (120, 200, 40, 40))
    parts[ofd.SIGNATURES] = listed.replace(b"<ofd:MaxSignId>1<", b"<ofd:MaxSignId>2<")
    report = only(ofd.pack(parts), roots)
    assert states(report) == ("yes", "yes", "yes")
    assert any("签章列表" in remark for remark in report.remarks)


def test_a_seal_may_list_its_users_by_digests(roots: Path) -> None:
    signer = documents.sm2_signer()
    by_digest = sealing.sequence(core.PrintableString("sm3"), core.OctetString(sealing.digest(signer.certificate)))
    eseal = sealing.seal(COMPANY, documents.seal_picture(), signer, documents.sm2_maker(), users=by_digest)
    parts = sealing.sealed(documents.ofd_parts(is_signed=True), eseal, signer, (120, 200, 40, 40))
    report = only(ofd.pack(parts), roots)
    assert states(report) == ("yes", "yes", "yes")
    assert report.remarks == ("印章由“样例制章单位”制作，印章数据完整。",)


def test_a_signature_in_an_unknown_format_is_reported_as_not_checked(roots: Path) -> None:
    report = only(documents.pdf_with(lambda _: b"\x04\x03abc"), roots)
    assert states(report) == ("not_checked", "not_checked", "not_checked")
    assert report.remarks


def test_a_document_without_signatures_has_no_reports(roots: Path) -> None:
    assert reports(documents.pdf(), roots) == ()
    assert reports(ofd.pack(documents.ofd_parts()), roots) == ()
