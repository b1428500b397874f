"""The parent of the check-ins' partitions (PostgreSQL). On SQLite check-ins are in a file of their own.

Persons and venues are four bytes here (two thousand million keys): with the day, the covering indexes of a sealed day
then take no more than they would with two keys of eight bytes and without it.
"""

from django.db import migrations


def forwards(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(
            "CREATE TABLE wangge_checkin (at bigint NOT NULL, person integer NOT NULL, venue integer NOT NULL, "
            "day date NOT NULL, uuid uuid NOT NULL, PRIMARY KEY (day, uuid)) PARTITION BY LIST (day)"
        )


def backwards(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP TABLE wangge_checkin")


class Migration(migrations.Migration):
    dependencies = [("wangge", "0002_guards")]
    operations = [migrations.RunPython(forwards, backwards)]
