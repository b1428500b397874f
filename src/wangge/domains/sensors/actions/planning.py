"""Openings that are expected: a doctor, a delivery, a test, the waste."""

from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.places.models import Place
from wangge.domains.sensors import queries
from wangge.domains.sensors.inputs import PlannedInput
from wangge.domains.sensors.models import Planned


@transaction.atomic
def plan_opening(*, door: Place, typed: PlannedInput, by: By) -> Planned:
    """Note that a door will open. Raises Problem where no sensor is: nothing about a door is kept for nothing."""
    by.need(Right.WORK_DOORS, door.path, door.grid_id)
    if known := Planned.objects.within(EVERYTHING).filter(uuid=typed.uuid).first():
        return known
    live = next((one for one in queries.at_door(door) if one.silent_at is None), None)
    if live is None:
        raise Problem("sensor_none_here")
    one = Planned.objects.create(
        uuid=typed.uuid, door=door, response=live.response, ground=typed.ground, begins_at=typed.begins,
        ends_at=typed.ends, noted_at=clock.now(), noted_post=by.post,
    )  # fmt: skip
    record("sensors.opening_planned", by=by, subject=live.uuid, place=door.uuid, response=live.response)
    return one
