"""The city's status list: what is in it now, when another is to be made, and what a phone gets."""

import base64
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings

from wangge.base import clock, signing
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.models import Event
from wangge.base.problems import Problem
from wangge.domains.codes import coding, lists, numbers
from wangge.domains.codes.coding import Content
from wangge.domains.codes.lists import Edition
from wangge.domains.codes.models import PrintedCode, StatusList
from wangge.domains.codes.queries.carried import day_key, slots_of
from wangge.domains.codes.queries.statuses import issuer_of
from wangge.domains.codes.rules import STATE, State, Status
from wangge.domains.protocol.models import Response

EVERY = timedelta(seconds=60)  # at most so often
AT_LEAST = timedelta(minutes=5)  # measures and verdicts end by themselves, without a fact in the log


def latest(response: Response) -> StatusList | None:
    """The version in use."""
    return StatusList.objects.filter(response=response).order_by("-version").first()


def due(response: Response, now: datetime) -> bool:
    """Whether the list is to be worked out again: something was recorded, its day or its key is over, or time ended
    something."""
    last = latest(response)
    if last is None:
        return True
    if now - last.checked_at < EVERY:
        return False
    other = last.day != clock.day_of(now) or last.kid != signing.current(settings.WANGGE_KEYS, now).kid
    return other or now - last.checked_at >= AT_LEAST or newest_fact() != last.seen


def newest_fact() -> int:
    """The key of the last fact of the log: whether anything happened at all."""
    return Event.objects.order_by("-id").values_list("id", flat=True).first() or 0


def content_now(response: Response, statuses: dict[int, Status], now: datetime) -> Content:
    """Everybody who is not green by their number of the day, and papers by theirs; papers that are void."""
    key, slots = day_key(response, now), slots_of(response, statuses)
    daily = {
        numbers.number_of(key, slots[person]): int(STATE[one.colour])
        for person, one in statuses.items() if person in slots
    }  # fmt: skip
    return Content(daily, dict(_printed(response, statuses, now)))


def _printed(response: Response, statuses: dict[int, Status], now: datetime) -> Iterable[tuple[int, int]]:
    papers = PrintedCode.objects.within(EVERYTHING).filter(response=response, expires_at__gt=now).order_by()
    for number, person, voided in papers.values_list("number", "person", "voided_at"):
        if voided:
            yield number, int(State.VOID)
        elif person in statuses:
            yield number, int(STATE[statuses[person].colour])


def edition_of(row: StatusList) -> Edition:
    """A stored version as it is signed."""
    begins, ends = clock.start_of(row.day), clock.end_of(row.day)
    content = base64.b64decode(row.content)
    return Edition(issuer_of(row.response), row.version, row.checked_at, begins, ends, content)


def list_for(response: Response, have: int | None) -> bytes:
    """What a scanner gets that holds version ``have``: the difference, or everything where there is none from there.

    Raises Problem while no list was made yet.
    """
    row = StatusList.objects.filter(response=response).select_related("response__area").order_by("-version").first()
    if row is None or not row.content:
        raise Problem("codes_no_list")
    path, now, new = settings.WANGGE_KEYS, clock.now(), edition_of(row)
    old = StatusList.objects.filter(response=response, version=have, day=row.day).first() if have else None
    if old is None or not old.content:
        return lists.whole(path, new, now)
    return lists.since(path, edition_of(old), new, now)


def sizes(content: Content) -> dict[State, int]:
    """How many numbers of each state a list holds."""
    every = [*content.daily.values(), *content.printed.values()]
    return {state: every.count(state) for state in (State.YELLOW, State.RED, State.VOID)}


def as_text(content: Content) -> str:
    """A content as it is stored."""
    return base64.b64encode(coding.encode(content)).decode()
