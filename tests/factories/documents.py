"""Documents as organisations send them, made on the spot: pictures, PDF and OFD, with invented seals."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO

import pillow_heif
import typst
from asn1crypto import cms, core, keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from PIL import Image, ImageDraw
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import PdfSignedData
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pylopdf_fonts_zh_cn import sans_path

from jiuye.runtime.demo.materials import ofd, sealing
from jiuye.runtime.demo.materials.sealing import Holder

COMPANY, CODE = "北京样例人力资源有限公司", "91110108MA00000096"
LICENCE = "(京)人服证字[2026]第0100001号"
BEGIN, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2046, 1, 1, tzinfo=UTC)
LINES = (
    f"名称：{COMPANY}",
    f"统一社会信用代码：{CODE}",
    "法定代表人：样例",
    f"许可证编号：{LICENCE}",
    "发证日期：2026年1月5日",
    "有效期自2026年1月5日至2031年1月4日",
)


def heic(size: tuple[int, int] = (320, 240), *, orientation: int = 1) -> bytes:
    """A HEIC photo, its camera held as the EXIF orientation says."""
    exif, out = Image.Exif(), BytesIO()
    exif[0x0112] = orientation
    photo = pillow_heif.from_pillow(Image.new("RGB", size, "teal"))
    photo.info["exif"] = exif.tobytes()
    photo.save(out, quality=50)
    return out.getvalue()


def seal_picture() -> bytes:
    """A red ring with a transparent ground, as PNG."""
    image = Image.new("RGBA", (240, 240), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((8, 8, 232, 232), outline=(220, 0, 0, 255), width=24)
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def pdf(lines: tuple[str, ...] = LINES) -> bytes:
    """A PDF of one A4 page with these lines."""
    source = '#set text(font: "Noto Sans SC")\n' + "\n\n".join(f"#{line!r}".replace("'", '"') for line in lines)
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(sans_path().parent)])
    return typst.compile(source.encode(), format="pdf", font_paths=fonts)


def ofd_parts(lines: tuple[str, ...] = LINES, *, is_signed: bool = False) -> dict[str, bytes]:
    """The parts of an OFD file of one page with these lines."""
    return ofd.build(
        [ofd.Sheet([ofd.Line(line, 20, 30 + 10 * row) for row, line in enumerate(lines)])], is_signed=is_signed
    )


@cache
def sm2_root() -> Holder:
    return sealing.holder("样例根证书", is_authority=True)


@cache
def sm2_signer() -> Holder:
    return sealing.holder(COMPANY, sm2_root())


@cache
def sm2_maker() -> Holder:
    return sealing.holder("样例制章单位", sm2_root())


def sealed_ofd_parts(**how: object) -> dict[str, bytes]:
    """The parts of an OFD file that COMPANY has sealed."""
    eseal = sealing.seal(COMPANY, seal_picture(), sm2_signer(), sm2_maker())
    return sealing.sealed(ofd_parts(is_signed=True), eseal, sm2_signer(), (120, 200, 40, 40), **how)


def old_seal(content: bytes) -> bytes:
    """An electronic seal of GM/T 0031-2014 over the content: certificate and algorithm are inside what is signed."""
    octets, bits = core.OctetString, core.OctetBitString
    user, maker, algorithm = sm2_signer(), sm2_maker(), core.ObjectIdentifier(sealing.SM2_WITH_SM3)
    moments = [core.UTCTime(moment) for moment in (BEGIN, BEGIN, END)]
    properties = sealing.sequence(
        core.Integer(1), core.UTF8String(COMPANY), sealing.sequence(octets(user.certificate)), *moments
    )
    information = sealing.sequence(
        sealing.sequence(core.IA5String("ES"), core.Integer(1), core.IA5String("OLD")),
        core.IA5String("old"),
        properties,
        sealing.sequence(core.IA5String("png"), octets(seal_picture()), core.Integer(40), core.Integer(40)),
    )
    by = sealing.sequence(information, octets(maker.certificate), algorithm)
    signed = sealing.sequence(octets(maker.certificate), algorithm, bits(maker.sign(by)))
    to_sign = sealing.sequence(
        core.Integer(1),
        sealing.sequence(information, signed),
        bits(b"20260101000000Z"),
        bits(sealing.digest(content)),
        core.IA5String("x"),
        octets(user.certificate),
        algorithm,
    )
    return sealing.sequence(to_sign, bits(user.sign(to_sign)))


class Rsa:
    """An RSA certificate with its key; without issuer it is a root."""

    def __init__(self, name: str, issuer: "Rsa | None" = None, *, end: datetime = END) -> None:
        self.key = rsa.generate_private_key(65537, 2048)
        self.name = x509.Name(
            [x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"), x509.NameAttribute(NameOID.COMMON_NAME, name)]
        )
        by = issuer or self
        usage = dict.fromkeys(
            ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
        )
        builder = (
            x509.CertificateBuilder()
            .subject_name(self.name)
            .issuer_name(by.name)
            .public_key(self.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(BEGIN)
            .not_valid_after(end)
            .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
            .add_extension(
                x509.KeyUsage(
                    digital_signature=issuer is not None,
                    content_commitment=issuer is not None,
                    key_cert_sign=issuer is None,
                    crl_sign=issuer is None,
                    **usage,
                ),
                critical=True,
            )
        )
        self.certificate = builder.sign(by.key, hashes.SHA256())
        self.der = self.certificate.public_bytes(serialization.Encoding.DER)


@cache
def rsa_root() -> Rsa:
    return Rsa("样例 RSA 根证书")


@cache
def rsa_signer() -> Rsa:
    return Rsa(COMPANY, rsa_root())


def signed_pdf(content: bytes | None = None, *, field: str = "Seal", signer: Rsa | None = None) -> bytes:
    """The PDF with an RSA signature by COMPANY."""
    signer = signer or rsa_signer()
    store = SimpleCertificateStore()
    store.register(asn1_x509.Certificate.load(rsa_root().der))
    private = signer.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    made = signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(signer.der),
        signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=store,
    )
    out = BytesIO()
    writer = IncrementalPdfFileWriter(BytesIO(content or pdf()), strict=False)
    fields.append_signature_field(writer, fields.SigFieldSpec(field, box=(350, 80, 480, 210)))
    signers.sign_pdf(
        writer, signers.PdfSignatureMetadata(field_name=field, md_algorithm="sha256"), signer=made, output=out
    )
    return out.getvalue()


def pdf_with(make: Callable[[bytes], bytes], content: bytes | None = None, *, field: str = "Seal") -> bytes:
    """The PDF with a signature field whose container is `make(the signed bytes)`."""
    writer = IncrementalPdfFileWriter(BytesIO(content or pdf()), strict=False)
    steps = PdfCMSEmbedder(new_field_spec=fields.SigFieldSpec(field, box=(350, 80, 480, 210))).write_cms(field, writer)
    next(steps)
    placeholder = PdfSignedData(pdf_name("/Sig"), bytes_reserved=16384)
    steps.send(SigObjSetup(sig_placeholder=placeholder))
    _, output = steps.send(SigIOSetup(md_algorithm="sha256"))
    written = output.getvalue()
    begin, end = placeholder.contents.offsets
    steps.send(make(written[:begin] + written[end:]))
    return bytes(output.getvalue())


def sm2_cms_of_digest(content: bytes) -> bytes:
    """A CMS that holds the content's digest and signs it without attributes, as some producers of OFD have it."""
    return sm2_cms(content, held=sealing.digest(content))


def sm2_cms(content: bytes, *, signer: Holder | None = None, held: bytes = b"") -> bytes:
    """A CMS with SM2 and SM3 over the content, with the object identifiers of GB/T 35275; detached unless `held`."""
    signer = signer or sm2_signer()
    certificate = asn1_x509.Certificate.load(signer.certificate)
    attributes = cms.CMSAttributes(
        [
            {"type": "content_type", "values": ["1.2.156.10197.6.1.4.2.1"]},
            {"type": "message_digest", "values": [sealing.digest(content)]},
        ]
    )
    information = {
        "version": "v1",
        "sid": {"issuer_and_serial_number": {"issuer": certificate.issuer, "serial_number": certificate.serial_number}},
        "digest_algorithm": {"algorithm": sealing.SM3},
        "signature_algorithm": {"algorithm": sealing.SM2_WITH_SM3},
        "signature": signer.sign(held or attributes.untag().dump()),
    }
    if not held:
        information["signed_attrs"] = attributes
    encapsulated = {"content_type": "data", "content": held} if held else {"content_type": "1.2.156.10197.6.1.4.2.1"}
    data = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [{"algorithm": sealing.SM3}],
            "encap_content_info": encapsulated,
            "certificates": [certificate],
            "signer_infos": [information],
        }
    )
    return _Content({"type": "1.2.156.10197.6.1.4.2.2", "content": data}).dump()


class _Content(core.Sequence):
    _fields = [("type", core.ObjectIdentifier), ("content", cms.SignedData, {"explicit": 0})]


def with_a_note(content: bytes) -> bytes:
    """The PDF with an annotation added by an incremental save."""
    writer = IncrementalPdfFileWriter(BytesIO(content), strict=False)
    page = writer.root["/Pages"]["/Kids"][0]
    note = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): generic.ArrayObject([generic.NumberObject(n) for n in (100, 100, 300, 130)]),
            pdf_name("/Contents"): generic.TextStringObject("added"),
            pdf_name("/DA"): generic.TextStringObject("/Helv 12 Tf"),
        }
    )
    if "/Annots" in page:
        page["/Annots"].append(writer.add_object(note))
        writer.update_container(page["/Annots"])
    else:
        page["/Annots"] = generic.ArrayObject([writer.add_object(note)])
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def with_a_form(content: bytes) -> bytes:
    """The PDF with an empty text field, for signing later."""
    writer = IncrementalPdfFileWriter(BytesIO(content), strict=False)
    text_field = generic.DictionaryObject(
        {
            pdf_name("/FT"): pdf_name("/Tx"),
            pdf_name("/T"): generic.TextStringObject("Amount"),
            pdf_name("/V"): generic.TextStringObject(""),
        }
    )
    form = generic.DictionaryObject({pdf_name("/Fields"): generic.ArrayObject([writer.add_object(text_field)])})
    writer.root["/AcroForm"] = writer.add_object(form)
    writer.update_root()
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def with_a_filled_field(content: bytes) -> bytes:
    """The PDF (made from `with_a_form`) with its text field filled by an incremental save."""
    writer = IncrementalPdfFileWriter(BytesIO(content), strict=False)
    text_field = writer.root["/AcroForm"]["/Fields"][0]
    text_field["/V"] = generic.TextStringObject("1,000,000")
    writer.update_container(text_field)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def with_renamed_field(content: bytes, old: str, new: str) -> bytes:
    """The PDF with a form field renamed by an incremental save."""
    writer = IncrementalPdfFileWriter(BytesIO(content), strict=False)
    form_field = next(one.get_object() for one in writer.root["/AcroForm"]["/Fields"] if one.get_object()["/T"] == old)
    form_field["/T"] = generic.TextStringObject(new)
    writer.update_container(form_field)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def without_fields(content: bytes) -> bytes:
    """The PDF with its form emptied by an incremental save."""
    writer = IncrementalPdfFileWriter(BytesIO(content), strict=False)
    writer.root["/AcroForm"]["/Fields"] = generic.ArrayObject([])
    writer.update_container(writer.root["/AcroForm"])
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def in_days(days: int) -> datetime:
    """A moment counted from the beginning of the certificates."""
    return BEGIN + timedelta(days=days)
