"""An independent OpenID provider (idpyoidc): our client must work with more than our own sandbox."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, Response, redirect, request
from idpyoidc.server import Server

from tests.factories.sandbox import free_port
from tests.factories.web_server import served

CLIENT_ID, CLIENT_SECRET = "jiuye-online", "secret-at-the-second-provider"
CARD = {
    "name": "欧阳小满",
    "id_number": "110101199003070011",
    "phone_number": "+8613800000021",
    "phone_number_verified": True,
    "issuing_region": "110101",
    "card_level": 1,
}
_PROFILE = ["sub", *CARD]


def _configuration(issuer: str) -> dict[str, Any]:
    oidc = "idpyoidc.server.oidc"
    return {
        "issuer": issuer,
        "httpc_params": {"verify": False},
        "key_conf": {
            "uri_path": "jwks",
            "key_defs": [
                {"type": "RSA", "use": ["sig"]},
                {"type": "EC", "crv": "P-256", "use": ["sig"]},
            ],
        },
        "preference": {
            "subject_types_supported": ["public"],
            "scopes_supported": ["openid", "profile", "phone", "essc"],
            "claims_supported": _PROFILE,
        },
        "scopes_to_claims": {"openid": ["sub"], "profile": ["name"], "phone": [], "essc": _PROFILE},
        "endpoint": {
            "provider_config": {
                "path": ".well-known/openid-configuration",
                "class": f"{oidc}.provider_config.ProviderConfiguration",
                "kwargs": {},
            },
            "authorization": {
                "path": "authorize",
                "class": f"{oidc}.authorization.Authorization",
                "kwargs": {"response_types_supported": ["code"], "response_modes_supported": ["query"]},
            },
            "token": {
                "path": "token",
                "class": f"{oidc}.token.Token",
                "kwargs": {"client_authn_method": ["client_secret_basic"]},
            },
            "userinfo": {
                "path": "userinfo",
                "class": f"{oidc}.userinfo.UserInfo",
                "kwargs": {"client_authn_method": ["bearer_header"]},
            },
        },
        "authentication": {
            "essc:1": {
                "acr": "essc:1",
                "class": "idpyoidc.server.user_authn.user.NoAuthn",
                "kwargs": {"user": "somebody"},
            }
        },
        "userinfo": {"class": "idpyoidc.server.user_info.UserInfo", "kwargs": {"db": {"somebody": CARD}}},
        "add_ons": {
            "pkce": {
                "function": "idpyoidc.server.oauth2.add_on.pkce.add_support",
                "kwargs": {"essential": True, "code_challenge_methods": {"S256": {"kwargs": {}}}},
            }
        },
        "token_handler_args": {
            # An empty path keeps the keys in memory.
            "jwks_def": {
                "private_path": "",
                "key_defs": [{"type": "oct", "bytes": "24", "use": ["enc"], "kid": "code"}],
            },
            "code": {"kwargs": {"lifetime": 60}},
            "token": {"class": "idpyoidc.server.token.jwt_token.JWTToken", "kwargs": {"lifetime": 60}},
            "id_token": {"class": "idpyoidc.server.token.id_token.IDToken", "kwargs": {"lifetime": 60}},
        },
        "cookie_handler": {
            "class": "idpyoidc.server.cookie_handler.CookieHandler",
            "kwargs": {
                "encrypter": {
                    "kwargs": {
                        "keys": {
                            "key_defs": [
                                {"type": "OCT", "use": ["enc"], "kid": "enc"},
                                {"type": "OCT", "use": ["sig"], "kid": "sig"},
                            ]
                        }
                    }
                },
                "name": {"session": "op", "register": "op_register", "session_management": "op_management"},
            },
        },
        "session_params": {
            "encrypter": {
                "kwargs": {
                    "keys": {
                        "key_defs": [
                            {"type": "OCT", "use": ["enc"], "kid": "password"},
                            {"type": "OCT", "use": ["enc"], "kid": "salt"},
                        ]
                    },
                    "iterations": 1,
                }
            }
        },
    }


def _application(issuer: str, redirect_uri: str) -> Flask:
    server = Server(_configuration(issuer))
    server.context.cdb[CLIENT_ID] = {
        "client_secret": CLIENT_SECRET,
        "redirect_uris": [(redirect_uri, {})],
        "response_types_supported": ["code"],
        "token_endpoint_auth_method": "client_secret_basic",
        "allowed_scopes": ["openid", "profile", "phone", "essc"],
        "id_token_signed_response_alg": "ES256",
    }
    server.keyjar.add_symmetric(CLIENT_ID, CLIENT_SECRET)
    application = Flask(__name__)

    def answer(name: str, said: dict[str, Any] | str) -> Any:
        endpoint = server.get_endpoint(name)
        http_info = {
            "headers": {key.lower(): value for key, value in request.headers.items()},
            "method": request.method,
        }
        parsed = endpoint.parse_request(said, http_info=http_info)
        result = parsed if "error" in parsed else endpoint.process_request(parsed, http_info=http_info)
        told = endpoint.do_response(request=parsed, **result)
        if name == "authorization" and "error" not in parsed:
            return redirect(told["response"])
        return Response(told["response"], status=told.get("response_code", 200), headers=told.get("http_headers", []))

    @application.get("/jwks")
    def keys() -> Response:
        return Response(server.keyjar.export_jwks_as_json(), mimetype="application/json")

    @application.get("/.well-known/openid-configuration")
    def configuration() -> Any:
        return answer("provider_config", {})

    @application.get("/authorize")
    def authorize() -> Any:
        return answer("authorization", request.args.to_dict())

    @application.post("/token")
    def token() -> Any:
        return answer("token", request.form.to_dict())

    @application.get("/userinfo")
    def userinfo() -> Any:
        return answer("userinfo", {})

    return application


@contextmanager
def running_second_provider(redirect_uri: str) -> Iterator[str]:
    """Yield the issuer of a provider that signs in `CARD` without asking, with CLIENT_ID and CLIENT_SECRET."""
    port = free_port()
    with served(_application(f"http://127.0.0.1:{port}", redirect_uri), port) as issuer:
        yield issuer
