import django.db.models.deletion
import django.db.models.functions.text
import sistercities.links
import sistercities.pages.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0003_transitions_append_only'),
    ]

    operations = [
        migrations.AlterField(
            model_name='rsvppolicy',
            name='mode',
            field=models.CharField(choices=[('none', 'no RSVP'), ('open', 'open to everybody'), ('members', 'members only'), ('invitation', 'by invitation only')], default='open', max_length=10, verbose_name='who may answer'),
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='As it should stand on the invitation.', max_length=150, validators=[sistercities.pages.fields.single_line, sistercities.pages.fields.personal_name], verbose_name='name')),
                ('email', models.EmailField(blank=True, help_text='May be empty where you hand over the link yourself.', max_length=254, verbose_name='e-mail')),
                ('email_key', models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Lower(django.db.models.functions.text.Trim('email')), output_field=models.CharField(max_length=254))),
                ('language', models.CharField(choices=[('en', 'English'), ('zh-hans', '简体中文')], default='en', help_text='In which we write to them.', max_length=10, verbose_name='language')),
                ('greeting', models.TextField(blank=True, help_text="In the guest's language; they stand above the invitation.", max_length=1000, verbose_name='personal words')),
                ('link_handle', models.CharField(default=sistercities.links.new_handle, editable=False, max_length=16, unique=True)),
                ('link_version', models.PositiveSmallIntegerField(default=1, editable=False, help_text='Raising it makes all earlier links worthless.')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='made')),
                ('sent_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='sent')),
                ('revoked_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='revoked')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='events.event', verbose_name='event')),
            ],
            options={
                'verbose_name': 'invitation',
                'verbose_name_plural': 'invitations',
                'ordering': ['event', 'name', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='rsvp',
            name='invitation',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rsvp', to='events.invitation', verbose_name='invitation'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(condition=models.Q(('revoked_at', None), models.Q(('email_key', ''), _negated=True)), fields=('event', 'email_key'), name='invitation_one_per_address', violation_error_message='This address has an invitation to this event already.'),
        ),
    ]
