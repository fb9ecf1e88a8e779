"""Documents to keep and to print: PDFs rendered by Typst from data, one module for each kind."""

from jiuye.documents.authorisation import authorisation_letter
from jiuye.documents.resume import resume_pdf, unprintable
from jiuye.documents.resume_bundle import resume_bundle

__all__ = ["authorisation_letter", "resume_bundle", "resume_pdf", "unprintable"]
