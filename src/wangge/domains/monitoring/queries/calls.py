"""Named reads of a doctor's calls: whom to call, who sees it, what earlier calls came to."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from wangge.base import sealing
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING, Scope, ScopedQuerySet
from wangge.domains.monitoring.models import DoctorCall, HomeWatch
from wangge.domains.monitoring.rules import Why

CALLS = "wangge_doctorcall"


def note(call: DoctorCall) -> str:
    """What the doctor noted. Log the look before showing it."""
    return str(sealing.unseal(CALLS, call.uuid, call.sealed).get("note", ""))


def open_calls(scope: Scope) -> ScopedQuerySet[DoctorCall]:
    """Whom a doctor is to call: late ones first, by their hour."""
    found = DoctorCall.objects.within(scope).filter(state=DoctorCall.State.OPEN)
    found = found.select_related("watch", "watch__person", "watch__door", "watch__door__parent", "watch__response")
    return found.order_by("due_at", "id")


def calls_for(by: By) -> ScopedQuerySet[DoctorCall]:
    """The open calls that somebody sees: a doctor all, the number that is answered at any hour who wants to talk, the
    level above those that are late."""
    seen = Q(pk__in=())
    for right, which in ((Right.SIGN_MEDICAL, Q()), (Right.ANSWER_CALLS, TALK), (Right.OPEN_RECORD, LATE)):
        if by.may(right):
            seen |= by.scope(right).q("watch__door") & which
    return open_calls(EVERYTHING).filter(seen)


TALK, LATE = Q(whys="mind"), Q(raised_at__isnull=False)


def may_call(by: By, call: DoctorCall) -> bool:
    """Whether somebody may note what came of a call: a doctor, or, where somebody only wants to talk, whoever answers
    the number for it."""
    door = call.watch.door
    rights = (Right.SIGN_MEDICAL, Right.ANSWER_CALLS) if call.whys == Why.MIND else (Right.SIGN_MEDICAL,)
    return any(by.may(one) and by.scope(one).covers(door.path, door.grid_id) for one in rights)


def call(scope: Scope, uuid: UUID) -> DoctorCall:
    """Raises DoctorCall.DoesNotExist, also outside the scope."""
    found = DoctorCall.objects.within(scope).select_related(
        "watch", "watch__person", "watch__person__home", "watch__door", "watch__response"
    )
    return found.prefetch_related("watch__response__phases").get(uuid=uuid)


def calls_of(watch: HomeWatch) -> list[DoctorCall]:
    """Every call about somebody, the latest first."""
    return list(DoctorCall.objects.within(EVERYTHING).filter(watch=watch).order_by("-opened_at", "-id")[:20])


def late_calls(now: datetime) -> ScopedQuerySet[DoctorCall]:
    """Calls past their hour that nobody above has been told of, locked."""
    found = DoctorCall.objects.within(EVERYTHING).filter(
        state=DoctorCall.State.OPEN, due_at__lte=now, raised_at__isnull=True
    )
    return found.select_for_update(of=("self",)).order_by("id")
