"""Where an order is spent, once somebody has been received there."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from wangge.base.access.by import By
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.domains.isolation.models import Order
from wangge.domains.isolation.rules import OrderState
from wangge.domains.places.models import Place


@transaction.atomic
def spend_at(*, orders: Sequence[UUID], place: Place, by: By, cause: UUID | None = None) -> int:
    """These orders are spent at a place from now on. Repeating it changes nothing; returns how many changed."""
    standing = Order.objects.within(EVERYTHING).filter(uuid__in=orders, state=OrderState.IN_FORCE)
    changed = standing.exclude(place=place.uuid).update(place=place.uuid)
    if changed:
        record(
            "isolation.place_set", by=by, place=place.uuid, cause=cause, data={"orders": [str(one) for one in orders]}
        )
    return changed
