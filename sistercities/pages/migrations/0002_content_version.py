from typing import ClassVar

from django.db import migrations

from sistercities.pages.stamp import FUNCTION, raised_by


class Migration(migrations.Migration):
    dependencies: ClassVar = [("pages", "0001_initial")]
    operations: ClassVar = [FUNCTION, *raised_by("pages_source", "pages_citation", "pages_standingpage")]
