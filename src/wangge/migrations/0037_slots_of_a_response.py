"""Slots are counted in each Response: one's codes use up no other's numbers. Everybody keeps theirs, and so the number
of the day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wangge", "0036_venues_apply")]
    operations = [
        migrations.AddField("codeslot", "slot", models.PositiveIntegerField(null=True)),
        migrations.RunSQL("UPDATE wangge_codeslot SET slot = id", migrations.RunSQL.noop),
        migrations.AlterField("codeslot", "slot", models.PositiveIntegerField()),
        migrations.AddConstraint(
            "codeslot", models.UniqueConstraint(fields=["response", "slot"], name="a_slot_is_given_once")
        ),
    ]
