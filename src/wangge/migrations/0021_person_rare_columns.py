"""Two indexes of the people's table hold only the rows that have something there.

The columns are altered in the state alone: what the database has to lose is an index of each, and on SQLite the whole
table would be written again for it.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('wangge', '0020_lists'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    'DROP INDEX wangge_person_noted_for_b52c5bc9',
                    'CREATE INDEX wangge_person_noted_for_b52c5bc9 ON wangge_person (noted_for)',
                ),
                migrations.RunSQL(
                    'DROP INDEX wangge_person_merged_into_id_868dcfe5',
                    'CREATE INDEX wangge_person_merged_into_id_868dcfe5 ON wangge_person (merged_into_id)',
                ),
            ],
            state_operations=[
                migrations.AlterField(
                    model_name='person',
                    name='merged_into',
                    field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wangge.person'),
                ),
                migrations.AlterField(
                    model_name='person',
                    name='noted_for',
                    field=models.UUIDField(null=True),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(condition=models.Q(('noted_for__isnull', False)), fields=['noted_for'], name='person_noted_for'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='person_merged_into'),
        ),
    ]
