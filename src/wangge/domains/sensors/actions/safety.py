"""Fire, evacuation, a medical emergency, violence at home: one tap, and no reason is asked, so none can be seen."""

from uuid import UUID

from django.db import transaction

from wangge.base.access.by import By
from wangge.domains.places.models import Place
from wangge.domains.sensors import queries
from wangge.domains.sensors.actions.fitting import silence
from wangge.domains.sensors.models import Fit
from wangge.domains.sensors.rules import Silent


@transaction.atomic
def end_for_safety(*, door: Place, around: bool, source: str, by: By, cause: UUID | None = None) -> list[Fit]:
    """End the duty of the sensors at a door, with ``around`` in its whole stairwell (fire, evacuation). For everybody:
    it asks for no right, and what it does can only set somebody free. ``source``: worker, resident, desk or device."""
    place = queries.stairwell(door) if around else door
    return silence(fits=list(queries.live_under(place)), why=Silent.SAFETY, by=by, cause=cause, source=source)
