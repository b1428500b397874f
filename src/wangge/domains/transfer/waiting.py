"""Named reads of alarms on one trip, and of who waits in protective clothing."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import F, QuerySet

from wangge.base.access.by import By
from wangge.base.ids import derived
from wangge.domains.protocol.queries import open_responses
from wangge.domains.transfer.models import InClothing, TransferAlert, Trip
from wangge.domains.transfer.rules_live import Alarm


def alerts_of(one: Trip) -> list[TransferAlert]:
    """What nobody has settled of one trip: for whoever works it."""
    return list(TransferAlert.objects.filter(trip=one, settled_at__isnull=True).order_by("since", "id"))


def waits_about(some: Sequence[TransferAlert]) -> dict[UUID, InClothing]:
    """Who waits in protective clothing, by the alarms about it."""
    wanted = {one.uuid for one in some if one.kind == Alarm.RELIEF}
    waits = {derived("relief", one.uuid): one for one in still_waiting()} if wanted else {}
    return {key: one for key, one in waits.items() if key in wanted}


def in_clothing(by: By) -> InClothing | None:
    """Since when somebody waits in protective clothing, if they do."""
    if by.account is None:
        return None
    return InClothing.objects.filter(account=by.account, ended_at__isnull=True).order_by("-since").first()


def still_waiting() -> QuerySet[InClothing]:
    """Everybody who waits in protective clothing in an open Response."""
    held = open_responses().values_list("uuid", flat=True)
    waiting = InClothing.objects.filter(ended_at__isnull=True, response__in=list(held))
    return waiting.select_related("place").order_by(F("since"), "id")
