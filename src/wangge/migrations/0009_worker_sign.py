"""A worker's sign of life, and an index of runs by state that both databases use."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wangge", "0008_api")]
    operations = [
        migrations.CreateModel(
            name="WorkerSign",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, unique=True)),
                ("seen_at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveIndex(model_name="flowrun", name="run_waiting"),
        migrations.AddIndex(
            model_name="flowrun", index=models.Index(fields=["state", "not_before", "id"], name="run_state")
        ),
    ]
