"""Who has a request: the work at its door, or an office; late it goes up a level; with its Response it ends."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.ids import derived
from wangge.domains.duty.models import Post
from wangge.domains.duty.queries import offices, who_answers
from wangge.domains.help import queries
from wangge.domains.help.actions import _note
from wangge.domains.help.models import HelpRequest
from wangge.domains.help.rules import LIVE, Noted, State
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import in_force, response

ASK_FIRST = "asked_first"  # the item by which somebody is asked whether they want it


def wanted_item(one: HelpRequest) -> tuple[str, UUID] | None:
    """The kind and cause of what is to be done at its door as it stands now; None: nothing."""
    if one.door is None or one.state not in (State.ASKING, State.OPEN):
        return None
    kind = ASK_FIRST if one.state == State.ASKING else f"asked_{one.kind}"
    return kind, derived("help", one.uuid, one.state, one.rounds, one.door.uuid)


@transaction.atomic
def hold(*, request: HelpRequest, item: UUID | None, by: By) -> HelpRequest:
    """Note by what it is held: an item at a door, or (None) the office of its place."""
    request.item = item
    if item is None and request.state in LIVE and request.post is None:
        request.post = next(iter(offices(request.place)), None)
    request.save(update_fields=["item", "post"])
    return request


@transaction.atomic
def raise_late(*, now: datetime, by: By) -> int:
    """Send up what is past its time at an office, one level each time the protocol's hours have gone by again."""
    late = [one for one in queries.late_at_office(now) if _waited(one, now)]
    higher = _above(late)
    count = 0
    for one in late:
        if (post := higher.get(one.pk)) is None:
            continue
        one.raised_to, one.raised_at = post, now
        one.save(update_fields=["raised_to", "raised_at"])
        _note(one, Noted.RAISED, by, "")
        record(
            "help.late_raised", by=by, subject=one.uuid, place=one.place.uuid, response=one.response,
            data={"to": str(post.uuid)},
        )  # fmt: skip
        count += 1
    return count


def _waited(one: HelpRequest, now: datetime) -> bool:
    if one.raised_at is None or one.raised_at < one.due_at:
        return True
    return now - one.raised_at >= timedelta(hours=in_force(response(one.response)).escalate_hours)


def _above(late: list[HelpRequest]) -> dict[int, Post]:
    at = {one.pk: post for one in late if (post := one.raised_to or one.post)}
    answering = who_answers(at.values())
    found = {key: (holding.post if (holding := answering[post.pk]) else post).parent for key, post in at.items()}
    return {key: post for key, post in found.items() if post}


@transaction.atomic
def end_of_response(*, response: Response, by: By, cause: UUID | None = None) -> int:
    """What is open ends with its Response; the community's number stands on the receipt."""
    live = HelpRequest.objects.within(EVERYTHING).filter(response=response.uuid, state__in=sorted(LIVE))
    count = live.update(state=State.ENDED, closed_at=clock.now())
    if count:
        record("help.ended_with_response", by=by, response=response.uuid, cause=cause, data={"requests": count})
    return count
