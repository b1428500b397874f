"""Rows of a received file wait until they are taken, in parts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wangge", "0003_checkins")]
    operations = [
        migrations.AlterField(
            model_name="intakerow",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "Waiting"), ("taken", "Taken"), ("known", "Known"), ("refused", "Refused"),
                    ("corrected", "Corrected"),
                ],
                max_length=9,
            ),
        ),
        migrations.AddIndex(
            model_name="intakerow",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["intake", "number"], name="row_waiting"
            ),
        ),
    ]
