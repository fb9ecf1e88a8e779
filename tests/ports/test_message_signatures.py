"""Signatures between us and services outside (RFC 9421): what counts as one, whoever made it."""

import pytest

from jiuye.adapters.message_signatures import SignatureInvalid, signed, verify

KEY = "a key of both sides"
PATH = "/callbacks/authority"
BODY = '{"answer": "一致"}'.encode()
CREATED = 1795140000
# Made by another implementation (http-message-signatures 3.0.0 for Python), with its own order of parameters.
FOREIGN = {
    "Content-Digest": "sha-256=:oHKjPw/qkRgsSgNm6RlRKNo6UinQEuOMGFpgbcwuifY=:",
    "Signature-Input": 'jiuye=("@method" "@path" "content-digest");created=1795140000;keyid="records-office"'
    ';alg="hmac-sha256";nonce="c2l4dGVlbiBieXRlcyE"',
    "Signature": "jiuye=:yUjvBVxdM863yTr9tMm0CiIZRhmT9ULExNWnnKfza3U=:",
}


def check(
    headers: dict[str, str], *, method: str = "POST", path: str = PATH, body: bytes = BODY, at: int = CREATED
) -> None:
    """Verify at a moment; raises `SignatureInvalid`."""
    verify(KEY, method=method, path=path, headers=headers, body=body, clock=lambda: at)


def test_a_signature_made_by_another_implementation_counts() -> None:
    check(FOREIGN)


def test_our_own_counts_too() -> None:
    check(signed(KEY, method="POST", path=PATH, body=BODY, clock=lambda: CREATED + 0.9))


def test_it_is_for_this_method_path_and_body() -> None:
    for other in ({"method": "GET"}, {"path": "/callbacks/sms-receipts"}, {"body": BODY + b" "}):
        with pytest.raises(SignatureInvalid):
            check(FOREIGN, **other)


@pytest.mark.parametrize("late", [-301, 301])
def test_it_is_for_five_minutes_each_way(late: int) -> None:
    with pytest.raises(SignatureInvalid, match="of these minutes"):
        check(FOREIGN, at=CREATED + late)


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ('("@method" "@path" "content-digest")', '("@method" "@path")'),
        ('("@method" "@path" "content-digest")', '("@path" "@method" "content-digest")'),
        ("jiuye=", "sig1="),
        ("created=1795140000;", ""),
        ("created=1795140000;", "created=1795140000;created=1795140000;"),
        ('nonce="c2l4dGVlbiBieXRlcyE"', 'nonce="short"'),
        ('alg="hmac-sha256"', 'alg="none"'),
        ('keyid="records-office"', 'keyid="records\noffice"'),
        ('keyid="records-office"', "keyid=" + '"' + "k" * 200 + '"'),
        (";created", ";expires=-1;created"),
    ],
)
def test_anything_outside_the_profile_is_no_signature(said: str, instead: str) -> None:
    assert said in FOREIGN["Signature-Input"]
    altered = FOREIGN | {"Signature-Input": FOREIGN["Signature-Input"].replace(said, instead)}

    with pytest.raises(SignatureInvalid, match="no signature that is read here"):
        check(altered)


def test_a_changed_parameter_does_not_fit() -> None:
    altered = FOREIGN | {"Signature-Input": FOREIGN["Signature-Input"].replace("records", "another")}

    with pytest.raises(SignatureInvalid, match="does not fit"):
        check(altered)


def test_each_signature_has_a_nonce_of_its_own() -> None:
    made = [signed(KEY, method="POST", path=PATH, body=BODY)["Signature-Input"] for _ in range(2)]

    assert made[0] != made[1]
