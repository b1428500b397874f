"""Asking, checking who asks, answering. Every step is a fact in the log; what was said stays sealed."""

from uuid import UUID

from django.conf import settings
from django.db import transaction

from wangge.base import clock, sealing
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.people.models import Person
from wangge.domains.people.removing import remove_person
from wangge.domains.places.models import Place
from wangge.domains.requests import queries
from wangge.domains.requests.inputs import Asking
from wangge.domains.requests.models import Request
from wangge.domains.requests.rules import AFTER_CHECK, Kind, Outcome, Told, due_day, outcomes

TABLE = queries.TABLE


@transaction.atomic
def ask(*, asking: Asking, place: Place, by: By, sender: str = "", response: UUID | None = None) -> Request:
    """Take a resident's request down for the community of a place. The same form sent twice is one request.

    ``sender`` says where it came from. The answer is the same whether somebody is known or not.
    """
    if asking.uuid and (known := queries.known(asking.uuid)):
        return known
    code = sealing.blind("sender", sender)
    if code and queries.sent_from(code) >= queries.A_DAY:
        raise Problem("asked_too_often")
    uuid, now = asking.uuid or uuid7(), clock.now()
    content = {"name": asking.name, "phone": asking.phone, "words": asking.words}
    one = Request.objects.create(
        uuid=uuid, kind=asking.kind, place=place, response=response, sealed=sealing.seal(TABLE, uuid, content),
        sender=code, asked_at=now, due_at=clock.end_of(due_day(clock.day_of(now), settings.WANGGE_REQUEST_DAYS)),
    )  # fmt: skip
    record("requests.asked", by=by, subject=uuid, place=place.uuid, response=response, data={"kind": asking.kind.value})
    return one


@transaction.atomic
def check(*, request: Request, person: Person, by: By) -> Request:
    """Put on record that somebody has shown who they are, and whose record it is. Nothing is handed over before."""
    by.need(Right.ANSWER_REQUESTS, request.place.path)
    by.need(Right.OPEN_RECORD, person.home.path, person.home.grid_id)
    one = _open(request)
    if one.person_id == person.pk:
        return one
    one.person, one.checked_at, one.checked_post = person, clock.now(), by.post
    one.save(update_fields=["person", "checked_at", "checked_post"])
    record("requests.checked", by=by, subject=one.uuid, place=one.place.uuid)
    return one


@transaction.atomic
def answer(*, request: Request, outcome: Outcome, told: Told, ground: str, by: By) -> Request:
    """End a request: what was done, how the resident was told, and for a refusal its ground."""
    by.need(Right.ANSWER_REQUESTS, request.place.path)
    one = _open(request)
    if outcome not in outcomes(Kind(one.kind)):
        raise Problem("outcome_of_another_kind", field="outcome")
    if outcome == Outcome.REFUSED and not ground:
        raise Problem("ground_missing", field="ground")
    if outcome in AFTER_CHECK - {Outcome.NOTHING_HELD} and one.person is None:
        raise Problem("not_checked", field="outcome")
    if outcome == Outcome.DELETED and one.person:
        remove_person(person=one.person, by=by)
        one.person = None
    content = queries.details(one) | {"ground": ground}
    one.sealed = sealing.seal(TABLE, one.uuid, content)
    one.outcome, one.told, one.answered_at, one.answered_post = outcome, told, clock.now(), by.post
    one.save()
    record(
        "requests.answered", by=by, subject=one.uuid, place=one.place.uuid,
        data={"kind": one.kind, "outcome": outcome.value, "told": told.value, "late": clock.now() > one.due_at},
    )  # fmt: skip
    return one


def _open(request: Request) -> Request:
    """The request, held until the transaction ends. Raises Problem once it is answered."""
    one = Request.objects.within(EVERYTHING).select_for_update().get(pk=request.pk)
    if one.outcome:
        raise Problem("answered_already")
    return one
