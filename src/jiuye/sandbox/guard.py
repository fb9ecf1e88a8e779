"""Security headers of every response, and requests that are refused: strict CSP, no form from another site."""

from flask import Flask, Response, abort, request


def policy(*, forms_lead_to: str = "", shows: str = "", shown_by: str = "'none'") -> str:
    """Return the Content-Security-Policy: everything from this origin, and what a page names in addition.

    `forms_lead_to` and `shows` are origins to which forms may redirect and which frames may hold; `shown_by` may
    frame it.
    """
    return (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
        f"form-action 'self' {forms_lead_to}; frame-src 'self' {shows}; frame-ancestors {shown_by}"
    )


_HEADERS = {
    "Content-Security-Policy": policy(),
    "X-Content-Type-Options": "nosniff",
    # Not `no-referrer`: browsers would send `Origin: null` with our own forms.
    "Referrer-Policy": "same-origin",
}


def install(app: Flask, *, open_to_websites: frozenset[str]) -> None:
    """Guard every route of the application; the endpoints `open_to_websites` accept forms of other origins."""

    @app.before_request
    def refuse_foreign_origin() -> None:
        """Browsers send Origin with every unsafe request; programs send none."""
        origin = request.headers.get("Origin")
        is_unsafe = request.method not in ("GET", "HEAD", "OPTIONS") and request.endpoint not in open_to_websites
        if is_unsafe and origin and origin != request.host_url.rstrip("/"):
            abort(403)

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if request.endpoint != "static":
            response.headers.setdefault("Cache-Control", "no-store")
        return response
