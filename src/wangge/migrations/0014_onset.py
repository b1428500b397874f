"""The day of a case's first symptoms."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wangge", "0013_getting_in")]
    operations = [migrations.AddField(model_name="case", name="onset_on", field=models.DateField(null=True))]
