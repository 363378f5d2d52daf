from django.db import migrations, models


class Migration(migrations.Migration):
    """What became of the last letter to somebody invited: told by the outbox, kept with the invitation."""

    dependencies = [("events", "0017_invitations_questions_letters")]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="letter",
            field=models.CharField(
                blank=True,
                choices=[
                    ("waiting", "on its way"),
                    ("sent", "sent"),
                    ("failed", "could not be sent"),
                    ("returned", "came back"),
                    ("overtaken", "held back"),
                ],
                db_default="",
                default="",
                editable=False,
                max_length=9,
                verbose_name="letter",
            ),
        ),
    ]
