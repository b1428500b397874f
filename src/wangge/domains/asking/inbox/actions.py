"""Taking filled-in forms in: one transaction and one fact in the log for all that gathered, durable when it returns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction

from wangge.base import clock, sealing
from wangge.base.access.by import By
from wangge.base.access.scope import Scope
from wangge.base.events.actions import record
from wangge.base.ids import uuid7
from wangge.domains.asking.inbox import sql
from wangge.domains.asking.inbox.catalogue import Catalogue
from wangge.domains.asking.inbox.reading import Filled
from wangge.domains.asking.inbox.rules import KEPT, Outcome, decided

TABLE = "wangge_receivedform"
MOST = 256  # forms of one transaction


@dataclass(frozen=True, slots=True)
class Sender:
    """A phone's key as a form needs it: whose, in which post, at which places it may answer."""

    pk: int
    uuid: UUID
    account: UUID
    post: UUID | None
    scope: Scope


@dataclass(frozen=True, slots=True)
class Arrival:
    """A filled-in form at the door: judged, sealed, not yet kept."""

    uuid: UUID
    filled: Filled
    sender: Sender
    hash: str
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a form; ``uuid`` is the row's, also of one that was there before."""

    outcome: Outcome
    uuid: UUID


def arrive(*, filled: Filled, xml: bytes, sender: Sender, sealer: sealing.Sealer) -> Arrival:
    """Seal a form for its row."""
    uuid, hash_ = uuid7(), sha256(xml).hexdigest()
    content = {"xml": xml.decode(), "sha256": hash_}
    return Arrival(uuid, filled, sender, hash_, sealer.seal(TABLE, uuid, content))


def receive(*, arrivals: Sequence[Arrival], catalogue: Catalogue, by: By) -> list[Receipt]:
    """Keep what can be kept and say what became of each, in their order. Nothing is kept twice.

    When this returns it is on the disk: the caller gives the receipts after that, and only then.
    """
    now, batch = clock.now(), uuid7()
    with transaction.atomic():
        decisions = _decide(arrivals, catalogue, now)
        kept = [one for one in decisions if one.outcome in KEPT]
        new = sql.insert([one.row(batch, now) for one in kept])
        if new:
            record("asking.forms_received", by=by, subject=batch, uuid=batch, data={"count": len(new)})
        # In one batch the same form may stand twice: the second finds the first.
        before = sql.known([one.arrival.filled.instance for one in kept])
    return [one.receipt(before) for one in decisions]


@dataclass(slots=True)
class _Decision:
    """One form of a batch, and what is to become of it."""

    arrival: Arrival
    outcome: Outcome
    door: sql.Door | None
    person: sql.Someone | None

    def row(self, batch: UUID, now: datetime) -> tuple[Any, ...]:
        """In the order of ``sql.COLUMNS``."""
        one, filled, sender = self.arrival, self.arrival.filled, self.arrival.sender
        assert self.door is not None  # a form without a door of the sender's is not kept
        reason = "" if self.outcome is Outcome.TAKEN else self.outcome.value
        return (
            one.uuid, filled.instance, filled.deprecates, filled.form.pk, self.door.pk,
            self.person.pk if self.person else None, sender.uuid, sender.account, sender.post, filled.at, now, batch,
            one.sealed, "received", reason,
        )  # fmt: skip

    def receipt(self, before: Mapping[str, sql.Known]) -> Receipt:
        """What the client is told, now that everything is written."""
        one = before.get(self.arrival.filled.instance)
        if one is None or one.uuid == self.arrival.uuid:
            return Receipt(self.outcome, self.arrival.uuid)
        if sealing.unseal(TABLE, one.uuid, one.sealed).get("sha256") != self.arrival.hash:
            return Receipt(Outcome.ANOTHER, one.uuid)
        return Receipt({"recorded": Outcome.RECORDED, "aside": Outcome.ASIDE}.get(one.state, Outcome.AGAIN), one.uuid)


def _decide(arrivals: Sequence[Arrival], catalogue: Catalogue, now: datetime) -> list[_Decision]:
    """Three questions to the database, however many forms there are."""
    doors = sql.doors({one.filled.door for one in arrivals})
    people = sql.people({one.filled.person for one in arrivals if one.filled.person})
    valid = sql.valid_keys({one.sender.pk for one in arrivals}, clock.day_of(now))
    found = []
    for one in arrivals:
        filled, scope = one.filled, one.sender.scope
        door, person = doors.get(filled.door), people.get(filled.person) if filled.person else None
        outcome = decided(
            key_valid=one.sender.pk in valid,
            door_mine=door is not None and scope.covers(door.path, door.grid),
            person_known=filled.person is None or (person is not None and scope.covers(person.path, person.grid)),
            person_here=person is None or door is None or door.pk in person.doors,
            asked=door is not None and catalogue.asked(filled.form, door.path, now),
        )
        found.append(_Decision(one, outcome, door, person))
    return found
