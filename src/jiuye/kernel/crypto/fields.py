"""A model's column whose database holds only envelopes."""

from collections.abc import Sequence
from typing import Any

from django.db import models

from jiuye.kernel.crypto.envelopes import decrypt, encrypt


class EncryptedText(models.TextField):  # type: ignore[type-arg]
    """A text column whose database holds only envelopes. Empty text stays empty. It can't be filtered on.

    An envelope opens in its own table and column only; renaming either means sealing the rows anew in the migration.
    `found_by` names the column beside it that holds the `blind_index` of its text for `purpose`; neither is part of the
    schema, they tell how to build that column anew when the index key changes.
    """

    def __init__(self, *args: Any, found_by: str = "", purpose: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found_by = found_by
        self.purpose = purpose

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """As migrations name it, wherever its code lies."""
        name, _, args, kwargs = super().deconstruct()
        return name, "jiuye.kernel.crypto.EncryptedText", args, kwargs

    @property
    def _context(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def seal(self, text: str) -> str:
        """The envelope in which this column holds `text`; empty for empty text."""
        return encrypt(text, self._context) if text else text

    def open(self, envelope: str) -> str:
        """The text of a value of this column. Raises as `decrypt` does."""
        return decrypt(envelope, self._context) if envelope else envelope

    def get_prep_value(self, value: Any) -> Any:
        return self.seal(str(value)) if value else value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return self.open(value) if value else value
