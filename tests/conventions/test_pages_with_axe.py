"""Every URL that answers a GET with HTML is in the browser tests' table."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.e2e.pages import PAGES

NOT_A_PAGE = {
    "livez, readyz, metrics": "for machines",
    "api-openapi, oauth-metadata, oauth-token, webhook-keys": "JSON",
    "callbacks:authority, callbacks:sms-receipts": "for machines; a GET is refused as a problem",
    "api/v1/": "what the API says to an address that it does not have",
    "manifest, service_worker": "what browsers read of the site as an app",
    "robots, sitemap, sitemap_pages, sitemap_jobs, status_json, status_feed": "for machines",
    "job_qr": "a picture",
    "fresh_near, job_distance": "pieces of other pages",
    "regions, suggest": "JSON for the region picker and the search box",
    "styleguide, styleguide-list, styleguide-staff, styleguide-sign-in": "tests/e2e/test_styleguide.py",
    "styleguide-progress, styleguide-code": "pieces of the style guide",
    "login:check": "leads back to the step the browser is at",
    "login:delivery, login:card_delivery": "a piece of the page of the code",
    "sso:full_site": "leads on",
    "sso:card, sso:card_link": "lead on to the card service",
    "ops_reviews_moved, ops_review_moved": "lead on to where these pages are now",
    "security:phone_check": "leads back to the step the browser is at",
    "security:phone_delivery, security:confirm_delivery": "pieces of the pages of codes",
    "resume_start": "leads on to the step at which one stopped",
    "me_header, job_actions, resume_occupations, fresh, for_you": "pieces of other pages",
    "agency_occupations, agency_employers, agency_import_progress": "pieces of other pages",
    "agency_webhook_progress": "a piece of the page of an endpoint",
    "agency_import_template, agency_import_errors": "files",
    "agency_picture, agency_shop_picture, resume_photo, agency_application_photo, employer_application_photo": "pictures",
    "agency_qualification_files, employer_qualification_files": "pieces of the page of an item",
    "agency_qualification_letter, employer_qualification_letter": "files",
    "ops_qualification_page, agency_qualification_file_page, employer_qualification_file_page": "pictures",
    "my_privacy:export_progress": "a piece of the page of copies",
    "resume_pdf, resume_attachment": "files",
    "resume_file_state": "a piece of the page of an uploaded resume",
    "agency_sanction_file, employer_sanction_file, my_sanction_file, ops_sanction_file": "files",
    "feedback_file, ops_feedback_file, fair_calendar, policy_file, ops_policy_file": "files",
    "interview_calendar, first_day_calendar": "files",
    "employer_members_invited_phone": "as agency_members_invited_phone; no employer here has invited anybody",
}


def _patterns(resolver: URLResolver, prefix: str = "", space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _patterns(entry, path, f"{entry.namespace}:" if entry.namespace else space)
        else:
            yield f"{space}{entry.name or path}", entry


def methods_of(view: Callable[..., Any] | None) -> list[str] | None:
    """Return the methods that Django's `require_…` decorators allow; None without one."""
    while view is not None:
        names = getattr(view, "__code__", None)
        if names and "request_method_list" in names.co_freevars:
            methods: list[str] = view.__closure__[names.co_freevars.index("request_method_list")].cell_contents  # type: ignore[attr-defined, index]
            return methods
        view = getattr(view, "__wrapped__", None)
    return None


def _answering_get() -> set[str]:
    """Return the routes that answer a GET, without the operations of the API, which answer with JSON."""
    return {
        name
        for name, pattern in _patterns(get_resolver("jiuye.config.urls"))
        if "GET" in (methods_of(pattern.callback) or ["GET"]) and not hasattr(pattern.callback, "operations")
    }


def test_every_page_is_held_against_axe() -> None:
    exempt = {name for names in NOT_A_PAGE for name in names.split(", ")}
    shown = {page.route for page in PAGES}
    assert sorted(_answering_get() - shown - exempt) == []


def test_the_table_names_no_page_that_is_gone() -> None:
    every = {name for name, _ in _patterns(get_resolver("jiuye.config.urls"))}
    exempt = {name for names in NOT_A_PAGE for name in names.split(", ")}
    assert sorted({page.route for page in PAGES} - every) == []
    assert sorted(exempt - every) == []


def test_each_entry_of_the_table_has_a_name_of_its_own() -> None:
    names = [page.name for page in PAGES]
    assert len(set(names)) == len(names)
