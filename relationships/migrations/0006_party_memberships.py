
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('relationships', '0005_guards'),
    ]

    operations = [
        migrations.AlterField(
            model_name='party',
            name='city',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='relationships.city', verbose_name='city'),
        ),
    ]
