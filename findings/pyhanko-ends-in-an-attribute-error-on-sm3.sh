#!/usr/bin/env bash
# pyHanko 0.38.0 (with pyhanko-certvalidator 0.33.0, cryptography 50.0.2, gmssl-pyx 2.1.0)
#
# Expected: validating a PDF whose signature uses a digest that pyHanko does not know gives a status or a SignatureValidationError (its
#   documentation), as for other unsupported signatures. SM3 is ISO/IEC 10118-3:2018; cryptography has it.
# Actual: the object identifier of the digest is looked up as an attribute of a module of cryptography: an AttributeError. With the content
#   types of GB/T 35275 (1.2.156.10197.6.1.4.2.x), which Chinese signatures have, already reading `embedded_signatures` ends in a
#   TypeError, so the document's other signatures cannot be reached either. enumerate_sig_fields() reaches them one by one.
# Output:
#   types of RFC 5652: AttributeError: module 'cryptography.hazmat.primitives.hashes' has no attribute '1.2.156.10197.1.401'
#   types of GB/T 35275: TypeError: 'Any' object is not subscriptable
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    pyhanko==0.38.0 pyhanko-certvalidator==0.33.0 cryptography==50.0.2 gmssl-pyx==2.1.0

cat >"$folder/show.py" <<'PYTHON'
from datetime import datetime, timezone
from io import BytesIO

import gmssl_pyx
from asn1crypto import cms, core, keys, x509
from pyhanko.pdf_utils.generic import StreamObject, pdf_name
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import PdfSignedData
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

SM3, SM2 = {"algorithm": "1.2.156.10197.1.401"}, {"algorithm": "1.2.156.10197.1.501"}
PUBLIC, PRIVATE = gmssl_pyx.sm2_key_generate()


class Content(core.Sequence):
    _fields = [("type", core.ObjectIdentifier), ("content", cms.SignedData, {"explicit": 0})]


def sign(message):
    return gmssl_pyx.sm2_sign(PRIVATE, PUBLIC, message)


def certificate():
    """A certificate of an invented name, signed by itself with SM2."""
    name = x509.Name.build({"common_name": "invented"})
    times = [x509.Time("utc_time", datetime(year, 1, 1, tzinfo=timezone.utc)) for year in (2026, 2046)]
    parameters = keys.ECDomainParameters("named", "1.2.156.10197.1.301")
    key = keys.PublicKeyInfo({"algorithm": {"algorithm": "ec", "parameters": parameters}, "public_key": b"\x04" + PUBLIC})
    body = x509.TbsCertificate(
        {
            "version": "v3",
            "serial_number": 1,
            "signature": SM2,
            "issuer": name,
            "validity": {"not_before": times[0], "not_after": times[1]},
            "subject": name,
            "subject_public_key_info": key,
        }
    )
    return x509.Certificate({"tbs_certificate": body, "signature_algorithm": SM2, "signature_value": sign(body.dump())})


def signed(content, outer, inner):
    """A detached CMS over the content with these content types."""
    holder = certificate()
    digest = gmssl_pyx.sm3_hash(content)
    attributes = cms.CMSAttributes(
        [{"type": "content_type", "values": [inner]}, {"type": "message_digest", "values": [digest]}]
    )
    signer = {
        "version": "v1",
        "sid": {"issuer_and_serial_number": {"issuer": holder.issuer, "serial_number": 1}},
        "digest_algorithm": SM3,
        "signed_attrs": attributes,
        "signature_algorithm": SM2,
        "signature": sign(attributes.untag().dump()),
    }
    data = {
        "version": "v1",
        "digest_algorithms": [SM3],
        "encap_content_info": {"content_type": inner},
        "certificates": [holder],
        "signer_infos": [signer],
    }
    return Content({"type": outer, "content": cms.SignedData(data)}).dump()


def document(outer, inner):
    """A PDF of one empty page with the signature."""
    writer = PdfFileWriter()
    writer.insert_page(PageObject(contents=writer.add_object(StreamObject(stream_data=b"")), media_box=(0, 0, 100, 100)))
    steps = PdfCMSEmbedder(new_field_spec=SigFieldSpec("Seal")).write_cms("Seal", writer)
    next(steps)
    place = PdfSignedData(pdf_name("/Sig"), bytes_reserved=16384)
    steps.send(SigObjSetup(sig_placeholder=place))
    _, output = steps.send(SigIOSetup(md_algorithm="sha256"))
    written, (begin, end) = output.getvalue(), place.contents.offsets
    steps.send(signed(written[:begin] + written[end:], outer, inner))
    return output


for what, outer, inner in (
    ("RFC 5652", "1.2.840.113549.1.7.2", "1.2.840.113549.1.7.1"),
    ("GB/T 35275", "1.2.156.10197.6.1.4.2.2", "1.2.156.10197.6.1.4.2.1"),
):
    try:
        (signature,) = PdfFileReader(document(outer, inner)).embedded_signatures
        outcome = validate_pdf_signature(signature, ValidationContext(trust_roots=[certificate()])).summary()
    except SignatureValidationError as error:
        outcome = f"SignatureValidationError: {error}"
    except Exception as error:
        outcome = f"{type(error).__name__}: {error}"
    print(f"types of {what}: {outcome}")
PYTHON
"$folder/venv/bin/python" "$folder/show.py" 2>"$folder/said" | tee "$folder/seen"

sed -n 's/^#   \(types of .*Error: .*\)/\1/p' "$0" | diff - "$folder/seen"
