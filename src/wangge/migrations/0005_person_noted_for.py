"""Somebody noted for the sake of one Response alone goes with it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wangge", "0004_rows_wait")]
    operations = [
        migrations.AddField(
            model_name="person", name="noted_for", field=models.UUIDField(db_index=True, null=True)
        ),
    ]
