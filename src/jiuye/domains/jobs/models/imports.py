"""Batch import of an agency's sheet: the batch, its rejected rows, and the remembered mapping."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from jiuye.domains.accounts.models import User
from jiuye.domains.jobs.states import IMPORT_LABELS
from jiuye.domains.organisations.models import Agency
from jiuye.kernel.crypto import EncryptedJSON, EncryptedText
from jiuye.kernel.crypto.formerly import Formerly
from jiuye.kernel.ids import new_id
from jiuye.kernel.sealed_files import SealedFileKey
from jiuye.kernel.worlds import TestClientField, WorldManager


class ImportBatch(Formerly):
    """One uploaded sheet. `upload_key` is the file itself, until the import starts; `file_key` its rows as they were read,
    until it ends.
    `rows_done` is the checkpoint: it grows with each chunk's transaction, so a killed run resumes there.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    upload_key = SealedFileKey(max_length=200, blank=True, db_default="")
    file_key = SealedFileKey(formerly="imports", max_length=200, blank=True)
    filename = EncryptedText(null=True, db_column="sealed_filename", formerly="clear_filename")
    clear_filename = models.CharField(max_length=200, blank=True, default="", db_default="", db_column="filename")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file.")
    state = models.CharField(max_length=10, choices=IMPORT_LABELS, default="uploaded")
    headers = EncryptedJSON(default=list, null=True, db_column="sealed_headers", formerly="clear_headers")
    sample = EncryptedJSON(
        default=list,
        null=True,
        db_column="sealed_sample",
        formerly="clear_sample",
        help_text="The first rows, for the mapping step.",
    )
    worksheets = EncryptedJSON(
        default=list,
        null=True,
        db_column="sealed_worksheets",
        formerly="clear_worksheets",
        help_text="`sheets.survey.Table`s.",
    )
    clear_headers = models.JSONField(default=list, db_default=[], db_column="headers")
    clear_sample = models.JSONField(default=list, db_default=[], db_column="sample")
    clear_worksheets = models.JSONField(default=list, db_default=[], db_column="worksheets")
    question = models.CharField(max_length=10, blank=True, db_default="", help_text="`sheets.survey.Survey.question`.")
    doubts = EncryptedJSON(
        default=list,
        null=True,
        db_column="sealed_doubts",
        formerly="clear_doubts",
        help_text="`sheets.contents.Doubt`s.",
    )
    clear_doubts = models.JSONField(default=list, db_default=[], db_column="doubts")
    remembered = models.JSONField(
        default=dict, db_default={}, help_text="Defaults of the last such sheet for mapped columns, to be confirmed."
    )
    mapping = models.JSONField(default=dict, help_text="Field → column number.")
    defaults = models.JSONField(default=dict, help_text="Field → value for rows that lack it.")
    choices = models.JSONField(default=dict, db_default={}, help_text="`sheets.parsed.Choices`.")
    publish = models.BooleanField(default=False, help_text="Publish rows that have every legal element.")
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    rows_created = models.PositiveIntegerField(default=0)
    rows_updated = models.PositiveIntegerField(default=0)
    rows_unchanged = models.PositiveIntegerField(default=0)
    rows_rejected = models.PositiveIntegerField(default=0)
    rows_published = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=300, blank=True)
    error_file_key = SealedFileKey(formerly="imports", max_length=200, blank=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    test_client_id = TestClientField()

    objects = WorldManager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["agency", "-created_at", "-id"], name="import_by_agency")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(rows_done=F("rows_created") + F("rows_updated") + F("rows_unchanged") + F("rows_rejected")),
                name="imported_and_rejected_rows_add_up",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(rows_done=F("rows_total")), name="a_finished_import_has_done_every_row"
            ),
        ]


class ImportRejection(Formerly):
    """A rejected row, with its worksheet (blank: CSV), its original cells and the reasons."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="+")
    worksheet = models.CharField(max_length=100, blank=True, db_default="")
    row_number = models.PositiveIntegerField()
    cells = EncryptedJSON(null=True, db_column="sealed_cells", formerly="clear_cells")
    reasons = EncryptedJSON(
        null=True, db_column="sealed_reasons", formerly="clear_reasons", help_text="[{field, column, message}]"
    )
    clear_cells = models.JSONField(default=list, db_default=[], db_column="cells")
    clear_reasons = models.JSONField(default=list, db_default=[], db_column="reasons")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["batch", "worksheet", "row_number"], name="a_row_is_rejected_once_per_import"
            )
        ]


class ImportMapping(models.Model):
    """The mapping an agency last used for sheets with these headers."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    signature = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    defaults = models.JSONField(default=dict)
    choices = models.JSONField(default=dict, db_default={})
    used_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "signature"], name="one_mapping_per_agency_and_headers")
        ]
