"""Signatures with SM2/SM3 (also RSA and ECDSA) over given bytes, in the two containers in which Chinese documents carry them.

- An electronic seal: GB/T 38540-2020 (version 4) and GM/T 0031-2014 (earlier versions). The signature is over the DER of
  `toSign`, which holds the digest of the bytes.
- A CMS: GB/T 35275 (object identifiers 1.2.156.10197.6.1.4.2) or RFC 5652.
"""

import contextlib
from dataclasses import dataclass, field

from asn1crypto import cms, core, parser, x509

from jiuye.adapters.inspection_local import algorithms, certificates, der
from jiuye.ports.inspection import Checked

NOT_KNOWN = "签名所用的算法在本机无法核对。"
_RSA_WITH = {
    "2.16.840.1.101.3.4.2.1": "1.2.840.113549.1.1.11",
    "2.16.840.1.101.3.4.2.2": "1.2.840.113549.1.1.12",
    "2.16.840.1.101.3.4.2.3": "1.2.840.113549.1.1.13",
}
_SIGNED_DATA = ("1.2.840.113549.1.7.2", "1.2.156.10197.6.1.4.2.2")


class Unreadable(Exception):
    """The bytes are no such container."""


@dataclass(slots=True)
class Signature:
    """What a container says. `matches`: the bytes have the signed digest; None if that cannot be computed.

    `picture` is the seal's picture with its type (png, jpg, gif, bmp, ofd).
    """

    matches: bool | None
    signed: Checked
    signer: x509.Certificate | None
    others: list[x509.Certificate] = field(default_factory=list)
    algorithm: str = ""
    stated_at: str = ""
    seal_name: str = ""
    picture: tuple[str, bytes] | None = None
    remarks: list[str] = field(default_factory=list)


class _SignedContent(core.Sequence):
    _fields = [("type", core.ObjectIdentifier), ("content", cms.SignedData, {"explicit": 0})]


def read(container: bytes, *content: bytes) -> Signature:
    """Return what a seal or CMS says about the content. Raise Unreadable."""
    try:
        parts = der.members(container)
        if parts and parts[0][:1] == b"\x06":
            return _of_cms(container, content)
        return _of_seal(parts, content)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as problem:
        raise Unreadable from problem


def _of_seal(parts: list[bytes], content: tuple[bytes, ...]) -> Signature:
    """Read SES_Signature: toSign, certificate, algorithm, signature (version 4), or toSign, signature (earlier versions)."""
    to_sign = der.members(parts[0])
    if len(parts) >= 4:
        certificate, algorithm, value = _octets(parts[1]), _identifier(parts[2]), _bits(parts[3])
    else:
        certificate, algorithm, value = _octets(to_sign[5]), _identifier(to_sign[6]), _bits(parts[1])
    signer = certificates.read(certificate)
    seal = der.members(to_sign[1])
    information = der.members(seal[0])
    properties, picture = der.members(information[2]), der.members(information[3])
    read = Signature(
        matches=_same(_bits(to_sign[3]), algorithms.SM3, content),
        signed="not_checked",
        signer=signer,
        algorithm=algorithms.label(algorithm),
        stated_at=_moment(to_sign[2]),
        seal_name=str(core.load(properties[1]).native),
        picture=(_text(picture[0]).lower(), _octets(picture[1])),
    )
    _judge(read, algorithm, parts[0], value)
    if not _may_use(certificate, properties):
        read.remarks.append("签名用的证书不在这枚印章登记的证书里：印章图样不能说明签名人是谁。")
    read.remarks += _maker(seal)
    return read


def _may_use(certificate: bytes, properties: list[bytes]) -> bool:
    """Return whether the certificate is one of those who may use the seal, which are listed whole or by their digests.

    Version 4 has the type of the list before the list.
    """
    listed = properties[3] if core.load(properties[2]).tag == core.Integer.tag else properties[2]
    digest = algorithms.digest(algorithms.SM3, certificate)
    with contextlib.suppress(ValueError, IndexError, TypeError):  # an unreadable list names nobody
        for one in der.members(listed):
            if one[:1] == b"\x04" and _octets(one) == certificate:
                return True
            if one[:1] == b"\x30" and _octets(der.members(one)[1]) == digest:
                return True
    return False


def _maker(seal: list[bytes]) -> list[str]:
    """Check the seal maker's signature of the seal. Implementations differ in whether it is over the information alone or also over
    certificate and algorithm; both bind the picture, the name and the users.
    """
    certificate, algorithm, value = seal[1:4] if len(seal) >= 4 else der.members(seal[1])[:3]
    maker = certificates.read(_octets(certificate))
    if maker is None:
        return ["制章单位的证书无法读出，印章本身未核对。"]
    whole = parser.emit(0, 1, core.Sequence.tag, seal[0] + certificate + algorithm)
    answers = [
        algorithms.verifies(maker.public_key, _identifier(algorithm), message, _bits(value))
        for message in (seal[0], whole)
    ]
    name = certificates.name_of(maker.subject)
    if True in answers:
        return [f"印章由“{name}”制作，印章数据完整。"]
    if False in answers:
        return [f"印章数据与制章单位“{name}”的签名不符：印章图样可能被换过。"]
    return ["制章单位的签名所用的算法在本机无法核对。"]


def _of_cms(container: bytes, content: tuple[bytes, ...]) -> Signature:
    outer = _SignedContent.load(container)  # not strict: PDF pads the container with zeros
    if outer["type"].dotted not in _SIGNED_DATA:
        raise ValueError("no signed data")
    data = outer["content"]
    known = [one for one in (certificates.read(each.chosen.dump()) for each in data["certificates"]) if one is not None]
    signer_info = data["signer_infos"][0]
    signer = next((one for one in known if _is_of(signer_info["sid"], one)), None)
    digest_name = signer_info["digest_algorithm"]["algorithm"].dotted
    algorithm = _full_identifier(signer_info["signature_algorithm"]["algorithm"].dotted, digest_name)
    read = Signature(
        matches=None,
        signed="not_checked",
        signer=signer,
        others=[one for one in known if one is not signer],
        algorithm=algorithms.label(algorithm),
    )
    signed, fits = _signed_content(data, digest_name, content)
    attributes, value = signer_info["signed_attrs"], signer_info["signature"].native
    if len(attributes) == 0:
        _judge(read, algorithm, b"".join(signed), value)
        read.matches = fits if read.signed == "yes" else None  # a wrong signature does not say which of both is wrong
        return read
    for attribute in attributes:
        if attribute["type"].native == "message_digest":
            read.matches = _same(attribute["values"][0].native, digest_name, signed) and fits
        elif attribute["type"].native == "signing_time":
            with contextlib.suppress(ValueError):
                read.stated_at = attribute["values"][0].native.isoformat()
    _judge(read, algorithm, attributes.untag().dump(), value)
    return read


def _signed_content(
    data: cms.SignedData, digest_name: str, content: tuple[bytes, ...]
) -> tuple[tuple[bytes, ...], bool | None]:
    """Return what the CMS signs, and whether that stands for the content: the content itself, or its digest inside the CMS, as some
    producers of OFD have it.
    """
    inside = data["encap_content_info"]["content"]
    if not inside.contents:
        return content, True
    held = bytes(inside.native) if isinstance(inside.native, bytes) else bytes(inside.contents)
    if held == b"".join(content):
        return (held,), True
    return (held,), _same(held, digest_name, content)


def _full_identifier(algorithm: str, digest_name: str) -> str:
    """Return the algorithm with its digest: CMS may name plain RSA and the digest beside it."""
    return _RSA_WITH.get(digest_name, algorithm) if algorithm == "1.2.840.113549.1.1.1" else algorithm


def _judge(read: Signature, algorithm: str, message: bytes, value: bytes) -> None:
    """Enter whether the signer's key made the signature."""
    if read.signer is None:
        read.remarks.append("签名人的证书无法读出。")
        return
    answer = algorithms.verifies(read.signer.public_key, algorithm, message, value)
    read.signed = "not_checked" if answer is None else "yes" if answer else "no"
    if answer is None:
        read.remarks.append(NOT_KNOWN)


def _same(signed: bytes, digest_name: str, content: tuple[bytes, ...]) -> bool | None:
    computed = algorithms.digest(digest_name, *content)
    return None if computed is None else computed == signed


def _is_of(sid: cms.SignerIdentifier, certificate: x509.Certificate) -> bool:
    if sid.name == "issuer_and_serial_number":
        chosen = sid.chosen
        return (
            chosen["serial_number"].native == certificate.serial_number
            and chosen["issuer"].dump() == certificate.issuer.dump()
        )
    return bool(certificate.key_identifier) and sid.chosen.native == certificate.key_identifier


def _octets(data: bytes) -> bytes:
    return bytes(core.OctetString.load(data).native)


def _bits(data: bytes) -> bytes:
    return bytes(core.OctetBitString.load(data).native)


def _identifier(data: bytes) -> str:
    return str(core.ObjectIdentifier.load(data).dotted)


def _text(data: bytes) -> str:
    return str(core.load(data).native)


def _moment(data: bytes) -> str:
    """Return the stated time of version 4 as ISO 8601; earlier versions hold a time stamp as a bit string, which is not read."""
    value = core.load(data)
    return value.native.isoformat() if isinstance(value, core.GeneralizedTime | core.UTCTime) else ""
