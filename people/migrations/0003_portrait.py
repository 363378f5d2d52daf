import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pages', '0003_picture'),
        ('people', '0002_content_version'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='portrait',
            field=models.ForeignKey(blank=True, help_text='Stands in place of the seal.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='portrays', to='pages.picture', verbose_name='portrait'),
        ),
    ]
