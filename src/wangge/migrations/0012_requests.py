"""Residents ask about their own data."""

import django.db.models.deletion
import wangge.base.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('wangge', "0011_venues_in_bulk"),
    ]

    operations = [
        migrations.CreateModel(
            name='Request',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=wangge.base.ids.uuid7, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('access', 'access'), ('correction', 'correction'), ('objection', 'objection'), ('deletion', 'deletion')], max_length=10)),
                ('response', models.UUIDField(null=True)),
                ('sealed', models.BinaryField(default=bytes)),
                ('sender', models.CharField(blank=True, db_index=True, max_length=64)),
                ('asked_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('checked_at', models.DateTimeField(null=True)),
                ('checked_post', models.UUIDField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('given', 'given'), ('corrected', 'corrected'), ('noted', 'noted'), ('deleted', 'deleted'), ('refused', 'refused'), ('nothing_held', 'nothing_held'), ('not_identified', 'not_identified'), ('taken_back', 'taken_back')], max_length=14)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_post', models.UUIDField(null=True)),
                ('told', models.CharField(blank=True, choices=[('door', 'door'), ('desk', 'desk'), ('phone', 'phone'), ('letter', 'letter')], max_length=6)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='requests', to='wangge.person')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='wangge.place')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('outcome', '')), fields=['due_at'], name='request_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('outcome', ''), ('told', '')), models.Q(models.Q(('outcome', ''), _negated=True), ('answered_at__isnull', False), models.Q(('told', ''), _negated=True)), _connector='OR'), name='a_request_is_answered_with_an_outcome_and_told')],
            },
        ),
    ]
