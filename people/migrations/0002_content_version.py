from typing import ClassVar

from django.db import migrations

from sistercities.pages.stamp import raised_by


class Migration(migrations.Migration):
    dependencies: ClassVar = [("people", "0001_initial"), ("pages", "0002_content_version")]
    operations: ClassVar = raised_by("people_person", "people_personname")
