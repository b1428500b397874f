"""A need is taken: at a door, by telephone, from an answer. Its deadline is worked out, its address is given out."""

import secrets
from base64 import b64encode
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from wangge.base import clock, sealing
from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.ids import derived, uuid7
from wangge.base.problems import Problem
from wangge.domains.duty.queries import responsible
from wangge.domains.medicine import queries
from wangge.domains.medicine.inputs import NeedInput
from wangge.domains.medicine.models import Need, NeedStep, NeedVoice, Prescription
from wangge.domains.medicine.queries import PHOTOS, STEPS, TABLE
from wangge.domains.medicine.rules import Source, State, deadline, held_until, lasts
from wangge.domains.people.models import Person
from wangge.domains.people.queries import door_of, hold
from wangge.domains.protocol.queries import held_open

SECRET_BYTES, MOST_PHOTOS = 18, 4
MOST_OWN = 12  # medicines of one person at a time that a page may ask for
PHOTO_DAYS = 3  # after the end: whoever says "not received" a day later is still helped by it


@transaction.atomic
def take_need(
    *, person: Person, typed: NeedInput, source: Source, by: By, uuid: UUID | None = None, origin: UUID | None = None,
    own: bool = False,
) -> Need:  # fmt: skip
    """Somebody's medicine runs out. ``own``: they said so on their own page. Raises Problem: no open Response, the same
    medicine is open already, the person has died; on their own page also where many are open."""
    if known := queries.known(uuid):
        return known
    if not own and not queries.works_at(by, person.home):
        raise NotAllowed(queries.SEES[0])
    hold([person])
    person.refresh_from_db(fields=["died_on"])
    if person.died_on:
        raise Problem("need_of_the_dead")
    if own and queries.open_of(person).count() >= MOST_OWN:
        raise Problem("needs_many", most=MOST_OWN)
    one = _written(person, typed, source, uuid or uuid7(), origin)
    if origin:
        NeedVoice.objects.within(EVERYTHING).create(need=one, source=source, origin=origin, at=one.state_at)
    step = NeedStep.objects.create(
        uuid=derived("need", "taken", one.uuid), need=one, state=one.state, at=one.state_at, account=by.account,
        post=by.post,
    )  # fmt: skip
    step.sealed = sealing.seal(STEPS, step.uuid, {}, response=one.response)
    step.save(update_fields=["sealed"])
    record(
        "medicine.need_taken", by=by, subject=one.uuid, place=person.home.uuid, response=one.response,
        protocol=one.protocol, clause=one.clause, cause=origin,
        data={"person": str(person.uuid), "source": one.source, "days": queries.left_now(one)},
    )  # fmt: skip
    return one


def _written(person: Person, typed: NeedInput, source: Source, uuid: UUID, origin: UUID | None) -> Need:
    response, now = queries.response_at(person.home), clock.now()
    if response is None or not held_open(response.uuid):
        raise Problem("medicine_no_response")
    door = door_of(person.home)
    if (post := responsible([door]).get(door.pk)) is None:
        raise Problem("medicine_nobody_answers")
    edition = queries.edition_at(response)
    terms, runs_out = queries.terms_of(edition), now + lasts(typed.left, typed.per_day)
    due, content = deadline(runs_out, now, terms), dict(typed.said)
    try:
        with transaction.atomic():
            return Need.objects.create(
                uuid=uuid, response=response.uuid, person=person, source=source, origin=origin, left=typed.left,
                per_day=typed.per_day, counted_at=now, runs_out_at=runs_out, due_at=due, protocol=edition.key,
                clause=edition.medicine.clause, state_at=now, until=held_until(State.TAKEN, now, due, terms),
                post=post, sealed=sealing.seal(TABLE, uuid, content, response=response.uuid),
                **queries.index_of(content),
            )  # fmt: skip
    except IntegrityError as error:
        raise Problem("need_already_open", field="name", name=person.name) from error


@transaction.atomic
def make_link(*, need: Need, by: By, own: bool = False) -> str:
    """An address at which whoever asked sees where it stands; returns its secret, shown once. One before it opens
    nothing any more. ``own``: they asked on their own page."""
    if not own and not queries.works_at(by, need.person.home):
        raise NotAllowed(queries.SEES[0])
    secret = secrets.token_urlsafe(SECRET_BYTES)
    Need.objects.within(EVERYTHING).filter(pk=need.pk).update(secret_hash=queries.digest(secret))
    record("medicine.link_made", by=by, subject=need.uuid, place=need.person.home.uuid, response=need.response)
    return secret


@transaction.atomic
def add_prescription(*, need: Need, photo: bytes, by: By, uuid: UUID | None = None, own: bool = False) -> Prescription:
    """Keep a photo, sealed. ``photo``: a JPEG that ``inputs.read_photo`` has made; ``own``: from their own page. Raises
    Problem."""
    if known := Prescription.objects.within(EVERYTHING).filter(uuid=uuid).first() if uuid else None:
        return known
    if not own and not queries.works_at(by, need.person.home) and by.account != need.buyer:
        raise NotAllowed(queries.SEES[0])
    row = Need.objects.within(EVERYTHING).select_for_update(of=("self",)).get(pk=need.pk)
    if row.ended_at:
        raise Problem("need_is_over")
    if len(queries.photos(row)) >= MOST_PHOTOS:
        raise Problem("prescriptions_many", field="photo", most=MOST_PHOTOS)
    key = uuid or uuid7()
    content = {"jpeg": b64encode(photo).decode()}
    one = Prescription.objects.create(
        uuid=key, need=row, at=clock.now(), sealed=sealing.seal(PHOTOS, key, content, response=row.response)
    )
    record("medicine.prescription_added", by=by, subject=row.uuid, place=need.person.home.uuid, response=row.response)
    return one


@transaction.atomic
def drop_prescriptions(*, now: datetime, by: By) -> int:
    """Photos go soon after their need has ended; what for is over. Returns how many."""
    number = int(queries.past_photos(now - timedelta(days=PHOTO_DAYS)).delete()[0])
    if number:
        record(
            "medicine.prescriptions_dropped", by=by, uuid=derived("prescriptions", clock.day_of(now)),
            data={"photos": number, "days": PHOTO_DAYS},
        )  # fmt: skip
    return number
