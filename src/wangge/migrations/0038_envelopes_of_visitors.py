"""A visitor may have an envelope for each Response, and one more from each process (PostgreSQL): no unique key.

A drill inside a real Response would else keep the real one from a number of its own, and destroy it with the drill's
key. Without the key a check-in need not look for what is there already.
"""

from django.db import migrations


def forwards(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("ALTER TABLE wangge_checkin_visitor DROP CONSTRAINT wangge_checkin_visitor_pkey")
        editor.execute("CREATE INDEX wangge_checkin_visitor_key ON wangge_checkin_visitor (key)")


def backwards(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(
            "DELETE FROM wangge_checkin_visitor a USING wangge_checkin_visitor b "
            "WHERE a.day = b.day AND a.key = b.key AND a.tableoid = b.tableoid AND a.ctid > b.ctid"
        )
        editor.execute("DROP INDEX wangge_checkin_visitor_key")
        editor.execute("ALTER TABLE wangge_checkin_visitor ADD PRIMARY KEY (day, key)")


class Migration(migrations.Migration):
    dependencies = [("wangge", "0037_slots_of_a_response")]
    operations = [migrations.RunPython(forwards, backwards)]
