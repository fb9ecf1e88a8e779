"""Electronic seals for invented documents: SM2 certificates and seals of GB/T 38540-2020, by keys made on the spot.

Nobody trusts their root: a platform that shows these documents says so. Needs gmssl-pyx.
"""

import base64
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

import gmssl_pyx
from asn1crypto import core, keys, x509
from cryptography.hazmat.primitives import hashes

from jiuye.runtime.demo.materials import ofd

SM2_WITH_SM3, SM3 = "1.2.156.10197.1.501", "1.2.156.10197.1.401"
_FROM, _UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2046, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Holder:
    """A key with its certificate (DER)."""

    private: bytes
    public: bytes
    certificate: bytes

    def sign(self, message: bytes) -> bytes:
        """Return an SM2 signature as DER."""
        return gmssl_pyx.sm2_sign(self.private, self.public, message)


class _Parts(core.SequenceOf):
    _child_spec = core.Any


def sequence(*members: core.Asn1Value | bytes) -> bytes:
    """Return the DER of a SEQUENCE of these members."""
    return _Parts([core.Any.load(one if isinstance(one, bytes) else one.dump()) for one in members]).dump()


def holder(
    name: str,
    issuer: Holder | None = None,
    *,
    is_authority: bool = False,
    begin: datetime = _FROM,
    end: datetime = _UNTIL,
) -> Holder:
    """Return a new key with a certificate by the issuer; without issuer it signs itself (a root)."""
    public, private = gmssl_pyx.sm2_key_generate()
    key = keys.PublicKeyInfo(
        {
            "algorithm": {"algorithm": "ec", "parameters": keys.ECDomainParameters("named", "1.2.156.10197.1.301")},
            "public_key": b"\x04" + public,
        }
    )
    subject = x509.Name.build({"country_name": "CN", "organization_name": "样例", "common_name": name})
    by = x509.Certificate.load(issuer.certificate).subject if issuer else subject
    body = x509.TbsCertificate(
        {
            "version": "v3",
            "serial_number": int.from_bytes(gmssl_pyx.rand_bytes(8)) >> 1,
            "signature": {"algorithm": SM2_WITH_SM3},
            "issuer": by,
            "validity": {"not_before": x509.Time("utc_time", begin), "not_after": x509.Time("utc_time", end)},
            "subject": subject,
            "subject_public_key_info": key,
            "extensions": [
                {"extn_id": "basic_constraints", "critical": True, "extn_value": {"ca": is_authority}},
                {
                    "extn_id": "key_usage",
                    "critical": True,
                    "extn_value": {"key_cert_sign"} if is_authority else {"digital_signature", "non_repudiation"},
                },
            ],
        }
    )
    signer = issuer or Holder(private, public, b"")
    certificate = x509.Certificate(
        {
            "tbs_certificate": body,
            "signature_algorithm": {"algorithm": SM2_WITH_SM3},
            "signature_value": signer.sign(body.dump()),
        }
    )
    return Holder(private, public, certificate.dump())


@cache
def _authorities() -> tuple[Holder, Holder]:
    """Return the invented root and seal maker of this process."""
    root = holder("样例根证书（不受信任）", is_authority=True)
    return root, holder("样例印章制作单位", root)


def invented_seal(name: str, picture: bytes) -> tuple[bytes, Holder]:
    """Return a seal of the organisation with this name, and its user."""
    root, maker = _authorities()
    user = holder(name, root)
    return seal(name, picture, user, maker), user


def seal(name: str, picture: bytes, user: Holder, maker: Holder, *, users: bytes = b"") -> bytes:
    """Return an electronic seal (SESeal, version 4) with a PNG picture, to be used by `user` only.

    `users`: an entry of the list of users (DER) instead of the user's certificate.
    """
    moments = [core.GeneralizedTime(moment) for moment in (_FROM, _FROM, _UNTIL)]
    listed = sequence(users or core.OctetString(user.certificate))
    kind = core.Integer(2 if users else 1)
    properties = sequence(core.Integer(1), core.UTF8String(name), kind, listed, *moments)
    information = sequence(
        sequence(core.IA5String("ES"), core.Integer(4), core.IA5String("SAMPLE")),
        core.IA5String("sample-seal"),
        properties,
        sequence(core.IA5String("png"), core.OctetString(picture), core.Integer(40), core.Integer(40)),
    )
    by = sequence(information, core.OctetString(maker.certificate), core.ObjectIdentifier(SM2_WITH_SM3))
    return sequence(
        information,
        core.OctetString(maker.certificate),
        core.ObjectIdentifier(SM2_WITH_SM3),
        core.OctetBitString(maker.sign(by)),
    )


def signed_value(content: bytes, eseal: bytes, user: Holder, *, at: datetime = _FROM) -> bytes:
    """Return an electronic seal's signature (SES_Signature, version 4) over the content."""
    to_sign = sequence(
        core.Integer(4),
        eseal,
        core.GeneralizedTime(at),
        core.OctetBitString(digest(content)),
        core.IA5String("/Doc_0/Signs/Sign_0/Signature.xml"),
    )
    return sequence(
        to_sign,
        core.OctetString(user.certificate),
        core.ObjectIdentifier(SM2_WITH_SM3),
        core.OctetBitString(user.sign(to_sign)),
    )


def sealed(
    parts: dict[str, bytes],
    eseal: bytes,
    user: Holder,
    box: tuple[float, float, float, float],
    *,
    page: int = 1,
    at: datetime = _FROM,
) -> dict[str, bytes]:
    """Return the parts of an OFD file (built with `is_signed`) and the seal at `box` (millimetres) of the page with this id."""
    folder = "Doc_0/Signs/Sign_0"
    references = "".join(
        f'<ofd:Reference FileRef="/{name}"><ofd:CheckValue>{base64.b64encode(digest(content)).decode()}</ofd:CheckValue></ofd:Reference>'
        for name, content in parts.items()
    )
    place = " ".join(f"{number:g}" for number in box)
    described = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<ofd:Signature xmlns:ofd="http://www.ofdspec.org/2016"><ofd:SignedInfo>'
        '<ofd:Provider ProviderName="sample" Version="1.0"/>'
        f"<ofd:SignatureMethod>{SM2_WITH_SM3}</ofd:SignatureMethod>"
        f"<ofd:SignatureDateTime>{at:%Y%m%d%H%M%SZ}</ofd:SignatureDateTime>"
        f'<ofd:References CheckMethod="{SM3}">{references}</ofd:References>'
        f'<ofd:StampAnnot ID="1" PageRef="{page}" Boundary="{place}"/>'
        f"<ofd:Seal><ofd:BaseLoc>/{folder}/Seal.esl</ofd:BaseLoc></ofd:Seal></ofd:SignedInfo>"
        f"<ofd:SignedValue>/{folder}/SignedValue.dat</ofd:SignedValue></ofd:Signature>"
    ).encode()
    listed = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<ofd:Signatures xmlns:ofd="http://www.ofdspec.org/2016">'
        f'<ofd:MaxSignId>1</ofd:MaxSignId><ofd:Signature ID="1" Type="Seal" BaseLoc="/{folder}/Signature.xml"/></ofd:Signatures>'
    )
    return parts | {
        ofd.SIGNATURES: listed.encode(),
        f"{folder}/Signature.xml": described,
        f"{folder}/Seal.esl": eseal,
        f"{folder}/SignedValue.dat": signed_value(described, eseal, user, at=at),
    }


def digest(content: bytes) -> bytes:
    """Return the SM3 digest."""
    state = hashes.Hash(hashes.SM3())
    state.update(content)
    return state.finalize()
