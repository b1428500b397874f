"""A doctor's calls: why, until when, what came of it, and the next one."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from wangge.base import clock, sealing
from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.base.sets import keys
from wangge.domains.monitoring import queries
from wangge.domains.monitoring.inputs import CallInput
from wangge.domains.monitoring.models import DoctorCall, HomeWatch
from wangge.domains.monitoring.queries import CALLS
from wangge.domains.monitoring.rules import CALLED_AGAIN, TRY_AGAIN, CallOutcome, Why, standing
from wangge.domains.protocol.rules_monitoring import Monitoring

OPEN, DONE, WITHDRAWN = DoctorCall.State.OPEN, DoctorCall.State.DONE, DoctorCall.State.WITHDRAWN


@transaction.atomic
def ask_doctor(
    *, watch: HomeWatch, whys: Iterable[Why], rule: Monitoring, by: By, cause: UUID | None = None
) -> DoctorCall | None:
    """Bring the one open call about somebody in line with what they report now: opened, with another reason, or taken
    back where none is left. A call that waits is never put off."""
    HomeWatch.objects.within(EVERYTHING).select_for_update().get(pk=watch.pk)
    one = DoctorCall.objects.within(EVERYTHING).filter(watch=watch, state=OPEN).select_for_update().first()
    before = whys_of(one) if one else ()
    now = standing(before, whys)
    if now == before:
        return one
    if one and not now:
        return _close(one, WITHDRAWN, "", watch, by, cause)
    if one:
        one.whys = ",".join(now)
        one.save(update_fields=["whys"])
        return one
    return _open(watch, now, clock.now() + timedelta(hours=rule.doctor_within_hours), by, cause)


def whys_of(call: DoctorCall) -> tuple[Why, ...]:
    """The reasons of a call."""
    return tuple(Why(one) for one in call.whys.split(",") if one)


def _open(watch: HomeWatch, whys: tuple[Why, ...], due: datetime, by: By, cause: UUID | None) -> DoctorCall:
    one = DoctorCall.objects.create(
        uuid=uuid7(), watch=watch, whys=",".join(whys), opened_at=clock.now(), due_at=due
    )  # fmt: skip
    record(
        "monitoring.doctor_asked", by=by, subject=one.uuid, place=watch.door.uuid, response=watch.response.uuid,
        cause=cause,
    )  # fmt: skip
    return one


def _close(
    one: DoctorCall, state: DoctorCall.State, outcome: str, watch: HomeWatch, by: By, cause: UUID | None = None
) -> DoctorCall:
    one.state, one.outcome, one.closed_at = state, outcome, clock.now()
    one.account, one.post = by.account, by.post
    one.save(update_fields=["state", "outcome", "closed_at", "account", "post", "sealed"])
    kind = "monitoring.doctor_called" if state == DONE else "monitoring.doctor_not_needed"
    record(
        kind, by=by, subject=one.uuid, place=watch.door.uuid, response=watch.response.uuid, cause=cause,
        data={"outcome": outcome},
    )  # fmt: skip
    return one


@transaction.atomic
def record_call(*, call: DoctorCall, typed: CallInput, by: By) -> DoctorCall:
    """What came of it; the next call stands at once where there is one. Raises Problem where another doctor called
    meanwhile."""
    if not queries.may_call(by, call):
        raise NotAllowed(Right.SIGN_MEDICAL)
    HomeWatch.objects.within(EVERYTHING).select_for_update().get(pk=call.watch_id)
    one = DoctorCall.objects.within(EVERYTHING).select_for_update(of=("self",)).get(pk=call.pk)
    watch = queries.watch(EVERYTHING, call.watch.uuid)
    if one.state != OPEN:
        raise Problem("call_settled")
    if typed.note:
        one.sealed = sealing.seal(CALLS, one.uuid, {"note": typed.note}, response=watch.response.uuid)
    _close(one, DONE, typed.outcome.value, watch, by)
    if typed.outcome in CALLED_AGAIN and watch.ended_at is None and queries.rule_of(watch.response):
        whys = whys_of(one) if typed.outcome is CallOutcome.UNREACHED else (Why.AGAIN,)
        _open(watch, whys, typed.again_at or clock.now() + TRY_AGAIN, by, None)
    return one


@transaction.atomic
def take_back_calls(*, watches: Collection[int], by: By) -> int:
    """Whose days at home are over is called by nobody any more under this list."""
    waiting = DoctorCall.objects.within(EVERYTHING).filter(watch__in=keys(watches), state=OPEN)
    return waiting.update(state=WITHDRAWN, closed_at=clock.now(), post=by.post)


@transaction.atomic
def raise_late_calls(*, now: datetime, by: By) -> int:
    """A call that nobody made in time is shown to the level above from now on, once."""
    late = list(queries.late_calls(now).select_related("watch__response"))
    DoctorCall.objects.within(EVERYTHING).filter(pk__in=keys([one.pk for one in late])).update(raised_at=now)
    for response in {one.watch.response for one in late}:
        number = sum(one.watch.response_id == response.pk for one in late)
        record("monitoring.doctor_late", by=by, response=response.uuid, data={"calls": number})
    return len(late)
