"""Tokens of other systems, and the marks by which the log can be read to its end."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wangge.base.ids
from wangge.base.guards import writers_marked


class Migration(migrations.Migration):
    dependencies = [("wangge", "0007_people_in_bulk")]
    operations = [
        writers_marked("wangge_event"),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=wangge.base.ids.uuid7, editable=False, unique=True)),
                ("name", models.CharField(max_length=60)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("rights", models.JSONField(default=list)),
                ("created_at", models.DateTimeField()),
                ("expires_on", models.DateField()),
                ("last_used_on", models.DateField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["account", "ended_at"], name="token_account")]},
        ),
    ]
