"""Between upload and columns: which worksheets are imported, and which row is the header."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from jiuye.domains.jobs.actions import imports as actions
from jiuye.domains.jobs.queries import imports as queries
from jiuye.domains.jobs.states import ImportState
from jiuye.kernel.access import access
from jiuye.kernel.errors import Invalid, Refused
from jiuye.kernel.http.request import Request
from jiuye.portals.agency.access import RECRUITER
from jiuye.portals.kept_input import with_kept_input

_TEMPLATE = "portals/agency/imports/templates/worksheets.html"


class WorksheetsForm(forms.Form):
    """Fields: `read_<n>` and `header_<n>` of the nth worksheet; a sheet of one worksheet has the second alone."""

    def __init__(self, data: Mapping[str, Any] | None, *, sheets: Sequence[queries.Worksheet]) -> None:
        super().__init__(data)
        self.sheets = sheets
        for number, sheet in enumerate(sheets):
            if len(sheets) > 1:
                self.fields[f"read_{number}"] = forms.BooleanField(
                    label=f"导入“{sheet.name}”", required=False, initial=sheet.is_read, help_text=sheet.size
                )
            self.fields[f"header_{number}"] = forms.TypedChoiceField(
                label=f"“{sheet.name}”的列名在哪一行" if len(sheets) > 1 else "列名在哪一行",
                choices=sheet.rows, coerce=int, initial=sheet.header_row, required=False, empty_value=None,
                # One sheet's rows are read in full, also on a phone.
                widget=forms.Select if len(sheets) > 1 else forms.RadioSelect,
            )  # fmt: skip

    def chosen(self) -> dict[str, int | None]:
        """Return worksheet → row of its header."""
        return {
            sheet.name: self.cleaned_data[f"header_{number}"]
            for number, sheet in enumerate(self.sheets)
            if len(self.sheets) == 1 or self.cleaned_data[f"read_{number}"]
        }


@access(RECRUITER, once=True)
@require_http_methods(["GET", "POST"])
def worksheets(request: Request, batch_id: UUID) -> HttpResponse:
    """Choose the worksheets and their headers. The sheet is read again if something else than what was read is chosen."""
    view = queries.get_for(request.actor, batch_id)
    if view.state not in (ImportState.UPLOADED, ImportState.MAPPED):
        return redirect("agency_import", batch_id)
    sheets = queries.worksheets(view)
    form = WorksheetsForm(request.POST if request.method == "POST" else None, sheets=sheets)
    form = with_kept_input(request, form)
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose_worksheets(request.actor, batch_id, chosen=form.chosen())
        except Invalid as error:
            form.add_error(None, error.fields.get("worksheets", error.message))
        except Refused as error:
            messages.error(request, error.message)
            return redirect("agency_import", batch_id)
        else:
            return redirect("agency_import_mapping", batch_id)
    context = {"batch": view, "form": form, "sheets": sheets, "remarks": queries.remarks(view)}
    return render(request, _TEMPLATE, context, status=422 if form.errors else 200)
