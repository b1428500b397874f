"""What the database refuses by itself."""

from django.db import migrations

from wangge.base.guards import append_only, no_overlap


class Migration(migrations.Migration):
    dependencies = [("wangge", "0001_start")]
    operations = [
        append_only("wangge_event"),
        no_overlap("wangge_gridmember", "place_id", "opened", "closed"),
    ]
