"""Doors go to a phone, whole or as what changed since the package it names; what is not its own any more it sheds.

Each task on a phone knows the package in which its content last changed and the one that shed it. So the differences
since any earlier package can be told, also when its answer never arrived.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from wangge.base import clock
from wangge.base.access.scope import EVERYTHING
from wangge.base.bulk import insert, update
from wangge.domains.phones.models import Handed, Phone
from wangge.domains.places.models import Place

#: Days after which a cursor is too old: what was shed is forgotten a little later.
REACH = 20


@dataclass(frozen=True, slots=True)
class Given:
    """A task as a phone is to hold it. ``form``: what tells its form, '' without one."""

    task: UUID
    door: Place
    digest: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What to tell the phone: ``changed`` tasks, of them those whose ``forms`` it lacks, and what is ``gone``."""

    cursor: str
    whole: bool
    changed: frozenset[UUID] = frozenset()
    forms: frozenset[UUID] = frozenset()
    gone: list[UUID] = field(default_factory=list)


@transaction.atomic
def hand_out(*, phone: Phone, given: Sequence[Given], since: str = "") -> Parcel:
    """Note what a phone holds from now on, and tell what is new to it since the package ``since`` (''  or one that is
    too old: everything)."""
    phone = Phone.objects.select_for_update().get(pk=phone.pk)
    rows = {row.task: row for row in Handed.objects.within(EVERYTHING).filter(phone=phone)}
    _note(phone, given, rows)
    held = {one.task: rows[one.task] for one in given}
    number = _read(phone, since)
    if number is None:
        every = frozenset(held)
        return Parcel(_cursor(phone), True, every, frozenset(uuid for uuid, row in held.items() if row.form_digest))
    return Parcel(
        _cursor(phone), False, frozenset(uuid for uuid, row in held.items() if row.changed > number),
        frozenset(uuid for uuid, row in held.items() if row.form_digest and row.form_changed > number),
        [uuid for uuid, row in rows.items() if row.gone is not None and row.gone > number],
    )  # fmt: skip


def _note(phone: Phone, given: Sequence[Given], rows: dict[UUID, Handed]) -> None:
    """Bring the rows to what is given; the phone's version grows only where something differs."""
    now, version = clock.now(), phone.version + 1
    new, changed = [], []
    for one in given:
        row = rows.get(one.task)
        if row is None:
            row = rows[one.task] = Handed(
                phone=phone, task=one.task, door=one.door, at=now, changed=version, form_changed=version,
                digest=one.digest, form_digest=one.form,
            )  # fmt: skip
            new.append(row)
        elif row.gone is not None or (row.digest, row.form_digest) != (one.digest, one.form):
            if row.gone is not None or row.form_digest != one.form:
                row.form_changed = version  # a phone that shed the door shed its form with it
            row.changed, row.digest, row.form_digest, row.gone, row.gone_at = version, one.digest, one.form, None, None
            changed.append(row)
    mine = {one.task for one in given}
    for row in rows.values():
        if row.task not in mine and row.gone is None:
            row.gone, row.gone_at = version, now
            changed.append(row)
    insert(new)
    update(changed, ["changed", "form_changed", "gone", "gone_at", "digest", "form_digest"])
    if new or changed:
        phone.version = version
        phone.save(update_fields=["version"])


def _cursor(phone: Phone) -> str:
    return f"{phone.uuid.hex}.{phone.version}.{clock.today().isoformat()}"


def _read(phone: Phone, cursor: str) -> int | None:
    """The package that a cursor names; None for one that is not this phone's, or too old."""
    try:
        of, number, day = cursor.split(".")
        past = date.fromisoformat(day) + timedelta(days=REACH) < clock.today()
        return int(number) if of == phone.uuid.hex and not past and 0 <= int(number) <= phone.version else None
    except ValueError:
        return None
