"""The owner's resume as a file."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from jiuye.documents import resume_pdf
from jiuye.domains.resumes import queries
from jiuye.kernel.access import SIGNED_IN, access
from jiuye.kernel.http.request import Request
from jiuye.portals.reading_limits import DRAWN


@access(SIGNED_IN, limit=DRAWN)
@require_GET
def pdf(request: Request) -> HttpResponse:
    """The whole resume with contacts as a PDF; rendered each time and not stored."""
    resume = queries.my_resume(request.actor)
    response = HttpResponse(
        resume_pdf(resume, photo=queries.read_photo(resume.photo_key)), content_type="application/pdf"
    )
    name = f"{resume.name or '我'}的简历.pdf"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
