"""The largest body that each route takes, in bytes. Routes that are not named take a form.

Django's own limits (`DATA_UPLOAD_…` in settings) hold for what is in a body.
"""

from functools import lru_cache

from django.urls import Resolver404, resolve

KILOBYTE, MEGABYTE = 1024, 1024 * 1024

FORM = 256 * KILOBYTE
_REST = MEGABYTE
"""The fields of a form beside its files."""

ROUTES = {
    # Files of people; the forms say how many, of which size.
    "feedback": 3 * 10 * MEGABYTE + _REST,
    "resume_photo_page": 10 * MEGABYTE + _REST,
    "resume_attachments": 10 * MEGABYTE + _REST,
    "resume_file": 10 * MEGABYTE + _REST,
    "my_sanction": 6 * 10 * MEGABYTE + _REST,
    "agency_sanction": 6 * 10 * MEGABYTE + _REST,
    "employer_sanction": 6 * 10 * MEGABYTE + _REST,
    "agency_qualification_files": 2 * 10 * MEGABYTE + _REST,
    "employer_qualification_files": 2 * 10 * MEGABYTE + _REST,
    "agency_shop_pictures": 10 * MEGABYTE + _REST,
    "agency_imports": 20 * MEGABYTE + _REST,
    "ops_policy_file_add": 10 * MEGABYTE + _REST,
    "ops_sanction_new": 6 * 10 * MEGABYTE + _REST,
    # Long texts and tables.
    "agency_import_mapping": MEGABYTE,
    "ops_policy_new": MEGABYTE,
    "ops_policy_edit": MEGABYTE,
}
API = 2 * MEGABYTE
"""Operations check their own limits too (`api.signatures`), which are not above this one."""
API_LARGE = {
    "api-batch_agency_jobs": 8 * MEGABYTE,
    "api-validate_agency_jobs": 8 * MEGABYTE,
    "api-upload_agency_sheet": 20 * MEGABYTE + _REST,
    "api-add_shop_picture": 10 * MEGABYTE + _REST,
}


def most_bytes(path: str) -> int:
    """Return the limit for a path, 256 KB for one that does not exist."""
    return _limit(path) if len(path) < 300 else FORM


@lru_cache(maxsize=2048)
def _limit(path: str) -> int:
    try:
        match = resolve(path)
    except Resolver404:
        return FORM
    name = match.url_name or ""
    if path.startswith("/api/"):
        return API_LARGE.get(name, API)
    return ROUTES.get(name, FORM)
