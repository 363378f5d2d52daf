from typing import ClassVar

from django.db import migrations

from sistercities.pages.stamp import raised_by

TABLES = (
    "city sector organisation relationship relationship_sectors relationship_builds_on party agreement agreement_parties"
    " signature milestone milestone_people tenure"
).split()


class Migration(migrations.Migration):
    dependencies: ClassVar = [("relationships", "0001_initial"), ("pages", "0002_content_version")]
    operations: ClassVar = raised_by(*(f"relationships_{table}" for table in TABLES))
