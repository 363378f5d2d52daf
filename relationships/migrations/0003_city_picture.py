import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pages', '0003_picture'),
        ('relationships', '0002_content_version'),
    ]

    operations = [
        migrations.AddField(
            model_name='city',
            name='picture',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cities', to='pages.picture', verbose_name='picture'),
        ),
    ]
