from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name='Count',
            fields=[
                ('key', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('until', models.DateTimeField(db_index=True)),
            ],
            options={'default_permissions': []},
        ),
    ]
