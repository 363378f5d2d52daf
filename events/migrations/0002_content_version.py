from typing import ClassVar

from django.db import migrations

from sistercities.pages.stamp import raised_by

TABLES = "venue event event_hosts event_relationships programmeitem remark remarksegment".split()


class Migration(migrations.Migration):
    dependencies: ClassVar = [("events", "0001_initial"), ("pages", "0002_content_version")]
    operations: ClassVar = raised_by(*(f"events_{table}" for table in TABLES))
