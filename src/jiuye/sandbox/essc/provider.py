"""`/essc`: discovery, keys, token and userinfo endpoints."""

from flask import Blueprint, Response, jsonify, request

from jiuye.sandbox.essc import clients, grants, keys
from jiuye.sandbox.essc.claims import CLAIMS, SCOPES, holder, id_token, userinfo
from jiuye.sandbox.essc.service import Answer, issuer, misbehave, problem

essc = Blueprint("essc", __name__, url_prefix="/essc")
essc.before_request(misbehave)


@essc.get("/.well-known/openid-configuration")
def discovery() -> Response:
    """The provider's metadata (OpenID Connect Discovery 1.0, RFC 9207)."""
    name = issuer()
    return jsonify(
        issuer=name,
        authorization_endpoint=f"{name}/authorize",
        token_endpoint=f"{name}/token",
        userinfo_endpoint=f"{name}/userinfo",
        jwks_uri=f"{name}/jwks",
        qr_authorization_endpoint=f"{name}/qr",
        scopes_supported=list(SCOPES),
        response_types_supported=["code"],
        response_modes_supported=["query"],
        grant_types_supported=["authorization_code"],
        acr_values_supported=["essc:1", "essc:2"],
        subject_types_supported=["public"],
        id_token_signing_alg_values_supported=list(keys.ALGORITHMS),
        token_endpoint_auth_methods_supported=["client_secret_basic"],
        code_challenge_methods_supported=["S256"],
        claims_supported=[*CLAIMS, "iss", "aud", "azp", "iat", "exp", "auth_time", "nonce", "acr"],
        claims_parameter_supported=False,
        request_parameter_supported=False,
        request_uri_parameter_supported=False,
        authorization_response_iss_parameter_supported=True,
    )


@essc.get("/jwks")
def jwks() -> Response:
    """The public halves of the signing keys."""
    return jsonify(keys=[key.as_dict(private=False) for key in keys.signing_keys().values()])


def unauthenticated() -> Answer:
    """401 for a client that did not prove itself."""
    answer, status = problem(401, "invalid_client", "the client must authenticate by HTTP Basic")
    answer.headers["WWW-Authenticate"] = 'Basic realm="essc"'
    return answer, status


@essc.post("/token")
def token() -> Answer:
    """Exchange a code for tokens. Every parameter may come once (RFC 6749 §3.2)."""
    client = clients.authenticated()
    if client is None:
        return unauthenticated()
    if any(len(values) > 1 for values in request.form.listvalues()):
        return problem(400, "invalid_request", "a parameter is repeated")
    if request.form.get("grant_type") != "authorization_code":
        return problem(400, "unsupported_grant_type", "grant_type must be authorization_code")
    code, verifier = request.form.get("code", ""), request.form.get("code_verifier", "")
    if not code or not verifier:
        return problem(400, "invalid_request", "code and code_verifier are needed")
    try:
        redeemed = grants.redeem(
            code, client_id=client.id, redirect_uri=request.form.get("redirect_uri"), verifier=verifier
        )
    except grants.Unusable as fault:
        return problem(400, "invalid_grant", str(fault))
    answer = jsonify(
        access_token=redeemed.access_token,
        token_type="Bearer",  # noqa: S106 (the kind of token, RFC 6750)
        expires_in=grants.TOKEN_SECONDS,
        scope=redeemed.grant.scope,
        id_token=id_token(redeemed),
    )
    answer.headers["Pragma"] = "no-cache"
    return answer, 200


@essc.route("/userinfo", methods=["GET", "POST"])
def show_userinfo() -> Answer:
    """The claims that the access token's scope allows (OpenID Connect Core §5.3)."""
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    known = grants.holder_of(given) if scheme.lower() == "bearer" else None
    if known is None:
        answer, status = problem(401, "invalid_token", "the access token is unknown, too old or revoked")
        answer.headers["WWW-Authenticate"] = 'Bearer error="invalid_token"' if given else "Bearer"
        return answer, status
    phone, scope = known
    return jsonify(userinfo(holder(phone), scope)), 200
