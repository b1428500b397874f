"""Putting messages into the outbox: to an audience in one statement, or what a flow tells each of some people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from wangge.base import clock, sealing
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING, ScopedQuerySet
from wangge.base.events.actions import record
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.base.sets import new_uuid, part, run, with_room, written
from wangge.domains.duty.badges import HOTLINE
from wangge.domains.duty.queries import offices
from wangge.domains.messages import queries
from wangge.domains.messages.inputs import as_data
from wangge.domains.messages.models import Dispatch, Message
from wangge.domains.messages.queries import DISPATCHES, MESSAGES
from wangge.domains.messages.rules import MAY_STOP, OPEN, Channel, State, Way, Ways, Why, not_before, way
from wangge.domains.messages.templates import Template
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place
from wangge.domains.places.queries import community_of
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import held_open


@dataclass(frozen=True, slots=True)
class Told:
    """What one person is told by a flow: about which thing, with which values of their own."""

    person: Person
    subject: UUID
    values: Mapping[str, Any]


def sender(place: Place) -> tuple[str, str]:
    """Who speaks for a place, and the number to call back: the nearest office's, else the city's line."""
    posts = offices(place)
    number = next((post.phone for post in posts if post.phone), HOTLINE)
    return (posts[0].place.name if posts else place.name), number


def leaves_at(now: datetime, *, life_saving: bool) -> datetime:
    """When a message that is ready now may go out."""
    start, end = settings.WANGGE_QUIET_HOURS
    return not_before(now.astimezone(clock.LOCAL), start, end, life_saving=life_saving)


@transaction.atomic
def send(
    *, response: Response, template: Template, values: Mapping[str, str], place: Place,
    people: "ScopedQuerySet[Person]", audience: str, by: By, uuid: UUID,
) -> Dispatch:  # fmt: skip
    """One message to everybody of an audience, queued in one statement. The same ``uuid`` twice is one message.

    The office needs the right at the place; everybody is told inside the Response's area alone. Raises Problem.
    """
    if known := Dispatch.objects.filter(uuid=uuid).first():
        return known
    by.need(Right.SEND_MESSAGES, place.path, place.grid_id)
    if not place.path.startswith(response.area.path) or not held_open(response.uuid):
        raise Problem("message_outside_response", field="area")
    one = new_dispatch(response, template, values, place, audience, uuid, by, uuid)
    queued = _queue(one, people.filter(died_on__isnull=True))
    if not queued:
        raise Problem("message_to_nobody", field="area")
    _recorded(one, queued, by, None)
    return one


@transaction.atomic
def tell(
    *, response: Response, template: Template, told: Iterable[Told], by: By, uuid: UUID, cause: UUID | None = None
) -> int:
    """What a flow tells some people, each about their own thing; who knows it already is not told again. How many
    were new. Outside an open Response nobody is told anything."""
    new = [one for one in told if one.person.died_on is None]
    if not new or not held_open(response.uuid):
        return 0
    known = Message.objects.within(EVERYTHING).filter(
        purpose=template.purpose, subject__in=[one.subject for one in new]
    )
    pairs = set(known.values_list("person", "subject"))
    new = [one for one in new if (one.person.pk, one.subject) not in pairs]
    if not new:
        return 0
    place = response.area
    ways = queries.ways_of([one.person for one in new], response)
    count = 0
    for home, mine in _by_office(new).items():
        one = new_dispatch(response, template, {}, home or place, Dispatch.Audience.FLOW, uuid7(), by, uuid)
        rows = [_row(one, each, ways[each.person.pk]) for each in mine]
        count += len(Message.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True))
        _recorded(one, len(rows), by, cause)
    return count


def _by_office(told: Sequence[Told]) -> dict[Place | None, list[Told]]:
    """By community: each is told by their own, with its number."""
    found: dict[Place | None, list[Told]] = {}
    known: dict[str, Place | None] = {}
    for one in told:
        home = one.person.home
        if home.path not in known:
            known[home.path] = community_of(home)
        found.setdefault(known[home.path], []).append(one)
    return found


def _row(one: Dispatch, told: Told, known: "tuple[int | None, Ways]") -> Message:
    via, ways = known
    chosen = way(ways)
    now, uuid = clock.now(), uuid7()
    return Message(
        uuid=uuid, dispatch=one, response=one.response, person=told.person, via_id=via, purpose=one.purpose,
        subject=told.subject, life_saving=one.life_saving, channel=chosen.channel, state=_state(one, chosen),
        why=Why.SAID_STOP if _state(one, chosen) is State.STOPPED else chosen.why,
        sealed=sealing.seal(MESSAGES, uuid, dict(told.values), response=one.response.uuid), queued_at=now,
        not_before=leaves_at(now, life_saving=one.life_saving),
    )  # fmt: skip


def _state(one: Dispatch, chosen: Way) -> State:
    if chosen.channel is not Channel.CALL:
        return State.QUEUED
    return State.STOPPED if chosen.why is Why.REFUSED_WAYS and one.purpose in MAY_STOP else State.CALLS


def new_dispatch(
    response: Response, template: Template, values: Mapping[str, str], place: Place, audience: str, uuid: UUID, by: By,
    subject: UUID,
) -> Dispatch:  # fmt: skip
    """A dispatch without anybody on it yet."""
    office, number = sender(place)
    return Dispatch.objects.create(
        uuid=uuid, response=response, place=place, audience=audience, template=template.name,
        edition=template.edition, content=as_data(template), purpose=template.purpose,
        life_saving=template.life_saving, confirm_minutes=template.confirm_minutes, subject=subject,
        sealed=sealing.seal(DISPATCHES, uuid, dict(values), response=response.uuid), office=office[:80],
        number=number, made_at=clock.now(), account=by.account, post=by.post,
    )  # fmt: skip


def _recorded(one: Dispatch, queued: int, by: By, cause: UUID | None) -> None:
    record(
        "messages.queued", by=by, subject=one.uuid, place=one.place.uuid, response=one.response.uuid, cause=cause,
        data={"template": one.template, "edition": one.edition, "purpose": one.purpose, "people": queued,
              "audience": str(one.audience)},
    )  # fmt: skip


_SQL = """
INSERT INTO wangge_message (uuid, dispatch_id, response_id, person_id, via_id, purpose, subject, life_saving, channel,
  state, why, sealed, queued_at, not_before, failures, unanswered, wrong_number)
SELECT {uuid}, %s, %s, x.id, x.via, %s, %s, %s, x.channel,
  CASE WHEN x.channel <> 'call' THEN 'queued' WHEN x.why = 'refused_ways' AND %s THEN 'stopped' ELSE 'calls' END,
  CASE WHEN x.why = 'refused_ways' AND %s THEN 'said_stop' ELSE x.why END, {empty}, %s, %s, 0, 0, %s
FROM (
  SELECT b.id, b.via, b.channel, CASE WHEN b.channel <> 'call' THEN '' WHEN b.chosen = 'call' THEN 'chose_calls'
    WHEN b.num THEN 'refused_ways' ELSE 'no_number' END AS why
  FROM (
    SELECT a.*, CASE WHEN a.chosen = 'call' THEN 'call'
      WHEN a.chosen = 'voice' AND a.num AND NOT a.no_voice THEN 'voice'
      WHEN a.chosen = 'email' AND a.mail AND NOT a.no_email THEN 'email'
      WHEN a.num AND NOT a.no_sms THEN 'sms' WHEN a.mail AND NOT a.no_email THEN 'email' ELSE 'call' END AS channel
    FROM (
      SELECT v.id, v.via, (v.own OR (v.via IS NOT NULL AND v.via <> v.id)) AS num,
        COALESCE(c.has_email, {no}) AS mail, COALESCE(NULLIF(v.chosen, ''), c.chosen, '') AS chosen,
        (v.no_sms OR COALESCE(c.no_sms, {no})) AS no_sms, (v.no_voice OR COALESCE(c.no_voice, {no})) AS no_voice,
        (v.no_email OR COALESCE(c.no_email, {no})) AS no_email
      FROM (
        SELECT p.id, (p.phone_index <> '' OR COALESCE(o.phone_index, '') <> '') AS own, o.chosen,
          COALESCE(o.no_sms, {no}) AS no_sms, COALESCE(o.no_voice, {no}) AS no_voice,
          COALESCE(o.no_email, {no}) AS no_email,
          CASE WHEN p.phone_index <> '' OR COALESCE(o.phone_index, '') <> '' OR COALESCE(o.has_email, {no}) THEN p.id
            ELSE (SELECT MIN(q.id) FROM wangge_person q WHERE q.home_id = p.home_id AND q.phone_index <> ''
                  AND q.died_on IS NULL AND q.merged_into_id IS NULL) END AS via
        FROM ({people}) w JOIN wangge_person p ON p.id = w.id
        LEFT JOIN wangge_contactchoice o ON o.person_id = p.id AND o.response_id = %s
      ) v LEFT JOIN wangge_contactchoice c ON c.person_id = COALESCE(v.via, v.id) AND c.response_id = %s
    ) a
  ) b
) x WHERE 1 = 1
ON CONFLICT (person_id, purpose, subject) DO NOTHING
"""


def _queue(one: Dispatch, people: "ScopedQuerySet[Person]") -> int:
    """The audience as rows, each by the way that ``rules.way`` would take. How many there are."""
    with_room()
    chosen = part(people.order_by().values("id"))
    postgres = connection.vendor == "postgresql"
    now = clock.now()
    sql = _SQL.format(
        uuid=new_uuid(), people=chosen.sql, no="false" if postgres else "0", empty="''::bytea" if postgres else "x''"
    )
    adapt = connection.ops.adapt_datetimefield_value
    may_stop = one.purpose in MAY_STOP
    subject = one.subject if postgres else one.subject.hex
    made = run(
        sql,
        (one.pk, one.response_id, one.purpose, subject, one.life_saving, may_stop, may_stop, adapt(now),
         adapt(leaves_at(now, life_saving=one.life_saving)), False, *chosen.params, one.response_id, one.response_id),
    )  # fmt: skip
    return written(made, MESSAGES)


@transaction.atomic
def close_of_response(*, response: Response, by: By, cause: UUID | None = None) -> int:
    """With its Response everything that was not reached yet stops. How many messages did."""
    waiting = Message.objects.within(EVERYTHING).filter(response=response, state__in=OPEN)
    return _stop(waiting, response, by, cause)


@transaction.atomic
def stop_about(*, response: Response, subjects: Sequence[UUID], by: By, cause: UUID | None = None) -> int:
    """What is no longer true is told to nobody: messages about these things that have not gone out yet stop."""
    waiting = Message.objects.within(EVERYTHING).filter(
        response=response, subject__in=list(subjects), state__in=[State.QUEUED, State.CALLS]
    )
    return _stop(waiting, response, by, cause)


def _stop(waiting: "ScopedQuerySet[Message]", response: Response, by: By, cause: UUID | None) -> int:
    number = waiting.update(state=State.STOPPED, why=Why.OVER, sealed=b"", lease_until=None)
    if number:
        record("messages.stopped", by=by, response=response.uuid, cause=cause, data={"messages": number})
    return number
