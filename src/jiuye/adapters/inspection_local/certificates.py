"""Certificates of signers: their names, and whether a trusted root issued them.

Operators install roots as files (PEM or DER) in a folder. Nothing here checks revocation.
"""

import re
from datetime import datetime
from pathlib import Path

from asn1crypto import core, pem, x509

from jiuye.adapters.inspection_local import algorithms, der
from jiuye.ports.inspection import Rooted

_MOST_BYTES = 1024 * 1024
_LONGEST_CHAIN = 6
_COMMON_NAME, _ORGANISATION = "2.5.4.3", "2.5.4.10"
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def installed_roots(folder: Path) -> list[x509.Certificate]:
    """Return the certificates in the folder's files. A file that holds none or cannot be read is left out: no seal leads to it."""
    try:
        files = sorted(folder.iterdir())
    except OSError:
        return []
    return [certificate for file in files for certificate in read_file(file)]


def read_file(file: Path) -> list[x509.Certificate]:
    """Return the certificates in a file (PEM or DER); none for a file that holds none."""
    try:
        if not file.is_file() or file.stat().st_size > _MOST_BYTES:
            return []
        data = file.read_bytes()
        if not pem.detect(data):
            return [_strictly(data)]
        return [_strictly(block) for kind, _, block in pem.unarmor(data, multiple=True) if kind == "CERTIFICATE"]
    except (OSError, ValueError, TypeError, KeyError):
        return []


def _strictly(data: bytes) -> x509.Certificate:
    certificate = x509.Certificate.load(data, strict=True)
    _ = (
        name_of(certificate.subject),
        name_of(certificate.issuer),
        certificate.public_key.algorithm,
    )  # parsed on demand: a fault shows here
    return certificate


def read(data: bytes) -> x509.Certificate | None:
    """Return the certificate, None if the bytes are no certificate."""
    try:
        return _strictly(data)
    except (ValueError, TypeError, KeyError):
        return None


def name_of(name: x509.Name) -> str:
    """Return the common name of a subject or issuer; the organisation's name where that is Chinese and the common name is a mere code."""
    found: dict[str, str] = {}
    for group in der.members(name.dump()):
        for pair in der.members(group):
            kind, value = der.members(pair)[:2]
            found.setdefault(str(core.ObjectIdentifier.load(kind).dotted), der.text(value))
    common, organisation = found.get(_COMMON_NAME, ""), found.get(_ORGANISATION, "")
    if not common or (organisation and not _CHINESE.search(common) and _CHINESE.search(organisation)):
        return organisation
    return common


def rooted(
    signer: x509.Certificate, others: list[x509.Certificate], roots: list[x509.Certificate], now: datetime
) -> tuple[Rooted, list[str]]:
    """Return whether a root in `roots` issued the signer's certificate, directly or through `others`, with remarks."""
    if not roots:
        return "none_installed", []
    chain = _chain(signer, others, roots)
    if chain is None:
        return "no", []
    remarks = []
    for certificate in chain:
        if not certificate.not_valid_before <= now <= certificate.not_valid_after:
            until = certificate.not_valid_after.date().isoformat()
            remarks.append(
                f"证书“{name_of(certificate.subject)}”现在不在有效期内（有效期至 {until}），签章时是否有效无法核对。"
            )
    return "yes", remarks


def _chain(
    signer: x509.Certificate, others: list[x509.Certificate], roots: list[x509.Certificate]
) -> list[x509.Certificate] | None:
    """Return the certificates from the signer's to a root, each signed by the next."""
    trusted = {root.sha256 for root in roots}
    chain = [signer]
    while chain[-1].sha256 not in trusted:
        current = chain[-1]
        issuer = next((one for one in (*roots, *others) if one not in chain and _issued(one, current)), None)
        if issuer is None or len(chain) >= _LONGEST_CHAIN:
            return None
        chain.append(issuer)
    return chain


def _issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    if issuer.subject.dump() != certificate.issuer.dump() or not issuer.ca:
        return False
    signed, value = certificate["tbs_certificate"].dump(), certificate["signature_value"].native
    return (
        algorithms.verifies(issuer.public_key, certificate["signature_algorithm"]["algorithm"].dotted, signed, value)
        is True
    )
