"""What accounts get in with: phones, one-time codes, recoveries, sessions; a duty phone is sealed."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wangge.base.ids
from wangge.base import sealing
from wangge.domains.people.rules import normal_phone


def seal_phones(apps: Any, editor: Any) -> None:
    """A duty phone moves into the account's envelope and stays findable by its digits.

    Ids of version 5 were made by the demo alone: these accounts are the invented ones.
    """
    accounts = apps.get_model("wangge", "Account").objects
    for account in accounts.only("pk", "uuid", "phone"):
        digits = normal_phone(account.phone)
        account.sealed = sealing.seal("wangge_account", account.uuid, {"phone": digits}) if digits else b""
        account.phone_index = sealing.blind("phone", digits)
        account.invented = account.uuid.version == 5
        account.save(update_fields=["sealed", "phone_index", "invented"])


class Migration(migrations.Migration):

    dependencies = [
        ('wangge', '0012_requests'),
    ]

    operations = [
        migrations.CreateModel(
            name='Device',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=wangge.base.ids.uuid7, editable=False, unique=True)),
                ('secret_hash', models.CharField(max_length=64, unique=True)),
                ('kind', models.CharField(blank=True, max_length=10)),
                ('enrolled_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.UUIDField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Tries',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('since', models.DateTimeField()),
                ('count', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.AddField(
            model_name='account',
            name='invented',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='account',
            name='phone_index',
            field=models.CharField(blank=True, db_index=True, max_length=64),
        ),
        migrations.AddField(
            model_name='account',
            name='sealed',
            field=models.BinaryField(default=bytes),
        ),
        migrations.AddField(
            model_name='account',
            name='short_secret',
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(seal_phones, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='account',
            name='phone',
        ),
        migrations.AddField(
            model_name='post',
            name='phone',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.CreateModel(
            name='Sitting',
            fields=[
                ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                ('session_data', models.TextField(verbose_name='session data')),
                ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                ('device', models.UUIDField(db_index=True, null=True)),
                ('kind', models.CharField(blank=True, max_length=10)),
                ('seen_at', models.DateTimeField()),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sittings', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Code',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=wangge.base.ids.uuid7, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('invite', 'Invite'), ('enrol', 'Enrol'), ('recover', 'Recover')], max_length=7)),
                ('hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.UUIDField(null=True)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='codes', to=settings.AUTH_USER_MODEL)),
                ('holding', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='codes', to='wangge.holding')),
            ],
            options={
                'indexes': [models.Index(fields=['account', 'kind'], name='code_account_kind')],
            },
        ),
        migrations.CreateModel(
            name='Enrolment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=wangge.base.ids.uuid7, editable=False, unique=True)),
                ('at', models.DateTimeField()),
                ('enrolled_by', models.UUIDField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to=settings.AUTH_USER_MODEL)),
                ('device', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='enrolments', to='wangge.device')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('device', 'account'), name='an_account_once_per_device')],
            },
        ),
        migrations.CreateModel(
            name='Recovery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=wangge.base.ids.uuid7, editable=False, unique=True)),
                ('asked_at', models.DateTimeField()),
                ('given_at', models.DateTimeField(null=True)),
                ('given_by', models.UUIDField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recoveries', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('account',), name='one_open_recovery_per_account')],
            },
        ),
    ]
