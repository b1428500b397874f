"""How somebody wants to be told: noted at a desk, or by themselves with the address they were given."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from wangge.base import clock, sealing
from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.messages.inputs import WaysInput
from wangge.domains.messages.models import ContactChoice
from wangge.domains.messages.queries import CHOICES, index_of
from wangge.domains.messages.rules import Told, door_way
from wangge.domains.people.models import Person
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import held_open

SECRET_BYTES = 18


def digest(secret: str) -> str:
    """What is kept of an address."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _need(by: By, person: Person, response: Response, through: ContactChoice | None) -> None:
    if through is None:
        by.need(Right.OPEN_RECORD, person.home.path, person.home.grid_id)
    elif through.person_id != person.pk:
        raise Problem("ways_not_yours")
    if not held_open(response.uuid):
        raise Problem("ways_response_closed")


def _choice(person: Person, response: Response) -> ContactChoice:
    rows = ContactChoice.objects.within(EVERYTHING).select_for_update()
    found = rows.filter(person=person, response=response).first()
    return found or ContactChoice(person=person, response=response)


@transaction.atomic
def choose_ways(
    *, person: Person, response: Response, ways: WaysInput, by: By, through: ContactChoice | None = None
) -> ContactChoice:
    """Note how somebody wants to be told from now on. ``through``: they said so themselves. Raises Problem."""
    _need(by, person, response, through)
    one = _choice(person, response)
    said = {name: text for name in ("phone", "whose", "email") if (text := getattr(ways, name))}
    for name in ("language", "chosen", "no_sms", "no_voice", "no_email", "no_call"):
        setattr(one, name, getattr(ways, name))
    one.phone_index, one.has_email = index_of(said)["phone_index"], bool(ways.email)
    one.sealed = sealing.seal(CHOICES, one.uuid, said, response=response.uuid) if said else b""
    one.changed_at, one.account, one.post, one.from_door = clock.now(), by.account, by.post, False
    one.save()
    record(
        "messages.ways_chosen", by=by, subject=one.uuid, place=person.home.uuid, response=response.uuid,
        data={"people": 1, "by": "resident" if through else "desk"},
    )  # fmt: skip
    return one


@dataclass(frozen=True, slots=True)
class DoorSaid:
    """What a home answered at its door about being told. ``phone`` and ``whose``: of the neighbour who passes it on."""

    told: str = ""
    needs: frozenset[str] = frozenset()
    language: str = ""
    phone: str = ""
    whose: str = ""


@transaction.atomic
def note_door_ways(
    *, people: Iterable[Person], response: Response, said: DoorSaid, by: By, cause: UUID | None = None
) -> int:
    """Everybody of a home is told as the home answered, but for whoever chose for themselves. How many that changed."""
    if not by.system:
        raise NotAllowed(Right.OPEN_RECORD)
    if not held_open(response.uuid):
        return 0
    changed = [one for one in people if _as_the_door(one, response, said)]
    if changed:
        record(
            "messages.ways_chosen", by=by, place=changed[0].home.uuid, response=response.uuid, cause=cause,
            data={"people": len(changed), "by": "door"},
        )  # fmt: skip
    return len(changed)


def _as_the_door(person: Person, response: Response, said: DoorSaid) -> bool:
    one, found = _choice(person, response), door_way(said.told, said.needs)
    known = one.pk is not None
    if (known and not one.from_door) or (not known and said == DoorSaid()):
        return False
    through = {"phone": said.phone, "whose": said.whose} if said.told == Told.NEIGHBOUR and said.phone else {}
    one.chosen, one.no_call, one.from_door = found.chosen, found.no_call, True
    one.language = said.language or "zh-Hans"
    one.phone_index = index_of(through)["phone_index"]
    one.sealed = sealing.seal(CHOICES, one.uuid, through, response=response.uuid) if through else b""
    one.changed_at = clock.now()
    one.save()
    return True


@transaction.atomic
def make_address(*, person: Person, response: Response, by: By) -> str:
    """The secret of the address with which somebody changes their ways themselves: shown once; the one before it is
    good no more. Raises Problem."""
    _need(by, person, response, None)
    one, secret = _choice(person, response), secrets.token_urlsafe(SECRET_BYTES)
    one.secret_hash, one.changed_at = digest(secret), clock.now()
    one.save()
    record("messages.address_made", by=by, subject=one.uuid, place=person.home.uuid, response=response.uuid)
    return secret
