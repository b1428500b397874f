"""Phones: enrolled once, ended with one tap when they are lost."""

from uuid import UUID

from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.duty import entry
from wangge.domains.duty.actions.secrets import new_code
from wangge.domains.duty.models import Account, Code, Device, Enrolment, Sitting
from wangge.domains.duty.queries import holdings_of
from wangge.domains.duty.rules import ENROL_DIGITS, ENROL_FOR


def manages(by: By, account: Account) -> bool:
    """Whether one manages a post that this account holds now."""
    scope = by.scope(Right.MANAGE_POSTS)
    return any(scope.covers(holding.post.place.path, None) for holding in holdings_of(account))


@transaction.atomic
def offer_enrolment(*, account: Account, by: By) -> str:
    """A code with which this account's holder enrols the phone in hand, within ten minutes."""
    if not manages(by, account):
        raise NotAllowed(Right.MANAGE_POSTS)
    if not entry.needs_device(account):
        raise Problem("no_device_needed", name=account.name)
    text = new_code(kind=Code.Kind.ENROL, account=account, lives=ENROL_FOR, digits=ENROL_DIGITS, by=by)
    record("duty.enrolment_offered", by=by, subject=account.uuid)
    return text


@transaction.atomic
def enrol_with(*, text: str, password: str, secret: str, kind: str = "") -> Enrolment:
    """Enrol the phone in hand: the code shows that the office knows of it, the PIN that it is the person's own."""
    code = entry.usable(Code.Kind.ENROL, text)
    code = code and Code.objects.select_for_update(of=("self",)).select_related("account").get(pk=code.pk)
    if code is None or code.used_at:
        raise Problem("code_over")
    if not code.account.check_password(password):
        raise Problem("secret_wrong", field="password")
    code.used_at = clock.now()
    code.save(update_fields=["used_at"])
    by = By(account=code.account.uuid, post=None)
    return enrol(account=code.account, secret=secret, kind=kind, by=by, enrolled_by=code.made_by)


def enrol(*, account: Account, secret: str, by: By, kind: str = "", enrolled_by: UUID | None = None) -> Enrolment:
    """Bind an account to the device that holds this secret. Twice is once."""
    if known := entry.enrolled(secret).filter(account=account).first():
        return known
    device, _new = Device.objects.get_or_create(
        secret_hash=entry.secret_hash(secret), defaults={"kind": kind, "enrolled_at": clock.now()}
    )
    if device.ended_at:
        raise Problem("device_ended")
    one = Enrolment.objects.create(device=device, account=account, at=clock.now(), enrolled_by=enrolled_by)
    record("duty.device_enrolled", by=by, subject=account.uuid, data={"device": str(device.uuid)})
    return one


@transaction.atomic
def end_device(*, enrolment: Enrolment, by: By) -> Device:
    """A lost phone opens nothing any more, for anybody who shared it: at its next request it is signed out."""
    device = Device.objects.select_for_update().get(pk=enrolment.device_id)
    if by.account != enrolment.account.uuid and not manages(by, enrolment.account):
        raise NotAllowed(Right.MANAGE_POSTS)
    if device.ended_at:
        return device
    device.ended_at, device.ended_by = clock.now(), by.account
    device.save(update_fields=["ended_at", "ended_by"])
    open_ = Enrolment.objects.filter(device=device, ended_at__isnull=True)
    people = [str(uuid) for uuid in open_.values_list("account__uuid", flat=True)]
    open_.update(ended_at=device.ended_at)
    Sitting.objects.filter(device=device.uuid).delete()
    record(
        "duty.device_ended", by=by, subject=enrolment.account.uuid,
        data={"device": str(device.uuid), "accounts": people},
    )  # fmt: skip
    return device
