"""A file of venues brings number, telephone and address; parts of a file name the doors made for them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('wangge', '0010_people_merge'),
    ]

    operations = [
        migrations.AddField(
            model_name='venue',
            name='address',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='venue',
            name='number',
            field=models.CharField(blank=True, max_length=30),
        ),
        migrations.AddField(
            model_name='venue',
            name='phone',
            field=models.CharField(blank=True, max_length=80),
        ),
        # A number does not become JSON by itself, and of files that were only looked through nothing is lost.
        migrations.RemoveField(model_name='intakepart', name='doors'),
        migrations.AddField(
            model_name='intakepart',
            name='doors',
            field=models.JSONField(default=list),
        ),
        migrations.AddConstraint(
            model_name='venue',
            constraint=models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('number',), name='one_venue_per_number'),
        ),
    ]
