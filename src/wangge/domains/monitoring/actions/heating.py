"""Days of heat: everybody who misses a report is looked after at the first one."""

from datetime import date

from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.events.actions import record
from wangge.domains.monitoring.models import Heat
from wangge.domains.protocol.models import Response


@transaction.atomic
def declare_heat(*, response: Response, until: date, by: By) -> Heat:
    """From today until a day, included; said again it is the later of the two. Whoever opens a Response may say so."""
    by.need(Right.OPEN_RESPONSE, response.area.path)
    today = clock.today()
    standing = Heat.objects.select_for_update().filter(response=response, last_day__gte=today).first()
    one = standing or Heat(response=response, first_day=today, last_day=until, account=by.account, post=by.post)
    one.last_day = max(one.last_day, until)
    one.save()
    record(
        "monitoring.heat_declared", by=by, response=response.uuid, place=response.area.uuid,
        data={"until": one.last_day.isoformat()},
    )  # fmt: skip
    return one
