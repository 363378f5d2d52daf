from typing import Any

from django.db import migrations


def give_their_role(apps: Any, schema_editor: Any) -> None:
    """Whoever may do everything is an administrator by role, too."""
    member, grant = apps.get_model("people", "Member"), apps.get_model("people", "RoleGrant")
    for known in member.objects.filter(is_superuser=True):
        grant.objects.get_or_create(member=known, role="administrator", ended_at=None)


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0010_roles'),
    ]

    operations = [
        migrations.RunPython(give_their_role, migrations.RunPython.noop, elidable=False),
    ]
