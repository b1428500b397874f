"""An ask ends: at its end, with its Response, or by hand. What is still open at doors is taken back."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.domains.asking.models import Ask, AskSubject
from wangge.domains.asking.queries import reading
from wangge.domains.asking.rules import AskState
from wangge.domains.protocol.models import Response
from wangge.domains.work.actions import withdraw_list


@transaction.atomic
def close_ask(*, ask: Ask, by: By, why: str = "by_hand") -> Ask:
    """End an ask. Its list and figures stay as they are; answers that still come are kept as facts. Twice is once."""
    by.need(Right.ASK, ask.area.path, ask.area.grid_id)
    Ask.objects.select_for_update().get(pk=ask.pk)
    ask = Ask.objects.select_related("area", "response").get(pk=ask.pk)
    if ask.state not in (AskState.OPEN, AskState.PROPOSED):
        return ask
    sent = ask.state == AskState.OPEN
    ask.state, ask.closed_at = AskState.CLOSED if sent else AskState.DECLINED, clock.now()
    ask.save(update_fields=["state", "closed_at"])
    if sent:
        causes = AskSubject.objects.within(EVERYTHING).filter(tally__ask=ask).order_by()
        causes_ = causes.annotate(s_cause=F("uuid")).values("s_cause")
        withdraw_list(response=ask.response, area=ask.area, causes=causes_, by=by, cause=ask.uuid)
    record(
        "asking.closed", by=by, subject=ask.uuid, place=ask.area.uuid, response=ask.response.uuid,
        data={"why": why, "not_yet": reading.sums(ask, "")["not_yet"]},
    )  # fmt: skip
    return ask


def close_over(*, now: datetime, by: By) -> int:
    """End the asks whose end has come, each by itself. Returns how many."""
    over = Ask.objects.filter(state__in=[AskState.OPEN, AskState.PROPOSED], ends_at__lte=now).select_related("area")
    return sum(bool(close_ask(ask=ask, by=by, why="end")) for ask in over.order_by("ends_at", "id")[:50])


def close_of_response(*, response: Response, by: By) -> int:
    """End every ask of a Response that was closed."""
    found = Ask.objects.filter(response=response, state__in=[AskState.OPEN, AskState.PROPOSED]).select_related("area")
    return sum(bool(close_ask(ask=ask, by=by, why="response_closed")) for ask in found.order_by("id"))
