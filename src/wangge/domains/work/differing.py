"""Which tries at a door count, and where two workers say differently how it ended. Reads; the verbs are actions'."""

from datetime import datetime
from uuid import UUID

from wangge.base.access.scope import EVERYTHING, Scope, ScopedQuerySet
from wangge.domains.work.models import Attempt, Difference, Task
from wangge.domains.work.rules import Outcome, Tried, contradicts, ends_it


def tried(one: Attempt) -> Tried:
    """A try as the rules look at it."""
    return Tried(one.account, one.person_id, Outcome(one.outcome), one.at, one.recorded_at)


def counting(task: Task) -> ScopedQuerySet[Attempt]:
    """The tries at a task that count, the earliest first: not those of two that differ which stand back."""
    differing = Difference.objects.within(EVERYTHING).filter(task=task)
    back = differing.exclude(says=Difference.Says.OTHER).exclude(says=Difference.Says.SAME).values("other")
    lost = differing.filter(says=Difference.Says.OTHER).values("counted")
    found = Attempt.objects.within(EVERYTHING).filter(task=task).exclude(pk__in=back).exclude(pk__in=lost)
    return found.order_by("at", "id")


def contradicted_by(new: Attempt) -> Attempt | None:
    """The try that counts and says otherwise how this door ended, by somebody who could not know; the last recorded."""
    if not ends_it(Outcome(new.outcome)):
        return None
    others = counting(new.task).filter(recorded_at__gt=new.at).exclude(pk=new.pk).select_related("task")
    return next((one for one in others.order_by("-recorded_at", "-id") if contradicts(tried(new), tried(one))), None)


def overtaken(new: Attempt) -> bool:
    """Whether somebody else was there later and it is on record: nobody at home before that changes nothing now."""
    if ends_it(Outcome(new.outcome)):
        return False
    others = counting(new.task).filter(at__gt=new.at, recorded_at__gt=new.at).exclude(account=new.account)
    return others.exclude(pk=new.pk).exists()


def differences(scope: Scope) -> ScopedQuerySet[Difference]:
    """What two workers say differently of a door and nobody has settled, the oldest first."""
    found = Difference.objects.within(scope).filter(settled_at__isnull=True)
    return found.select_related("task__door", "counted", "other").order_by("found_at", "id")


def difference(scope: Scope, uuid: UUID) -> Difference:
    """Raises Difference.DoesNotExist, also outside the scope."""
    found = Difference.objects.within(scope)
    return found.select_related("task__door", "counted__person", "other__person").get(uuid=uuid)


def kept_beside(attempt: Attempt) -> bool:
    """Whether a try stands beside another that counts, and a person settles or has settled which does."""
    return Difference.objects.within(EVERYTHING).filter(other=attempt).exists()


def kept_since(task: Task, since: datetime, account: UUID) -> bool:
    """The same of any try at a task that an account recorded from an instant on."""
    mine = Difference.objects.within(EVERYTHING).filter(task=task, other__account=account)
    return mine.filter(other__recorded_at__gte=since).exists()
