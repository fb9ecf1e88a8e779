"""A model field for encrypted text."""

from collections.abc import Sequence
from typing import Any

import orjson
import structlog
from django.db import models

from jiuye.kernel.crypto.envelopes import Unreadable, decrypt, encrypt

log = structlog.get_logger("crypto")


class EncryptedText(models.TextField):  # type: ignore[type-arg]
    """A text column that stores only envelopes. Empty text stays empty. It cannot be filtered on.

    An envelope decrypts only in its table and column, so renaming either requires re-encryption in the migration.
    `found_by` names the column that holds the `blind_index` of the text for `purpose`; neither is part of the schema,
    they are used to rebuild that column when the index key changes.

    `formerly` names the attribute of the column that held the value in clear: a row that older code writes while a release is
    rolled out has NULL here and the value there. `formerly.Formerly` reads it.
    """

    def __init__(self, *args: Any, found_by: str = "", purpose: str = "", formerly: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found_by = found_by
        self.purpose = purpose
        self.formerly = formerly

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Return the field for migrations under a fixed import path."""
        name, _, args, kwargs = super().deconstruct()
        return name, "jiuye.kernel.crypto.EncryptedText", args, kwargs

    @property
    def _context(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def seal(self, text: str) -> str:
        """Return the envelope of `text` in this column; empty for empty text."""
        return encrypt(text, self._context) if text else text

    def open(self, envelope: str) -> str:
        """Return the text of a stored value of this column. Raises as `decrypt` does."""
        return decrypt(envelope, self._context) if envelope else envelope

    def get_prep_value(self, value: Any) -> Any:
        return self.seal(str(value)) if value else value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Return the text. A value that does not open is an answer of 503, and stays as it is."""
        try:
            return self.open(value) if value else value
        except Unreadable as problem:
            key_id = str(value).partition(":")[0][:40]
            log.error("a value does not open", column=self._context, key=key_id, error=type(problem.__cause__).__name__)
            raise


class EncryptedJSON(EncryptedText):
    """A JSON value in an envelope. None stays NULL; empty lists and objects are encrypted as others are."""

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Return the field for migrations under a fixed import path."""
        name, _, args, kwargs = super().deconstruct()
        return name, "jiuye.kernel.crypto.EncryptedJSON", args, kwargs

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else self.seal(orjson.dumps(value, default=_plain).decode())

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        text = super().from_db_value(value, expression, connection)
        return orjson.loads(text) if text else None


def _plain(value: object) -> object:
    """Return what JSON has for a value: a list for a named tuple, which orjson knows no more than a date of ours."""
    return list(value) if isinstance(value, tuple) else str(value)
