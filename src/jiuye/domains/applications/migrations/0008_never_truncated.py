"""Applications, what happened to them and the resumes that were sent refuse TRUNCATE (ledger, 网络招聘服务管理规定)."""

from django.db import migrations

from jiuye.kernel.append_only import never_truncate


class Migration(migrations.Migration):
    dependencies = [("applications", "0007_counts_by_world"), ("kernel", "0009_never_truncated")]
    operations = [
        never_truncate("applications_application", "applications_applicationevent", "applications_resumesnapshot")
    ]
