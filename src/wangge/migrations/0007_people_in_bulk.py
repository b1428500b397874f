"""People are found by a second number and by name with birth date; indexes are compared byte by byte, each once."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import wangge.base.fields
from wangge.base import bulk
from wangge.domains.people.envelope import name_birth_index

AT_ONCE = 5_000


def fill(apps: Any, schema_editor: Any) -> None:
    """The new blind index of everybody on record, some thousand rows at a time."""
    last = 0
    person = apps.get_model("wangge", "Person")
    while rows := list(person._base_manager.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        last = rows[-1].pk
        for row in rows:
            row.name_birth_index = name_birth_index(row.name, row.birth_date)
        bulk.update([row for row in rows if row.birth_date], ["name_birth_index"])


class Migration(migrations.Migration):
    dependencies = [("wangge", "0006_file_parts")]
    operations = [
        *(
            migrations.AddField(
                model_name="person",
                name=name,
                field=wangge.base.fields.PathField(blank=True, default="", max_length=64),
            )
            for name in ("name_birth_index", "other_phone_index")
        ),
        migrations.AddField(
            model_name="person", name="relation", field=models.CharField(blank=True, default="", max_length=20)
        ),
        # Taking the index off a column, Django takes every index of that column off on PostgreSQL, this one too.
        migrations.RemoveConstraint(model_name="person", name="one_person_per_document"),
        *(
            migrations.AlterField(
                model_name="person", name=name, field=wangge.base.fields.PathField(blank=True, max_length=64)
            )
            for name in ("document_index", "phone_index")
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(
                condition=models.Q(("document_index", ""), _negated=True),
                fields=("document_index",),
                name="one_person_per_document",
            ),
        ),
        migrations.AlterField(
            model_name="person",
            name="home",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="residents",
                to="wangge.place",
            ),
        ),
        *(
            migrations.AddIndex(model_name="person", index=models.Index(fields=[field], name=name))
            for field, name in (
                ("document_index", "person_document"),
                ("phone_index", "person_phone"),
                ("other_phone_index", "person_other_phone"),
                ("name_birth_index", "person_name_birth"),
            )
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
