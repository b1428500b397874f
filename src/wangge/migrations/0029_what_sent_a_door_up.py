"""Which overflow of a day sent a door up: a decision brings back its own doors alone.

What waits for a decision at this moment keeps the doors that are up without a refusal or lateness; of several, the latest day's.
"""

from django.db import migrations, models

WAITING = """
UPDATE wangge_task SET raised_with = (
    SELECT o.uuid FROM wangge_overflow o
    WHERE o.post_id = wangge_task.post_id AND o.to_post_id = wangge_task.raised_to_id AND o.state = 'proposed'
    ORDER BY o.day DESC LIMIT 1
) WHERE state = 'open' AND raised_to_id IS NOT NULL AND outcome = 'not_yet' AND raised_at < due_at
"""


class Migration(migrations.Migration):

    dependencies = [
        ('wangge', '0028_list_titles'),
    ]

    operations = [
        migrations.AddField(
            model_name='task',
            name='raised_with',
            field=models.UUIDField(null=True),
        ),
        migrations.RunSQL(WAITING, migrations.RunSQL.noop),
    ]
