"""A file of many rows is kept in parts; its columns can be corrected before its rows are taken."""

import django.db.models.deletion
import wangge.base.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('wangge', '0005_person_noted_for'),
    ]

    operations = [
        migrations.AddField(
            model_name='intake',
            name='look_asked_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='intake',
            name='repeats',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='intake',
            name='shape',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='intake',
            name='take_asked_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name='IntakePart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=wangge.base.ids.uuid7, editable=False, unique=True)),
                ('number', models.PositiveIntegerField()),
                ('size', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('looked', 'Looked'), ('taken', 'Taken')], default='waiting', max_length=7)),
                ('content', models.BinaryField(default=bytes)),
                ('outcomes', models.TextField(blank=True)),
                ('new', models.PositiveIntegerField(default=0)),
                ('changed', models.PositiveIntegerField(default=0)),
                ('known', models.PositiveIntegerField(default=0)),
                ('refused', models.PositiveIntegerField(default=0)),
                ('doors', models.PositiveIntegerField(default=0)),
                ('intake', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='wangge.intake')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('intake', 'number'), name='one_part_of_a_number')],
            },
        ),
    ]
