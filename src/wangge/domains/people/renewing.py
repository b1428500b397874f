"""New ids for people and homes once nothing of a Response is left about them.

The log keeps the old ids, with what was found of whom and behind which door: from then on they lead to nobody.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from wangge.base import sealing
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.ids import uuid7
from wangge.base.retention.fields import unmentioned
from wangge.domains.people.envelope import TABLE
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place
from wangge.domains.places.rules import DOORS, HOMES


@transaction.atomic
def renew_ids(*, people: Iterable[int], homes: Iterable[int], by: By) -> int:
    """Renew the ids of those people of the register, and of their homes and these; returns how many people."""
    by.scope(Right.OPEN_RECORD)
    chosen = list(people)
    these = Q(pk__in=chosen) | Q(merged_into__in=chosen)  # a record they absorbed leads to them: it goes the same way
    rows = Person.every.within(EVERYTHING).filter(these, unmentioned(Person), noted_for__isnull=True)
    found = list(rows.select_for_update().order_by("id"))
    for one in found:
        content = sealing.unseal(TABLE, one.uuid, one.sealed)
        one.uuid = uuid7()
        one.sealed = sealing.seal(TABLE, one.uuid, content)
    Person.every.within(EVERYTHING).bulk_update(found, ["uuid", "sealed"], batch_size=500)
    _renew_homes({one.home_id for one in found} | set(homes))
    return len(found)


def _renew_homes(homes: set[int]) -> None:
    """Of these, the homes and doors behind which nobody is left who is in a Response."""
    somebody = Person.every.within(EVERYTHING).exclude(unmentioned(Person)).filter(home=OuterRef("pk"))
    kinds = [kind.value for kind in {*DOORS, *HOMES}]
    rows = Place.objects.filter(unmentioned(Place), ~Exists(somebody), pk__in=homes, kind__in=kinds).order_by("id")
    found = list(rows)
    for one in found:
        one.uuid = uuid7()
    Place.objects.bulk_update(found, ["uuid"], batch_size=500)
