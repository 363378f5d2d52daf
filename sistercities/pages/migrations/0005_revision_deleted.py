from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pages', '0004_archive'),
    ]

    operations = [
        migrations.AlterField(
            model_name='revision',
            name='act',
            field=models.CharField(choices=[('saved', 'saved'), ('published', 'published'), ('withdrawn', 'withdrawn'), ('restored', 'restored'), ('deleted', 'deleted')], default='saved', max_length=10, verbose_name='what was done'),
        ),
    ]
