"""Digests and signature checks by object identifier. None means that an algorithm is unknown here, or too weak to say anything.

SM2 and SM3: GB/T 32918 and GB/T 32905, object identifiers of GM/T 0006. SM2 needs gmssl-pyx, which has no wheels for some
machines; without it SM2 signatures are not checked.
"""

from asn1crypto import core, keys
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

SM3 = "1.2.156.10197.1.401"
SM2 = ("1.2.156.10197.1.501", "1.2.156.10197.1.301", "1.2.156.10197.1.301.1")
_SM2_CURVE = "1.2.156.10197.1.301"
_HASHES: dict[str, hashes.HashAlgorithm] = {
    SM3: hashes.SM3(),
    "sm3": hashes.SM3(),
    "2.16.840.1.101.3.4.2.1": hashes.SHA256(),
    "2.16.840.1.101.3.4.2.2": hashes.SHA384(),
    "2.16.840.1.101.3.4.2.3": hashes.SHA512(),
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
_SIGNATURES: dict[str, hashes.HashAlgorithm] = {
    "1.2.840.113549.1.1.11": hashes.SHA256(),
    "1.2.840.113549.1.1.12": hashes.SHA384(),
    "1.2.840.113549.1.1.13": hashes.SHA512(),
    "1.2.840.10045.4.3.2": hashes.SHA256(),
    "1.2.840.10045.4.3.3": hashes.SHA384(),
    "1.2.840.10045.4.3.4": hashes.SHA512(),
}


class _Pair(core.Sequence):
    """An SM2 signature as DER: r and s."""

    _fields = [("r", core.Integer), ("s", core.Integer)]


def digest(name: str, *parts: bytes) -> bytes | None:
    """Return the digest of the parts by the algorithm's object identifier or name."""
    algorithm = _HASHES.get(name.strip().lower().replace("-", ""))
    if algorithm is None:
        return None
    state = hashes.Hash(algorithm)
    for part in parts:
        state.update(part)
    return state.finalize()


def label(identifier: str) -> str:
    """Return the short name of a signature algorithm, for people."""
    if identifier in SM2:
        return "SM2/SM3"
    algorithm = _SIGNATURES.get(identifier)
    family = "RSA" if identifier.startswith("1.2.840.113549") else "ECDSA"
    return f"{family}/{algorithm.name.upper()}" if algorithm else identifier


def is_sm2(key: keys.PublicKeyInfo) -> bool:
    """Return whether the public key is a point of the SM2 curve."""
    parameters = key["algorithm"]["parameters"]
    return key.algorithm == "ec" and parameters.name == "named" and parameters.chosen.dotted == _SM2_CURVE


def verifies(key: keys.PublicKeyInfo, identifier: str, message: bytes, signature: bytes) -> bool | None:
    """Return whether the signature of the message was made with the private key that belongs to `key`."""
    if is_sm2(key):
        return _verifies_sm2(key["public_key"].native, message, signature) if identifier in SM2 else None
    algorithm = _SIGNATURES.get(identifier)
    if algorithm is None:
        return None
    try:
        public = load_der_public_key(key.dump())
        if isinstance(public, rsa.RSAPublicKey):
            public.verify(signature, message, padding.PKCS1v15(), algorithm)
        elif isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(signature, message, ec.ECDSA(algorithm))
        else:
            return None
    except InvalidSignature:
        return False
    except (ValueError, UnsupportedAlgorithm):
        return None
    return True


def _verifies_sm2(point: bytes, message: bytes, signature: bytes) -> bool | None:
    """Check an SM2 signature with the standard's default identity of the signer, 1234567812345678 (GM/T 0009)."""
    try:
        import gmssl_pyx
    except ImportError:
        return None
    if len(signature) == 64:  # r||s instead of DER
        signature = _Pair({"r": int.from_bytes(signature[:32]), "s": int.from_bytes(signature[32:])}).dump()
    try:
        return bool(gmssl_pyx.sm2_verify(point[1:], message, signature))
    except gmssl_pyx.GmsslInnerError:
        return False
