from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.fields.json import KT
from django.db.models.lookups import IsNull


class Migration(migrations.Migration):
    atomic = False
    lock_timeout = None
    statement_timeout = None

    dependencies = [("kernel", "0006_api_clients")]

    operations = [
        AddIndexConcurrently(
            model_name="auditentry",
            index=models.Index(
                KT("detail__client"),
                models.F("id").desc(),
                name="audit_by_client",
                condition=models.Q(IsNull(KT("detail__client"), False)),
            ),
        ),
    ]
