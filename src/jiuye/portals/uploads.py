"""A form field for several files."""

from typing import Any

from django import forms


class FilesInput(forms.FileInput):
    """A file input for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """The chosen files, as a list; the domain checks their contents."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [one for one in data or [] if one]
