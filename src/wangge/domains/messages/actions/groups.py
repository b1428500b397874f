"""Groups of residents or staff: their robots, and what is written there. Nothing personal is ever."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from wangge.base import clock, sealing
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.events.actions import record
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.messages import robots
from wangge.domains.messages.actions.outbox import LEASE, note_sign
from wangge.domains.messages.actions.sending import leaves_at, new_dispatch
from wangge.domains.messages.inputs import SERVICES
from wangge.domains.messages.models import Dispatch, GroupPost, GroupRobot
from wangge.domains.messages.queries import ROBOTS
from wangge.domains.messages.rules import State, Why, after_failure, quiet
from wangge.domains.messages.templates import PERSONAL, Form, Template, holes
from wangge.domains.places.models import Place
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import held_open

GROUPS = "groups"  # the sign of all robots together


@transaction.atomic
def connect_robot(*, place: Place, name: str, url: str, by: By, uuid: UUID | None = None) -> GroupRobot:
    """A group of a place may be written to from now on. The address is sealed and never shown again. Raises Problem."""
    by.need(Right.KEEP_MESSAGES, place.path)
    if uuid and (known := GroupRobot.objects.filter(uuid=uuid).first()):
        return known
    if not robots.understood(url):
        raise Problem("robot_address_wrong", field="url")
    one = GroupRobot(
        uuid=uuid or uuid7(), place=place, name=name, service=SERVICES[url.partition("://")[0].lower()],
        made_at=clock.now(), account=by.account, post=by.post,
    )  # fmt: skip
    one.sealed = sealing.seal(ROBOTS, one.uuid, {"url": url})
    one.save()
    record(
        "messages.robot_connected", by=by, subject=one.uuid, place=place.uuid, data={"service": one.service}
    )  # fmt: skip
    return one


@transaction.atomic
def end_robot(*, robot: GroupRobot, by: By) -> GroupRobot:
    """The group is written to no more, and its address is forgotten. Twice is once."""
    by.need(Right.KEEP_MESSAGES, robot.place.path)
    robot = GroupRobot.objects.select_for_update().get(pk=robot.pk)
    if robot.ended_at is None:
        robot.ended_at, robot.sealed = clock.now(), b""
        robot.save(update_fields=["ended_at", "sealed"])
        record("messages.robot_ended", by=by, subject=robot.uuid, place=robot.place.uuid)
    return robot


@transaction.atomic
def post_to_groups(
    *, response: Response, template: Template, values: Mapping[str, str], place: Place, groups: Iterable[GroupRobot],
    by: By, uuid: UUID,
) -> Dispatch:  # fmt: skip
    """One text into some groups of a place. The same ``uuid`` twice is one. Raises Problem."""
    if known := Dispatch.objects.filter(uuid=uuid).first():
        return known
    by.need(Right.SEND_MESSAGES, place.path, place.grid_id)
    text = template.text(Form.GROUP, "zh")
    if not text or PERSONAL & set(holes(text)):
        raise Problem("template_not_for_groups", field="template")
    chosen = [one for one in groups if one.ended_at is None]
    if not chosen:
        raise Problem("message_no_group", field="groups")
    if not place.path.startswith(response.area.path) or not held_open(response.uuid):
        raise Problem("message_outside_response", field="area")
    one = new_dispatch(response, template, values, place, Dispatch.Audience.GROUP, uuid, by, uuid)
    leaves = leaves_at(clock.now(), life_saving=template.life_saving)
    GroupPost.objects.bulk_create(
        GroupPost(dispatch=one, robot=robot, state=State.QUEUED, not_before=leaves) for robot in chosen
    )
    record(
        "messages.posted", by=by, subject=one.uuid, place=place.uuid, response=response.uuid,
        data={"template": template.name, "edition": template.edition, "groups": len(chosen)},
    )  # fmt: skip
    return one


def claim_posts(limit: int) -> list[GroupPost]:
    """Claim posts that may go out now."""
    if not _ready(clock.now()).exists():
        return []
    with transaction.atomic():
        return _claimed(limit, clock.now())


def _claimed(limit: int, now: datetime) -> list[GroupPost]:
    found = list(_ready(now).select_for_update(skip_locked=True, of=("self",))[:limit])
    for one in found:
        one.state, one.lease_until = State.SENDING, now + LEASE
    GroupPost.objects.bulk_update(found, ["state", "lease_until"])
    return found


def _ready(now: datetime) -> QuerySet[GroupPost]:
    ready = Q(state=State.QUEUED, not_before__lte=now) | Q(state=State.SENDING, lease_until__lt=now)
    start, end = settings.WANGGE_QUIET_HOURS
    if start != end and quiet(now.astimezone(clock.LOCAL).hour, start, end):
        ready &= Q(dispatch__life_saving=True)
    rows = GroupPost.objects.filter(ready, dispatch__response__closed_at__isnull=True, robot__ended_at__isnull=True)
    return rows.select_related("dispatch", "dispatch__response", "robot").order_by("not_before", "id")


@transaction.atomic
def note_post(*, post: GroupPost, why: Why) -> GroupPost:
    """What came of writing into a group; given up, visibly, after some tries: nobody there can be called."""
    now = clock.now()
    post.why, post.lease_until = why, None
    if why is Why.NONE:
        post.state, post.sent_at = State.SENT, now
    else:
        post.failures += 1
        then = after_failure(why, post.failures, life_saving=False)
        post.state = State.STOPPED if then.calls else State.QUEUED
        post.not_before = now + then.wait
    post.save()
    note_sign(GROUPS, [why])
    return post
