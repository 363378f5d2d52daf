import django.db.models.deletion
from django.db import migrations, models

from sistercities.pages.stamp import raised_by


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0004_invitation'),
        ('pages', '0003_picture'),
    ]

    operations = [
        migrations.CreateModel(
            name='EventPicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='gallery', to='events.event')),
                ('picture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='pages.picture', verbose_name='picture')),
            ],
            options={
                'verbose_name': 'picture of the event',
                'verbose_name_plural': 'pictures of the event',
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('event', 'picture'), name='eventpicture_once_per_event', violation_error_message='This picture is among those of the event already.')],
            },
        ),
        *raised_by("events_eventpicture"),
    ]
