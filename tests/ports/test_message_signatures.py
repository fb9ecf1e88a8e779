"""Signatures between us and external services (RFC 9421): which ones are valid, independent of the program that made
them.

The oracle is written out from the RFC, §2.5 (the signature base) and §3.3.3 (HMAC), and checked against its example
B.2.5.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping

import pytest

from jiuye.adapters.message_signatures import SignatureInvalid, signed, verify
from jiuye.sandbox import signatures as others

KEY = "a key of both sides"
PATH = "/callbacks/authority"
BODY = '{"answer": "一致"}'.encode()
CREATED = 1795140000


def encoded(content: bytes) -> str:
    """Bytes as a structured field writes them (RFC 9651 §3.3.5)."""
    return f":{base64.b64encode(content).decode()}:"


COVERED = {
    "@method": "POST",
    "@path": PATH,
    "content-digest": f"sha-256={encoded(hashlib.sha256(BODY).digest())}",
}
PARAMETERS = f';created={CREATED};keyid="records-office";alg="hmac-sha256";nonce="c2l4dGVlbiBieXRlcyE"'


def by_hand(
    covered: Mapping[str, str] = COVERED, parameters: str = PARAMETERS, label: str = "jiuye", key: bytes = KEY.encode()
) -> dict[str, str]:
    """The headers that sign these components, computed from the RFC's text."""
    names = " ".join(f'"{name}"' for name in covered)
    base = "".join(f'"{name}": {value}\n' for name, value in covered.items())
    base += f'"@signature-params": ({names}){parameters}'
    return {
        "Content-Digest": COVERED["content-digest"],
        "Signature-Input": f"{label}=({names}){parameters}",
        "Signature": f"{label}={encoded(hmac.digest(key, base.encode(), 'sha256'))}",
    }


def check(
    headers: Mapping[str, str], *, method: str = "POST", path: str = PATH, body: bytes = BODY, at: float = CREATED
) -> None:
    """Verify at a moment; raises `SignatureInvalid`."""
    verify(KEY, method=method, path=path, headers=headers, body=body, clock=lambda: at)


def test_the_oracle_signs_as_the_rfcs_example_does() -> None:
    found = by_hand(
        {"date": "Tue, 20 Apr 2021 02:07:55 GMT", "@authority": "example.com", "content-type": "application/json"},
        ';created=1618884473;keyid="test-shared-secret"',
        "sig-b25",
        base64.b64decode("uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ=="),
    )
    assert found["Signature"] == "sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:"


def test_a_signature_made_by_the_letter_counts() -> None:
    check(by_hand())


def test_the_order_of_parameters_and_the_case_of_names_are_free() -> None:
    turned = ';nonce="c2l4dGVlbiBieXRlcyE";alg="hmac-sha256";keyid="k";created=1795140000'
    check({name.lower(): value for name, value in by_hand(parameters=turned).items()})


def test_ours_is_what_the_letter_says() -> None:
    ours = signed(KEY, method="POST", path=PATH, body=BODY, clock=lambda: CREATED + 0.9)
    parameters = ours["Signature-Input"].partition(")")[2]
    assert ours == by_hand(parameters=parameters)
    assert f";created={CREATED};" in parameters


def test_another_program_makes_one_that_counts() -> None:
    verify(KEY, method="POST", path=PATH, headers=others.sign(KEY, "POST", PATH, BODY), body=BODY)


def test_it_is_for_this_method_path_and_body() -> None:
    for other in ({"method": "GET"}, {"path": "/callbacks/sms-receipts"}, {"body": BODY + b" "}):
        with pytest.raises(SignatureInvalid):
            check(by_hand(), **other)


def test_another_key_makes_none() -> None:
    with pytest.raises(SignatureInvalid):
        check(by_hand(key=b"another key"))


@pytest.mark.parametrize("late", [-301, 301])
def test_it_is_for_five_minutes_each_way(late: int) -> None:
    check(by_hand(), at=CREATED + late * 0.99)
    with pytest.raises(SignatureInvalid, match="of these minutes"):
        check(by_hand(), at=CREATED + late)


def without(*names: str) -> dict[str, str]:
    """The covered components without these."""
    return {name: value for name, value in COVERED.items() if name not in names}


@pytest.mark.parametrize(
    "headers",
    [
        by_hand(without("content-digest")),
        by_hand(without("@path")),
        by_hand(without("@method")),
        by_hand({}),
        by_hand(dict(reversed(COVERED.items()))),
        by_hand(COVERED | {"signature-input": "x"}),
        by_hand(label="sig1"),
        by_hand(parameters=PARAMETERS.replace(f";created={CREATED}", "")),
        by_hand(parameters=PARAMETERS.replace(f"{CREATED}", f'"{CREATED}"')),
        by_hand(parameters=PARAMETERS.replace(f"{CREATED}", f"{CREATED}.0")),
        by_hand(parameters=f"{PARAMETERS};expires={CREATED - 1}"),
        by_hand(parameters=f"{PARAMETERS};mood=4"),
        by_hand(parameters=PARAMETERS.replace(';keyid="records-office"', "")),
        by_hand(parameters=PARAMETERS.replace("c2l4dGVlbiBieXRlcyE", "short")),
        by_hand(parameters=PARAMETERS.partition(";nonce")[0]),
        by_hand(parameters=PARAMETERS.replace(';alg="hmac-sha256"', "")),
        by_hand(parameters=PARAMETERS.replace("hmac-sha256", "none")),
        by_hand() | {"Signature": "jiuye=::"},
        by_hand() | {"Signature": "jiuye=1"},
        by_hand() | {"Signature-Input": "jiuye=((("},
        by_hand() | {"Signature-Input": "jiuye=1"},
        {name: f"{value}, {value.replace('jiuye', 'second')}" for name, value in by_hand().items()},
        {},
    ],
)
def test_nothing_outside_the_profile_counts_though_it_be_signed(headers: dict[str, str]) -> None:
    with pytest.raises(SignatureInvalid):
        check(headers)


def test_a_changed_parameter_does_not_fit() -> None:
    altered = by_hand() | {"Signature-Input": by_hand()["Signature-Input"].replace("records", "another")}
    with pytest.raises(SignatureInvalid, match="did not match"):
        check(altered)


def test_each_signature_has_a_nonce_of_its_own() -> None:
    made = [signed(KEY, method="POST", path=PATH, body=BODY)["Signature-Input"] for _ in range(2)]
    assert made[0] != made[1]
