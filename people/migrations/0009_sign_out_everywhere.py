from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0008_letters_and_households'),
    ]

    operations = [
        migrations.AddField(
            model_name='member',
            name='sessions_version',
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False, help_text='Raising it signs the member out on every device.'),
        ),
    ]
