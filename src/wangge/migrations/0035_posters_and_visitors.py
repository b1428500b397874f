"""Posters of venues; visitors who check in with a telephone number; their keys need eight bytes (PostgreSQL).

A visitor's key follows from number and day and is 63 bits long (``venues/visitors.py``). In the covering order of a
sealed day that is eight bytes a row more, in the other one and in the table nothing: there they filled a gap.
"""

from django.db import migrations, models


def forwards(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("ALTER TABLE wangge_checkin ALTER COLUMN person TYPE bigint")
        editor.execute(
            "CREATE TABLE wangge_checkin_visitor (day date NOT NULL, key bigint NOT NULL, sealed bytea NOT NULL, "
            "PRIMARY KEY (day, key)) PARTITION BY LIST (day)"
        )


def backwards(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP TABLE wangge_checkin_visitor")
        editor.execute("DELETE FROM wangge_checkin WHERE person < 0")
        editor.execute("ALTER TABLE wangge_checkin ALTER COLUMN person TYPE integer")


class Migration(migrations.Migration):
    dependencies = [("wangge", "0034_phones_without_a_network")]
    operations = [
        migrations.AddField("venue", "poster_version", models.PositiveIntegerField(default=0)),
        migrations.AddField("venue", "poster_since", models.DateTimeField(null=True)),
        migrations.AddField("venue", "poster_old_until", models.DateTimeField(null=True)),
        migrations.RunPython(forwards, backwards),
    ]
