"""Correcting and removing a person of the register. The earlier value stays nowhere, not in the log either."""

from django.db import transaction

from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.people.models import Person
from wangge.domains.people.queries import absorbed_into


def mentions(person: Person) -> int:
    """How many rows of Responses point at somebody, or at a record they absorbed."""
    found, records = 0, [person.pk, *absorbed_into(person.pk)]
    for relation in Person._meta.related_objects:
        kept = getattr(relation.related_model, "kept", None)
        if kept and kept.response and not kept.register:
            rows = relation.related_model._base_manager  # type: ignore[union-attr]  # a model once the apps are ready
            found += rows.filter(**{f"{relation.field.name}__in": records}).count()
    return found


@transaction.atomic
def remove_person(*, person: Person, by: By) -> None:
    """Take somebody out of the register. Raises Problem while something of a Response is still kept about them."""
    by.need(Right.OPEN_RECORD, person.home.path, person.home.grid_id)
    row = Person.objects.within(EVERYTHING).select_for_update().get(pk=person.pk)
    if count := mentions(row):
        raise Problem("still_needed", field="outcome", count=count)
    record("people.removed", by=by, subject=person.uuid, place=person.home.uuid)
    Person.every.within(EVERYTHING).filter(merged_into=row).delete()
    row.delete()
