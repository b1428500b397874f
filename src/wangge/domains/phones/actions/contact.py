"""A phone is heard from: what it says of itself is noted, its shift's key renewed, those of the past destroyed."""

import base64
import os
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from wangge.base import clock, sealing
from wangge.base.access.by import By
from wangge.base.events.actions import record
from wangge.base.ids import uuid7
from wangge.domains.duty.models import Account, Device
from wangge.domains.phones.inputs import Said
from wangge.domains.phones.models import Phone, ShiftKey
from wangge.domains.phones.queries import KEYS, shift
from wangge.domains.phones.rules import is_current


@dataclass(frozen=True, slots=True)
class Heard:
    """``key``: of the shift; ``old``: keys that are past and under which entries wait, as asked."""

    phone: Phone
    key: ShiftKey
    old: list[ShiftKey]


@transaction.atomic
def hear(*, device: Device, account: Account, said: Said, by: By) -> Heard:
    """Note a contact and give the phone its keys. The caller knows that the device is enrolled and not ended."""
    phone, _new = Phone.objects.get_or_create(
        device=device, account=account, defaults={"first_at": clock.now(), "seen_at": clock.now()}
    )
    phone = Phone.objects.select_for_update().get(pk=phone.pk)
    _note(phone, said)
    key = _current(phone, by)
    past = ShiftKey.objects.filter(phone=phone).exclude(pk=key.pk)
    past.exclude(uuid__in=said.keys).delete()
    past.update(waits=True)
    return Heard(phone, key, list(past.order_by("id")))


def _note(phone: Phone, said: Said) -> None:
    now = clock.now()
    phone.seen_at, phone.app, phone.persisted = now, said.app, said.persisted
    phone.unsent, phone.unsent_since = said.unsent, (phone.unsent_since or now) if said.unsent else None
    phone.save(update_fields=["seen_at", "app", "persisted", "unsent", "unsent_since"])


def _current(phone: Phone, by: By) -> ShiftKey:
    """The shift's key, renewed; a new one where there is none, or it has served for a shift."""
    now = clock.now()
    last = ShiftKey.objects.filter(phone=phone).order_by("-made_at", "-id").first()
    if last and is_current(last.made_at, last.until, now, shift()):
        last.until = now + shift()
        last.save(update_fields=["until"])
        return last
    uuid = uuid7()
    key = {"key": base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip("=")}
    one = ShiftKey.objects.create(
        uuid=uuid, phone=phone, made_at=now, until=now + shift(), sealed=sealing.seal(KEYS, uuid, key)
    )
    record("phones.key_made", by=by, subject=phone.uuid, data={"key": str(uuid)})
    return one


@transaction.atomic
def destroy_keys(*, by: By, device: UUID | None = None, account: UUID | None = None, cause: UUID | None = None) -> int:
    """Destroy every key of an ended device, or of somebody whose access ended: no store opens with them again."""
    chosen: QuerySet[ShiftKey] = ShiftKey.objects.all()
    chosen = chosen.filter(phone__device__uuid=device) if device else chosen.filter(phone__account__uuid=str(account))
    count, _each = chosen.delete()
    if count:
        record("phones.keys_destroyed", by=by, subject=device or account, cause=cause, data={"count": count})
    return count
